package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// bargaugeRound is the radius of a bar's corners, px.
const bargaugeRound = 3

// bar draws a value as the part of a box that it fills, from the left or from the
// bottom, and tells how long the whole bar became, px.
func (p bargaugePanel) bar(r reading, box statBox, stands bool, nodes *[]draw.Node) float64 {
	low, high := gaugeScale(r.Field)
	share := gaugeShare(r.Number, low, high)
	length := box.w
	if stands {
		length = box.h
	}
	if !(box.w > 0) || !(box.h > 0) {
		return math.Max(length, 0)
	}
	if p.o.DisplayMode == "lcd" {
		return p.cells(r, box, stands, length, nodes)
	}
	fill, rest := bargaugeSplit(box, share*length, stands)
	unfilled := p.o.Unfilled == nil || *p.o.Unfilled
	if unfilled && (rest.w >= 1 && rest.h >= 1) {
		*nodes = append(*nodes, bargaugeRect(rest, draw.Solid(p.in.Theme.Secondary())))
	}
	ink := r.ink(p.in.Theme)
	if fill.w <= 0 || fill.h <= 0 {
		return length
	}
	if p.o.DisplayMode == "gradient" {
		*nodes = append(*nodes, bargaugeRect(fill, p.gradient(r, fill, share, stands)))
		return length
	}
	*nodes = append(*nodes, bargaugeRect(fill, draw.Solid(theme.Alpha(ink, 0.35))), bargaugeEdge(fill, stands, ink))
	return length
}

// bargaugeSplit is what a length of a box fills, and what is left of it.
func bargaugeSplit(box statBox, filled float64, stands bool) (fill, rest statBox) {
	fill, rest = box, box
	if stands {
		rest.h = box.h - filled
		fill.y, fill.h = box.y+rest.h, filled
		return fill, rest
	}
	fill.w = filled
	rest.x, rest.w = box.x+filled, box.w-filled
	return fill, rest
}

func bargaugeRect(b statBox, fill draw.Paint) draw.Node {
	return &draw.Rect{X: b.x, Y: b.y, W: b.w, H: b.h, R: math.Min(bargaugeRound, math.Min(b.w, b.h)/2), Fill: fill}
}

// bargaugeEdge is the line at the end of a bar.
func bargaugeEdge(fill statBox, stands bool, ink color.NRGBA) draw.Node {
	const width = 2
	if stands {
		return &draw.Rect{X: fill.x, Y: fill.y, W: fill.w, H: math.Min(width, fill.h), Fill: draw.Solid(ink)}
	}
	w := math.Min(width, fill.w)
	return &draw.Rect{X: fill.x + fill.w - w, Y: fill.y, W: w, H: fill.h, Fill: draw.Solid(ink)}
}

// gradient runs through the colours of the scale up to that of the value.
func (p bargaugePanel) gradient(r reading, fill statBox, share float64, stands bool) draw.Paint {
	g := &draw.Gradient{X1: fill.x, X2: fill.x + fill.w, Y1: fill.y, Y2: fill.y, Stops: p.stops(r, share)}
	if stands {
		g.X2, g.Y1, g.Y2 = fill.x, fill.y+fill.h, fill.y
	}
	return draw.Paint{Gradient: g}
}

func (p bargaugePanel) stops(r reading, share float64) []draw.Stop {
	ink, mode := r.ink(p.in.Theme), r.Field.Config.Color.Mode
	low, high := gaugeScale(r.Field)
	scheme := p.in.Theme.SchemeStops(mode)
	var stops []draw.Stop
	switch {
	case share <= 0:
	case len(scheme) > 1:
		for i, c := range scheme {
			if at := float64(i) / float64(len(scheme)-1); at < share {
				stops = append(stops, draw.Stop{At: at / share, Color: c})
			} else {
				before := stops[len(stops)-1]
				last := (share - before.At*share) * float64(len(scheme)-1)
				return append(stops, draw.Stop{At: 1, Color: bargaugeMix(before.Color, c, last)})
			}
		}
	case mode == "thresholds" || mode == "":
		for _, s := range gaugeSteps(p.in, r.Field, low, high) {
			if s.from < share {
				stops = append(stops, draw.Stop{At: s.from / share, Color: s.color})
			}
		}
	default:
		stops = append(stops, draw.Stop{At: 0, Color: statShade(ink, -15, -0.1)})
	}
	return append(stops, draw.Stop{At: 1, Color: ink})
}

// bargaugeMix is a colour between two.
func bargaugeMix(a, b color.NRGBA, at float64) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*at)) }
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), mix(a.A, b.A)}
}

// cells draws a bar as a display of cells, each in the colour of its place on the
// scale; those that the value does not reach are dim.
func (p bargaugePanel) cells(r reading, box statBox, stands bool, length float64, nodes *[]draw.Node) float64 {
	const size, pitch = 10.0, 12.0
	n := int(math.Min(length/pitch, 2000))
	low, high := gaugeScale(r.Field)
	colors := gaugeColors(p.in, r.Field)
	unfilled := p.o.Unfilled == nil || *p.o.Unfilled
	for i := 0; i < n; i++ {
		at := low + float64(i)/float64(n)*(high-low)
		cell := statBox{box.x + float64(i)*pitch, box.y, size, box.h}
		if stands {
			cell = statBox{box.x, box.y + box.h - float64(i)*pitch - size, box.w, size}
		}
		ink, round := colors(at), math.Min(2, math.Min(cell.w, cell.h)/2)
		lit := r.Number >= at
		if !lit && !unfilled {
			continue
		}
		rect := &draw.Rect{W: cell.w, H: cell.h, R: round, Fill: draw.Solid(theme.Alpha(ink, 0.18))}
		if lit {
			rect.Fill = bargaugeGlow(ink, cell.w, cell.h)
		}
		// Each from its own origin, so that one glow serves all of a colour.
		*nodes = append(*nodes, &draw.Group{X: cell.x, Y: cell.y, Nodes: []draw.Node{rect}})
	}
	return float64(n) * pitch
}

// bargaugeGlow is a lit cell of w by h px: brightest in its middle, and dimmest at
// its corners, through which the ellipse goes that the glow ends at.
func bargaugeGlow(ink color.NRGBA, w, h float64) draw.Paint {
	corner := math.Sqrt2 / 2
	return draw.Paint{Gradient: &draw.Gradient{
		X1: w / 2, Y1: h / 2, X2: w/2 + corner*w, Y2: h/2 + corner*h, Radial: true,
		Stops: []draw.Stop{{At: 0, Color: theme.Alpha(ink, 0.95)}, {At: 1, Color: theme.Alpha(ink, 0.56)}},
	}}
}
