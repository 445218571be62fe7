package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/axis"
	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// Measured on Grafana 12.4, px.
const (
	tsFontSize  = 12
	tsInset     = 8  // above the plot, and at a side that has no axis
	tsTimeAxis  = 21 // a tick of 4, a gap of 5, the text
	tsTickGap   = 5  // from the plot to the label of a value
	tsAxisPad   = 9  // what an axis is wider than its widest label
	tsAxisLabel = 28 // what the label of an axis adds
	tsTickSize  = 4
)

// tsPlot is the plot within the body, and what is drawn into it.
type tsPlot struct {
	in         Input
	x, y, w, h float64
	right      float64 // where labels must end, 4 px from the border at the right
	scales     []*tsScale
	series     []*tsSeries
}

// layout chooses the ticks and parts a box of w by h px between axes and plot.
func (p *tsPlot) layout(w, h float64) {
	p.y, p.h = tsInset, math.Round(h-tsInset-tsTimeAxis)
	left, right := 0.0, 0.0
	for _, c := range p.scales {
		c.fit(math.Max(p.h, 1), p.in.Range.Zone)
		if c.hidden {
			continue
		}
		c.size = math.Ceil(c.labelWidth()) + tsAxisPad
		if c.style.AxisWidth > 0 && c.style.AxisWidth < w {
			c.size = c.style.AxisWidth
		}
		if c.style.AxisLabel != "" {
			c.size += tsAxisLabel
		}
		if c.right {
			right += c.size
		} else {
			left += c.size
		}
	}
	if left == 0 {
		left = tsInset
	}
	if right == 0 {
		right = tsInset
	}
	p.x, p.w = left, math.Round(w-left-right)
}

// time is where a time lies, px from the left of the plot.
func (p *tsPlot) time(ms int64) float64 {
	from, to := p.in.Range.From.UnixMilli(), p.in.Range.To.UnixMilli()
	if to <= from {
		return 0
	}
	return float64(ms-from) / float64(to-from) * p.w
}

// axes draws the grid and the axes around the plot.
func (p *tsPlot) axes() []draw.Node {
	nodes := p.timeAxis()
	left, right := p.x, p.x+p.w
	grid := true
	for _, c := range p.scales {
		if c.hidden {
			continue
		}
		if c.style.AxisGridShow == nil && grid || c.style.AxisGridShow != nil && *c.style.AxisGridShow {
			nodes = append(nodes, p.valueGrid(c))
		}
		// Two grids across one plot could not be told apart.
		grid = false
		if c.right {
			nodes = append(nodes, p.valueAxis(c, right)...)
			right += c.size
		} else {
			nodes = append(nodes, p.valueAxis(c, left)...)
			left -= c.size
		}
	}
	return nodes
}

// tsCrisp is the middle of the pixel at x, where a line of one px is sharp.
func tsCrisp(x float64) float64 { return math.Round(x) + 0.5 }

func (p *tsPlot) gridLine(o draw.Outline) draw.Node {
	return &draw.Path{Outline: o, Stroke: draw.Stroke{Paint: draw.Solid(p.in.Theme.Grid()), Width: 1}}
}

func (p *tsPlot) timeAxis() []draw.Node {
	font := draw.Font{Size: tsFontSize}
	ticks := axis.Times(p.in.Range.From, p.in.Range.To, p.in.Range.Zone, p.w, tsMeasure.Width)
	var grid draw.Outline
	labels := make([]draw.Node, 0, len(ticks))
	for _, t := range ticks {
		x := p.time(int64(t.Value))
		if x < -0.5 || x > p.w+0.5 {
			continue
		}
		at := tsCrisp(p.x + x)
		grid.Move(at, p.y)
		grid.Line(at, p.y+p.h+tsTickSize)
		labels = append(labels, &draw.Text{
			X: math.Min(math.Round(p.x+x), p.right-font.Width(t.Label)/2), Y: p.y + p.h + tsTickSize + tsTickGap, Text: t.Label,
			Font: font, Color: p.in.Theme.AxisText(), Align: draw.Middle, Baseline: draw.Top,
		})
	}
	return append([]draw.Node{p.gridLine(grid)}, labels...)
}

func (p *tsPlot) valueGrid(c *tsScale) draw.Node {
	var grid draw.Outline
	for _, v := range c.gridValues() {
		y := tsCrisp(p.y + c.y(v))
		grid.Move(p.x, y)
		grid.Line(p.x+p.w, y)
	}
	return p.gridLine(grid)
}

// valueAxis writes the labels of a scale, whose edge next to the plot is at edge.
func (p *tsPlot) valueAxis(c *tsScale, edge float64) []draw.Node {
	var nodes []draw.Node
	ink := p.axisInk(c)
	x, align := edge-tsTickGap, draw.End
	if c.right {
		x, align = edge+tsTickGap, draw.Start
	}
	for _, t := range c.ticks {
		if t.label != "" {
			nodes = append(nodes, &draw.Text{
				X: x, Y: math.Round(p.y + c.y(t.at)), Text: t.label,
				Font: draw.Font{Size: tsFontSize}, Color: ink, Align: align, Baseline: draw.Central,
			})
		}
	}
	if c.style.AxisBorderShow {
		nodes = append(nodes, &draw.Rect{X: edge, Y: p.y, W: 1, H: p.h, Fill: draw.Solid(ink)})
	}
	if c.style.AxisLabel != "" {
		nodes = append(nodes, p.axisName(c, edge, ink))
	}
	return nodes
}

// axisInk is the colour of a scale's texts.
func (p *tsPlot) axisInk(c *tsScale) color.NRGBA {
	if c.style.AxisColorMode == "series" {
		return c.series[0].color
	}
	return p.in.Theme.AxisText()
}

// axisName is the turned label of a scale, at its outer edge.
func (p *tsPlot) axisName(c *tsScale, edge float64, ink color.NRGBA) draw.Node {
	t := &draw.Text{
		X: edge - c.size + tsFontSize, Y: math.Round(p.y + p.h/2), Rotate: -90,
		Font: draw.Font{Size: tsFontSize}, Color: ink, Align: draw.Middle, Baseline: draw.Bottom,
	}
	if c.right {
		t.X, t.Rotate = edge+c.size-tsFontSize, 90
	}
	t.Text = chromeCut(c.style.AxisLabel, t.Font, p.h)
	return t
}
