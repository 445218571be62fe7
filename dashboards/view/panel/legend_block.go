package panel

import (
	"fmt"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// Measured on Grafana 12.4, px.
const (
	legendFontSize  = 12
	legendLine      = 18.857 // the height of an item
	legendRow       = 23.43  // from item to item of a list
	legendTableRow  = 23.857 // from row to row of a table
	legendMark      = 14     // the length of the mark of a series
	legendMarkGap   = 22     // from the mark's start to the name
	legendItemGap   = 10     // from item to item in a line
	legendValueGap  = 8      // from the name to a calculation
	legendCellPad   = 8
	legendMaxBelow  = 0.35 // of the height
	legendMaxBeside = 0.6  // of the width
)

// legendBlock is a legend laid out from its own top left corner.
type legendBlock struct {
	nodes []draw.Node
	w, h  float64
}

// legendFit tells how many of n rows there is room for: all, or else all but one,
// whose place says how many are left out. Grafana scrolls a legend that is too
// long; a picture has to own up.
func legendFit(n int, room, row float64) int {
	rows := max(int(room/row), 1)
	if n <= rows {
		return n
	}
	return max(rows-1, 0)
}

// legendMore says how many items have no room.
func legendMore(n int) string { return fmt.Sprintf("… %d more", n) }

// legendNote writes that in an item's place.
func legendNote(n int, x, y float64, t theme.Theme) draw.Node {
	text := legendLabel(legendMore(n), x, y, t)
	text.Color = t.TextSecondary()
	return text
}

// atBottom puts the block under the plot, cut to most px.
func (l legendBlock) atBottom(w, h, most float64) ([]draw.Node, float64, float64) {
	height := math.Min(math.Ceil(l.h), math.Max(most, 0))
	return l.clipped(0, math.Round(h-math.Min(l.h, height)), w, height), w, h - height
}

// atRight puts the block beside the plot, cut to its share of the width; a width
// that the dashboard sets is kept to that share too.
func (l legendBlock) atRight(o legendOptions, w, h float64) ([]draw.Node, float64, float64) {
	width := l.w
	if o.Width > 0 {
		width = o.Width
	}
	width = math.Min(width, math.Floor(w*legendMaxBeside))
	return l.clipped(w-width, 0, width, h), math.Floor(w - width), h
}

// clipped is the block at x, y with what lies outside w by h px cut off.
func (l legendBlock) clipped(x, y, w, h float64) []draw.Node {
	return []draw.Node{&draw.Group{X: x, Y: y, Class: "legend", Clip: &draw.Rect{W: w, H: h}, Nodes: l.nodes}}
}

// legendIcon is the mark of a series, whose row is legendLine px high from y.
func legendIcon(item legendItem, x, y float64) []draw.Node {
	top := math.Round(y + legendLine/2 - 2)
	if !item.Dashed {
		return []draw.Node{&draw.Rect{X: x, Y: top, W: legendMark, H: 4, R: 2, Fill: draw.Solid(item.Color)}}
	}
	half := legendMark/2 - 1.0
	return []draw.Node{
		&draw.Rect{X: x, Y: top, W: half, H: 4, R: 1, Fill: draw.Solid(item.Color)},
		&draw.Rect{X: x + legendMark - half, Y: top, W: half, H: 4, R: 1, Fill: draw.Solid(item.Color)},
	}
}
