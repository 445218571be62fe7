package theme

import (
	"image/color"
	"math"
	"strconv"
	"strings"
)

// ofValues are the schemes for values that run through colours of the theme.
var ofValues = map[string][]string{
	"continuous-GrYlRd":  {"green", "yellow", "red"},
	"continuous-RdYlGr":  {"red", "yellow", "green"},
	"continuous-BlYlRd":  {"dark-blue", "super-light-yellow", "dark-red"},
	"continuous-YlRd":    {"super-light-yellow", "dark-red"},
	"continuous-BlPu":    {"blue", "purple"},
	"continuous-YlBl":    {"super-light-yellow", "dark-blue"},
	"continuous-blues":   {"panel-bg", "dark-blue"},
	"continuous-reds":    {"panel-bg", "dark-red"},
	"continuous-greens":  {"panel-bg", "dark-green"},
	"continuous-purples": {"panel-bg", "dark-purple"},
	"continuous-viridis": nil, // the rest are the sampled ones of the same name
	"continuous-magma":   nil,
	"continuous-plasma":  nil,
	"continuous-inferno": nil,
	"continuous-cividis": nil,
}

// Scheme is the colour of a scheme at a place from 0 to 1: a scheme of values
// such as "continuous-GrYlRd", or one of heatmaps such as "Oranges" or "Viridis".
// The second result tells whether there is such a scheme.
func (t Theme) Scheme(name string, at float64) (color.NRGBA, bool) {
	if !(at > 0) { // NaN too
		at = 0
	}
	at = min(at, 1)
	names, ok := ofValues[name]
	switch {
	case names != nil:
		return spline(len(names), at, func(i int) color.NRGBA { return t.Color(names[i]) }), true
	case ok:
		name = strings.TrimPrefix(name, "continuous-")
		return linear(sampled[strings.ToUpper(name[:1])+name[1:]], at), true
	}
	return t.heat(name, at)
}

// SchemeStops are the colours that a scheme of values runs through, for
// gradients: Grafana's bars mix them linearly. It is nil if there is no such
// scheme, or if it is one of heatmaps.
func (t Theme) SchemeStops(name string) []color.NRGBA {
	names, ok := ofValues[name]
	if !ok {
		return nil
	}
	var out []color.NRGBA
	for _, n := range names {
		out = append(out, t.Color(n))
	}
	for i := 0; names == nil && i <= 8; i++ {
		c, _ := t.Scheme(name, float64(i)/8)
		out = append(out, c)
	}
	return out
}

// heat finds a scheme of heatmaps. They are turned so that what is least is
// nearest to the background, and a cold colour if the scheme has two ends.
func (t Theme) heat(name string, at float64) (color.NRGBA, bool) {
	if hex, ok := sampled[name]; ok {
		if t.Light && name != "Rainbow" && name != "Sinebow" {
			at = 1 - at
		}
		return linear(hex, at), true
	}
	hex, ok := brewer[name]
	if !ok {
		return color.NRGBA{}, false
	}
	if n := len(hex) / 6; n > 9 || !t.Light {
		at = 1 - at
	}
	return spline(len(hex)/6, at, func(i int) color.NRGBA { return stop(hex, i) }), true
}

// stop is the i-th colour in a string of them.
func stop(hex string, i int) color.NRGBA {
	v, _ := strconv.ParseUint(hex[6*i:6*i+6], 16, 32) // the strings are ours
	return opaque(uint32(v))
}

// linear mixes the two samples around a place.
func linear(hex string, at float64) color.NRGBA {
	last := len(hex)/6 - 1
	i := min(int(at*float64(last)), last-1)
	return blend([4]color.NRGBA{stop(hex, i), stop(hex, i+1)}, [4]float64{1 - (at*float64(last) - float64(i)), at*float64(last) - float64(i)})
}

// spline is a uniform cubic B-spline through n colours, whose ends are mirrored
// so that it starts and ends in the first and last one.
func spline(n int, at float64, colour func(int) color.NRGBA) color.NRGBA {
	i := min(int(at*float64(n-1)), n-2)
	u := at*float64(n-1) - float64(i)
	before, after := max(i-1, 0), min(i+2, n-1)
	w := [4]float64{
		(1 - u) * (1 - u) * (1 - u) / 6,
		(4 - 6*u*u + 3*u*u*u) / 6,
		(1 + 3*u + 3*u*u - 3*u*u*u) / 6,
		u * u * u / 6,
	}
	if i == 0 { // the mirrored colour is 2 first - second
		w[1], w[2], w[0] = w[1]+2*w[0], w[2]-w[0], 0
	}
	if i == n-2 {
		w[2], w[1], w[3] = w[2]+2*w[3], w[1]-w[3], 0
	}
	return blend([4]color.NRGBA{colour(before), colour(i), colour(i + 1), colour(after)}, w)
}

// blend adds colours up by their weights, in sRGB as browsers do.
func blend(colours [4]color.NRGBA, weights [4]float64) color.NRGBA {
	var r, g, b float64
	for i, c := range colours {
		r += float64(c.R) * weights[i]
		g += float64(c.G) * weights[i]
		b += float64(c.B) * weights[i]
	}
	channel := func(v float64) uint8 { return uint8(math.Round(min(max(v, 0), 255))) }
	return color.NRGBA{channel(r), channel(g), channel(b), 255}
}
