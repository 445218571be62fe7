package panel

import (
	"fmt"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// drawRow is the header of a row: a mark that points down where the panels of an
// open row follow and right where a collapsed one hides them, and the title. A
// collapsed row tells how many it hides.
func drawRow(in Input) *draw.Group {
	font := draw.Font{Size: 16, Weight: 500}
	middle := math.Min(in.H, 30)/2 - 0.5
	title := chromeCut(in.Panel.Title, font, in.W-30)
	g := &draw.Group{Class: "row", Nodes: []draw.Node{
		rowMark(14, middle, in.Panel.Collapsed, draw.Stroke{Paint: draw.Solid(in.Theme.Text()), Width: 1.4, Round: true}),
		&draw.Text{X: 30, Y: middle + 5.7, Text: title, Font: font, Color: in.Theme.Text()},
	}}
	if !in.Panel.Collapsed {
		return g
	}
	hidden := fmt.Sprintf("(%d panels)", len(in.Panel.Panels))
	if len(in.Panel.Panels) == 1 {
		hidden = "(1 panel)"
	}
	g.Nodes = append(g.Nodes,
		&draw.Text{X: 52 + font.Width(title), Y: middle + 4.6, Text: hidden, Font: draw.Font{Size: 12, Italic: true}, Color: in.Theme.TextSecondary()},
		&draw.Rect{Y: in.H - 1, W: in.W, H: 1, Fill: draw.Solid(in.Theme.Border())},
	)
	return g
}

func rowMark(x, y float64, right bool, ink draw.Stroke) draw.Node {
	var o draw.Outline
	if right {
		o.Move(x-1.5, y-3)
		o.Line(x+1.5, y)
		o.Line(x-1.5, y+3)
	} else {
		o.Move(x-3, y-1.5)
		o.Line(x, y+1.5)
		o.Line(x+3, y-1.5)
	}
	return &draw.Path{Outline: o, Stroke: ink}
}
