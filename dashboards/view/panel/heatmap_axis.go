package panel

import (
	"math"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/axis"
	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/model"
)

// Measured on Grafana 12.4, px.
const (
	gridTick    = 4  // the length of a tick
	gridGap     = 5  // from a tick to its label
	gridInset   = 8  // above the plot, and at its right
	gridBelow   = 21 // the height of a horizontal axis
	gridMaximum = 10_000
)

var gridFont = draw.Font{Size: 12}

// gridBox is the area of a plot inside a body.
type gridBox struct{ x, y, w, h float64 }

// usable tells whether anything can be drawn in the box.
func (b gridBox) usable() bool { return b.w >= 1 && b.h >= 1 }

// gridTickAt is a tick of an axis in px from the left or from the top of the body.
type gridTickAt struct {
	at    float64
	label string
}

// gridLabels is the width of the widest label, in whole px as Grafana counts it.
func gridLabels(ticks []gridTickAt) float64 {
	widest := 0.0
	for _, t := range ticks {
		widest = max(widest, gridFont.Width(t.label))
	}
	return math.Ceil(widest)
}

// gridLeft draws the lines and labels of a vertical axis at the left of a box, or
// at its right. The labels end gap px before the plot.
func gridLeft(ink inks, b gridBox, ticks []gridTickAt, right bool) []draw.Node {
	var nodes []draw.Node
	for _, t := range ticks {
		line := &draw.Rect{X: b.x - gridTick, Y: math.Round(t.at), W: b.w + gridTick, H: 1, Fill: draw.Solid(ink.grid)}
		text := &draw.Text{
			X: b.x - gridTick - gridGap, Y: t.at, Text: t.label, Font: gridFont,
			Color: ink.text, Align: draw.End, Baseline: draw.Central,
		}
		if right {
			line.X = b.x
			text.X, text.Align = b.x+b.w+gridTick+gridGap, draw.Start
		}
		nodes = append(nodes, line, text)
	}
	return nodes
}

// gridBottom draws the lines and labels of a horizontal axis. A label that would
// leave the body at the right is moved back inside.
func gridBottom(ink inks, b gridBox, ticks []gridTickAt, bodyWidth float64) []draw.Node {
	var nodes []draw.Node
	for _, t := range ticks {
		nodes = append(nodes,
			&draw.Rect{X: math.Round(t.at), Y: b.y, W: 1, H: b.h + gridTick, Fill: draw.Solid(ink.grid)},
			gridLabel(ink, t, b.y+b.h+gridTick+gridGap, bodyWidth))
	}
	return nodes
}

// gridLabel is the label of a tick, whose top is at y.
func gridLabel(ink inks, t gridTickAt, y, bodyWidth float64) draw.Node {
	half := gridFont.Width(t.label) / 2
	return &draw.Text{
		X: max(min(t.at, bodyWidth-half), half), Y: y, Text: t.label, Font: gridFont,
		Color: ink.text, Align: draw.Middle, Baseline: draw.Top,
	}
}

// timeTicks are the ticks of a time axis along the bottom of a box.
func timeTicks(r model.Range, b gridBox) []gridTickAt {
	if !r.To.After(r.From) {
		return nil
	}
	var ticks []gridTickAt
	for _, t := range axis.Times(r.From, r.To, rangeZone(r), b.w, gridFont.Width) {
		ticks = append(ticks, gridTickAt{timeX(r, b, t.Value), t.Label})
	}
	return ticks
}

func rangeZone(r model.Range) *time.Location {
	if r.Zone == nil {
		return time.UTC
	}
	return r.Zone
}

// timeX is the place of a time in milliseconds since 1970.
func timeX(r model.Range, b gridBox, ms float64) float64 {
	from, to := float64(r.From.UnixMilli()), float64(r.To.UnixMilli())
	if !(to > from) {
		return b.x
	}
	return b.x + (ms-from)/(to-from)*b.w
}
