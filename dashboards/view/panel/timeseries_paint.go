package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// linePaint is the colour of a series' line: one colour, or by the gradient mode
// one that changes with the height.
func (p *tsPlot) linePaint(s *tsSeries) draw.Paint {
	switch s.style.GradientMode {
	case "hue":
		return p.vertical(tsHues(s.color, 1, p.in.Theme))
	case "scheme":
		if stops := p.schemeStops(s, 1); stops != nil {
			return p.vertical(stops)
		}
	}
	return draw.Solid(s.color)
}

// fillPaint is the colour of the area below a line.
func (p *tsPlot) fillPaint(s *tsSeries) draw.Paint {
	opacity := s.style.opacity()
	switch s.style.GradientMode {
	case "opacity":
		return p.vertical([]draw.Stop{{At: 0, Color: theme.Alpha(s.color, opacity)}, {At: 1, Color: theme.Alpha(s.color, 0)}})
	case "hue":
		return p.vertical(tsHues(s.color, opacity, p.in.Theme))
	case "scheme":
		if stops := p.schemeStops(s, opacity); stops != nil {
			return p.vertical(stops)
		}
	}
	return draw.Solid(theme.Alpha(s.color, opacity))
}

// vertical is a gradient over the height of the plot.
func (p *tsPlot) vertical(stops []draw.Stop) draw.Paint {
	return draw.Paint{Gradient: &draw.Gradient{X1: p.x, Y1: p.y, X2: p.x, Y2: p.y + p.h, Stops: stops}}
}

// schemeStops are the colours of the values from the top to the foot of the
// scale: hard edges between thresholds, a flow for a continuous scheme. It is nil
// if the colour does not depend on the value.
func (p *tsPlot) schemeStops(s *tsSeries, opacity float64) []draw.Stop {
	mode := s.field.Config.Color.Mode
	at := func(v float64) color.NRGBA { return theme.Alpha(s.proc.Number(v).Color, opacity) }
	c := s.scale
	switch {
	case mode == "thresholds":
		stops := []draw.Stop{{At: 0, Color: at(c.hi)}}
		for i := len(s.field.Config.Thresholds.Steps) - 1; i >= 0; i-- {
			v, ok := p.threshold(s, i)
			if ok && v > c.lo && v < c.hi {
				y := c.y(v) / p.h
				stops = append(stops, draw.Stop{At: y, Color: at(v)}, draw.Stop{At: y, Color: at(math.Nextafter(v, math.Inf(-1)))})
			}
		}
		return append(stops, draw.Stop{At: 1, Color: at(c.lo)})
	case len(mode) > 11 && mode[:11] == "continuous-":
		const steps = 16
		stops := make([]draw.Stop, 0, steps+1)
		for i := 0; i <= steps; i++ {
			share := float64(i) / steps
			stops = append(stops, draw.Stop{At: share, Color: at(c.at(share * p.h))})
		}
		return stops
	}
	return nil
}

// tsHues are the colours of the gradient mode "hue", measured on Grafana 12.4
// where a fill allows it and continued to the ends of the plot: turned towards
// yellow and lighter at the top, towards red and darker at the foot.
func tsHues(c color.NRGBA, opacity float64, t theme.Theme) []draw.Stop {
	lighter, darker := 0.12, -0.15
	if t.Light {
		lighter, darker = 0.2, -0.05
	}
	return []draw.Stop{
		{At: 0, Color: theme.Alpha(tsTurn(c, 15, lighter), opacity)},
		{At: 1, Color: theme.Alpha(tsTurn(c, -25, darker), opacity)},
	}
}

// tsTurn turns the hue of a colour by degrees and changes its lightness.
func tsTurn(c color.NRGBA, degrees, lightness float64) color.NRGBA {
	h, s, l := tsHSL(c)
	h = math.Mod(h+degrees+360, 360)
	l = min(max(l+lightness, 0), 1)
	chroma := (1 - math.Abs(2*l-1)) * s
	x := chroma * (1 - math.Abs(math.Mod(h/60, 2)-1))
	rgb := [6][3]float64{{chroma, x, 0}, {x, chroma, 0}, {0, chroma, x}, {0, x, chroma}, {x, 0, chroma}, {chroma, 0, x}}[int(h/60)%6]
	m := l - chroma/2
	part := func(v float64) uint8 { return uint8(math.Round(255 * (v + m))) }
	return color.NRGBA{part(rgb[0]), part(rgb[1]), part(rgb[2]), c.A}
}

// tsHSL is a colour's hue in degrees, saturation and lightness from 0 to 1.
func tsHSL(c color.NRGBA) (h, s, l float64) {
	r, g, b := float64(c.R)/255, float64(c.G)/255, float64(c.B)/255
	hi, lo := max(r, g, b), min(r, g, b)
	l = (hi + lo) / 2
	d := hi - lo
	if d == 0 {
		return 0, 0, l
	}
	s = d / (1 - math.Abs(2*l-1))
	switch hi {
	case r:
		h = math.Mod((g-b)/d+6, 6)
	case g:
		h = (b-r)/d + 2
	default:
		h = (r-g)/d + 4
	}
	return 60 * h, s, l
}
