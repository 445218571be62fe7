package panel

import (
	"encoding/json"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// tsStyle is fieldConfig's custom part for graphs, with Grafana's names.
type tsStyle struct {
	DrawStyle         string   `json:"drawStyle"`         // "line", "bars" or "points"
	LineInterpolation string   `json:"lineInterpolation"` // "linear", "smooth", "stepBefore" or "stepAfter"
	LineWidth         *float64 `json:"lineWidth"`         // px, 1 if unset
	LineStyle         struct {
		Fill string    `json:"fill"` // "solid", "dash" or "dot"
		Dash []float64 `json:"dash"`
	} `json:"lineStyle"`
	FillOpacity  float64  `json:"fillOpacity"` // per cent
	GradientMode string   `json:"gradientMode"`
	FillBelowTo  string   `json:"fillBelowTo"` // the title of another series
	PointSize    *float64 `json:"pointSize"`   // px across, 5 if unset
	ShowPoints   string   `json:"showPoints"`
	// SpanNulls is true, or the most milliseconds to connect over.
	SpanNulls json.RawMessage `json:"spanNulls"`
	// InsertNulls is the milliseconds without a sample that make a gap.
	InsertNulls       json.RawMessage `json:"insertNulls"`
	BarAlignment      float64         `json:"barAlignment"`   // -1 before the time, 0 around, 1 after
	BarWidthFactor    *float64        `json:"barWidthFactor"` // of the distance, 0.6 if unset
	BarMaxWidth       float64         `json:"barMaxWidth"`    // px
	AxisPlacement     string          `json:"axisPlacement"`
	AxisLabel         string          `json:"axisLabel"`
	AxisColorMode     string          `json:"axisColorMode"`
	AxisBorderShow    bool            `json:"axisBorderShow"`
	AxisGridShow      *bool           `json:"axisGridShow"`
	AxisCenteredZero  bool            `json:"axisCenteredZero"`
	AxisSoftMin       *float64        `json:"axisSoftMin"`
	AxisSoftMax       *float64        `json:"axisSoftMax"`
	AxisWidth         float64         `json:"axisWidth"` // px
	ScaleDistribution struct {
		Type string  `json:"type"` // "linear", "log" or "symlog"
		Log  float64 `json:"log"`
	} `json:"scaleDistribution"`
	Stacking struct {
		Mode  string `json:"mode"` // "none", "normal" or "percent"
		Group string `json:"group"`
	} `json:"stacking"`
	ThresholdsStyle struct {
		Mode string `json:"mode"`
	} `json:"thresholdsStyle"`
	HideFrom struct {
		Legend  bool `json:"legend"`
		Tooltip bool `json:"tooltip"`
		Viz     bool `json:"viz"`
	} `json:"hideFrom"`
	Transform string `json:"transform"` // "negative-Y" or "constant"
}

func tsStyleOf(f *frame.Field) tsStyle {
	var s tsStyle
	f.CustomInto(&s)
	return s
}

// width is the width of the line, 0 to 10 px.
func (s tsStyle) width() float64 { return tsWithin(s.LineWidth, 1, 0, 10) }

// points is how far points are across, 1 to 40 px.
func (s tsStyle) points() float64 { return tsWithin(s.PointSize, 5, 1, 40) }

// barFactor is the part of the distance between bars that a bar takes.
func (s tsStyle) barFactor() float64 { return tsWithin(s.BarWidthFactor, 0.6, 0.1, 1) }

func tsWithin(v *float64, unset, least, most float64) float64 {
	if v == nil || math.IsNaN(*v) {
		return unset
	}
	return min(max(*v, least), most)
}

// opacity is how much a fill covers, 0 to 1.
func (s tsStyle) opacity() float64 { return min(max(s.FillOpacity, 0), 100) / 100 }

// dash is the pattern of the line, nil for a solid one.
func (s tsStyle) dash() []float64 {
	if s.LineStyle.Fill != "dash" && s.LineStyle.Fill != "dot" {
		return nil
	}
	sum := 0.0
	for _, d := range s.LineStyle.Dash {
		if !(d >= 0 && d <= 1000) {
			return []float64{10, 10}
		}
		sum += d
	}
	if sum <= 0 || len(s.LineStyle.Dash) > 16 {
		return []float64{10, 10}
	}
	return s.LineStyle.Dash
}

// span is the longest time without values, in milliseconds, over which the line
// goes on; 0 is none.
func (s tsStyle) span() float64 { return tsSwitch(s.SpanNulls, math.Inf(1)) }

// gap is the time without samples, in milliseconds, that breaks the line.
func (s tsStyle) gap() float64 {
	if ms := tsSwitch(s.InsertNulls, 0); ms > 0 {
		return ms
	}
	return math.Inf(1)
}

// tsSwitch reads a setting that is false, true or a number.
func tsSwitch(raw json.RawMessage, yes float64) float64 {
	var on bool
	if json.Unmarshal(raw, &on) == nil {
		if on {
			return yes
		}
		return 0
	}
	var ms float64
	if json.Unmarshal(raw, &ms) != nil || !(ms > 0) {
		return 0
	}
	return ms
}
