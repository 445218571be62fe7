package draw_test

import (
	"image/color"

	. "github.com/ginsight/ginsight/dashboards/view/draw"
)

var (
	ink    = color.NRGBA{204, 204, 220, 255}
	paper  = color.NRGBA{24, 27, 31, 255}
	green  = color.NRGBA{115, 191, 105, 255}
	yellow = color.NRGBA{250, 222, 42, 255}
	blue   = color.NRGBA{87, 148, 242, 255}
	red    = color.NRGBA{242, 73, 92, 255}
)

// everything is a scene with all that a scene can have but fonts for code, which
// every browser has its own of.
func everything() Scene {
	return Scene{
		W: 400, H: 300, Background: paper, Title: "Everything", Description: "Shapes, paints and texts.",
		Nodes: []Node{
			&Rect{X: 10.5, Y: 10.5, W: 379, H: 279, R: 6, Stroke: line(color.NRGBA{204, 204, 220, 31}, 1)},
			&Group{X: 20, Y: 20, Class: "shapes", ID: "s", Title: "A & B", Nodes: shapes()},
			&Group{X: 220, Y: 20, Nodes: strokes()},
			&Group{X: 20, Y: 160, Role: "list", Title: "texts", Nodes: texts()},
			clipped(),
			&Group{X: 310, Y: 180, Opacity: 0.5, Href: "https://example.org/?a=1&b=2", Nodes: []Node{
				&Rect{W: 40, H: 40, Fill: Solid(green)},
				&Circle{X: 40, Y: 20, R: 20, Fill: Solid(red)},
			}},
		},
	}
}

func line(c color.NRGBA, width float64) Stroke { return Stroke{Paint: Solid(c), Width: width} }

func gradient(x1, y1, x2, y2 float64, stops ...Stop) Paint {
	return Paint{Gradient: &Gradient{X1: x1, Y1: y1, X2: x2, Y2: y2, Stops: stops}}
}

func radial(x1, y1, x2, y2 float64, stops ...Stop) Paint {
	p := gradient(x1, y1, x2, y2, stops...)
	p.Gradient.Radial = true
	return p
}

func stop(at float64, c color.NRGBA) Stop { return Stop{At: at, Color: c} }

func shapes() []Node {
	var ring, wave Outline
	ring.Arc(150, 60, 35, 2.5, 6.9)
	ring.Arc(150, 60, 22, 6.9, 2.5)
	ring.Close()
	wave.Move(0, 120)
	wave.Curve(30, 80, 60, 130, 90, 100)
	wave.Line(90, 130)
	wave.Line(0, 130)
	wave.Close()
	across := gradient(0, 0, 80, 0, stop(0, green), stop(0.5, yellow), stop(0.5, blue), stop(1, red))
	down := gradient(0, 90, 0, 130, stop(0, blue), stop(1, color.NRGBA{87, 148, 242, 0}))
	return []Node{
		&Rect{W: 80, H: 30, Fill: across},
		&Rect{Y: 40, W: 80, H: 30, R: 8, Fill: Solid(color.NRGBA{242, 73, 92, 128}), Stroke: line(red, 2)},
		&Path{Outline: wave, Fill: down, Stroke: line(blue, 1)},
		&Path{Outline: ring, Fill: Solid(green)},
		&Circle{X: 150, Y: 60, R: 12, Stroke: Stroke{Paint: across, Width: 3}},
		&Circle{X: 110, Y: 15, R: 8, Fill: Solid(ink)},
		&Rect{X: 130, Y: 0, W: 40, H: 20, R: 3, Fill: radial(150, 10, 170, 20, stop(0, yellow), stop(1, red))},
	}
}

func strokes() []Node {
	zigzag := func(y float64) (o Outline) {
		o.Move(0, y+20)
		for i, dy := range []float64{0, 20, 4, 20, 18, 2} {
			o.Line(float64((i+1)*(i+1))*4, y+dy)
		}
		return o
	}
	return []Node{
		&Path{Outline: zigzag(0), Stroke: line(green, 1)},
		&Path{Outline: zigzag(30), Stroke: line(blue, 4)},
		&Path{Outline: zigzag(60), Stroke: Stroke{Paint: Solid(red), Width: 4, Round: true}},
		&Path{Outline: zigzag(90), Stroke: Stroke{Paint: Solid(ink), Width: 2, Dash: []float64{6, 4}}},
		&Path{Outline: zigzag(120), Stroke: Stroke{Paint: Solid(green), Width: 3, Dash: []float64{0, 6}, Round: true}},
	}
}

func texts() []Node {
	return []Node{
		&Text{Y: 14, Text: "Requests, AVATAR, 0.95 µs", Font: Font{Size: 14, Weight: 500}, Color: ink},
		&Text{Y: 34, Text: "regular 12 px → <b> & more", Font: Font{Size: 12}, Color: ink},
		&Text{Y: 52, Text: "italic", Font: Font{Size: 12, Italic: true}, Color: ink},
		&Text{X: 60, Y: 52, Text: "tight heading", Font: Font{Size: 16, Spacing: -0.65}, Color: ink},
		&Text{X: 100, Y: 66, Text: "end top", Font: Font{Size: 12}, Color: ink, Align: End, Baseline: Top},
		&Text{X: 100, Y: 66, Text: "middle", Font: Font{Size: 12}, Color: red, Align: Middle, Baseline: Bottom},
		&Text{X: 150, Y: 95, Text: "turned", Font: Font{Size: 12}, Color: ink, Align: Middle, Baseline: Central, Rotate: -90},
		&Text{X: 20, Y: 112, Text: "askew", Font: Font{Size: 12}, Color: ink, Rotate: -20},
		&Text{X: 160, Y: 66, Text: "72", Font: Font{Size: 32, Weight: 500}, Color: green, Baseline: Top},
		&Text{X: 0, Y: 95, Text: " a  b ", Font: Font{Size: 12}, Color: ink},
	}
}

func clipped() Node {
	return &Group{X: 220, Y: 180, Clip: &Rect{W: 80, H: 40, R: 20}, Nodes: []Node{
		&Rect{W: 80, H: 60, Fill: Solid(blue)},
		&Group{X: 40, Clip: &Rect{W: 80, H: 20.5}, Nodes: []Node{&Rect{W: 99, H: 99, Fill: Solid(red)}}},
	}}
}
