package draw

import (
	"fmt"
	"io"
	"net/url"
	"strings"
)

// SVGOptions say where an SVG is going to be shown. The zero value is a file.
type SVGOptions struct {
	// Fonts puts the faces that are used into the picture, some 36 kB each, so
	// that it looks the same where Inter is not installed.
	Fonts bool
	// Inline makes an element for an HTML page instead of a file. It has neither
	// styles nor scripts, so that it passes a strict Content-Security-Policy, and
	// its title is no tooltip.
	Inline bool
	// IDs begins the ids of clips and gradients. It has to differ between the
	// pictures on one page.
	IDs string
}

// SVG writes the scene as SVG 1.1 with the href of SVG 2. The same scene gives
// the same bytes. Whatever its texts and links are, there is no script in it and
// no reference to anything outside but for http(s) links. The error is the
// writer's.
func (s Scene) SVG(w io.Writer, o SVGOptions) error {
	d := svg{ids: o.IDs, defs: map[string]string{}}
	d.open(s, o)
	if s.Background.A > 0 {
		d.node(&Rect{W: s.W, H: s.H, Fill: Solid(s.Background)})
	}
	d.nodes(s.Nodes)
	d.raw("</svg>")
	if !o.Inline {
		d.raw("\n")
	}
	if _, err := w.Write(d.out); err != nil {
		return fmt.Errorf("write SVG: %w", err)
	}
	return nil
}

// svg is an SVG being written.
type svg struct {
	out    []byte
	ids    string
	defs   map[string]string // what was defined, to its id
	linked bool              // inside a link: there are none within another
}

const family = "Inter,Helvetica Neue,Arial,sans-serif"

func (d *svg) open(s Scene, o SVGOptions) {
	d.raw("<svg")
	if !o.Inline {
		d.attr("xmlns", "http://www.w3.org/2000/svg")
	}
	d.number("width", s.W)
	d.number("height", s.H)
	d.numbers(` viewBox="`, `"`, 0, 0, s.W, s.H)
	d.role(s, o.Inline)
	d.attr("font-family", family)
	d.number("letter-spacing", letterSpacing)
	d.attr("text-rendering", "geometricPrecision")
	d.raw(">")
	if !o.Inline {
		d.element("title", s.Title)
	}
	d.element("desc", s.Description)
	if o.Fonts {
		d.raw("<style>" + FontFaces(faceWeights(s.Nodes), DataURI) + "</style>")
	}
}

// role tells a screen reader what the picture is: one image, or a group if there
// are parts to go to, or nothing if it has no name.
func (d *svg) role(s Scene, inline bool) {
	switch {
	case active(s.Nodes):
		d.attr("role", "group")
	case s.Title != "":
		d.attr("role", "img")
	default:
		d.attr("aria-hidden", "true")
	}
	if inline && s.Title != "" {
		d.attr("aria-label", s.Title)
	}
}

// active tells whether there is something in the tree that a reader can go to.
func active(nodes []Node) bool {
	for _, n := range nodes {
		if g, ok := n.(*Group); ok && (g.Role != "" || safeHref(g.Href) != "" || active(g.Nodes)) {
			return true
		}
	}
	return false
}

func (d *svg) nodes(list []Node) {
	for _, n := range list {
		d.node(n)
	}
}

func (d *svg) node(n Node) {
	switch n := n.(type) {
	case *Group:
		d.group(n)
	case *Rect:
		d.shape("rect", n.Fill, n.Stroke, func() { d.rect(n) })
	case *Circle:
		d.shape("circle", n.Fill, n.Stroke, func() {
			d.number("cx", n.X)
			d.number("cy", n.Y)
			d.number("r", max(n.R, 0))
		})
	case *Path:
		d.shape("path", n.Fill, n.Stroke, func() {
			d.raw(` d="`)
			d.out = n.Outline.appendSVG(d.out)
			d.raw(`"`)
		})
	case *Text:
		d.text(n)
	}
}

func (d *svg) rect(r *Rect) {
	d.number("x", r.X)
	d.number("y", r.Y)
	d.number("width", max(r.W, 0))
	d.number("height", max(r.H, 0))
	if r.R > 0 {
		d.number("rx", r.R)
	}
}

// group writes a group as g, and as a around it if it is a link.
func (d *svg) group(g *Group) {
	href := safeHref(g.Href)
	link := href != "" && !d.linked
	if link {
		d.linked = true
		d.raw("<a")
		d.attr("href", href)
		if outside(href) {
			d.raw(` target="_blank" rel="noopener noreferrer"`)
		}
		d.raw(">")
		d.element("title", g.Title)
	}
	clip := ""
	if g.Clip != nil {
		clip = d.clip(g.Clip)
	}
	d.raw("<g")
	d.groupAttributes(g, clip)
	d.raw(">")
	if !link {
		d.element("title", g.Title)
	}
	d.nodes(g.Nodes)
	d.raw("</g>")
	if link {
		d.raw("</a>")
		d.linked = false
	}
}

func (d *svg) groupAttributes(g *Group, clip string) {
	for _, a := range [][2]string{{"id", g.ID}, {"class", g.Class}, {"role", g.Role}, {"clip-path", clip}} {
		if a[1] != "" {
			d.attr(a[0], a[1])
		}
	}
	if g.Role != "" && g.Title != "" {
		d.attr("aria-label", g.Title)
	}
	if g.X != 0 || g.Y != 0 {
		d.numbers(` transform="translate(`, `)"`, g.X, g.Y)
	}
	if g.Opacity > 0 && g.Opacity < 1 {
		d.number("opacity", g.Opacity)
	}
}

// safeHref is the link if it is relative or http(s), else "".
func safeHref(href string) string {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || u.Opaque != "" {
		return ""
	}
	switch u.Scheme {
	case "", "http", "https":
		return u.String()
	}
	return ""
}

// outside tells whether a safe link leads to another host.
func outside(href string) bool {
	u, err := url.Parse(href)
	return err == nil && u.Host != ""
}
