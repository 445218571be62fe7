package draw

import (
	"math"

	"golang.org/x/image/font/sfnt"
)

// slant is how far a browser tilts a face that has no italics: the tangent.
const slant = 0.25

// text draws the outlines of glyphs. They are not hinted, and they stand at any
// part of a pixel along the line, while the line itself stands on a whole pixel:
// so does Chromium.
func (c canvas) text(t *Text) {
	if t.Color.A == 0 || !(t.Font.Size > 0) {
		return
	}
	start := -t.Font.Width(t.Text) * [...]float64{0, 0.5, 1}[min(t.Align, End)]
	run := textRun{
		face: t.Font.face(), pen: c.pen,
		size: t.Font.Size * c.scale, origin: c.at(t.X, t.Y),
		along: polar(t.Rotate*math.Pi/180, 1),
	}
	if t.Font.Italic {
		run.slant = slant
	}
	run.origin = run.place(start*c.scale, t.Font.baseline(t.Baseline)*c.scale)
	run.snap()
	c.pen.reset(c.clip)
	run.write(t.Text, (letterSpacing+t.Font.Spacing)*c.scale)
	c.apply(Solid(t.Color))
}

// textRun is a line of text on an image.
type textRun struct {
	face   *face
	pen    *pen
	size   float64 // pixels per em
	slant  float64
	origin point // of the baseline
	along  point // direction of the baseline, length 1
}

// snap moves the baseline to whole pixels if it is horizontal or vertical.
func (r *textRun) snap() {
	if math.Abs(r.along.y) < 1e-6 {
		r.origin.y = math.Round(r.origin.y)
	}
	if math.Abs(r.along.x) < 1e-6 {
		r.origin.x = math.Round(r.origin.x)
	}
}

// place is a point that is x along the baseline and y below it.
func (r *textRun) place(x, y float64) point {
	return r.origin.plus(r.along.times(x)).plus(r.along.right().times(y))
}

func (r *textRun) write(text string, spacing float64) {
	x, before := 0.0, rune(0)
	unit := r.size / float64(r.face.em)
	for _, v := range text {
		l := r.face.letter(v)
		x += float64(r.face.kern(before, v)) * unit
		if l.advance > 0 && r.near(x) {
			r.glyph(l.glyph, x, unit)
		}
		x += float64(l.advance)*unit + spacing
		before = v
	}
}

// near tells whether a glyph at x along the baseline can be on the image: none
// of the faces reaches two ems from where it stands.
func (r *textRun) near(x float64) bool {
	at, reach := r.place(x, 0), point{2 * r.size, 2 * r.size}
	return !r.pen.outside(at.minus(reach), at.plus(reach))
}

// glyph adds the outline of a glyph at x along the baseline.
func (r *textRun) glyph(g sfnt.GlyphIndex, x, unit float64) {
	var start, now point
	for _, s := range r.face.outline(g) {
		var to [3]point
		for i, a := range s.Args {
			gx, gy := float64(a.X)*unit, float64(a.Y)*unit
			to[i] = r.place(x+gx-gy*r.slant, gy)
		}
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			r.pen.edge(now, start)
			start, now = to[0], to[0]
			continue
		case sfnt.SegmentOpLineTo:
			r.pen.edge(now, to[0])
			now = to[0]
			continue
		}
		r.pen.quadratic(now, to[0], to[1])
		now = to[1]
	}
	r.pen.edge(now, start)
}

// quadratic adds a quadratic Bézier curve.
func (p *pen) quadratic(a, b, c point) {
	bend := a.minus(b.times(2)).plus(c).length()
	n := within(math.Ceil(math.Sqrt(bend*0.25/tolerance)), 1, mostSteps)
	before := a
	for i := 1.0; i <= n; i++ {
		next := mix(mix(a, b, i/n), mix(b, c, i/n), i/n)
		p.edge(before, next)
		before = next
	}
}
