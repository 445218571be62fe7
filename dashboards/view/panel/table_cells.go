package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// tableCell paints what lies in a cell of a column, from y on, height px high.
type tableCell func(t *tableView, c *tableColumn, s frame.Shown, y, height float64) []draw.Node

// tableCells are the types of cells; any other is a text, so that a cell always
// says its value.
var tableCells = map[string]tableCell{
	"color-text":       tableColorText,
	"color-background": tableColorBackground,
	"gauge":            tableGauge,
	"json-view":        tableJSON,
}

// cell draws one value, as a link if the field has any.
func (t *tableView) cell(c *tableColumn, row int, y, height float64) []draw.Node {
	s := shownAt(c.show, c.field, row)
	paint := tableCells[c.custom.CellOptions.Type]
	if paint == nil {
		paint = tableText
	}
	link := t.link(c, row, s)
	if link == nil {
		return paint(t, c, s, y, height)
	}
	if c.custom.CellOptions.Type == "" || c.custom.CellOptions.Type == "auto" {
		_, node := t.cellText(c, s.String(), tableFont, t.in.Theme.Link(), y+height/2+0.5, c.w-2*tablePadding)
		link.Nodes = []draw.Node{node}
	} else {
		link.Nodes = paint(t, c, s, y, height)
	}
	return []draw.Node{link}
}

// shownAt writes a value of a field: the zero Shown beyond its end.
func shownAt(p *value.Processor, f *frame.Field, row int) frame.Shown {
	switch {
	case row < 0 || row >= f.Len():
		return frame.Shown{}
	case f.Kind == frame.String:
		return p.Text(f.Strings[row])
	}
	return p.Number(f.Float(row))
}

// cellText writes a line of text into a column around a middle, and returns what
// of it fits; what is cut off is said by a tooltip.
func (t *tableView) cellText(c *tableColumn, text string, f draw.Font, ink color.NRGBA, middle, room float64) (string, draw.Node) {
	fitted, cut := fitText(f, text, room)
	x := c.x + tablePadding
	switch c.align {
	case draw.Middle:
		x = c.x + (c.w-1)/2
	case draw.End:
		x = c.x + c.w - tablePadding - 1
	}
	node := &draw.Text{X: x, Y: middle, Text: fitted, Font: f, Color: ink, Align: c.align, Baseline: draw.Central}
	if !cut {
		return fitted, node
	}
	full, _ := oneLine(text)
	return fitted, &draw.Group{Title: full, Nodes: []draw.Node{node}}
}

// shiftText moves a node of cellText sideways.
func shiftText(n draw.Node, by float64) {
	switch n := n.(type) {
	case *draw.Text:
		n.X += by
	case *draw.Group:
		n.X += by
	}
}

func tableText(t *tableView, c *tableColumn, s frame.Shown, y, height float64) []draw.Node {
	return t.plainText(c, s.String(), tableFont, t.in.Theme.Text(), y, height)
}

func (t *tableView) plainText(c *tableColumn, text string, f draw.Font, ink color.NRGBA, y, height float64) []draw.Node {
	if text == "" {
		return nil
	}
	_, node := t.cellText(c, text, f, ink, y+height/2+0.5, c.w-2*tablePadding)
	return []draw.Node{node}
}

func tableJSON(t *tableView, c *tableColumn, s frame.Shown, y, height float64) []draw.Node {
	return t.plainText(c, s.String(), draw.Font{Size: 13, Mono: true}, t.in.Theme.Text(), y, height)
}

func tableColorText(t *tableView, c *tableColumn, s frame.Shown, y, height float64) []draw.Node {
	ink := s.Color
	if ink.A == 0 {
		ink = t.in.Theme.Text()
	}
	return t.plainText(c, s.String(), tableFont, ink, y, height)
}

// tableColorBackground fills the cell. A threshold of "transparent" leaves it as
// it is, with the usual ink.
func tableColorBackground(t *tableView, c *tableColumn, s frame.Shown, y, height float64) []draw.Node {
	if s.Color.A == 0 || s.String() == "" {
		return tableText(t, c, s, y, height)
	}
	left, right := math.Round(c.x), math.Round(c.x+c.w)-1
	fill := draw.Solid(s.Color)
	if c.custom.CellOptions.Mode != "basic" {
		fill = tableShade(s.Color, left, right)
	}
	ink := t.in.Theme.TextOn(s.Color)
	nodes := []draw.Node{&draw.Rect{X: left, Y: y, W: right - left, H: height, Fill: fill}}
	return append(nodes, t.plainText(c, s.String(), tableFont, ink, y, height)...)
}

// tableShade runs from a darker shade of a colour to the colour.
func tableShade(c color.NRGBA, left, right float64) draw.Paint {
	dark := color.NRGBA{uint8(float64(c.R) * .8), uint8(float64(c.G) * .8), uint8(float64(c.B) * .8), c.A}
	return draw.Paint{Gradient: &draw.Gradient{X1: left, X2: right, Stops: []draw.Stop{{At: 0, Color: dark}, {At: 1, Color: c}}}}
}
