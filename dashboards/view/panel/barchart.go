package panel

import (
	"github.com/ginsight/ginsight/dashboards/view/axis"
	"github.com/ginsight/ginsight/dashboards/view/draw"
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
	return axisMarks(values, at, func(t float64) string {
		return value.Format(v.unit(), t, d, v.in.Range.Zone).String()
	})
}

// along is the place of a value on the value axis.
func (v *barView) along(value float64) float64 {
	p := clampTo((value-v.lo)/(v.hi-v.lo), 0, 1)
	if v.sideways {
		return v.box.x + p*v.box.w
	}
	return v.box.y + v.box.h - p*v.box.h
}
