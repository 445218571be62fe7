package draw_test

import (
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	. "github.com/ginsight/ginsight/dashboards/view/draw"
)

// pixels draws nodes on black, 20 x 20 px, and checks how bright single pixels are.
func pixels(t *testing.T, what string, want map[image.Point]color.RGBA, nodes ...Node) {
	t.Helper()
	img := Scene{W: 20, H: 20, Background: color.NRGBA{A: 255}, Nodes: nodes}.Image(1)
	for at, c := range want {
		if got := img.RGBAAt(at.X, at.Y); max(got.R, c.R)-min(got.R, c.R) > 4 {
			t.Errorf("%s: pixel %v is %v, want %v", what, at, got, c)
		}
	}
}

func TestPixels(t *testing.T) {
	white := color.NRGBA{255, 255, 255, 255}
	grey := func(v uint8) color.RGBA { return color.RGBA{v, v, v, 255} }
	square := &Rect{X: 5, Y: 5, W: 10, H: 10, Fill: Solid(white)}
	far := &Rect{X: -1e9, Y: -1e9, W: 2e9, H: 2e9, Fill: Solid(white)}
	var across, bend Outline
	across.Move(-1e300, 10)
	across.Line(1e300, 10)
	bend.Move(2, 10)
	bend.Line(10, 10)
	bend.Line(10, 18)
	for _, c := range []struct {
		what string
		want map[image.Point]color.RGBA
		node Node
	}{
		{"square", map[image.Point]color.RGBA{{4, 10}: grey(0), {5, 5}: grey(255), {14, 14}: grey(255), {15, 10}: grey(0)}, square},
		{"moved by half a pixel", map[image.Point]color.RGBA{{5, 10}: grey(128), {6, 10}: grey(255), {15, 10}: grey(128)}, &Group{X: 0.5, Nodes: []Node{square}}},
		{"half transparent", map[image.Point]color.RGBA{{10, 10}: grey(128)}, &Rect{W: 20, H: 20, Fill: Solid(color.NRGBA{255, 255, 255, 128})}},
		{"in a faded group", map[image.Point]color.RGBA{{10, 10}: grey(64)}, &Group{Opacity: 0.25, Nodes: []Node{square, square}}},
		{"clipped", map[image.Point]color.RGBA{{7, 10}: grey(255), {8, 10}: grey(0)}, &Group{Clip: &Rect{W: 8, H: 20}, Nodes: []Node{square}}},
		{"clipped to half a pixel", map[image.Point]color.RGBA{{8, 10}: grey(127)}, &Group{Clip: &Rect{W: 8.5, H: 20}, Nodes: []Node{square}}},
		{"clipped twice", map[image.Point]color.RGBA{{6, 10}: grey(0), {7, 10}: grey(255), {8, 10}: grey(0)},
			&Group{Clip: &Rect{W: 8, H: 20}, Nodes: []Node{&Group{X: 7, Clip: &Rect{W: 9, H: 20}, Nodes: []Node{far}}}}},
		{"clipped to nothing", map[image.Point]color.RGBA{{10, 10}: grey(0)}, &Group{Clip: &Rect{X: 50, W: 8, H: 20}, Nodes: []Node{far}}},
		{"larger than all", map[image.Point]color.RGBA{{0, 0}: grey(255), {19, 19}: grey(255)}, far},
		{"line from far to far", map[image.Point]color.RGBA{{0, 9}: grey(255), {19, 10}: grey(255), {9, 8}: grey(0)}, &Path{Outline: across, Stroke: line(white, 2)}},
		{"mitred corner", map[image.Point]color.RGBA{{11, 8}: grey(255), {12, 7}: grey(0), {1, 10}: grey(0)}, &Path{Outline: bend, Stroke: line(white, 4)}},
		{"round corner and ends", map[image.Point]color.RGBA{{11, 8}: grey(80), {1, 9}: grey(255)}, &Path{Outline: bend, Stroke: Stroke{Paint: Solid(white), Width: 4, Round: true}}},
		{"dashes", map[image.Point]color.RGBA{{3, 10}: grey(255), {5, 10}: grey(0), {7, 10}: grey(255)}, &Path{Outline: bend, Stroke: Stroke{Paint: Solid(white), Width: 2, Dash: []float64{2}}}},
		{"ring", map[image.Point]color.RGBA{{10, 10}: grey(0), {15, 10}: grey(255), {13, 13}: grey(255)}, &Circle{X: 10, Y: 10, R: 5, Stroke: line(white, 3)}},
		{"gradient", map[image.Point]color.RGBA{{0, 5}: grey(13), {4, 5}: grey(115), {9, 5}: grey(242), {10, 5}: grey(0), {19, 5}: grey(0)},
			&Rect{W: 20, H: 20, Fill: gradient(0, 0, 10, 0, stop(0, color.NRGBA{A: 255}), stop(1, white), stop(1, color.NRGBA{A: 255}))}},
		{"gradient without a length", map[image.Point]color.RGBA{{5, 5}: grey(255)}, &Rect{W: 20, H: 20, Fill: gradient(3, 3, 3, 3, stop(0, color.NRGBA{A: 255}), stop(1, white))}},
	} {
		pixels(t, c.what, c.want, c.node)
	}
}

func TestSizeOfImage(t *testing.T) {
	for _, c := range []struct{ w, h, scale, wantW, wantH float64 }{
		{800, 400, 1, 800, 400},
		{800, 400, 2, 1600, 800},
		{10.5, 3, 0, 11, 3},
		{10, 10, math.NaN(), 10, 10},
		{-5, math.NaN(), 1, 0, 0},
		{100_000, 1, 1, 1 << 15, 1},
		{20_000, 20_000, 5, 1 << 13, 1 << 13},
		{math.Inf(1), math.Inf(1), math.Inf(1), 1 << 13, 1 << 13},
	} {
		if got := (Scene{W: c.w, H: c.h}).Image(c.scale).Rect.Max; got != image.Pt(int(c.wantW), int(c.wantH)) {
			t.Errorf("%v x %v at %v is %v, want %v x %v", c.w, c.h, c.scale, got, c.wantW, c.wantH)
		}
	}
}

// What a hostile dashboard can ask for is bounded; without a bound this takes
// minutes and gigabytes.
func TestHostileShapesEnd(t *testing.T) {
	var spiral Outline
	for i := range 500 {
		spiral.Line(1e300*math.Sin(float64(i)), -1e300*math.Cos(float64(i)))
		spiral.Curve(1e9, -1e9, -1e9, 1e9, float64(i), float64(i))
	}
	spiral.Arc(5, 5, 1e12, 0, 1e300)
	for _, stroke := range []Stroke{
		{Paint: Solid(red), Width: 1e9, Round: true},
		{Paint: Solid(red), Width: 1, Dash: []float64{0.1}},
	} {
		Scene{W: 20, H: 20, Nodes: []Node{
			&Path{Outline: spiral, Fill: Solid(ink), Stroke: stroke},
			&Text{Text: "large", Font: Font{Size: 1e30}, Color: ink},
			&Text{Text: strings.Repeat("long", 1<<16), Font: Font{Size: 1e4}, Color: ink, Align: Middle},
			&Text{Text: "far", Font: Font{Size: 1e30}, Color: ink, Rotate: math.Inf(1)},
			&Text{Text: "none", Font: Font{Size: -1}, Color: ink, Align: 99, Baseline: 99},
		}}.Image(1)
	}
}
