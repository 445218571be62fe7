package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// group is the place of a row's bars along the other axis.
func (v *barView) group(row int) (start, size float64) {
	width := 0.7
	if v.options.GroupWidth != nil {
		width = clampTo(*v.options.GroupWidth, 0.01, 1)
	}
	if v.sideways {
		return spread(row, len(v.data.names), width, v.box.y, v.box.h)
	}
	return spread(row, len(v.data.names), width, v.box.x, v.box.w)
}

// bar is the box of a bar: the i-th of its group, or all of it where bars are
// stacked.
func (v *barView) bar(row, i int, b barSpan) plotBox {
	start, size := v.group(row)
	width := 0.97
	if v.options.BarWidth != nil {
		width = clampTo(*v.options.BarWidth, 0.01, 1)
	}
	n := len(v.data.series)
	if v.stacked() {
		i, n = 0, 1
	}
	start, size = spread(i, n, width, start, size)
	start, size = v.data.series[i].crisp(start, size)
	a, z := math.Round(v.along(b.from)), math.Round(v.along(b.to))
	if v.sideways {
		return plotBox{min(a, z), start, math.Abs(z - a), size}
	}
	return plotBox{start, min(a, z), size, math.Abs(z - a)}
}

// crisp moves the sides of a bar to whole pixels, where its line is sharp, so that
// all bars of a series have one width. Bars too thin for that stay where they are.
func (s barSeries) crisp(start, size float64) (from, width float64) {
	line := s.line()
	if size < 2*line+1 {
		return start, size
	}
	return math.Round(start + line/2), math.Round(size-line) + line
}

func (v *barView) stacked() bool {
	return v.options.Stacking == "normal" || v.options.Stacking == "percent"
}

// bars draws all bars and their values.
func (v *barView) bars() []draw.Node {
	var nodes, texts []draw.Node
	size := v.textSize()
	for row := range v.data.names {
		for i, b := range v.data.row(row, v.options.Stacking) {
			if math.IsNaN(b.value) {
				continue
			}
			s := v.data.series[i]
			box := v.bar(row, i, b)
			ink := v.data.color(row, i)
			nodes = append(nodes, s.rect(box, ink, v.options.BarRadius))
			if size > 0 {
				texts = append(texts, v.barText(s.show.Number(b.value).String(), b, box, size, ink)...)
			}
		}
	}
	return append(nodes, texts...)
}

// rect is the shape of a bar of a series.
func (s barSeries) rect(b plotBox, ink color.NRGBA, radius float64) draw.Node {
	opacity := 0.8
	if s.custom.FillOpacity != nil {
		opacity = clampTo(*s.custom.FillOpacity/100, 0, 1)
	}
	fill := draw.Solid(theme.Alpha(ink, opacity))
	if s.custom.GradientMode == "opacity" {
		fill = draw.Paint{Gradient: &draw.Gradient{X1: b.x, Y1: b.y, X2: b.x, Y2: b.y + b.h, Stops: []draw.Stop{
			{At: 0, Color: theme.Alpha(ink, opacity)}, {At: 1, Color: theme.Alpha(ink, opacity*0.2)},
		}}}
	}
	r := outlined(b, fill, ink, s.line())
	r.R = min(clampTo(radius, 0, 0.5)*min(b.w, b.h), b.h/2)
	return r
}

// line is the width of the outline in px.
func (s barSeries) line() float64 {
	if s.custom.LineWidth == nil {
		return 1
	}
	return clampTo(*s.custom.LineWidth, 0, 10)
}

// outlined is a filled box with its outline inside.
func outlined(b plotBox, fill draw.Paint, ink color.NRGBA, line float64) *draw.Rect {
	r := &draw.Rect{X: b.x, Y: b.y, W: b.w, H: b.h, Fill: fill}
	if line > 0 && b.w > line && b.h > line {
		r.X, r.Y, r.W, r.H = b.x+line/2, b.y+line/2, b.w-line, b.h-line
		r.Stroke = draw.Stroke{Paint: draw.Solid(ink), Width: line}
	}
	return r
}
