package preview

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

//go:embed assets
var assetFiles embed.FS

//go:embed templates
var templateFiles embed.FS

func parseTemplates() (*template.Template, error) {
	parsed, err := template.ParseFS(templateFiles, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("preview: parse the templates: %w", err)
	}
	return parsed, nil
}

// assets answers with scripts, styles and fonts. They are read before the first
// request, so that an answer is never half of one.
func (p *Preview) assets() http.Handler {
	files := map[string][]byte{"grid.css": gridStyle()}
	entries, _ := assetFiles.ReadDir("assets") // it is embedded
	for _, e := range entries {
		files[e.Name()], _ = assetFiles.ReadFile("assets/" + e.Name())
	}
	for _, weight := range weights {
		files[fontName(weight)] = draw.WebFont(weight)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.PathValue("name")
		content, ok := files[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", contentType(name))
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeContent(w, r, name, p.begun, bytes.NewReader(content))
	})
}

// weights are those of the pictures, which the page shares.
var weights = []int{400, 500}

func fontName(weight int) string { return fmt.Sprintf("inter-%d.woff2", weight) }

// contentType does not ask the machine, whose table may say otherwise.
func contentType(name string) string {
	switch ext := path.Ext(name); ext {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".woff2":
		return "font/woff2"
	case ".svg":
		return "image/svg+xml"
	default:
		return mime.TypeByExtension(ext)
	}
}

// What the style sheet of the grid can place: panels further down stand where
// there is room.
const (
	gridRows   = 1500
	gridHeight = 200
)

// gridStyle places panels by their classes. A style attribute would be shorter,
// and is what the content security policy forbids.
func gridStyle() []byte {
	var out strings.Builder
	out.WriteString(draw.FontFaces(weights, func(weight int) string { return "/assets/" + fontName(weight) }) + "\n")
	for i := range 24 {
		fmt.Fprintf(&out, ".x%d{grid-column-start:%d}.w%d{grid-column-end:span %d}\n", i, i+1, i+1, i+1)
	}
	for i := range gridRows {
		fmt.Fprintf(&out, ".y%d{grid-row-start:%d}\n", i, i+1)
	}
	for i := 1; i <= gridHeight; i++ {
		fmt.Fprintf(&out, ".h%d{grid-row-end:span %d}\n", i, i)
	}
	return []byte(out.String())
}
