package draw

import "math"

// pathWriter writes path data relative to the last point, which is shorter. It
// counts in hundredths of a px as written, so that rounding does not add up.
type pathWriter struct {
	out    []byte
	x, y   int64
	sx, sy int64 // where the part started
	last   byte  // the command that may be left out if it is the same again
}

func (o Outline) appendSVG(out []byte) []byte {
	p := pathWriter{out: out}
	points := o.points
	for _, kind := range o.ops {
		n := opPoints[kind]
		p.op(kind, points[:n])
		points = points[n:]
	}
	return p.out
}

// opPoints is how many numbers an op has.
var opPoints = [...]int{opMove: 2, opLine: 2, opCurve: 6, opArc: 5, opClose: 0}

func (p *pathWriter) op(kind op, v []float64) {
	if p.last == 0 && kind != opMove && kind != opArc { // a path has to begin somewhere
		p.move(0, 0)
	}
	switch kind {
	case opMove:
		p.move(hundredths(v[0]), hundredths(v[1]))
	case opLine:
		p.line(hundredths(v[0]), hundredths(v[1]))
	case opCurve:
		p.command('c', v...)
	case opArc:
		p.arc(v[0], v[1], v[2], v[3], v[4])
	case opClose:
		p.out, p.last = append(p.out, 'z'), 'z'
		p.x, p.y = p.sx, p.sy
	}
}

func (p *pathWriter) move(x, y int64) {
	p.last = 'M' // absolute, so that parts can be read on their own
	p.out = append(p.out, 'M')
	p.out = appendHundredths(p.out, x)
	p.separate(y)
	p.x, p.y, p.sx, p.sy = x, y, x, y
}

func (p *pathWriter) line(x, y int64) {
	switch dx, dy := x-p.x, y-p.y; {
	case dy == 0:
		p.letter('h')
		p.separate(dx)
	case dx == 0:
		p.letter('v')
		p.separate(dy)
	default:
		p.letter('l')
		p.separate(dx)
		p.separate(dy)
	}
	p.x, p.y = x, y
}

// command writes points relative to the current one and goes to the last.
func (p *pathWriter) command(name byte, v ...float64) {
	p.letter(name)
	x, y := p.x, p.y
	for i := 0; i < len(v); i += 2 {
		x, y = hundredths(v[i]), hundredths(v[i+1])
		p.separate(x - p.x)
		p.separate(y - p.y)
	}
	p.x, p.y = x, y
}

// arc writes an arc as halves at most: the two ends of a whole circle are one
// point, which says nothing about where its centre is.
func (p *pathWriter) arc(cx, cy, radius, from, to float64) {
	from, to = arcSpan(from, to)
	at := func(angle float64) (int64, int64) {
		return hundredths(cx + radius*math.Cos(angle)), hundredths(cy + radius*math.Sin(angle))
	}
	x, y := at(from)
	switch {
	case p.last == 0:
		p.move(x, y)
	case x != p.x || y != p.y:
		p.line(x, y)
	}
	pieces := max(1, math.Ceil(math.Abs(to-from)/math.Pi-1e-9))
	for i := 1.0; i <= pieces; i++ {
		x, y = at(from + (to-from)*i/pieces)
		p.letter('a')
		p.separate(hundredths(radius))
		p.separate(hundredths(radius))
		p.out = append(p.out, " 0 0"...)
		if to < from {
			p.out = append(p.out, " 0"...)
		} else {
			p.out = append(p.out, " 1"...)
		}
		p.out = append(p.out, ' ')
		p.out = appendHundredths(p.out, x-p.x)
		p.separate(y - p.y)
		p.x, p.y = x, y
	}
}

// arcSpan bounds angles to one turn.
func arcSpan(from, to float64) (float64, float64) {
	if math.IsNaN(from) || math.IsInf(from, 0) || math.IsNaN(to) || math.IsInf(to, 0) {
		return 0, 0
	}
	return from, from + min(max(to-from, -2*math.Pi), 2*math.Pi)
}

// letter writes a command unless it is repeated; a line right after a move has
// to be named all the same because here it is relative.
func (p *pathWriter) letter(name byte) {
	if p.last != name {
		p.out = append(p.out, name)
		p.last = name
	}
}

// separate writes a number, and a space before it where it would run into the
// one before it.
func (p *pathWriter) separate(v int64) {
	if last := p.out[len(p.out)-1]; v >= 0 && last >= '0' && last <= '9' {
		p.out = append(p.out, ' ')
	}
	p.out = appendHundredths(p.out, v)
}
