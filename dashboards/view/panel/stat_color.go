package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// statShade turns the hue of a colour by degrees and adds to its lightness, 0 to 1.
func statShade(c color.NRGBA, degrees, lightness float64) color.NRGBA {
	r, g, b := float64(c.R)/255, float64(c.G)/255, float64(c.B)/255
	hi, lo := math.Max(r, math.Max(g, b)), math.Min(r, math.Min(g, b))
	hue, light := statHue(r, g, b, hi, lo), (hi+lo)/2
	saturation := 0.0
	if span := 1 - math.Abs(2*light-1); span > 0 {
		saturation = (hi - lo) / span
	}
	light = math.Min(math.Max(light+lightness, 0), 1)
	chroma := (1 - math.Abs(2*light-1)) * saturation
	hue = math.Mod(hue+degrees+720, 360)
	channel := func(offset float64) uint8 {
		k := math.Mod(offset+hue/60, 6)
		v := light + chroma/2 - chroma*math.Max(0, math.Min(math.Min(k, 4-k), 1))
		return uint8(math.Round(255 * math.Min(math.Max(v, 0), 1)))
	}
	return color.NRGBA{channel(5), channel(3), channel(1), c.A}
}

// statHue is the angle of a colour on the wheel, in degrees.
func statHue(r, g, b, hi, lo float64) float64 {
	d := hi - lo
	switch {
	case d == 0:
		return 0
	case hi == r:
		return 60 * math.Mod((g-b)/d+6, 6)
	case hi == g:
		return 60 * ((b-r)/d + 2)
	}
	return 60 * ((r-g)/d + 4)
}

// statBackground is the gradient around a colour that lies behind a value: at 120
// degrees, as CSS counts, across the box.
func statBackground(c color.NRGBA, b statBox, t theme.Theme) draw.Paint {
	from, to := statShade(c, 8, -0.15), statShade(c, -8, -0.05)
	if t.Light {
		from, to = statShade(c, 8, 0.11), statShade(c, -8, 0.035)
	}
	dx, dy := math.Sin(120*math.Pi/180), -math.Cos(120*math.Pi/180)
	half := (b.w*dx + b.h*dy) / 2
	x, y := b.x+b.w/2, b.y+b.h/2
	return draw.Paint{Gradient: &draw.Gradient{
		X1: x - dx*half, Y1: y - dy*half, X2: x + dx*half, Y2: y + dy*half,
		Stops: []draw.Stop{{At: 0, Color: from}, {At: 1, Color: to}},
	}}
}

// statBright adds to each channel of a colour, as the line over a background does.
func statBright(c color.NRGBA, by int) color.NRGBA {
	up := func(v uint8) uint8 { return uint8(min(int(v)+by, 255)) }
	return color.NRGBA{up(c.R), up(c.G), up(c.B), c.A}
}
