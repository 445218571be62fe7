package draw_test

import (
	"image/color"
	"io"
	"math"
	"testing"

	. "github.com/ginsight/ginsight/dashboards/view/draw"
)

// crowd is a panel of 50 lines of 1,000 points with axes, which is a lot.
func crowd() Scene {
	s := Scene{W: 800, H: 400, Background: paper}
	plot := &Group{X: 50, Y: 40, Clip: &Rect{W: 740, H: 300}}
	for i := range 50 {
		var o Outline
		for k := range 1000 {
			x, y := 740*float64(k)/999, 150+100*math.Sin(float64(k)/40+float64(i)/8)+20*math.Sin(float64(k*(i+7)))
			if k == 0 {
				o.Move(x, y)
			} else {
				o.Line(x, y)
			}
		}
		c := color.NRGBA{uint8(40 + 4*i), uint8(240 - 4*i), 128, 255}
		plot.Nodes = append(plot.Nodes, &Path{Outline: o, Stroke: line(c, 1)})
	}
	s.Nodes = append(s.Nodes, plot)
	for i := range 12 {
		s.Nodes = append(s.Nodes, &Text{X: 50 + 60*float64(i), Y: 360, Text: "00:05", Font: Font{Size: 12}, Color: ink, Align: Middle})
	}
	return s
}

func BenchmarkSVG(b *testing.B) {
	s := crowd()
	b.ReportAllocs()
	for b.Loop() {
		if err := s.SVG(io.Discard, SVGOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkImage(b *testing.B) {
	s := crowd()
	b.ReportAllocs()
	for b.Loop() {
		s.Image(1)
	}
}

func BenchmarkPNG(b *testing.B) {
	s := crowd()
	b.ReportAllocs()
	for b.Loop() {
		if err := s.PNG(io.Discard, 1); err != nil {
			b.Fatal(err)
		}
	}
}
