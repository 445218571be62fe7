package panel

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// tsRun is a part of a series without gaps: where its line goes, and where what
// it stands on goes, nil if it stands on zero.
type tsRun struct {
	top, floor []tsPoint
}

// runs parts a series at its gaps: where there is no value, unless the style
// connects what lies near enough, and where no sample came for too long. A NaN
// is a gap always: it was measured, and it is no number.
func (p *tsPlot) runs(s *tsSeries) []tsRun {
	var runs []tsRun
	span, gap := s.style.span(), s.style.gap()
	// All runs are parts of one slice: a series may be nothing but gaps.
	tops, floors, start := make([]tsPoint, 0, len(s.drawn)), make([]tsPoint, 0, len(s.floor)), 0
	end := func() {
		if start < len(tops) {
			r := tsRun{top: tops[start:]}
			if s.floor != nil {
				r.floor = floors[start:]
			}
			runs, start = append(runs, r), len(tops)
		}
	}
	broken, last := true, int64(0)
	for i, v := range s.drawn {
		if !tsFinite(v) {
			broken = broken || !frame.IsNull(v)
			continue
		}
		t := s.times[i]
		between := i > 0 && !tsFinite(s.drawn[i-1])
		if away := float64(t - last); broken || away > gap || between && away > span {
			end()
		}
		x := p.x + p.time(t)
		tops = append(tops, tsPoint{x, p.y + s.scale.y(v)})
		if s.floor != nil {
			floors = append(floors, tsPoint{x, p.y + s.scale.y(s.floor[i])})
		}
		broken, last = false, t
	}
	end()
	return runs
}

// thinned is the run without the points that cannot be seen.
func (r tsRun) thinned() tsRun {
	keep := tsThin(r.top)
	if keep == nil {
		return r
	}
	thin := tsRun{top: make([]tsPoint, len(keep))}
	for i, from := range keep {
		thin.top[i] = r.top[from]
	}
	if r.floor != nil {
		thin.floor = make([]tsPoint, len(keep))
		for i, from := range keep {
			thin.floor[i] = r.floor[from]
		}
	}
	return thin
}

// line draws a series as a line over its fill.
func (p *tsPlot) line(s *tsSeries, runs []tsRun) []draw.Node {
	var stroke, fill draw.Outline
	filled := s.style.opacity() > 0 || s.style.FillBelowTo != ""
	for _, r := range runs {
		r = r.thinned()
		top := tsJoin(r.top, s.style.LineInterpolation)
		if len(r.top) > 1 {
			stroke.Move(top.from.x, top.from.y)
			top.follow(&stroke)
		}
		if filled && len(r.top) > 1 {
			p.fill(&fill, s, top, r)
		}
	}
	var nodes []draw.Node
	if !fill.Empty() {
		nodes = append(nodes, &draw.Path{Outline: fill, Fill: p.fillPaint(s)})
	}
	if w := s.style.width(); w > 0 && !stroke.Empty() {
		nodes = append(nodes, p.shift(w, &draw.Path{Outline: stroke, Stroke: draw.Stroke{
			Paint: p.linePaint(s), Width: w, Dash: s.style.dash(), Round: s.style.LineStyle.Fill == "dot" || s.style.dash() == nil,
		}}))
	}
	return nodes
}

// shift moves a line of an odd width by half a pixel, so that it covers whole
// pixels where it is level, as Grafana draws it.
func (p *tsPlot) shift(width float64, n draw.Node) draw.Node {
	if math.Mod(width, 2) != 1 {
		return n
	}
	return &draw.Group{X: 0.5, Y: 0.5, Nodes: []draw.Node{n}}
}

// fill closes the area between a run and what it stands on: another series, the
// series below it in a stack, or zero.
func (p *tsPlot) fill(o *draw.Outline, s *tsSeries, top tsPath, r tsRun) {
	o.Move(top.from.x, top.from.y)
	top.follow(o)
	floor := r.floor
	if other := p.named(s.style.FillBelowTo); other != nil {
		floor = p.within(other, top.from.x, top.end().x)
	}
	if len(floor) > 0 {
		back := tsJoin(floor, s.style.LineInterpolation).reversed()
		o.Line(back.from.x, back.from.y)
		back.follow(o)
	} else {
		zero := p.y + s.scale.zero()
		o.Line(top.end().x, zero)
		o.Line(top.from.x, zero)
	}
	o.Close()
}

// named finds the series that a fill reaches to.
func (p *tsPlot) named(title string) *tsSeries {
	if title == "" {
		return nil
	}
	for _, s := range p.series {
		if s.field.Title == title || s.field.Name == title {
			return s
		}
	}
	return nil
}

// within is the line of a series from one place to another, gaps closed.
func (p *tsPlot) within(s *tsSeries, from, to float64) []tsPoint {
	var points []tsPoint
	s.each(func(i int, t int64, v float64) {
		if x := p.x + p.time(t); x >= from && x <= to {
			points = append(points, tsPoint{x, p.y + s.scale.y(v)})
		}
	})
	if keep := tsThin(points); keep != nil {
		for i, k := range keep {
			points[i] = points[k]
		}
		points = points[:len(keep)]
	}
	return points
}
