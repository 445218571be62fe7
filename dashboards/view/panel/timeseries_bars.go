package panel

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// bars draws a series as bars, as wide as a part of the least distance between
// two samples: around, before or after the time, by the style's alignment.
func (p *tsPlot) bars(s *tsSeries) []draw.Node {
	width := p.barWidth(s)
	line := math.Min(s.style.width(), width/2)
	var o draw.Outline
	drawn := map[float64]bool{}
	for i, v := range s.drawn {
		if !tsFinite(v) {
			continue
		}
		x := math.Round(p.x + p.time(s.times[i]) - width/2*(1-math.Copysign(math.Min(math.Abs(s.style.BarAlignment), 1), s.style.BarAlignment)))
		top, foot := p.y+s.scale.y(v), p.y+s.scale.zero()
		if s.floor != nil {
			foot = p.y + s.scale.y(s.floor[i])
		}
		// Bars of a px or less in the same column hide each other.
		if x+width < p.x || x > p.x+p.w || width <= 1 && drawn[x] && math.Abs(top-foot) < 1 {
			continue
		}
		drawn[x] = true
		p.bar(&o, x, math.Min(top, foot), width, math.Abs(top-foot), line)
	}
	if o.Empty() {
		return nil
	}
	path := &draw.Path{Outline: o, Fill: p.fillPaint(s)}
	if line > 0 {
		path.Stroke = draw.Stroke{Paint: p.linePaint(s), Width: line}
	}
	return []draw.Node{path}
}

// bar adds a bar whose border lies within it.
func (p *tsPlot) bar(o *draw.Outline, x, y, w, h, line float64) {
	x, w = x+line/2, w-line
	y, h = y+line/2, math.Max(h-line, 0)
	o.Move(x, y)
	o.Line(x+w, y)
	o.Line(x+w, y+h)
	o.Line(x, y+h)
	o.Close()
}

// barWidth is the width of a series' bars, 1 px at least.
func (p *tsPlot) barWidth(s *tsSeries) float64 {
	least := p.w
	for i := 1; i < len(s.times); i++ {
		if d := p.time(s.times[i]) - p.time(s.times[i-1]); d > 0 {
			least = math.Min(least, d)
		}
	}
	width := math.Round(least * s.style.barFactor())
	if s.style.BarMaxWidth > 0 {
		width = math.Min(width, s.style.BarMaxWidth)
	}
	return math.Max(width, 1)
}
