// Command compare puts what we draw beside what Grafana drew of the same panels
// with the same data, on one page for people to look at.
//
//	go run ./dashboards/view/compare DIRECTORY
package main

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"image"
	"image/png"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/draw/drawtest"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/page"
	"github.com/ginsight/ginsight/dashboards/view/panel"
	"github.com/ginsight/ginsight/dashboards/view/source"
	"github.com/ginsight/ginsight/dashboards/view/source/sourcetest"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

func main() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) }

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(stderr, "compare: name the directory to write to")
		return 2
	}
	pairs, err := compare(ctx)
	if err == nil {
		err = write(args[0], pairs)
	}
	if err != nil {
		fmt.Fprintln(stderr, "compare:", err)
		return 2
	}
	fmt.Fprintln(stdout, filepath.Join(args[0], "index.html"))
	return 0
}

// pictures are Grafana 12.4's, of each panel, in 256 colours.
//
//go:embed testdata/dark testdata/light
var pictures embed.FS

// pair is one panel in one theme, as Grafana drew it and as we do.
type pair struct {
	// Name is the picture's, such as dark/02-ts-lines.
	Name, Title string
	// Distance is 0 for pictures that look the same; see [drawtest.Distance].
	Distance     float64
	theirs, ours image.Image
}

// compare draws every panel of the reference board like its picture.
func compare(ctx context.Context) ([]pair, error) {
	board, src, span := sourcetest.Reference()
	var out []pair
	for _, shade := range []string{"dark", "light"} {
		entries, err := pictures.ReadDir("testdata/" + shade)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			name := path.Join(shade, strings.TrimSuffix(e.Name(), ".png"))
			one, err := compareOne(ctx, board, src, span, name)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			out = append(out, one)
		}
	}
	return out, nil
}

func compareOne(ctx context.Context, board model.Board, src source.Source, span model.Range, name string) (pair, error) {
	raw, err := pictures.ReadFile("testdata/" + name + ".png")
	if err != nil {
		return pair{}, err
	}
	theirs, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		return pair{}, err
	}
	number, _, _ := strings.Cut(path.Base(name), "-")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return pair{}, err
	}
	p, ok := sourcetest.Panel(board, id)
	if !ok {
		return pair{}, errors.New("there is no such panel")
	}
	size := theirs.Bounds().Size()
	ours := picture(ctx, p, src, span, theme.Theme{Light: strings.HasPrefix(name, "light")}, size)
	return pair{name, p.Title, drawtest.Distance(ours, theirs), theirs, ours}, nil
}

// rowHeight is the height of the header of a row in px.
const rowHeight = 30

// picture draws a panel on the page's background.
func picture(ctx context.Context, p model.Panel, src source.Source, span model.Range, t theme.Theme, size image.Point) image.Image {
	in := panel.Input{Panel: p, Range: span, Theme: t, W: float64(size.X), H: float64(size.Y)}
	in.Frames, in.Err = src.Query(ctx, source.Query{Panel: p, Range: span, Width: size.X})
	if in.Err == nil {
		in.Frames, in.Err = frame.Apply(p, in.Frames)
	}
	s := draw.Scene{W: in.W, H: in.H, Background: t.Canvas()}
	at := &draw.Group{}
	if p.Type == "row" {
		// The pictures of rows are strips of a page, with its margins around them.
		in.W, in.H = s.W-2*page.Margin, rowHeight
		at.X, at.Y = page.Margin, (s.H-rowHeight)/2
	}
	at.Nodes = []draw.Node{panel.Draw(in).Node}
	s.Nodes = []draw.Node{at}
	return s.Image(1)
}

//go:embed page.html
var pageText string

// write makes the page and the pictures on it.
func write(dir string, pairs []pair) error {
	text, err := template.New("page").Parse(pageText)
	if err != nil {
		return err
	}
	var html bytes.Buffer
	if err := text.Execute(&html, pairs); err != nil {
		return err
	}
	files := map[string][]byte{"index.html": html.Bytes()}
	for _, p := range pairs {
		for side, picture := range map[string]image.Image{"ours": p.ours, "grafana": p.theirs} {
			var out bytes.Buffer
			if err := png.Encode(&out, picture); err != nil {
				return err
			}
			files[path.Join(side, p.Name+".png")] = out.Bytes()
		}
	}
	for name, body := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, body, 0o644); err != nil {
			return err
		}
	}
	return nil
}
