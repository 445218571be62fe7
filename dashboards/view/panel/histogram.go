package panel

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/axis"
	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// histogramOptions are the options of a histogram.
type histogramOptions struct {
	BucketSize   *float64 `json:"bucketSize"`
	BucketOffset float64  `json:"bucketOffset"`
	BucketCount  *float64 `json:"bucketCount"` // about how many there are if the size is not given; nil is 30
	Combine      bool     `json:"combine"`
}

// histogramView is a histogram while it is laid out.
type histogramView struct {
	in      Input
	data    histogramData
	box     plotBox
	highest float64 // the end of the count axis
}

// histogram counts the values of each series into buckets, and draws the counts
// of all series over each other.
func histogram(in Input, w, h float64) body {
	v := &histogramView{in: in}
	var o histogramOptions
	readLoosely(in.Panel.Options, &o)
	v.data = newHistogramData(in, o)
	if len(v.data.series) == 0 {
		return chromeNoData(in, w, h)
	}
	nodes, plotW, plotH := drawLegend(legendFrom(in.Panel.Options), v.legendItems(), in.Theme, w, h)
	v.box = plotBox{axisInset, axisInset, plotW - 2*axisInset, plotH - axisInset - axisBelow}
	if !v.box.usable() {
		return body{nodes: nodes}
	}
	zero, most := 0.0, 1.0
	for _, s := range v.data.series {
		for _, n := range s.counts {
			most = max(most, n)
		}
	}
	_, v.highest = axis.Range(0, most, axis.Limits{Min: &zero})
	v.highest = max(v.highest, most)
	ticks := v.countTicks()
	v.box.x = axisWidth(ticks)
	v.box.w = plotW - v.box.x - axisInset
	if !v.box.usable() {
		return body{nodes: nodes}
	}
	nodes = append(nodes, axisLeft(v.in.Theme, v.box, ticks, false)...)
	nodes = append(nodes, axisBottom(v.in.Theme, v.box, v.bucketTicks(), plotW)...)
	return body{nodes: append(nodes, v.bars()...)}
}

func (v *histogramView) countTicks() []axisMark {
	values, decimals := axis.Values(0, v.highest, v.box.h, "short")
	at := func(t float64) float64 { return v.box.y + v.box.h - t/v.highest*v.box.h }
	return axisMarks(values, at, func(t float64) string { return value.Format("short", t, &decimals, nil).String() })
}

// x is the place of a value on the axis of buckets.
func (v *histogramView) x(at float64) float64 {
	return v.box.x + (at-v.data.lo)/(v.data.hi-v.data.lo)*v.box.w
}

// bucketTicks stand at the bounds of buckets: at all that there is room for.
func (v *histogramView) bucketTicks() []axisMark {
	var all []axisMark
	widest, closest := 0.0, v.box.w
	for i, bound := range v.data.bounds {
		text := v.boundText(bound)
		widest = max(widest, axisFont.Width(text))
		all = append(all, axisMark{v.x(bound), text})
		if i > 0 {
			closest = min(closest, all[i].at-all[i-1].at)
		}
	}
	every := max(int(math.Ceil((widest+18)/max(closest, 0.01))), 1)
	var ticks []axisMark
	for i := 0; i < len(all); i += every {
		ticks = append(ticks, all[i])
	}
	return ticks
}

// boundText writes a bound with the unit of the values.
func (v *histogramView) boundText(bound float64) string {
	c := v.data.series[0].field.Config
	decimals := c.Decimals
	if decimals == nil && c.Unit == "" {
		d := stepDecimals(v.data.size)
		decimals = &d
	}
	return value.Format(c.Unit, bound, decimals, v.in.Range.Zone).String()
}

// stepDecimals is how many decimals tell multiples of a step apart: as many as it
// has, but of a step with no end three digits.
func stepDecimals(step float64) int {
	for d := range 10 {
		scaled := step * math.Pow(10, float64(d))
		if scaled >= 1 && math.Abs(scaled-math.Round(scaled)) < 1e-6 {
			return d
		}
	}
	if !(step > 0) {
		return 0
	}
	return int(clampTo(2-math.Floor(math.Log10(step)), 0, 12))
}

func (v *histogramView) bars() []draw.Node {
	var nodes []draw.Node
	for _, s := range v.data.series {
		opacity, line := 0.8, 1.0
		if s.custom.FillOpacity != nil {
			opacity = clampTo(*s.custom.FillOpacity/100, 0, 1)
		}
		if s.custom.LineWidth != nil {
			line = clampTo(*s.custom.LineWidth, 0, 10)
		}
		fill := draw.Solid(theme.Alpha(s.color, opacity))
		for i, n := range s.counts {
			if n > 0 {
				// Neighbours share the line between them.
				x, y := math.Round(v.x(v.data.bounds[i])), v.box.y+v.box.h-n/v.highest*v.box.h
				b := plotBox{x, y, math.Round(v.x(v.data.bounds[i+1])) - x + line, v.box.y + v.box.h - y}
				nodes = append(nodes, outlined(b, fill, s.color, line))
			}
		}
	}
	return nodes
}

func (v *histogramView) legendItems() []legendItem {
	o := legendFrom(v.in.Panel.Options)
	var items []legendItem
	for _, s := range v.data.series {
		items = append(items, legendItem{Name: s.name, Color: s.color, Values: legendValues(s.field, o.Calcs, s.show)})
	}
	return items
}
