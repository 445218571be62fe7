package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/axis"
	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// barOptions are the options of a bar chart.
type barOptions struct {
	Orientation   string   `json:"orientation"` // "auto", "vertical" or "horizontal"
	XField        string   `json:"xField"`
	ColorByField  string   `json:"colorByField"`
	Stacking      string   `json:"stacking"`  // "none", "normal" or "percent"
	ShowValue     string   `json:"showValue"` // "auto", "always" or "never"
	GroupWidth    *float64 `json:"groupWidth"`
	BarWidth      *float64 `json:"barWidth"`
	BarRadius     float64  `json:"barRadius"` // 0 to 0.5, of the bar's width
	LabelRotation float64  `json:"xTickLabelRotation"`
	LabelLength   int      `json:"xTickLabelMaxLength"` // characters; 0 is any
	LabelSpacing  float64  `json:"xTickLabelSpacing"`   // px; negative skips from the end
}

// barCustom is what a bar chart adds to a field's configuration.
type barCustom struct {
	LineWidth    *float64 `json:"lineWidth"`   // px; nil is 1
	FillOpacity  *float64 `json:"fillOpacity"` // per cent; nil is 80
	GradientMode string   `json:"gradientMode"`
	SoftMin      *float64 `json:"axisSoftMin"`
	SoftMax      *float64 `json:"axisSoftMax"`
	Placement    string   `json:"axisPlacement"`
	Label        string   `json:"axisLabel"`
	HideFrom     struct {
		Viz    bool `json:"viz"`
		Legend bool `json:"legend"`
	} `json:"hideFrom"`
}

// barView is a bar chart while it is laid out.
type barView struct {
	in       Input
	options  barOptions
	data     barData
	box      plotBox
	lo, hi   float64 // the ends of the value axis
	sideways bool    // values grow to the right
	// labelRoom is how long a turned name may be.
	labelRoom float64
}

// barchart draws a group of bars for each row of a frame.
func barchart(in Input, w, h float64) body {
	v := &barView{in: in}
	readLoosely(in.Panel.Options, &v.options)
	v.data = newBarData(in, v.options)
	if len(v.data.series) == 0 || len(v.data.names) == 0 {
		return chromeNoData(in, w, h)
	}
	nodes, plotW, plotH := drawLegend(legendFrom(in.Panel.Options), v.legendItems(), in.Theme, w, h)
	v.sideways = v.options.Orientation == "horizontal" || v.options.Orientation != "vertical" && plotW < plotH
	v.lo, v.hi = v.extent()
	var axes []draw.Node
	if v.sideways {
		axes = v.layoutSideways(plotW, plotH)
	} else {
		axes = v.layoutUpright(plotW, plotH)
	}
	if !v.box.usable() {
		return body{nodes: nodes}
	}
	return body{nodes: append(append(nodes, axes...), v.bars()...)}
}

// extent is the range of the value axis: bars grow from zero, so that it is in it.
func (v *barView) extent() (lo, hi float64) {
	if v.options.Stacking == "percent" {
		return 0, 1
	}
	limits := axis.Limits{}
	for _, s := range v.data.series {
		limits.Min = leastOf(limits.Min, s.field.Config.Min)
		limits.Max = mostOf(limits.Max, s.field.Config.Max)
		limits.SoftMin = leastOf(limits.SoftMin, s.custom.SoftMin)
		limits.SoftMax = mostOf(limits.SoftMax, s.custom.SoftMax)
	}
	for row := range v.data.names {
		for _, b := range v.data.row(row, v.options.Stacking) {
			lo, hi = min(lo, b.from, b.to), max(hi, b.from, b.to)
		}
	}
	lo, hi = axis.Range(lo, hi, limits)
	if !(hi > lo) {
		return 0, 1
	}
	return lo, hi
}

func leastOf(a, b *float64) *float64 {
	if a == nil || b != nil && *b < *a {
		return b
	}
	return a
}

func mostOf(a, b *float64) *float64 {
	if a == nil || b != nil && *b > *a {
		return b
	}
	return a
}

// unit is that of the value axis: of the first series.
func (v *barView) unit() string {
	if v.options.Stacking == "percent" {
		return "percentunit"
	}
	return v.data.series[0].field.Config.Unit
}

// valueTicks are the ticks of the value axis over a length in px, placed by at.
func (v *barView) valueTicks(length float64, at func(value float64) float64) []axisMark {
	values, decimals := axis.Values(v.lo, v.hi, length, v.unit())
	d := &decimals
	if own := v.data.series[0].field.Config.Decimals; own != nil {
		d = own
	}
	var ticks []axisMark
	for _, t := range values {
		if len(ticks) < axisMost {
			ticks = append(ticks, axisMark{at(t), value.Format(v.unit(), t, d, v.in.Range.Zone).String()})
		}
	}
	return ticks
}

// along is the place of a value on the value axis.
func (v *barView) along(value float64) float64 {
	p := clampTo((value-v.lo)/(v.hi-v.lo), 0, 1)
	if v.sideways {
		return v.box.x + p*v.box.w
	}
	return v.box.y + v.box.h - p*v.box.h
}

// group is the place of a row's bars along the other axis.
func (v *barView) group(row int) (start, size float64) {
	width := 0.7
	if v.options.GroupWidth != nil {
		width = clampTo(*v.options.GroupWidth, 0.01, 1)
	}
	if v.sideways {
		return spread(row, len(v.data.names), width, v.box.y, v.box.h)
	}
	return spread(row, len(v.data.names), width, v.box.x, v.box.w)
}

// bar is the box of a bar: the i-th of its group, or all of it where bars are
// stacked.
func (v *barView) bar(row, i int, b barSpan) plotBox {
	start, size := v.group(row)
	width := 0.97
	if v.options.BarWidth != nil {
		width = clampTo(*v.options.BarWidth, 0.01, 1)
	}
	n := len(v.data.series)
	if v.stacked() {
		i, n = 0, 1
	}
	start, size = spread(i, n, width, start, size)
	start, size = v.data.series[i].crisp(start, size)
	a, z := math.Round(v.along(b.from)), math.Round(v.along(b.to))
	if v.sideways {
		return plotBox{min(a, z), start, math.Abs(z - a), size}
	}
	return plotBox{start, min(a, z), size, math.Abs(z - a)}
}

// crisp moves the sides of a bar to whole pixels, where its line is sharp, so that
// all bars of a series have one width. Bars too thin for that stay where they are.
func (s barSeries) crisp(start, size float64) (from, width float64) {
	line := s.line()
	if size < 2*line+1 {
		return start, size
	}
	return math.Round(start + line/2), math.Round(size-line) + line
}

func (v *barView) stacked() bool {
	return v.options.Stacking == "normal" || v.options.Stacking == "percent"
}

// bars draws all bars and their values.
func (v *barView) bars() []draw.Node {
	var nodes, texts []draw.Node
	size := v.textSize()
	for row := range v.data.names {
		for i, b := range v.data.row(row, v.options.Stacking) {
			if math.IsNaN(b.value) {
				continue
			}
			s := v.data.series[i]
			box := v.bar(row, i, b)
			ink := v.data.color(row, i)
			nodes = append(nodes, s.rect(box, ink, v.options.BarRadius))
			if size > 0 {
				texts = append(texts, v.barText(s.show.Number(b.value).String(), b, box, size, ink)...)
			}
		}
	}
	return append(nodes, texts...)
}

// rect is the shape of a bar of a series.
func (s barSeries) rect(b plotBox, ink color.NRGBA, radius float64) draw.Node {
	opacity := 0.8
	if s.custom.FillOpacity != nil {
		opacity = clampTo(*s.custom.FillOpacity/100, 0, 1)
	}
	fill := draw.Solid(theme.Alpha(ink, opacity))
	if s.custom.GradientMode == "opacity" {
		fill = draw.Paint{Gradient: &draw.Gradient{X1: b.x, Y1: b.y, X2: b.x, Y2: b.y + b.h, Stops: []draw.Stop{
			{At: 0, Color: theme.Alpha(ink, opacity)}, {At: 1, Color: theme.Alpha(ink, opacity*0.2)},
		}}}
	}
	r := outlined(b, fill, ink, s.line())
	r.R = min(clampTo(radius, 0, 0.5)*min(b.w, b.h), b.h/2)
	return r
}

// line is the width of the outline in px.
func (s barSeries) line() float64 {
	if s.custom.LineWidth == nil {
		return 1
	}
	return clampTo(*s.custom.LineWidth, 0, 10)
}

// outlined is a filled box with its outline inside.
func outlined(b plotBox, fill draw.Paint, ink color.NRGBA, line float64) *draw.Rect {
	r := &draw.Rect{X: b.x, Y: b.y, W: b.w, H: b.h, Fill: fill}
	if line > 0 && b.w > line && b.h > line {
		r.X, r.Y, r.W, r.H = b.x+line/2, b.y+line/2, b.w-line, b.h-line
		r.Stroke = draw.Stroke{Paint: draw.Solid(ink), Width: line}
	}
	return r
}
