package panel

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// points draws the samples themselves, if the style wants them and they have
// room; those that no line leads to are drawn always, or else nothing would be.
func (p *tsPlot) points(s *tsSeries, runs []tsRun) []draw.Node {
	alone := !p.showsPoints(s)
	if alone && (s.style.DrawStyle == "bars" || s.style.ShowPoints == "never") {
		return nil
	}
	radius := s.style.points() / 2
	paint := p.linePaint(s)
	var nodes []draw.Node
	var o draw.Outline
	add := func(at tsPoint) {
		if at.x < p.x-0.5 || at.x > p.x+p.w+0.5 || at.y < p.y-0.5 || at.y > p.y+p.h+0.5 {
			return
		}
		o.Move(at.x+0.5+radius, at.y+0.5)
		o.Arc(at.x+0.5, at.y+0.5, radius, 0, 2*math.Pi)
		o.Close()
	}
	for _, r := range runs {
		if alone && len(r.top) > 1 {
			continue
		}
		for _, at := range r.thinned().top {
			add(at)
		}
	}
	if !o.Empty() {
		nodes = append(nodes, &draw.Path{Outline: o, Fill: paint})
	}
	return nodes
}

// showsPoints tells whether all points are drawn. The automatic rule was measured
// on Grafana 12.4: they need a distance of twice 3 px and twice the line's width.
func (p *tsPlot) showsPoints(s *tsSeries) bool {
	switch {
	case s.style.DrawStyle == "points" || s.style.ShowPoints == "always":
		return true
	case s.style.ShowPoints == "never" || s.style.DrawStyle == "bars":
		return false
	}
	return p.distance(s) >= 2*(3+2*s.style.width())
}

// distance is the mean distance between samples, px; none is infinite.
func (p *tsPlot) distance(s *tsSeries) float64 {
	n := 0
	var first, last int64
	for _, t := range s.times {
		if x := p.time(t); x < 0 || x > p.w {
			continue
		}
		if n == 0 {
			first = t
		}
		last = t
		n++
	}
	if n < 2 {
		return math.Inf(1)
	}
	return (p.time(last) - p.time(first)) / float64(n-1)
}
