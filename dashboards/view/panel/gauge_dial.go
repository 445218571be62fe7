package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// The dial spans 216 degrees, from 18 below the horizontal at the left to 18
// below it at the right, so that it is this many radii high.
const (
	gaugeFrom   = math.Pi * 0.9
	gaugeSweep  = math.Pi * 1.2
	gaugeHeight = 1.309
)

// gaugeDial is the arc of one value; lengths in px.
type gaugeDial struct {
	in        Input
	o         gaugeOptions
	r         reading
	low, high float64
	x, y      float64 // the centre
	radius    float64 // of the outer edge of the ring
	thickness float64
	value     float64 // size of the value's font
	label     float64 // size of the thresholds' font
}

// newGaugeDial sizes a dial for a box. The sizes are those measured on Grafana
// 12.4: thickness is 1/5.5 of the smaller side but at most 40 px, and thinner
// where labels need room; the value fits between the arcs.
func newGaugeDial(in Input, o gaugeOptions, r reading, box statBox) gaugeDial {
	d := gaugeDial{in: in, o: o, r: r}
	d.low, d.high = gaugeScale(r.Field)
	side := math.Min(box.w, box.h)
	d.thickness = math.Min(side/5.5, 40)
	if o.Labels {
		d.thickness /= 1.5
	}
	width := 0.9*math.Min(box.w, 1.3*side) - 2.4*d.thickness - 10
	d.value = math.Min(statFit(r.Shown.String(), width, side, 1, 400), 1.7*d.thickness)
	if o.Text.Value > 0 {
		d.value = math.Min(o.Text.Value, 1000)
	}
	d.radius = math.Max(math.Min((box.w-8)/2, (box.h-9.2)/gaugeHeight), 0)
	d.x, d.y = box.x+box.w/2, box.y+box.h/2+d.radius*(1-gaugeHeight/2)
	if o.Labels {
		d.label = 0.4 * d.value
		d.radius = math.Max(d.radius-1.7*d.label, 0)
	}
	return d
}

// gaugeScale is from where to where a dial or a bar goes.
func gaugeScale(f *frame.Field) (low, high float64) {
	low, high = f.Low, f.High
	if !(high > low) || math.IsInf(high-low, 0) {
		return 0, 100
	}
	return low, high
}

// draw draws the dial.
func (d gaugeDial) draw() []draw.Node {
	ink := d.r.ink(d.in.Theme)
	outer, ring := d.radius, d.thickness/5-1
	if d.ringed() {
		outer -= d.thickness/5 + 1.1
	}
	inner := math.Max(outer-d.thickness+1, 0)
	var nodes []draw.Node
	nodes = append(nodes, d.arc(0, 1, outer, inner, d.in.Theme.Secondary())...)
	from, to := d.filled()
	nodes = append(nodes, d.arc(from, to, outer, inner, ink)...)
	if d.ringed() && ring > 0 {
		for _, s := range gaugeSteps(d.in, d.r.Field, d.low, d.high) {
			nodes = append(nodes, d.arc(s.from, s.to, d.radius, d.radius-ring, s.color)...)
		}
	}
	if d.o.Labels {
		nodes = append(nodes, d.labels()...)
	}
	middle := d.y + 0.275*d.value
	return append(nodes, statLabel(d.r.Shown.String(), d.x, middle, math.Inf(1), draw.Font{Size: d.value}, draw.Middle, ink)...)
}

func (d gaugeDial) ringed() bool { return d.o.Markers == nil || *d.o.Markers }

// filled is the part of the dial that the value fills, 0 to 1.
func (d gaugeDial) filled() (from, to float64) {
	to = d.at(d.r.Number)
	if neutral, set := gaugeNeutral(d.r.Field.Config.Custom); set {
		from = d.at(neutral)
	}
	return math.Min(from, to), math.Max(from, to)
}

// at is where a number lies on the dial, 0 to 1; what is not a number is at 0.
func (d gaugeDial) at(v float64) float64 { return gaugeShare(v, d.low, d.high) }

func gaugeShare(v, low, high float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return math.Min(math.Max((v-low)/(high-low), 0), 1)
}

// arc is a part of the dial between two radii.
func (d gaugeDial) arc(from, to, outer, inner float64, fill color.NRGBA) []draw.Node {
	if !(to > from) || outer <= 0 {
		return nil
	}
	a, b := gaugeFrom+from*gaugeSweep, gaugeFrom+to*gaugeSweep
	var o draw.Outline
	o.Arc(d.x, d.y, outer, a, b)
	o.Arc(d.x, d.y, math.Max(inner, 0), b, a)
	o.Close()
	return []draw.Node{&draw.Path{Outline: o, Fill: draw.Solid(fill)}}
}

// labels are the ends of the scale and the thresholds, along the ring.
func (d gaugeDial) labels() []draw.Node {
	show := value.For(d.r.Field, d.in.Theme, d.in.Range.Zone)
	at := []float64{d.low, d.high}
	for _, s := range gaugeSteps(d.in, d.r.Field, d.low, d.high) {
		if s.from > 0 {
			at = append(at, d.low+s.from*(d.high-d.low))
		}
	}
	var nodes []draw.Node
	font := draw.Font{Size: d.label}
	reach := d.radius + 0.54*d.label
	for _, v := range at {
		angle := gaugeFrom + d.at(v)*gaugeSweep
		// The middle of the text lies on the circle, its baseline towards the centre.
		below := reach - d.label*statBaseline
		nodes = append(nodes, &draw.Text{
			X: d.x + below*math.Cos(angle), Y: d.y + below*math.Sin(angle),
			Text: show.Number(v).Text, Font: font, Align: draw.Middle, Color: d.in.Theme.Text(),
			Rotate: angle*180/math.Pi - 270,
		})
	}
	return nodes
}
