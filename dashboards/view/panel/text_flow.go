package panel

import (
	"image/color"
	"math"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// Measured on Grafana 12.4, px.
const (
	textSize      = 14
	textLine      = 22
	textGap       = 16 // between blocks
	textIndent    = 24 // of a list
	textCodeSize  = 12
	textCodeLine  = 17
	textCodePad   = 11
	textQuoteSize = 17.5
	textDeepest   = 12 // levels of lists and quotes that are still indented
)

// textFlow lays blocks out from the top of a panel downwards.
type textFlow struct {
	in    Input
	w, h  float64
	y     float64 // where the next block begins
	gap   float64 // what lies between it and the one before
	size  float64 // of the font, 0 for textSize
	depth int
	nodes []draw.Node
}

// full tells whether what follows lies below the panel.
func (f *textFlow) full() bool { return f.y > f.h }

func (f *textFlow) add(nodes ...draw.Node) { f.nodes = append(f.nodes, nodes...) }

// begin makes room between the block before and the next.
func (f *textFlow) begin() {
	f.y += f.gap
	f.gap = textGap
}

// style is how text is written that is not marked up.
func (f *textFlow) style() textStyle {
	size := f.size
	if size == 0 {
		size = textSize
	}
	return textStyle{font: draw.Font{Size: size}, ink: f.in.Theme.Text()}
}

// plain writes text without marks: a paragraph for each line.
func (f *textFlow) plain(content string) {
	for _, line := range strings.Split(content, "\n") {
		if f.full() {
			return
		}
		if words := textWords(line, f.style(), nil); len(words) > 0 {
			f.begin()
			f.paragraph(words, 0, textLine)
		}
	}
}

// paragraph writes words in as many lines as they take.
func (f *textFlow) paragraph(words []textWord, x, line float64) {
	for _, l := range textWrap(words, f.w-x) {
		if f.full() {
			return
		}
		f.add(l.draw(f.in, x, f.y+line/2)...)
		f.y += line
	}
}

// code writes lines as they are into a box.
func (f *textFlow) code(content string, x float64) {
	f.begin()
	lines := strings.Split(strings.TrimRight(content, "\n"), "\n")
	height := 2*textCodePad + 2 + textCodeLine*float64(len(lines))
	width := math.Max(f.w-x, 0)
	f.add(&draw.Rect{X: x + 0.5, Y: f.y + 0.5, W: math.Max(width-1, 0), H: height - 1, R: 4, Stroke: f.stroke(f.in.Theme.BorderMedium())})
	inside := &draw.Group{X: x + 1, Y: f.y + 1, Clip: &draw.Rect{W: math.Max(width-2, 0), H: height - 2}}
	for i, line := range lines {
		top := textCodePad + textCodeLine*float64(i)
		if f.y+top > f.h {
			break
		}
		line = strings.ReplaceAll(line, "\t", "    ")
		inside.Nodes = append(inside.Nodes, statLabel(line, textCodePad+1, top+textCodeLine/2.0, math.Inf(1),
			draw.Font{Size: textCodeSize, Mono: true}, draw.Start, f.in.Theme.Text())...)
	}
	f.add(inside)
	f.y += height
}

// rule draws a line across.
func (f *textFlow) rule(x float64) {
	f.begin()
	f.add(&draw.Rect{X: x, Y: math.Round(f.y), W: math.Max(f.w-x, 0), H: 1, Fill: draw.Solid(f.in.Theme.BorderMedium())})
	f.y++
}

func (f *textFlow) stroke(ink color.NRGBA) draw.Stroke {
	return draw.Stroke{Paint: draw.Solid(ink), Width: 1}
}
