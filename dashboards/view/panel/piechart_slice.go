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
			Fill:    draw.Solid(pieTone(s.ink(p.in.Theme), p.in.Theme.Light)),
			Stroke:  draw.Stroke{Paint: draw.Solid(p.in.Theme.Panel()), Width: 1.5},
		}},
	}
}

// pieTone makes a colour one that text can be read on: Grafana shades slices from
// their centre outwards, and this is the tone in between.
func pieTone(c color.NRGBA, light bool) color.NRGBA {
	if light {
		return statShade(c, 0, 0.1)
	}
	return statShade(c, 0, -0.145)
}

// labels are the lines in the middle of a slice that is wide enough for them, in
// a pie that is large enough for its font.
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
	line := p.font.Size * statLine
	x := p.x + p.label*math.Cos(p.angle(middle))
	y := p.y + p.label*math.Sin(p.angle(middle)) - line*float64(len(lines)-1)/2
	var nodes []draw.Node
	for i, text := range lines {
		nodes = append(nodes, statLabel(text, x, y+line*float64(i), p.outer, p.font, draw.Middle, p.in.Theme.Text())...)
	}
	return nodes
}
