package panel

import (
	"image/color"
	"math"
	"slices"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// pieLeast is the angle, in radians, of the smallest slice that has a label.
const pieLeast = 0.3

// pie is the circle of a pie chart; lengths in px.
type pie struct {
	in           Input
	o            pieOptions
	x, y         float64
	outer, inner float64
	label        float64 // how far from the centre labels are
	font         draw.Font
}

// angle is the direction of a share of the whole, from the top clockwise.
func (p pie) angle(share float64) float64 { return share*2*math.Pi - math.Pi/2 }

// slice is one part from a share of the whole on, with what it is as its tooltip.
func (p pie) slice(s pieSlice, from float64) draw.Node {
	a, b := p.angle(from), p.angle(from+s.share)
	var o draw.Outline
	switch {
	case s.share >= 1 && p.inner > 0:
		// The outer edge and, the other way round, the edge of the hole.
		o.Arc(p.x, p.y, p.outer, a, a+2*math.Pi)
		o.Close()
		o.Move(p.x+p.inner*math.Cos(a), p.y+p.inner*math.Sin(a))
		o.Arc(p.x, p.y, p.inner, a+2*math.Pi, a)
	case s.share >= 1:
		o.Arc(p.x, p.y, p.outer, a, a+2*math.Pi)
	case p.inner > 0:
		o.Arc(p.x, p.y, p.outer, a, b)
		o.Arc(p.x, p.y, p.inner, b, a)
	default:
		o.Move(p.x, p.y)
		o.Arc(p.x, p.y, p.outer, a, b)
	}
	o.Close()
	return &draw.Group{
		Title: statTitle(s.reading) + " (" + s.percent() + ")",
		Nodes: []draw.Node{&draw.Path{
			Outline: o,
			Fill:    p.shade(s.ink(p.in.Theme)),
			Stroke:  draw.Stroke{Paint: draw.Solid(p.in.Theme.Panel()), Width: 1.5},
		}},
	}
}

// shade makes a colour one that text can be read on: as in Grafana 12.4 it is
// furthest from its own near the hole, and half as far beyond the outer edge.
func (p pie) shade(c color.NRGBA) draw.Paint {
	const reach = 1.1 // of the radii
	from, to := statShade(c, 4, -0.2), statShade(c, -4, -0.1)
	if p.in.Theme.Light {
		from, to = statShade(c, 4, 0.14), statShade(c, -4, 0.07)
	}
	return draw.Paint{Gradient: &draw.Gradient{
		X1: p.x, Y1: p.y, X2: p.x + reach*p.outer, Y2: p.y + reach*p.outer, Radial: true,
		Stops: []draw.Stop{{At: p.inner / p.outer, Color: from}, {At: 1, Color: to}},
	}}
}

// labels are the lines of a slice that is wide enough for them, in a pie that is
// large enough for its font. They stand where Grafana's do: the first one lower
// than the middle of the slice by a line.
func (p pie) labels(s pieSlice, middle float64) []draw.Node {
	if s.share*2*math.Pi < pieLeast || p.font.Size > 0.35*p.outer {
		return nil
	}
	var lines []string
	for _, label := range []struct{ name, text string }{{"name", s.Title}, {"value", s.Shown.String()}, {"percent", s.percent()}} {
		if slices.Contains(p.o.Labels, label.name) {
			lines = append(lines, label.text)
		}
	}
	x, y := p.x+p.label*math.Cos(p.angle(middle)), p.y+p.label*math.Sin(p.angle(middle))
	var nodes []draw.Node
	for _, text := range lines {
		y += p.font.Size * statLine
		if text = chromeCut(text, p.font, p.outer); text != "" {
			nodes = append(nodes, &draw.Text{X: x, Y: y, Text: text, Font: p.font, Align: draw.Middle, Color: p.in.Theme.Text()})
		}
	}
	return nodes
}
