package panel

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// hrefs are all links of a picture.
func hrefs(nodes []draw.Node) []string {
	var all []string
	for _, n := range nodes {
		if g, ok := n.(*draw.Group); ok {
			if g.Href != "" {
				all = append(all, g.Href)
			}
			all = append(all, hrefs(g.Nodes)...)
		}
	}
	return all
}

// lines are the texts of a picture by the lines they stand on.
func lines(nodes []draw.Node) []string {
	var all []string
	last := 0.0
	for _, p := range texts(&draw.Group{Nodes: nodes}, 0, 0) {
		if y := p.middle(); len(all) > 0 && y-last < 4 && last-y < 4 {
			all[len(all)-1] += "|" + p.Text.Text
		} else {
			all = append(all, p.Text.Text)
		}
		last = p.middle()
	}
	return all
}

func textBody(t *testing.T, mode, content string, w float64) body {
	t.Helper()
	options, err := json.Marshal(map[string]string{"mode": mode, "content": content})
	if err != nil {
		t.Fatal(err)
	}
	in := Input{}
	in.Panel.Options = options
	return text(in, w, 1000)
}

func TestTextIsLaidOut(t *testing.T) {
	for name, c := range map[string]struct {
		mode, content string
		w             float64
		want          []string
	}{
		"paragraphs":   {"markdown", "a *b*\n**c** d\n\ne", 500, []string{"a|b|c|d", "e"}},
		"hard break":   {"markdown", "a  \nb<br>c", 500, []string{"a", "b", "c"}},
		"wrapped":      {"markdown", "mmmm mmmm mmmm", 120, []string{"mmmm mmmm", "mmmm"}},
		"broken word":  {"markdown", strings.Repeat("m", 20), 130, []string{"mmmmmmmmmm", "mmmmmmmmmm"}},
		"lists":        {"markdown", "- a\n  - b\n- c\n\n3. d\n4. e", 500, []string{"a", "b", "c", "3.|d", "4.|e"}},
		"tasks":        {"markdown", "- [x] a\n- [ ] b", 500, []string{"[x]|a", "[ ]|b"}},
		"table":        {"markdown", "|a|b|\n|-|-|\n|c|d|", 500, []string{"a|b", "c|d"}},
		"entities":     {"markdown", `a &lt; b \* c &#65;`, 500, []string{"a < b * c A"}},
		"image":        {"markdown", "![a picture](x.png)", 500, []string{"a picture"}},
		"html inside":  {"markdown", "a <b>c</b> <script>d</script>", 500, []string{"a c d"}},
		"html block":   {"markdown", "<div>\n<b>a</b>\n</div>\n\nb", 500, []string{"a", "b"}},
		"html":         {"html", "<h1>a</h1><p>b &amp; c<script>d()</script><!-- e --></p>1 < 2", 500, []string{"a", "b & c", "1 < 2"}},
		"code":         {"code", "a <b>\n  c", 500, []string{"a <b>", "  c"}},
		"fenced code":  {"markdown", "```go\na  *b*\n```", 500, []string{"a  *b*"}},
		"no content":   {"markdown", "", 500, nil},
		"unknown mode": {"x", "*a*", 500, []string{"a"}},
	} {
		if diff := cmp.Diff(c.want, lines(textBody(t, c.mode, c.content, c.w).nodes)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A link leads to http, https or somewhere on the same server; any other is text.
func TestLinksOfTextThatMayBeFollowed(t *testing.T) {
	got := hrefs(textBody(t, "markdown", strings.Join([]string{
		"[a](https://a.example)", "[b](/d/uid?x=1)", "[c](javascript:alert)", "[d](JaVaScript:alert)", "[e](data:text/html,x)",
		"<https://f.example>", "https://g.example", "[h](vbscript:x)", "[i](java&#115;cript:alert)",
	}, " "), 5000).nodes)
	if diff := cmp.Diff([]string{"https://a.example", "/d/uid?x=1", "https://f.example", "https://g.example"}, got); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}
