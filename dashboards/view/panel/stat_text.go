package panel

import (
	"image/color"
	"math"
	"unicode/utf8"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
)

const (
	// statLine is the height of a line of a value, in sizes of its font.
	statLine = 1.2
	// statBaseline is how far below the middle of a line its baseline lies, in
	// sizes of the font: half of Inter's ascent less its descent.
	statBaseline = 0.3637
)

// statDrop is how far below the middle of a line a browser sets its baseline: it
// counts the ascent and the descent of a font, and what a line leaves above them,
// in whole pixels.
func statDrop(size float64) float64 {
	ascent, descent := math.Round(size*0.96875), math.Round(size*0.24137)
	return math.Floor((size*statLine-ascent-descent)/2) + ascent - size*statLine/2
}

// statFit is the largest size, px, at which a text is at most width wide and its
// line, of line sizes, at most height high.
func statFit(text string, width, height, line float64, weight int) float64 {
	size := height / line
	if text != "" {
		// Grafana measures at 14 px and leaves 2 px of that for rounding.
		size = math.Min(size, width*14/(statTight(14, weight).Width(text)+2))
	}
	return math.Max(size, 0)
}

// statTight is a font as Grafana measures it on a canvas, where letters have no
// spacing; on the page they have 0.15 px each.
func statTight(size float64, weight int) draw.Font {
	return draw.Font{Size: size, Weight: weight, Spacing: -0.15}
}

// statLongest is the text with the most letters, the first of them if several
// have as many: what sizes all values of a panel alike.
func statLongest(n int, text func(int) string) string {
	longest, letters := "", 0
	for i := 0; i < n; i++ {
		if t := text(i); utf8.RuneCountInString(t) > letters {
			longest, letters = t, utf8.RuneCountInString(t)
		}
	}
	return longest
}

// statSuffix is the size of a unit beside a value: the smaller the value, the
// nearer to it.
func statSuffix(size float64) float64 {
	switch {
	case size < 20:
		return size * 0.9
	case size < 26:
		return size * 0.8
	}
	return size * 0.6
}

// statValue is a value as it is set: the unit smaller than the number.
type statValue struct {
	shown  frame.Shown
	size   float64 // px, of the number
	weight int
}

func (v statValue) fonts() (text, unit draw.Font) {
	return draw.Font{Size: v.size, Weight: v.weight}, draw.Font{Size: statSuffix(v.size), Weight: v.weight}
}

// width is the length of the value with its unit, px.
func (v statValue) width() float64 {
	text, unit := v.fonts()
	return unit.Width(v.shown.Prefix) + text.Width(v.shown.Text) + unit.Width(v.shown.Suffix)
}

// draw sets the value on a baseline from x on.
func (v statValue) draw(x, baseline float64, ink color.NRGBA) []draw.Node {
	var nodes []draw.Node
	text, unit := v.fonts()
	for _, part := range []struct {
		text string
		font draw.Font
	}{{v.shown.Prefix, unit}, {v.shown.Text, text}, {v.shown.Suffix, unit}} {
		if part.text == "" {
			continue
		}
		nodes = append(nodes, &draw.Text{X: x, Y: baseline, Text: part.text, Font: part.font, Color: ink})
		x += part.font.Width(part.text)
	}
	return nodes
}

// statLabel is a line of text around middle, cut to width.
func statLabel(text string, x, middle, width float64, font draw.Font, align draw.Align, ink color.NRGBA) []draw.Node {
	text = chromeCut(text, font, width)
	if text == "" {
		return nil
	}
	return []draw.Node{&draw.Text{X: x, Y: middle + font.Size*statBaseline, Text: text, Font: font, Align: align, Color: ink}}
}

// statName is a label on a line of its own that a browser lays out, which sets it
// like a value.
func statName(text string, x, middle, width float64, font draw.Font, align draw.Align, ink color.NRGBA) []draw.Node {
	return statLabel(text, x, middle+statDrop(font.Size)-font.Size*statBaseline, width, font, align, ink)
}
