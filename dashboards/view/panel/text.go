package panel

import (
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// textMost bounds what is laid out of a text panel, in bytes: ten pages. The time
// that Markdown takes grows with the square of a hostile text, to a third of a
// second with this.
const textMost = 16 << 10

// text draws the content of a text panel: Markdown, the text of HTML without its
// tags, or code. The content is drawn as it is in the options: whoever knows the
// values of variables fills them in before. What does not fit the panel is cut
// off, as there is nobody to scroll.
func text(in Input, w, h float64) body {
	var o struct {
		Mode    string `json:"mode"`
		Content string `json:"content"`
	}
	readOptions(in.Panel.Options, &o)
	content := strings.ToValidUTF8(o.Content[:min(len(o.Content), textMost)], "")
	f := &textFlow{in: in, w: w, h: h}
	switch o.Mode {
	case "code":
		f.code(content, 0)
	case "html":
		f.plain(textOfHTML(content))
	default:
		f.markdown(content)
	}
	return body{nodes: []draw.Node{&draw.Group{Clip: &draw.Rect{W: w, H: h}, Nodes: f.nodes}}}
}
