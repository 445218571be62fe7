package page

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"image/color"
	"io"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

//go:embed document.html
var documentText string

// picture is one scene in a document.
type picture struct {
	ID, Title string
	SVG       template.HTML
	Width     float64
}

// Document writes an HTML file that needs no other: the pictures below each
// other, with a list of them at the top. It holds no script, and its policy lets
// none run.
func Document(w io.Writer, title string, scenes []draw.Scene, t theme.Theme) error {
	page, err := template.New("document").Parse(documentText)
	if err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	data := struct {
		Title                        string
		Fonts                        template.CSS
		Background, Text, Link, Soft template.CSS
		Scheme                       template.CSS
		Pictures                     []picture
	}{
		Title: title,
		// Of constants.
		Fonts:      template.CSS(draw.FontFaces([]int{400, 500}, draw.DataURI)),
		Background: css(t.Canvas()), Text: css(t.Text()), Link: css(t.Link()), Soft: css(t.TextSecondary()),
		Scheme: "dark",
	}
	if t.Light {
		data.Scheme = "light"
	}
	for i, s := range scenes {
		id := fmt.Sprintf("picture-%d", i+1)
		var svg bytes.Buffer
		if err := s.SVG(&svg, draw.SVGOptions{Inline: true, IDs: id + "-"}); err != nil {
			return fmt.Errorf("write HTML: %w", err)
		}
		// The SVG writer escapes what it is given.
		data.Pictures = append(data.Pictures, picture{id, s.Title, template.HTML(svg.String()), s.W})
	}
	if err := page.Execute(w, data); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	return nil
}

// HTML writes the pages of dashboards as one document.
func HTML(w io.Writer, pages []*Page) error {
	var scenes []draw.Scene
	t := theme.Theme{}
	for _, p := range pages {
		scenes = append(scenes, p.Scene())
		t = p.options.Theme
	}
	title := "Dashboards"
	if len(pages) == 1 {
		title = pages[0].Board.Title
	}
	return Document(w, title, scenes, t)
}

// css writes a colour for a style sheet.
func css(c color.NRGBA) template.CSS {
	// Of numbers.
	return template.CSS(fmt.Sprintf("#%02x%02x%02x%02x", c.R, c.G, c.B, c.A))
}
