package panel

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// tsPoint is a place in the plot, px.
type tsPoint struct{ x, y float64 }

// tsSegment leads to a point, along a curve with two control points or straight.
type tsSegment struct {
	curved bool
	c1, c2 tsPoint
	to     tsPoint
}

// tsPath is a line without gaps.
type tsPath struct {
	from     tsPoint
	segments []tsSegment
}

// end is where the path ends.
func (p tsPath) end() tsPoint {
	if len(p.segments) == 0 {
		return p.from
	}
	return p.segments[len(p.segments)-1].to
}

func (p *tsPath) straight(x, y float64) {
	p.segments = append(p.segments, tsSegment{to: tsPoint{x, y}})
}

// reversed is the path from its end to its start.
func (p tsPath) reversed() tsPath {
	r := tsPath{from: p.end(), segments: make([]tsSegment, 0, len(p.segments))}
	for i := len(p.segments) - 1; i >= 0; i-- {
		s := p.segments[i]
		to := p.from
		if i > 0 {
			to = p.segments[i-1].to
		}
		r.segments = append(r.segments, tsSegment{s.curved, s.c2, s.c1, to})
	}
	return r
}

// follow goes along the path, from its start on.
func (p tsPath) follow(o *draw.Outline) {
	for _, s := range p.segments {
		if s.curved {
			o.Curve(s.c1.x, s.c1.y, s.c2.x, s.c2.y, s.to.x, s.to.y)
		} else {
			o.Line(s.to.x, s.to.y)
		}
	}
}

// tsJoin leads through points as the interpolation says.
func tsJoin(points []tsPoint, interpolation string) tsPath {
	p := tsPath{from: points[0], segments: make([]tsSegment, 0, len(points))}
	switch interpolation {
	case "smooth":
		tsSmooth(&p, points)
	case "stepBefore":
		for i, to := range points[1:] {
			p.straight(points[i].x, to.y)
			p.straight(to.x, to.y)
		}
	case "stepAfter":
		for i, to := range points[1:] {
			p.straight(to.x, points[i].y)
			p.straight(to.x, to.y)
		}
	default:
		for _, to := range points[1:] {
			p.straight(to.x, to.y)
		}
	}
	return p
}

// tsSmooth joins points by a monotone cubic spline (Fritsch and Carlson 1980): it
// never overshoots, so no value is drawn that lies outside its neighbours.
func tsSmooth(p *tsPath, points []tsPoint) {
	slopes := tsSlopes(points)
	for i, to := range points[1:] {
		from := points[i]
		third := (to.x - from.x) / 3
		p.segments = append(p.segments, tsSegment{
			curved: true,
			c1:     tsPoint{from.x + third, from.y + slopes[i]*third},
			c2:     tsPoint{to.x - third, to.y - slopes[i+1]*third},
			to:     to,
		})
	}
}

// tsSlopes are the tangents in the points: the weighted harmonic mean of the
// slopes at either side, flat at an extreme, the neighbour's slope at the ends.
func tsSlopes(points []tsPoint) []float64 {
	n := len(points)
	slopes := make([]float64, n)
	if n < 2 {
		return slopes
	}
	secant := func(i int) float64 {
		dx := points[i+1].x - points[i].x
		if dx <= 0 {
			return 0
		}
		return (points[i+1].y - points[i].y) / dx
	}
	slopes[0], slopes[n-1] = secant(0), secant(n-2)
	for i := 1; i < n-1; i++ {
		before, after := secant(i-1), secant(i)
		if before*after <= 0 {
			continue
		}
		w1 := points[i+1].x - points[i].x
		w2 := points[i].x - points[i-1].x
		m := 3 * (w1 + w2) / ((2*w1+w2)/before + (w1+2*w2)/after)
		if !math.IsNaN(m) && !math.IsInf(m, 0) {
			slopes[i] = m
		}
	}
	return slopes
}

// tsThin picks the points of a run that can be seen: with more than four in a
// column of one px, its first, lowest, highest and last are enough to draw the
// same picture (M4, Jugel et al., VLDB 2014), so that the size of a picture is
// bounded by its width. It returns nil if all are to be kept.
func tsThin(points []tsPoint) []int {
	if len(points) < 5 || float64(len(points)) <= 4*(points[len(points)-1].x-points[0].x+1) {
		return nil
	}
	var keep []int
	for i := 0; i < len(points); {
		column := math.Floor(points[i].x)
		first, low, high := i, i, i
		for i++; i < len(points) && math.Floor(points[i].x) == column; i++ {
			if points[i].y < points[low].y {
				low = i
			}
			if points[i].y > points[high].y {
				high = i
			}
		}
		keep = tsAppendNew(keep, first, min(low, high), max(low, high), i-1)
	}
	return keep
}

// tsAppendNew appends ascending indices, each once.
func tsAppendNew(keep []int, indices ...int) []int {
	for _, i := range indices {
		if len(keep) == 0 || keep[len(keep)-1] < i {
			keep = append(keep, i)
		}
	}
	return keep
}
