package draw

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// pen collects edges and finds out how much of each pixel is within them. Where
// edges go around more than once in one direction, it is within all the same.
type pen struct {
	clip       image.Rectangle
	edges      []edge
	low, high  point // the box around all edges
	rasterizer vector.Rasterizer
	pixels     []uint8
}

type edge struct{ a, b point }

// reset begins anew; only what is inside clip is going to be asked for.
func (p *pen) reset(clip image.Rectangle) {
	p.clip, p.edges = clip, p.edges[:0]
	p.low, p.high = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
}

func (p *pen) edge(a, b point) {
	if a == b {
		return
	}
	p.edges = append(p.edges, edge{a, b})
	p.low = point{min(p.low.x, a.x, b.x), min(p.low.y, a.y, b.y)}
	p.high = point{max(p.high.x, a.x, b.x), max(p.high.y, a.y, b.y)}
}

// polygon adds the edges around an area.
func (p *pen) polygon(points ...point) {
	low, high := points[0], points[0]
	for _, q := range points[1:] {
		low = point{min(low.x, q.x), min(low.y, q.y)}
		high = point{max(high.x, q.x), max(high.y, q.y)}
	}
	if p.outside(low, high) {
		return
	}
	before := points[len(points)-1]
	for _, q := range points {
		p.edge(before, q)
		before = q
	}
}

// outside tells whether nothing of a box is within the clip.
func (p *pen) outside(low, high point) bool {
	return high.x <= float64(p.clip.Min.X) || low.x >= float64(p.clip.Max.X) ||
		high.y <= float64(p.clip.Min.Y) || low.y >= float64(p.clip.Max.Y)
}

func (p *pen) fill(lines []polyline) {
	for _, l := range lines {
		p.polygon(l.points...)
	}
}

// cover tells how much of each pixel is covered, for the pixels of the clip that
// can be at all. It is valid until the next call.
func (p *pen) cover() *image.Alpha {
	if p.low.x > p.high.x {
		return &image.Alpha{}
	}
	box := image.Rect(int(math.Floor(p.low.x)), int(math.Floor(p.low.y)), int(math.Ceil(p.high.x)), int(math.Ceil(p.high.y))).Intersect(p.clip)
	if box.Empty() {
		return &image.Alpha{}
	}
	w, h := box.Dx(), box.Dy()
	p.rasterizer.Reset(w, h)
	p.rasterizer.DrawOp = draw.Src
	origin := point{float64(box.Min.X), float64(box.Min.Y)}
	for _, e := range p.edges {
		p.add(e.a.minus(origin), e.b.minus(origin), float64(w), float64(h))
	}
	if cap(p.pixels) < w*h {
		p.pixels = make([]uint8, w*h)
	}
	out := &image.Alpha{Pix: p.pixels[:w*h], Stride: w, Rect: image.Rect(0, 0, w, h)}
	p.rasterizer.Draw(out, out.Rect, image.Opaque, image.Point{})
	out.Rect = box
	return out
}

// add gives an edge to the rasterizer. What is above or below the picture is cut
// off, and what is beside it moved to its side, so that a line to far outside
// takes no time.
func (p *pen) add(a, b point, w, h float64) {
	if a.y == b.y || max(a.y, b.y) <= 0 || min(a.y, b.y) >= h {
		return
	}
	a, b = cutY(a, b, h), cutY(b, a, h)
	if min(a.x, b.x) >= 0 && max(a.x, b.x) <= w {
		p.line(a, b)
		return
	}
	for _, side := range [2]float64{0, w} { // split where it crosses a side
		if (a.x < side) != (b.x < side) && a.x != side && b.x != side {
			middle := mix(a, b, (side-a.x)/(b.x-a.x))
			middle.x = side
			p.add(a, middle, w, h)
			p.add(middle, b, w, h)
			return
		}
	}
	a.x, b.x = within(a.x, 0, w), within(b.x, 0, w)
	p.line(a, b)
}

// cutY moves a along the line to b into the picture.
func cutY(a, b point, h float64) point {
	y := within(a.y, 0, h)
	if y == a.y {
		return a
	}
	return point{a.x + (b.x-a.x)*(y-a.y)/(b.y-a.y), y}
}

func (p *pen) line(a, b point) {
	p.rasterizer.MoveTo(float32(a.x), float32(a.y))
	p.rasterizer.LineTo(float32(b.x), float32(b.y))
}
