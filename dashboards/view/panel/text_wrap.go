package panel

import (
	"image/color"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// textStyle is how a part of a text is written.
type textStyle struct {
	font   draw.Font
	ink    color.NRGBA
	href   string
	code   bool // in a frame
	struck bool
}

// textCodeEdge is the room that the frame of code takes at each side, px.
const textCodeEdge = 8

// textPart is a piece of a word in one style.
type textPart struct {
	text  string
	style textStyle
}

func (p textPart) width() float64 {
	w := p.style.font.Width(p.text)
	if p.style.code {
		w += 2 * textCodeEdge
	}
	return w
}

// textWord is what is not broken at its inside; Break begins a new line.
type textWord struct {
	parts []textPart
	lead  bool // a space is before it, unless it begins a line
	brk   bool
}

func (w textWord) width() (sum float64) {
	for _, p := range w.parts {
		sum += p.width()
	}
	return sum
}

// space is the width of a space before the word.
func (w textWord) space() float64 {
	if !w.lead || len(w.parts) == 0 {
		return 0
	}
	font := w.parts[0].style.font
	if w.parts[0].style.code {
		font.Mono, font.Size = false, font.Size*textSize/textCodeSize
	}
	return font.Width(" ")
}

// textWords adds a text to words; it goes on with the last word if no space is
// between.
func textWords(text string, style textStyle, words []textWord) []textWord {
	glued := text != "" && !strings.ContainsRune(" \t\n", rune(text[0]))
	for i, piece := range strings.Fields(text) {
		if last := len(words) - 1; i == 0 && glued && last >= 0 && !words[last].open() {
			words[last].parts = append(words[last].parts, textPart{piece, style})
			continue
		}
		words = textAppend(words, textPart{piece, style})
	}
	if trailing := strings.TrimRight(text, " \t\n") != text; trailing {
		words = append(words, textWord{lead: true})
	}
	return words
}

// open tells whether a word waits for its first part: a space or a break.
func (w textWord) open() bool { return len(w.parts) == 0 }

// textAppend begins a word with a part.
func textAppend(words []textWord, p textPart) []textWord {
	if last := len(words) - 1; last >= 0 && words[last].open() {
		words[last].parts = append(words[last].parts, p)
		return words
	}
	return append(words, textWord{parts: []textPart{p}, lead: true})
}

// textWrap breaks words into lines of at most width px; a word that is longer
// than a line is broken anywhere.
func textWrap(words []textWord, width float64) []textRow {
	var rows []textRow
	row, x := textRow{}, 0.0
	flush := func() {
		rows, row, x = append(rows, row), textRow{}, 0
	}
	for _, word := range words {
		if word.brk && (x > 0 || len(rows) > 0) {
			flush()
		}
		if word.open() {
			continue
		}
		for _, w := range textSplit(word, width) {
			if need := w.space() + w.width(); x > 0 && x+need > width {
				flush()
			}
			if x > 0 {
				x += w.space()
			}
			row.words = append(row.words, w)
			x += w.width()
		}
	}
	if len(row.words) > 0 {
		flush()
	}
	return rows
}

// textSplit cuts a word of one part that does not fit any line.
func textSplit(w textWord, width float64) []textWord {
	if len(w.parts) != 1 || w.width() <= width {
		return []textWord{w}
	}
	p := w.parts[0]
	var pieces []textWord
	start, sum := 0, 0.0
	for i, r := range p.text {
		step := p.style.font.Width(string(r))
		if sum+step > width && i > start {
			pieces = append(pieces, textWord{parts: []textPart{{p.text[start:i], p.style}}, lead: w.lead && start == 0})
			start, sum = i, 0
		}
		sum += step
	}
	return append(pieces, textWord{parts: []textPart{{p.text[start:], p.style}}, lead: w.lead && start == 0})
}

// textRow is a line of words.
type textRow struct{ words []textWord }

func (r textRow) width() (sum float64) {
	for i, w := range r.words {
		if i > 0 {
			sum += w.space()
		}
		sum += w.width()
	}
	return sum
}

// draw writes the line from x on; neighbours of one style are one text.
func (r textRow) draw(in Input, x, middle float64) []draw.Node {
	var nodes []draw.Node
	var run textPart
	at := x
	flush := func() {
		if run.text != "" {
			nodes = append(nodes, run.draw(in, at, middle)...)
			at += run.width()
		}
		run = textPart{}
	}
	for i, w := range r.words {
		for j, p := range w.parts {
			space := ""
			if i > 0 && j == 0 && w.lead {
				space = " "
			}
			if run.text != "" && run.style == p.style && !p.style.code {
				run.text += space + p.text
				continue
			}
			flush()
			if space != "" {
				at += w.space()
			}
			run = p
		}
	}
	flush()
	return nodes
}

// draw writes one part from x on.
func (p textPart) draw(in Input, x, middle float64) []draw.Node {
	var nodes []draw.Node
	width := p.width()
	if p.style.code {
		nodes = append(nodes, &draw.Rect{X: x + 2.5, Y: middle - 10.5, W: width - 5, H: 21, R: 4, Stroke: draw.Stroke{Paint: draw.Solid(in.Theme.BorderMedium()), Width: 1}})
		x += textCodeEdge
	}
	nodes = append(nodes, &draw.Text{X: x, Y: middle + p.style.font.Size*statBaseline, Text: p.text, Font: p.style.font, Color: p.style.ink})
	if p.style.struck {
		nodes = append(nodes, &draw.Rect{X: x, Y: middle, W: width, H: 1, Fill: draw.Solid(p.style.ink)})
	}
	if p.style.href != "" {
		return []draw.Node{&draw.Group{Href: p.style.href, Nodes: nodes}}
	}
	return nodes
}
