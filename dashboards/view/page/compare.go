package page

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// The frame around a marked panel, in px.
const (
	markWidth = 3
	between   = 32 // between the picture before and the one after
)

// Highlight names the panels of a page to put a frame around, by their ids, with
// the colour of the frame as dashboards name it.
type Highlight map[int64]string

// Compare draws a page before and after a change side by side, with the panels
// that changed marked. One of the pages may be nil: the board is new or gone.
func Compare(before, after *Page, old, new Highlight, t theme.Theme) draw.Scene {
	out := draw.Scene{Background: t.Canvas()}
	side := func(p *Page, what string, h Highlight) {
		if p == nil {
			return
		}
		scene := p.scene(h)
		x := 0.0
		if out.W > 0 {
			x = out.W + between
		}
		head := &draw.Text{X: x + margin, Y: between / 2, Text: what, Font: draw.Font{Size: 14, Weight: 500}, Color: t.TextSecondary(), Baseline: draw.Central}
		out.Nodes = append(out.Nodes, head, &draw.Group{X: x, Y: between, Nodes: scene.Nodes})
		out.W, out.H = x+scene.W, math.Max(out.H, between+scene.H)
		out.Title, out.Description = scene.Title, scene.Description
	}
	side(before, "Before", old)
	side(after, "After", new)
	return out
}

// frames are the marks over the panels of a page.
func (p *Page) frames(h Highlight, head float64) []draw.Node {
	var out []draw.Node
	for i, in := range p.Panels {
		name, marked := h[in.Panel.ID]
		if !marked {
			continue
		}
		at := p.Places[i]
		out = append(out, &draw.Rect{
			X: at.X - markWidth/2.0, Y: head + at.Y - markWidth/2.0, W: at.W + markWidth, H: at.H + markWidth, R: 6,
			Stroke: draw.Stroke{Paint: draw.Solid(p.options.Theme.Color(name)), Width: markWidth},
		})
	}
	return out
}
