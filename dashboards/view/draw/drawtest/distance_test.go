package drawtest

import (
	"image"
	"image/color"
	"math"
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// panel is a line at a height on a dark ground, with a text.
func panel(y, width float64, c color.NRGBA) *image.RGBA {
	var line draw.Outline
	line.Move(20, y)
	line.Line(200, y-40)
	line.Line(380, y)
	s := draw.Scene{W: 400, H: 200, Background: color.NRGBA{24, 27, 31, 255}, Nodes: []draw.Node{
		&draw.Path{Outline: line, Stroke: draw.Stroke{Paint: draw.Solid(c), Width: width}},
		&draw.Text{X: 20, Y: 20, Text: "requests", Font: draw.Font{Size: 14}, Color: color.NRGBA{204, 204, 220, 255}},
	}}
	return s.Image(1)
}

func TestDistance(t *testing.T) {
	green, red := color.NRGBA{115, 191, 105, 255}, color.NRGBA{242, 73, 92, 255}
	base := panel(150, 1, green)
	for _, c := range []struct {
		what      string
		other     image.Image
		different bool
	}{
		{"the same", panel(150, 1, green), false},
		{"half a pixel lower", panel(150.5, 1, green), false},
		{"a pixel lower", panel(151, 1, green), false},
		{"four pixels lower", panel(154, 1, green), true},
		{"no line", panel(150, 0, green), true},
		{"a thick line", panel(150, 4, green), true},
		{"another colour", panel(150, 1, red), true},
	} {
		d := Distance(base, c.other)
		if back := Distance(c.other, base); back != d {
			t.Errorf("%s: %v one way and %v the other", c.what, d, back)
		}
		if (d > visible) != c.different {
			t.Errorf("%s: distance %v", c.what, d)
		}
	}
}

func TestDistanceOfSizesAndExtremes(t *testing.T) {
	small, empty := image.NewRGBA(image.Rect(0, 0, 3, 3)), image.NewRGBA(image.Rectangle{})
	white := image.NewUniform(color.White)
	for _, c := range []struct {
		a, b image.Image
		want float64
	}{
		{small, image.NewRGBA(image.Rect(0, 0, 3, 4)), 1},
		{empty, empty, 0},
		{small, image.NewRGBA(image.Rect(5, 5, 8, 8)), 0}, // sizes count, not places
		{small, &onlyWhite{white, small.Rect}, 1},
	} {
		if got := Distance(c.a, c.b); got != c.want {
			t.Errorf("distance is %v, want %v", got, c.want)
		}
	}
	if got := apart(toYIQ(color.RGBA{}), toYIQ(color.RGBA{255, 255, 255, 255})); math.Abs(got-1) > 1e-6 {
		t.Errorf("black is %v from white", got)
	}
	sum := -kernel[0]
	for _, v := range kernel {
		sum += 2 * v
	}
	if math.Abs(sum-1) > 1e-3 {
		t.Errorf("the kernel adds up to %v", sum)
	}
}

type onlyWhite struct {
	*image.Uniform
	rect image.Rectangle
}

func (w *onlyWhite) Bounds() image.Rectangle { return w.rect }

func TestSideBySide(t *testing.T) {
	green := color.NRGBA{115, 191, 105, 255}
	got := SideBySide(panel(150, 1, green), panel(150, 0, green))
	if got.Rect.Dx() != 1200 || got.Rect.Dy() != 200 {
		t.Fatalf("size %v", got.Rect)
	}
	if c := got.RGBAAt(1000, 111); c.R != 255 || c.G != 0 {
		t.Errorf("the missing line is %v, want red", c)
	}
	if c := got.RGBAAt(1000, 10); c.R > 200 {
		t.Errorf("what is the same is %v", c)
	}
}

func BenchmarkDistance(b *testing.B) {
	p := panel(150, 1, color.NRGBA{115, 191, 105, 255})
	for b.Loop() {
		Distance(p, p)
	}
}
