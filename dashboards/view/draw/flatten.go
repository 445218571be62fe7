package draw

import "math"

// point is a place on an image, in its pixels.
type point struct{ x, y float64 }

func (p point) plus(q point) point    { return point{p.x + q.x, p.y + q.y} }
func (p point) minus(q point) point   { return point{p.x - q.x, p.y - q.y} }
func (p point) times(f float64) point { return point{p.x * f, p.y * f} }
func (p point) dot(q point) float64   { return p.x*q.x + p.y*q.y }
func (p point) cross(q point) float64 { return p.x*q.y - p.y*q.x }
func (p point) length() float64       { return math.Hypot(p.x, p.y) }
func mix(a, b point, t float64) point { return a.plus(b.minus(a).times(t)) }
func between(a, b point) (d float64)  { return b.minus(a).length() }
func (p point) right() point          { return point{-p.y, p.x} }
func polar(angle, radius float64) point {
	return point{math.Cos(angle) * radius, math.Sin(angle) * radius}
}

// polyline is a part of an outline made of straight lines.
type polyline struct {
	points []point
	closed bool
}

// tolerance is how far a line may be from the curve that it stands for, in
// pixels of the image.
const tolerance = 0.03

// flatten makes polylines of an outline, on the image.
func (c canvas) flatten(o Outline) []polyline {
	var all []polyline
	var now polyline
	end := func() {
		if len(now.points) > 0 {
			all = append(all, now)
		}
		now = polyline{}
	}
	v := o.points
	now.points = make([]point, 0, len(v)/2)
	for _, kind := range o.ops {
		if len(now.points) == 0 && (kind == opLine || kind == opCurve) {
			now.points = append(now.points, c.at(0, 0))
		}
		switch kind {
		case opMove:
			end()
			now.points = append(make([]point, 0, len(v)/2), c.at(v[0], v[1]))
		case opLine:
			now.points = append(now.points, c.at(v[0], v[1]))
		case opCurve:
			now.curve(c.at(v[0], v[1]), c.at(v[2], v[3]), c.at(v[4], v[5]))
		case opArc:
			from, to := arcSpan(v[3], v[4])
			now.arc(c.at(v[0], v[1]), within(v[2]*c.scale, 0, farthest), from, to)
		case opClose:
			if len(now.points) == 0 {
				continue
			}
			start := now.points[0]
			now.closed = true
			end()
			now.points = append(now.points, start)
		}
		v = v[opPoints[kind]:]
	}
	if len(now.points) > 1 || len(all) == 0 || !all[len(all)-1].closed {
		end()
	}
	return all
}

// curve adds a cubic Bézier curve. The number of its lines follows from how far
// the control points are from the straight line (Wang's formula).
func (p *polyline) curve(b, c, d point) {
	a := p.points[len(p.points)-1]
	bend := max(a.minus(b.times(2)).plus(c).length(), b.minus(c.times(2)).plus(d).length())
	n := min(math.Ceil(math.Sqrt(bend*0.75/tolerance)), 100)
	for i := 1.0; i < n; i++ {
		t := i / n
		ab, bc, cd := mix(a, b, t), mix(b, c, t), mix(c, d, t)
		p.points = append(p.points, mix(mix(ab, bc, t), mix(bc, cd, t), t))
	}
	p.points = append(p.points, d)
}

func (p *polyline) arc(centre point, radius, from, to float64) {
	n := arcSteps(radius, to-from)
	for i := 0.0; i <= n; i++ {
		p.points = append(p.points, centre.plus(polar(from+(to-from)*i/n, radius)))
	}
}

// arcSteps is how many lines stand for an arc.
func arcSteps(radius, angle float64) float64 {
	if radius <= tolerance {
		return max(1, math.Ceil(math.Abs(angle)/math.Pi*2))
	}
	return min(max(1, math.Ceil(math.Abs(angle)/(2*math.Acos(1-tolerance/radius)))), 1000)
}
