package panel

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// timeseries draws a graph over time with its legend.
func timeseries(in Input, w, h float64) body {
	all := tsCollect(in)
	if len(all) == 0 {
		return chromeNoData(in, w, h)
	}
	scales := tsScales(all)
	tsStack(all)
	options := legendFrom(in.Panel.Options)
	nodes, plotW, plotH := drawLegend(options, tsLegend(all, options.Calcs), in.Theme, w, h)
	p := &tsPlot{in: in, width: w, scales: scales, series: all}
	p.layout(plotW, plotH)
	if p.w < 1 || p.h < 1 {
		return body{nodes: nodes}
	}
	return body{nodes: append(p.draw(), nodes...), plot: p.plot()}
}

// tsLegend are the items of the legend.
func tsLegend(all []*tsSeries, calcs []string) []legendItem {
	items := make([]legendItem, 0, len(all))
	for _, s := range all {
		if s.style.HideFrom.Legend {
			continue
		}
		items = append(items, legendItem{
			Name: s.field.Title, Color: s.color, Dashed: s.style.dash() != nil, Right: s.scale.right,
			Values: legendValues(s.field, calcs, s.proc),
		})
	}
	return items
}

// draw puts the parts of the graph over each other.
func (p *tsPlot) draw() []draw.Node {
	nodes := append(p.thresholds(), p.axes()...)
	clip := p.clip()
	for _, s := range p.series {
		if !s.hidden() {
			nodes = append(nodes, p.one(s, clip))
		}
	}
	nodes = append(nodes, p.annotations()...)
	return append(nodes, p.exemplars()...)
}

// one draws a series: what is long within the plot, points whole at its edge.
func (p *tsPlot) one(s *tsSeries, clip *draw.Rect) draw.Node {
	runs := p.runs(s)
	g := &draw.Group{Class: "series"}
	switch s.style.DrawStyle {
	case "points":
	case "bars":
		g.Nodes = append(g.Nodes, &draw.Group{Clip: &draw.Rect{X: p.x, Y: p.y, W: p.w, H: p.h}, Nodes: p.bars(s)})
	default:
		g.Nodes = append(g.Nodes, &draw.Group{Clip: clip, Nodes: p.line(s, runs)})
	}
	g.Nodes = append(g.Nodes, p.points(s, runs)...)
	return g
}

// clip is the plot with room for half a line at its edges, so that a line on the
// end of the scale keeps its width.
func (p *tsPlot) clip() *draw.Rect {
	room := 0.5
	for _, s := range p.series {
		if !s.hidden() {
			room = math.Max(room, s.style.width()/2)
		}
	}
	return &draw.Rect{X: p.x - room, Y: p.y - room, W: p.w + 2*room, H: p.h + 2*room}
}

// plot is what a page needs to find the values under the pointer.
func (p *tsPlot) plot() *Plot {
	plot := &Plot{X: p.x, Y: p.y, W: p.w, H: p.h, From: p.in.Range.From.UnixMilli(), To: p.in.Range.To.UnixMilli()}
	for _, s := range p.series {
		if s.hidden() || s.style.HideFrom.Tooltip {
			continue
		}
		proc := s.proc
		plot.Series = append(plot.Series, Series{
			Name: s.field.Title, Color: s.color, Times: s.times, Values: s.values,
			Show: func(v float64) string { return proc.Number(v).String() },
		})
	}
	return plot
}
