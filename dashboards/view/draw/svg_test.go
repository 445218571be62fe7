package draw_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	. "github.com/ginsight/ginsight/dashboards/view/draw"
)

func svg(t testing.TB, s Scene, o SVGOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := s.SVG(&b, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestLinks(t *testing.T) {
	for href, want := range map[string]string{
		"https://example.org/d/x?a=1&b=2": `<a href="https://example.org/d/x?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">`,
		"//example.org":                   `<a href="//example.org" target="_blank" rel="noopener noreferrer">`,
		"/d/abc":                          `<a href="/d/abc">`,
		"#panel-2":                        `<a href="#panel-2">`,
		" ../x ":                          `<a href="../x">`,
		"javascript:alert(1)":             "",
		"JavaScript:alert(1)":             "",
		"java\tscript:alert(1)":           "",
		"\x01javascript:alert(1)":         "",
		"data:text/html,x":                "",
		"vbscript:x":                      "",
		"https:evil":                      "",
		"":                                "",
	} {
		got := svg(t, Scene{Nodes: []Node{&Group{Href: href}}}, SVGOptions{})
		if want == "" && strings.Contains(got, "<a") || !strings.Contains(got, want) {
			t.Errorf("a link to %q gives %s", href, got)
		}
	}
	inner := &Group{Href: "/inner"}
	if got := svg(t, Scene{Nodes: []Node{&Group{Href: "/outer", Nodes: []Node{inner}}}}, SVGOptions{}); strings.Contains(got, "/inner") {
		t.Errorf("there is a link within a link: %s", got)
	}
}

func TestInlineSVG(t *testing.T) {
	s := everything()
	s.Nodes = append(s.Nodes[:3:3], s.Nodes[4]) // without roles and links
	got := svg(t, s, SVGOptions{Inline: true, IDs: "p7-"})
	for _, want := range []string{`<svg width="400"`, `role="img" aria-label="Everything"`, `id="p7-l1"`, `url(#p7-l1)`, `id="p7-c`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	for _, not := range []string{"<style", "style=", "<title>Everything", "xmlns"} {
		if strings.Contains(got, not) {
			t.Errorf("%s in %s", not, got)
		}
	}
}

func TestRoleOfPicture(t *testing.T) {
	for want, s := range map[string]Scene{
		`role="img"`:         {Title: "CPU"},
		`role="group"`:       {Title: "CPU", Nodes: []Node{&Group{Nodes: []Node{&Group{Href: "/x"}}}}},
		`aria-hidden="true"`: {},
	} {
		if got := svg(t, s, SVGOptions{}); !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

func TestFontsInFile(t *testing.T) {
	text := func(f Font) Scene { return Scene{Nodes: []Node{&Text{Text: "x", Font: f, Color: ink}}} }
	for want, f := range map[int]Font{0: {Size: 9, Mono: true}, 1: {Size: 9}, 2: {Size: 9, Weight: 500}} {
		got := svg(t, text(f), SVGOptions{Fonts: true})
		if n := strings.Count(got, "font/woff2"); n != min(want, 1) {
			t.Errorf("%+v: %d fonts", f, n)
		}
		if strings.Contains(got, "font-weight:500") != (want == 2) {
			t.Errorf("%+v: the wrong weight", f)
		}
	}
}

func TestWriteError(t *testing.T) {
	broken := errors.New("disk full")
	for what, err := range map[string]error{
		"SVG": everything().SVG(failing{broken}, SVGOptions{}),
		"PNG": everything().PNG(failing{broken}, 1),
	} {
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := (Scene{}).PNG(io.Discard, 1); err == nil {
		t.Error("a PNG of nothing was written")
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// FuzzSVG puts outside text wherever a scene takes one.
func FuzzSVG(f *testing.F) {
	f.Add("a", 1.0)
	f.Add("javascript:alert(1)", math.NaN())
	f.Add(`"><script>alert(1)</script>`, math.Inf(1))
	f.Add("\x00\x1b]\xff\ufffe ]]> & &amp; ' onload=x", -1e300)
	f.Add("https://x/\"onclick=\"y", 0.005)
	f.Fuzz(func(t *testing.T, s string, v float64) {
		var o Outline
		o.Line(v, v)
		o.Curve(v, 1, 2, v, 3, v)
		o.Arc(1, v, v, v, 2)
		o.Close()
		paint := gradient(v, 0, 1, v, stop(v, ink), stop(-v, red))
		text := &Text{X: v, Y: v, Text: s, Font: Font{Size: v, Spacing: v}, Color: ink, Rotate: v}
		scene := Scene{W: 20, H: v, Title: s, Description: s, Nodes: []Node{&Group{
			X: v, Clip: &Rect{X: v, W: v, H: 9, R: v}, Opacity: v, Title: s, Href: s, ID: s, Class: s, Role: s,
			Nodes: []Node{text, &Path{Outline: o, Fill: radial(v, 0, 1, v, stop(v, ink), stop(-v, red)), Stroke: Stroke{Paint: paint, Width: v, Dash: []float64{v, 1}}}},
		}}}
		for _, o := range []SVGOptions{{}, {Inline: true, IDs: "p-"}} {
			harmless(t, svg(t, scene, o))
		}
		scene.H = 20
		scene.Image(1)
	})
}

// harmless checks that an SVG is XML without anything active in it.
func harmless(t *testing.T, text string) {
	t.Helper()
	elements := []string{"svg", "title", "desc", "g", "a", "rect", "circle", "path", "text", "linearGradient", "radialGradient", "stop", "clipPath"}
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !slices.Contains(elements, start.Name.Local) {
			t.Errorf("element %s in %s", start.Name.Local, text)
		}
		for _, a := range start.Attr {
			name, value := strings.ToLower(a.Name.Local), strings.TrimSpace(strings.ToLower(a.Value))
			if strings.HasPrefix(name, "on") || name == "style" || name == "href" && (start.Name.Local != "a" || strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:")) {
				t.Errorf("attribute %s=%q in %s", name, value, text)
			}
			if name != "class" && name != "id" && name != "role" && name != "aria-label" && name != "href" && (strings.Contains(value, "nan") || strings.Contains(value, "inf")) {
				t.Errorf("attribute %s=%q in %s", name, value, text)
			}
		}
	}
}
