package panel

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// Measured on Grafana 12.4, px.
const (
	chromeBorder  = 1
	chromeRadius  = 6
	chromeHeader  = 40
	chromePadding = 8
)

// chromeUnpadded are the types that paint to the edge of the panel.
var chromeUnpadded = map[string]bool{"stat": true}

// Draw draws a whole panel: frame, header and body. A type that cannot be drawn
// is a box that names it, so that nothing is dropped in silence; a row is its
// header alone.
func Draw(in Input) Picture {
	in.W, in.H = chromeLength(in.W), chromeLength(in.H)
	if in.Panel.Type == "row" {
		return Picture{Node: drawRow(in)}
	}
	g := &draw.Group{Class: "panel"}
	if !in.Panel.Transparent {
		g.Nodes = append(g.Nodes, chromeFrame(in))
	}
	g.Nodes = append(g.Nodes, chromeHead(in)...)
	x, y, w, h := chromeBody(in)
	if w < 1 || h < 1 {
		return Picture{Node: g}
	}
	b := chromePaint(in, w, h)
	g.Nodes = append(g.Nodes, &draw.Group{X: x, Y: y, Class: "body", Nodes: b.nodes, Clip: chromeClip(x, y, in)})
	if b.plot != nil {
		b.plot.X += x
		b.plot.Y += y
	}
	return Picture{Node: g, Plot: b.plot}
}

// chromeLength makes a length of anything that a caller hands over: 0 to 20,000 px.
func chromeLength(px float64) float64 {
	if !(px > 0) {
		return 0
	}
	return math.Min(px, 20_000)
}

// chromePaint paints the body. Without any data the reason is all there is to
// say; with some, it stays a mark in the header.
func chromePaint(in Input, w, h float64) body {
	paint := painters[in.Panel.Type]
	switch {
	case paint == nil:
		return chromeUnknown(in, w, h)
	case in.Err != nil && len(in.Frames) == 0 && in.Panel.Type != "text":
		return chromeNoData(in, w, h)
	}
	return paint(in, w, h)
}

// chromeFrame is the panel's background and border.
func chromeFrame(in Input) draw.Node {
	return &draw.Rect{
		X: chromeBorder / 2.0, Y: chromeBorder / 2.0, W: math.Max(in.W-chromeBorder, 0), H: math.Max(in.H-chromeBorder, 0), R: chromeRadius,
		Fill:   draw.Solid(in.Theme.Panel()),
		Stroke: draw.Stroke{Paint: draw.Solid(in.Theme.Border()), Width: chromeBorder},
	}
}

// chromeBody is the box that the painter gets: within border and header, less
// the padding.
func chromeBody(in Input) (x, y, w, h float64) {
	x, y = chromeBorder, chromeBorder
	if chromeHasHead(in) {
		y += chromeHeader
	}
	w, h = in.W-2*chromeBorder, in.H-y-chromeBorder
	if !chromeUnpadded[in.Panel.Type] {
		x, y, w, h = x+chromePadding, y+chromePadding, w-2*chromePadding, h-2*chromePadding
	}
	return x, y, w, h
}

// chromeClip is the panel within its border, in the body's coordinates.
func chromeClip(x, y float64, in Input) *draw.Rect {
	return &draw.Rect{X: chromeBorder - x, Y: chromeBorder - y, W: in.W - 2*chromeBorder, H: in.H - 2*chromeBorder, R: chromeRadius - chromeBorder}
}
