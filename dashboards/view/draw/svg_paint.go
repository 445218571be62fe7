package draw

import (
	"image/color"
	"math"
	"strconv"
	"strings"
)

// shape writes an element with its paint, unless there is nothing to be seen.
func (d *svg) shape(name string, fill Paint, stroke Stroke, geometry func()) {
	if !fill.visible() && !stroke.visible() {
		return
	}
	fillID, strokeID := d.gradient(fill), ""
	if stroke.visible() {
		strokeID = d.gradient(stroke.Paint)
	}
	d.raw("<")
	d.raw(name)
	geometry()
	d.paint("fill", fill, fillID)
	if stroke.visible() {
		d.stroke(stroke, strokeID)
	}
	d.raw("/>")
}

func (d *svg) paint(name string, p Paint, gradient string) {
	switch {
	case gradient != "":
		d.attr(name, gradient)
	case p.visible():
		d.color(name, name+"-opacity", p.Color)
	default:
		d.attr(name, "none")
	}
}

func (d *svg) color(name, opacityName string, c color.NRGBA) {
	d.attr(name, hex(c))
	if c.A < 255 {
		d.attr(opacityName, opacity(c))
	}
}

func hex(c color.NRGBA) string {
	const digits = "0123456789abcdef"
	all := [...]byte{'#', digits[c.R>>4], digits[c.R&15], digits[c.G>>4], digits[c.G&15], digits[c.B>>4], digits[c.B&15]}
	if all[1] == all[2] && all[3] == all[4] && all[5] == all[6] {
		return string([]byte{'#', all[1], all[3], all[5]})
	}
	return string(all[:])
}

// opacity has three decimals, which is enough for 255 steps.
func opacity(c color.NRGBA) string {
	s := strconv.FormatFloat(math.Round(float64(c.A)/255*1000)/1000, 'f', -1, 64)
	if s == "0" {
		return s
	}
	return strings.TrimPrefix(s, "0")
}

func (d *svg) stroke(s Stroke, gradient string) {
	d.paint("stroke", s.Paint, gradient)
	if s.Width != 1 {
		d.number("stroke-width", s.Width)
	}
	if dash := dashes(s.Dash); dash != nil {
		d.numbers(` stroke-dasharray="`, `"`, dash...)
	}
	if s.Round {
		d.raw(` stroke-linecap="round" stroke-linejoin="round"`)
	}
}

// visible tells whether there is anything to paint with.
func (p Paint) visible() bool {
	if p.Gradient != nil {
		return len(p.Gradient.Stops) > 0
	}
	return p.Color.A > 0
}

func (s Stroke) visible() bool { return s.Width > 0 && s.Paint.visible() }

// dashes is a dash pattern that both backends can follow, or nil for a solid
// line: a negative or a tiny length would never end.
func dashes(pattern []float64) []float64 {
	sum := 0.0
	for _, v := range pattern {
		if !(v >= 0) || math.IsInf(v, 0) {
			return nil
		}
		sum += v
	}
	if sum < 0.1 {
		return nil
	}
	return pattern
}

// gradient defines a gradient and returns a reference to it.
func (d *svg) gradient(p Paint) string {
	g := p.Gradient
	if g == nil || !p.visible() {
		return ""
	}
	inner := svg{}
	inner.raw(` gradientUnits="userSpaceOnUse"`)
	name := "linearGradient"
	if g.Radial {
		name = "radialGradient"
		inner.radial(g)
	} else {
		for i, v := range []float64{g.X1, g.Y1, g.X2, g.Y2} {
			inner.number([]string{"x1", "y1", "x2", "y2"}[i], v)
		}
	}
	inner.raw(">")
	for _, s := range g.Stops {
		inner.raw(`<stop`)
		inner.attr("offset", strconv.FormatFloat(math.Round(clamp01(s.At)*1e4)/1e4, 'f', -1, 64))
		inner.color("stop-color", "stop-opacity", s.Color)
		inner.raw("/>")
	}
	return d.define(name, string(inner.out))
}

// radial writes the ellipse of a gradient as a unit circle that is moved and
// stretched: SVG's own radius makes circles only.
func (d *svg) radial(g *Gradient) {
	rx, ry := g.radii()
	d.raw(` cx="0" cy="0" r="1"`)
	d.numbers(` gradientTransform="translate(`, `)`, g.X1, g.Y1)
	d.numbers(` scale(`, `)"`, rx, ry)
}

func (d *svg) clip(r *Rect) string {
	inner := svg{}
	inner.raw("><rect")
	inner.rect(r)
	inner.raw("/>")
	return d.define("clipPath", string(inner.out))
}

// define writes a definition once and returns a reference to it. A definition
// is not drawn, so it may stand right before what refers to it.
func (d *svg) define(name, inner string) string {
	key := name + inner
	id, ok := d.defs[key]
	if !ok {
		id = d.ids + name[:1] + strconv.Itoa(len(d.defs)+1)
		d.defs[key] = id
		d.raw("<" + name)
		d.attr("id", id)
		d.raw(inner + "</" + name + ">")
	}
	return "url(#" + id + ")"
}

func clamp01(v float64) float64 {
	if !(v > 0) { // NaN too
		return 0
	}
	return min(v, 1)
}
