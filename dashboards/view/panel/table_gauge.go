package panel

import (
	"image/color"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// Measured on Grafana 12.4, px.
const (
	gaugeCellTextPadding = 10
	gaugeCellRadius      = 3
	gaugeCellStep        = 7  // from segment to segment of the retro LCD
	gaugeCellStops       = 16 // of a gradient through a colour scheme
)

// gaugeLength is the length of a column's gauge at its maximum: what the widest
// text of the rows seen leaves, so that all bars have one scale.
func (t *tableView) gaugeLength(c *tableColumn, rows []int) float64 {
	if c.custom.CellOptions.Type != "gauge" {
		return 0
	}
	length := c.w - 2*tablePadding
	if c.custom.CellOptions.ValueDisplayMode == "hidden" {
		return max(length, 0)
	}
	widest := 0.0
	for _, row := range rows {
		widest = max(widest, tableFont.Width(shownAt(c.show, c.field, row).String()))
	}
	return clampTo(length-widest-2*gaugeCellTextPadding, 0, length)
}

// tableGauge draws a bar with its value at the right.
func tableGauge(t *tableView, c *tableColumn, s frame.Shown, y, height float64) []draw.Node {
	if c.field.Kind == frame.String || s.String() == "" {
		return tableText(t, c, s, y, height)
	}
	x, top, h := c.x+tablePadding, y+tablePadding, height-2*tablePadding+1
	length := c.gauge * clampTo(s.Percent, 0, 1)
	track := t.in.Theme.Secondary()
	var nodes []draw.Node
	if c.custom.CellOptions.Mode == "lcd" {
		nodes = gaugeSegments(t, c, x, top, h, length, track)
	} else {
		nodes = []draw.Node{
			&draw.Rect{X: x, Y: top, W: c.gauge, H: h, R: gaugeCellRadius, Fill: draw.Solid(track)},
			&draw.Rect{X: x, Y: top, W: max(length, 1), H: h, R: min(gaugeCellRadius, length/2), Fill: gaugeFill(t, c, s, x)},
		}
	}
	if c.custom.CellOptions.ValueDisplayMode == "hidden" {
		return nodes
	}
	ink := s.Color
	if c.custom.CellOptions.ValueDisplayMode == "text" || ink.A == 0 {
		ink = t.in.Theme.Text()
	}
	return append(nodes, gaugeValue(c, s, ink, y+height/2+0.5)...)
}

// gaugeValue writes a value with its unit in the smaller font of Grafana's gauges.
func gaugeValue(c *tableColumn, s frame.Shown, ink color.NRGBA, middle float64) []draw.Node {
	right := c.x + c.w - tablePadding - gaugeCellTextPadding
	unitFont := draw.Font{Size: tableFont.Size * 0.9}
	unit := chromeCut(s.Suffix, unitFont, c.w/2)
	number := chromeCut(s.Prefix+s.Text, tableFont, c.w-2*tablePadding-unitFont.Width(unit))
	text := func(x float64, text string, f draw.Font) draw.Node {
		return &draw.Text{X: x, Y: middle, Text: text, Font: f, Color: ink, Align: draw.End, Baseline: draw.Central}
	}
	nodes := []draw.Node{text(right-unitFont.Width(unit), number, tableFont)}
	if unit != "" {
		nodes = append(nodes, text(right, unit, unitFont))
	}
	return nodes
}

// gaugeFill is the colour of the value, or in the gradient mode all colours up
// to the value. Each colour of a threshold is pure in the middle of its part of
// the scale, as measured on Grafana 12.4.
func gaugeFill(t *tableView, c *tableColumn, s frame.Shown, x float64) draw.Paint {
	share := clampTo(s.Percent, 0, 1)
	if c.custom.CellOptions.Mode != "gradient" || share == 0 {
		return draw.Solid(s.Color)
	}
	g := &draw.Gradient{X1: x, X2: x + c.gauge*share}
	if mode := c.field.Config.Color.Mode; mode == "thresholds" || mode == "" {
		for _, step := range gaugeSteps(t.in, c.field, c.field.Low, c.field.High) {
			if at := (step.from + step.to) / 2; step.from < share && at < share {
				g.Stops = append(g.Stops, draw.Stop{At: at / share, Color: step.color})
			}
		}
	} else {
		for i := range gaugeCellStops {
			at := float64(i) / gaugeCellStops
			g.Stops = append(g.Stops, draw.Stop{At: at, Color: t.gaugeColor(c, at*share)})
		}
	}
	g.Stops = append(g.Stops, draw.Stop{At: 1, Color: s.Color})
	return draw.Paint{Gradient: g}
}

// gaugeColor is the colour of a place from 0 to 1 on a gauge's scale.
func (t *tableView) gaugeColor(c *tableColumn, at float64) color.NRGBA {
	return c.show.Number(c.field.Low + at*(c.field.High-c.field.Low)).Color
}

// gaugeSegments draws the gauge as a row of lamps, lit up to the value.
func gaugeSegments(t *tableView, c *tableColumn, x, y, h, length float64, track color.NRGBA) []draw.Node {
	var nodes []draw.Node
	for at := 0.0; at+gaugeCellStep <= c.gauge && len(nodes) < 500; at += gaugeCellStep {
		fill := t.gaugeColor(c, at/c.gauge)
		if at >= length {
			fill = track
		}
		nodes = append(nodes, &draw.Rect{X: x + at, Y: y, W: gaugeCellStep - 2, H: h, R: 1, Fill: draw.Solid(fill)})
	}
	return nodes
}
