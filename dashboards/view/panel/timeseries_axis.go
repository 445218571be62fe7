package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// tsPlot is the plot within the body, and what is drawn into it.
type tsPlot struct {
	in Input
	plotBox
	width  float64 // of the body
	scales []*tsScale
	series []*tsSeries
}

// layout chooses the ticks and parts a box of w by h px between axes and plot.
func (p *tsPlot) layout(w, h float64) {
	p.y, p.h = axisInset, math.Round(h-axisInset-axisBelow)
	left, right := 0.0, 0.0
	for _, c := range p.scales {
		c.fit(math.Max(p.h, 1), p.in.Range.Zone)
		if c.hidden {
			continue
		}
		c.size = axisWidth(p.marks(c))
		if c.style.AxisWidth > 0 && c.style.AxisWidth < w {
			c.size = c.style.AxisWidth
		}
		if c.style.AxisLabel != "" {
			c.size += axisNamed
		}
		if c.right {
			right += c.size
		} else {
			left += c.size
		}
	}
	if left == 0 {
		left = axisInset
	}
	if right == 0 {
		right = axisInset
	}
	p.x, p.w = left, math.Round(w-left-right)
}

// time is where a time lies, px from the left of the plot.
func (p *tsPlot) time(ms int64) float64 {
	return plotBox{w: p.w}.time(p.in.Range, float64(ms))
}

// axes draws the grid and the axes around the plot.
func (p *tsPlot) axes() []draw.Node {
	nodes := axisBottom(p.in.Theme, p.plotBox, axisTimes(p.in.Range, p.plotBox), p.width)
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

func (p *tsPlot) valueGrid(c *tsScale) draw.Node {
	var marks []axisMark
	for _, v := range c.gridValues() {
		marks = append(marks, axisMark{at: p.y + c.y(v)})
	}
	return axisAcross(p.in.Theme, marks, p.x, p.x+p.w)
}

// marks are the places of a scale's ticks.
func (p *tsPlot) marks(c *tsScale) []axisMark {
	marks := make([]axisMark, len(c.ticks))
	for i, t := range c.ticks {
		marks[i] = axisMark{p.y + c.y(t.at), t.label}
	}
	return marks
}

// valueAxis writes the labels of a scale, whose edge next to the plot is at edge.
// It has no ticks, but its labels keep the gap to them.
func (p *tsPlot) valueAxis(c *tsScale, edge float64) []draw.Node {
	ink, outer := p.axisInk(c), edge-c.size
	if c.right {
		outer = edge + c.size
	}
	nodes := axisBeside(p.marks(c), edge, c.right, ink)
	if c.style.AxisBorderShow {
		nodes = append(nodes, &draw.Rect{X: edge, Y: p.y, W: 1, H: p.h, Fill: draw.Solid(ink)})
	}
	if c.style.AxisLabel != "" {
		nodes = append(nodes, axisName(c.style.AxisLabel, p.plotBox, outer, c.right, ink))
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
