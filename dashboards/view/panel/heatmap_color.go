package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// heatmapColor is how counts become colours.
type heatmapColor struct {
	Mode     string   `json:"mode"` // "scheme" or "opacity"
	Scheme   string   `json:"scheme"`
	Fill     string   `json:"fill"`
	Scale    string   `json:"scale"` // "exponential" or "linear", for the opacity
	Exponent float64  `json:"exponent"`
	Steps    float64  `json:"steps"`
	Reverse  bool     `json:"reverse"`
	Min      *float64 `json:"min"`
	Max      *float64 `json:"max"`
}

// heatmapScale gives each count one of a few colours.
type heatmapScale struct {
	lo, hi float64
	colors []color.NRGBA
}

// newHeatmapScale runs from the least to the largest count, or between the
// limits of the options.
func newHeatmapScale(t theme.Theme, o heatmapColor, cells []heatmapCell) heatmapScale {
	s := heatmapScale{lo: math.Inf(1), hi: math.Inf(-1)}
	for _, c := range cells {
		s.lo, s.hi = min(s.lo, c.count), max(s.hi, c.count)
	}
	if o.Min != nil {
		s.lo = *o.Min
	}
	if o.Max != nil {
		s.hi = *o.Max
	}
	steps := 64
	if o.Steps >= 2 {
		steps = int(min(o.Steps, 128))
	}
	for i := range steps {
		s.colors = append(s.colors, o.at(t, float64(i)/float64(steps-1)))
	}
	return s
}

// at is the colour of a place from 0 to 1. The exponent bends the opacity only: a
// scheme's colours stay linear in Grafana 12.4, whatever the scale says.
func (o heatmapColor) at(t theme.Theme, at float64) color.NRGBA {
	if o.Mode == "opacity" {
		if o.Scale != "linear" && o.Exponent > 0 {
			at = math.Pow(at, o.Exponent)
		}
		fill := o.Fill
		if fill == "" {
			fill = "dark-orange"
		}
		return theme.Alpha(t.Color(fill), at)
	}
	if o.Reverse {
		at = 1 - at
	}
	if c, ok := t.Scheme(o.Scheme, at); ok {
		return c
	}
	c, _ := t.Scheme("Oranges", at)
	return c
}

// step is the number of the colour of a count.
func (s heatmapScale) step(count float64) int {
	if !(s.hi > s.lo) {
		return len(s.colors) - 1
	}
	return int(clampTo((count-s.lo)/(s.hi-s.lo)*float64(len(s.colors)), 0, float64(len(s.colors)-1)))
}

// Measured on Grafana 12.4, px.
const (
	heatmapLegendHeight = 47
	heatmapLegendWidth  = 300
	heatmapLegendX      = 25
	heatmapLegendY      = 11 // below the plot with its axis
	heatmapLegendBar    = 9
)

// legend is the scale of colours with its ends.
func (v *heatmapView) legend(y, w float64) []draw.Node {
	width := min(heatmapLegendWidth, w-2*heatmapLegendX)
	if width < 20 {
		return nil
	}
	x, g := float64(heatmapLegendX), &draw.Gradient{X1: heatmapLegendX, X2: heatmapLegendX + width}
	for i, c := range v.scale.colors {
		g.Stops = append(g.Stops, draw.Stop{At: float64(i) / float64(len(v.scale.colors)-1), Color: c})
	}
	font, ink := draw.Font{Size: 11}, v.in.Theme.TextDisabled()
	textY := y + heatmapLegendY + heatmapLegendBar + 8
	return []draw.Node{
		&draw.Rect{X: x, Y: y + heatmapLegendY, W: width, H: heatmapLegendBar, R: 4, Fill: draw.Paint{Gradient: g}},
		&draw.Text{X: x, Y: textY, Text: v.countText(v.scale.lo), Font: font, Color: ink, Baseline: draw.Central},
		&draw.Text{X: x + width, Y: textY, Text: v.countText(v.scale.hi), Font: font, Color: ink, Align: draw.End, Baseline: draw.Central},
	}
}
