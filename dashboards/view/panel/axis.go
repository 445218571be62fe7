package panel

import (
	"image/color"
	"math"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/axis"
	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// Measured on Grafana 12.4, px.
const (
	axisInset = 8  // above a plot, and at a side that has no axis
	axisTick  = 4  // the length of a tick
	axisGap   = 5  // from a tick to its label
	axisBelow = 21 // the height of a horizontal axis: tick, gap and text
	axisNamed = 28 // what the name of an axis adds to its width
)

var (
	axisFont = draw.Font{Size: 12}
	// axisMeasure is how Grafana measures the labels of axes: as if there were no
	// room between letters.
	axisMeasure = draw.Font{Size: 12, Spacing: -0.15}
)

// plotBox is the area of a plot inside a body, px.
type plotBox struct{ x, y, w, h float64 }

// usable tells whether anything can be drawn in the box.
func (b plotBox) usable() bool { return b.w >= 1 && b.h >= 1 }

// axisMark is a place on an axis, in px from the left or from the top of the body;
// the label may be "".
type axisMark struct {
	at    float64
	label string
}

// axisMarks are marks for values, placed and written by functions.
func axisMarks(values []float64, at func(float64) float64, text func(float64) string) []axisMark {
	marks := make([]axisMark, len(values))
	for i, v := range values {
		marks[i] = axisMark{at(v), text(v)}
	}
	return marks
}

// axisWidth is what an axis at the side of a plot takes: the widest label, in
// whole px as Grafana counts it, with tick and gap.
func axisWidth(marks []axisMark) float64 {
	widest := 0.0
	for _, m := range marks {
		widest = max(widest, axisMeasure.Width(m.label))
	}
	return math.Ceil(widest) + axisTick + axisGap
}

// axisLeft draws the lines, ticks and labels of a vertical axis at the left of a
// box, or at its right.
func axisLeft(t theme.Theme, b plotBox, marks []axisMark, right bool) []draw.Node {
	from, to, edge := b.x-axisTick, b.x+b.w, b.x-axisTick
	if right {
		from, to, edge = b.x, b.x+b.w+axisTick, b.x+b.w+axisTick
	}
	return append([]draw.Node{axisAcross(t, marks, from, to)}, axisBeside(marks, edge, right, t.AxisText())...)
}

// axisBottom draws the lines, ticks and labels of a horizontal axis in a body that
// is w px wide.
func axisBottom(t theme.Theme, b plotBox, marks []axisMark, w float64) []draw.Node {
	foot := b.y + b.h + axisTick
	return append([]draw.Node{axisDown(t, marks, b.y, foot)}, axisUnder(marks, foot+axisGap, w, t.AxisText())...)
}

// axisAcross are lines from x to x at the heights of marks.
func axisAcross(t theme.Theme, marks []axisMark, from, to float64) draw.Node {
	var o draw.Outline
	for _, m := range marks {
		o.Move(from, axisCrisp(m.at))
		o.Line(to, axisCrisp(m.at))
	}
	return axisLines(t, o)
}

// axisDown are lines from y to y at marks along the plot.
func axisDown(t theme.Theme, marks []axisMark, from, to float64) draw.Node {
	var o draw.Outline
	for _, m := range marks {
		o.Move(axisCrisp(m.at), from)
		o.Line(axisCrisp(m.at), to)
	}
	return axisLines(t, o)
}

func axisLines(t theme.Theme, o draw.Outline) draw.Node {
	return &draw.Path{Outline: o, Stroke: draw.Stroke{Paint: draw.Solid(t.Grid()), Width: 1}}
}

// axisCrisp is the middle of the pixel at a place, where a line of one px is sharp.
func axisCrisp(at float64) float64 { return math.Round(at) + 0.5 }

// axisBeside writes labels beside a vertical axis whose ticks end at edge.
func axisBeside(marks []axisMark, edge float64, right bool, ink color.NRGBA) []draw.Node {
	x, align := edge-axisGap, draw.End
	if right {
		x, align = edge+axisGap, draw.Start
	}
	var nodes []draw.Node
	for _, m := range marks {
		if m.label != "" {
			nodes = append(nodes, &draw.Text{
				X: x, Y: math.Round(m.at), Text: m.label, Font: axisFont, Color: ink, Align: align, Baseline: draw.Central,
			})
		}
	}
	return nodes
}

// axisUnder writes labels whose top is at y. One that would come nearer to the
// border of the panel than 4 px is moved back; Grafana cuts it off.
func axisUnder(marks []axisMark, y, w float64, ink color.NRGBA) []draw.Node {
	const padding = 5 // of the body's, that a label may reach into
	var nodes []draw.Node
	for _, m := range marks {
		nodes = append(nodes, &draw.Text{
			X: min(math.Round(m.at), w+padding-axisFont.Width(m.label)/2), Y: y, Text: m.label,
			Font: axisFont, Color: ink, Align: draw.Middle, Baseline: draw.Top,
		})
	}
	return nodes
}

// axisName is the name of a vertical axis, turned by a quarter, at its outer edge.
func axisName(name string, b plotBox, edge float64, right bool, ink color.NRGBA) draw.Node {
	t := &draw.Text{
		X: edge + axisFont.Size, Y: math.Round(b.y + b.h/2), Text: chromeCut(name, axisFont, b.h), Rotate: -90,
		Font: axisFont, Color: ink, Align: draw.Middle, Baseline: draw.Bottom,
	}
	if right {
		t.X, t.Rotate = edge-axisFont.Size, 90
	}
	return t
}

// axisTimes are the marks of a time axis along a box.
func axisTimes(r model.Range, b plotBox) []axisMark {
	if !r.To.After(r.From) {
		return nil
	}
	var marks []axisMark
	for _, t := range axis.Times(r.From, r.To, rangeZone(r), b.w, axisMeasure.Width) {
		if at := b.time(r, t.Value); at >= b.x-0.5 && at <= b.x+b.w+0.5 {
			marks = append(marks, axisMark{at, t.Label})
		}
	}
	return marks
}

// time is the place of a time in milliseconds since 1970.
func (b plotBox) time(r model.Range, ms float64) float64 {
	from, to := float64(r.From.UnixMilli()), float64(r.To.UnixMilli())
	if !(to > from) {
		return b.x
	}
	return b.x + (ms-from)/(to-from)*b.w
}

func rangeZone(r model.Range) *time.Location {
	if r.Zone == nil {
		return time.UTC
	}
	return r.Zone
}
