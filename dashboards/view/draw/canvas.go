package draw

import (
	"image"
	"math"
	"slices"
)

// canvas draws nodes onto an image. A group draws on a copy of it.
type canvas struct {
	img  *image.RGBA
	clip image.Rectangle
	mask *image.Alpha // covers clip, if a clip has round corners or parts of pixels
	// A point of the scene is at (x + X) * scale on the image.
	x, y, scale float64
	pen         *pen // what all share to save memory
}

func (c canvas) nodes(list []Node) {
	for _, n := range list {
		c.node(n)
	}
}

func (c canvas) node(n Node) {
	switch n := n.(type) {
	case *Group:
		c.group(n)
	case *Rect:
		c.outline(n.outline(), n.Fill, n.Stroke)
	case *Circle:
		c.outline(n.outline(), n.Fill, n.Stroke)
	case *Path:
		c.outline(n.Outline, n.Fill, n.Stroke)
	case *Text:
		c.text(n)
	}
}

func (c canvas) group(g *Group) {
	c.x, c.y = c.x+g.X, c.y+g.Y
	if g.Clip != nil {
		c.restrict(g.Clip)
	}
	if c.clip.Empty() {
		return
	}
	if g.Opacity <= 0 || g.Opacity >= 1 {
		c.nodes(g.Nodes)
		return
	}
	under := c.img
	c.img = image.NewRGBA(c.clip)
	c.nodes(g.Nodes)
	fade(under, c.img, g.Opacity)
}

// restrict clips what follows to a rectangle as well.
func (c *canvas) restrict(r *Rect) {
	c.pen.reset(c.clip)
	c.pen.fill(c.flatten(r.outline()))
	cover := c.pen.cover()
	if c.mask != nil {
		multiply(cover, c.mask)
	}
	c.clip, c.mask = cover.Rect, nil
	if slices.ContainsFunc(cover.Pix, func(v uint8) bool { return v != 255 }) {
		cover.Pix = slices.Clone(cover.Pix) // the pen's are used again
		c.mask = cover
	}
}

func (c canvas) outline(o Outline, fill Paint, stroke Stroke) {
	if !fill.visible() && !stroke.visible() {
		return
	}
	lines := c.flatten(o)
	if fill.visible() {
		c.pen.reset(c.clip)
		c.pen.fill(lines)
		c.apply(fill)
	}
	if stroke.visible() {
		c.pen.reset(c.clip)
		if pattern := dashes(stroke.Dash); pattern != nil {
			lines = dashed(lines, pattern, c.scale)
		}
		c.pen.stroke(lines, stroke.Width*c.scale/2, stroke.Round)
		c.apply(stroke.Paint)
	}
}

// apply paints what the pen has drawn.
func (c canvas) apply(p Paint) {
	cover := c.pen.cover()
	if c.mask != nil {
		multiply(cover, c.mask)
	}
	if p.Gradient == nil {
		solid(c.img, cover, p.Color)
		return
	}
	graded(c.img, cover, c.gradient(p.Gradient))
}

// at is where a point of the scene is on the image.
func (c canvas) at(x, y float64) point {
	return point{
		within((x+c.x)*c.scale, -farthest, farthest),
		within((y+c.y)*c.scale, -farthest, farthest),
	}
}

func (r *Rect) outline() Outline {
	var o Outline
	x, y, w, h := r.X, r.Y, max(r.W, 0), max(r.H, 0)
	if w == 0 || h == 0 {
		return o
	}
	if round := min(r.R, w/2, h/2); round > 0 {
		for i, corner := range [4]point{{x + w - round, y + round}, {x + w - round, y + h - round}, {x + round, y + h - round}, {x + round, y + round}} {
			angle := float64(i-1) * math.Pi / 2
			o.Arc(corner.x, corner.y, round, angle, angle+math.Pi/2)
		}
	} else {
		o.Move(x, y)
		o.Line(x+w, y)
		o.Line(x+w, y+h)
		o.Line(x, y+h)
	}
	o.Close()
	return o
}

func (k *Circle) outline() Outline {
	var o Outline
	if k.R > 0 {
		o.Arc(k.X, k.Y, k.R, 0, 2*math.Pi)
		o.Close()
	}
	return o
}
