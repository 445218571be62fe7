package draw

import "math"

// stroke adds the areas of lines: a rectangle for each segment, and what fills
// the gap at joins. All go around in the same direction, so that they add up.
func (p *pen) stroke(lines []polyline, half float64, round bool) {
	for _, l := range lines {
		p.strokeLine(distinct(l), half, round)
	}
}

func (p *pen) strokeLine(l polyline, half float64, round bool) {
	n := len(l.points)
	if n == 1 {
		if round {
			p.fan(l.points[0], point{0, half}, 2*math.Pi)
		}
		return
	}
	segments := n - 1
	if l.closed {
		segments = n
	}
	var first, last point // the sides of the first segment and the one before
	for i := range segments {
		a, b := l.points[i], l.points[(i+1)%n]
		side := b.minus(a).right().times(half / between(a, b))
		p.polygon(a.plus(side), b.plus(side), b.minus(side), a.minus(side))
		if i == 0 {
			first = side
		} else {
			p.join(a, last, side, half, round)
		}
		last = side
	}
	switch {
	case l.closed:
		p.join(l.points[0], last, first, half, round)
	case round:
		p.fan(l.points[0], first.times(-1), math.Pi)
		p.fan(l.points[n-1], last, math.Pi)
	}
}

// sharpest is where a mitred join is cut off, as SVG's stroke-miterlimit.
const sharpest = 4

// join fills the outer side of a bend, given the right-hand side of the segment
// before it and after it.
func (p *pen) join(at, before, after point, half float64, round bool) {
	turn := before.cross(after)
	cos := before.dot(after) / (half * half)
	if math.Abs(turn) < 1e-9*half*half && cos > 0 {
		return
	}
	if turn > 0 { // the outer side is the left
		before, after = after.times(-1), before.times(-1)
	}
	switch {
	case round:
		p.fan(at, before, math.Acos(within(cos, -1, 1)))
	case 2 <= sharpest*sharpest*(1+cos):
		p.polygon(at, at.plus(before), at.plus(before.plus(after).times(1/(1+cos))), at.plus(after))
	default:
		p.polygon(at, at.plus(before), at.plus(after))
	}
}

// fan adds a part of a disc that begins at a side and goes back over an angle,
// which is the direction that rectangles and joins have.
func (p *pen) fan(at, from point, angle float64) {
	half := from.length()
	if reach := (point{half, half}); p.outside(at.minus(reach), at.plus(reach)) {
		return
	}
	start := math.Atan2(from.y, from.x)
	n := min(arcSteps(half, angle), mostSteps)
	before := at.plus(from)
	p.edge(at, before)
	for i := 1.0; i <= n; i++ {
		next := at.plus(polar(start-angle*i/n, half))
		p.edge(before, next)
		before = next
	}
	p.edge(before, at)
}

// distinct leaves out points that are where the one before is: such a segment
// has no direction.
func distinct(l polyline) polyline {
	const same = 1e-6
	out := l.points[:1:1]
	for _, q := range l.points[1:] {
		if between(out[len(out)-1], q) > same {
			out = append(out, q)
		}
	}
	if l.closed && len(out) > 1 && between(out[0], out[len(out)-1]) <= same {
		out = out[:len(out)-1]
	}
	return polyline{out, l.closed && len(out) > 1}
}

// Bounds of the work that one outline can make.
const (
	mostDashes = 10_000
	mostSteps  = 64 // of a round end or join
)

// dashed cuts lines by a pattern of lengths on and off, in CSS px.
func dashed(lines []polyline, pattern []float64, scale float64) []polyline {
	if len(pattern)%2 == 1 {
		pattern = append(append([]float64(nil), pattern...), pattern...)
	}
	var out []polyline
	for _, l := range lines {
		points := l.points
		if l.closed {
			points = append(append([]point(nil), points...), points[0])
		}
		out = append(out, dash(points, pattern, scale, mostDashes-len(out))...)
	}
	return out
}

func dash(points []point, pattern []float64, scale float64, most int) []polyline {
	var out []polyline
	i, left := 0, pattern[0]*scale
	now := []point{points[0]}
	for _, to := range points[1:] {
		from := now[len(now)-1]
		for length := between(from, to); length > left && len(out) < most; length = between(from, to) {
			from = mix(from, to, left/length)
			if i%2 == 0 {
				out = append(out, polyline{points: append(now, from)})
			}
			i++
			now, left = []point{from}, pattern[i%len(pattern)]*scale
		}
		left -= between(from, to)
		now = append(now, to)
	}
	if i%2 == 0 && len(now) > 1 {
		out = append(out, polyline{points: now})
	}
	return out
}
