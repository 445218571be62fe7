// Package draw is the drawing layer: shapes in a tree, and what turns them into
// SVG or PNG.
//
// Lengths are CSS pixels (1/96 inch), x grows to the right and y downwards.
//
// It is not built on the vg canvases of gonum.org/v1/plot v0.17.0, which was
// measured first. Their interface knows no clip, gradient, rounded corner,
// opacity of a group, link, tooltip, role or letter spacing, all of which a
// Grafana panel has, and a panel of 50 lines of 1,000 points costs more (CPU time
// on the same machine): as SVG 14 ms and 689 kB against 4 ms and 476 kB here, as
// an image 205 ms against 50 ms. The image backend of vg is
// git.sr.ht/~sbinet/gg, which takes as long when it is used without vg (213 ms)
// and has no mitred joins; golang.org/x/image/vector is what fills areas here.
package draw

import (
	"image/color"
	"math"
)

// Scene is a whole picture.
type Scene struct {
	W, H       float64
	Background color.NRGBA
	// Title and Description are read by screen readers; Title may be "".
	Title, Description string
	Nodes              []Node
}

// Node is a [Group], [Rect], [Circle], [Path] or [Text], each as a pointer.
type Node interface{ node() }

// Group moves, clips, fades, links or names what is in it.
type Group struct {
	X, Y float64 // moves the origin of what is inside
	// Clip, in the group's own coordinates, hides what lies outside; nil is none.
	Clip *Rect
	// Opacity is 0 for opaque, so that the zero group changes nothing; else 0 < Opacity <= 1.
	Opacity float64
	// Title is a tooltip; Href is a link, dropped unless it is relative or http(s).
	Title, Href string
	// ID and Class are for scripts and style sheets of a page the picture is part of.
	ID, Class string
	// Role is an ARIA role, such as "img" or "group"; Title is then its name.
	Role  string
	Nodes []Node
}

// Rect is a rectangle with rounded corners of radius R.
type Rect struct {
	X, Y, W, H, R float64
	Fill          Paint
	Stroke        Stroke
}

// Circle has its centre at X, Y.
type Circle struct {
	X, Y, R float64
	Fill    Paint
	Stroke  Stroke
}

// Path is any outline. A path without Fill and Stroke draws nothing.
type Path struct {
	Outline Outline
	Fill    Paint
	Stroke  Stroke
}

// Text is one line of text.
type Text struct {
	X, Y     float64
	Text     string
	Font     Font
	Color    color.NRGBA
	Align    Align
	Baseline Baseline
	// Rotate turns the text around X, Y, in degrees clockwise.
	Rotate float64
}

func (*Group) node()  {}
func (*Rect) node()   {}
func (*Circle) node() {}
func (*Path) node()   {}
func (*Text) node()   {}

// Align is where X is in a text.
type Align uint8

// The zero Align is Start.
const (
	Start Align = iota
	Middle
	End
)

// Baseline is where Y is in a text.
type Baseline uint8

// The zero Baseline is Alphabetic. Top and Bottom are the edges of the em box,
// Central is its middle, as in a canvas of a browser.
const (
	Alphabetic Baseline = iota
	Top
	Central
	Bottom
)

// Paint fills an area or a line; the zero Paint is none.
type Paint struct {
	Color    color.NRGBA
	Gradient *Gradient // wins over Color
}

// Solid is a paint of one colour.
func Solid(c color.NRGBA) Paint { return Paint{Color: c} }

// Gradient runs from X1, Y1 to X2, Y2 in the coordinates of the shape's parent.
type Gradient struct {
	X1, Y1, X2, Y2 float64
	// Radial gradients run from X1, Y1 in all directions, as far as X2 is along x
	// and Y2 along y: to an ellipse.
	Radial bool
	Stops  []Stop
}

// radii are those of the ellipse that a radial gradient ends at. They are never
// zero, which SVG has no picture for.
func (g *Gradient) radii() (x, y float64) {
	length := func(v float64) float64 {
		if !(math.Abs(v) > 0.01) {
			return 0.01
		}
		return min(math.Abs(v), farthest)
	}
	return length(g.X2 - g.X1), length(g.Y2 - g.Y1)
}

// Stop is a colour at a place from 0 to 1; two stops at one place are a hard edge.
type Stop struct {
	At    float64
	Color color.NRGBA
}

// Stroke is a line along an outline; Width 0 is none.
type Stroke struct {
	Paint Paint
	Width float64
	Dash  []float64
	Round bool // round ends and joins instead of flat ends and mitred joins
}

// Outline is a sequence of segments, built by its methods.
type Outline struct {
	ops    []op
	points []float64
}

type op uint8

const (
	opMove  op = iota // x, y
	opLine            // x, y
	opCurve           // x1, y1, x2, y2, x, y
	opArc             // centre x, y, radius, start and end angle in radians
	opClose
)

// Empty tells whether nothing was added.
func (o *Outline) Empty() bool { return len(o.ops) == 0 }

// Move starts a new part at x, y.
func (o *Outline) Move(x, y float64) { o.add(opMove, x, y) }

// Line goes straight to x, y.
func (o *Outline) Line(x, y float64) { o.add(opLine, x, y) }

// Curve goes to x, y along a cubic Bézier curve with two control points.
func (o *Outline) Curve(x1, y1, x2, y2, x, y float64) { o.add(opCurve, x1, y1, x2, y2, x, y) }

// Arc goes along a circle around x, y from one angle to another, in radians
// clockwise from the positive x axis; a line leads to its start if the outline
// has begun.
func (o *Outline) Arc(x, y, radius, from, to float64) { o.add(opArc, x, y, radius, from, to) }

// Close goes back to where the part started.
func (o *Outline) Close() { o.add(opClose) }

func (o *Outline) add(kind op, points ...float64) {
	o.ops = append(o.ops, kind)
	o.points = append(o.points, points...)
}
