// Package term draws panels in a terminal: graphs of braille dots, bars of block
// elements, tables of text.
package term

import (
	"image/color"
	"unicode"

	"golang.org/x/text/width"
)

// Canvas is a grid of characters.
type Canvas struct {
	W, H  int
	cells []cell
}

// cell is one character; a wide character is followed by a cell of rune 0.
type cell struct {
	r      rune
	ink    color.NRGBA // alpha 0 is the terminal's own colour
	ground color.NRGBA
	style  style
}

// style is how a text stands out without a colour.
type style uint8

const (
	plain style = iota
	bold
	faint
)

// NewCanvas makes an empty canvas of w x h characters; less than one is one.
func NewCanvas(w, h int) *Canvas {
	w, h = max(w, 1), max(h, 1)
	c := &Canvas{W: w, H: h, cells: make([]cell, w*h)}
	for i := range c.cells {
		c.cells[i].r = ' '
	}
	return c
}

// at is the cell at x, y, or one that is thrown away if that is outside.
func (c *Canvas) at(x, y int) *cell {
	if x < 0 || y < 0 || x >= c.W || y >= c.H {
		return &cell{}
	}
	return &c.cells[y*c.W+x]
}

// text writes at x, y and returns the x behind it. What does not fit before
// limit is cut, with an ellipsis as the sign of it.
func (c *Canvas) text(x, y, limit int, s string, ink color.NRGBA, st style) int {
	limit = min(limit, c.W)
	room := limit - x
	if room <= 0 {
		return x
	}
	for _, r := range cut(s, room) {
		n := runeWidth(r)
		if n == 0 {
			continue
		}
		*c.at(x, y) = cell{r: r, ink: ink, ground: c.at(x, y).ground, style: st}
		if n == 2 {
			*c.at(x+1, y) = cell{ground: c.at(x, y).ground}
		}
		x += n
	}
	return x
}

// right writes a text that ends before x.
func (c *Canvas) right(x, y int, s string, ink color.NRGBA, st style) {
	c.text(x-textWidth(s), y, x, s, ink, st)
}

// paint puts a canvas onto this one.
func (c *Canvas) paint(x, y int, other *Canvas) {
	for j := range other.H {
		for i := range other.W {
			*c.at(x+i, y+j) = other.cells[j*other.W+i]
		}
	}
}

// cut shortens a text to a width in characters and leaves out what could move
// the cursor: names and values come from elsewhere, and an escape sequence in
// one of them would take over the terminal.
func cut(s string, room int) string {
	s = clean(s)
	if textWidth(s) <= room {
		return s
	}
	used := 0
	for i, r := range s {
		if n := runeWidth(r); used+n > room-1 {
			return s[:i] + "…"
		} else {
			used += n
		}
	}
	return s
}

// clean makes spaces of line breaks and drops what is not printed.
func clean(s string) string {
	var out []rune
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t':
			out = append(out, ' ')
		case unicode.IsPrint(r):
			out = append(out, r)
		}
	}
	return string(out)
}

// textWidth is how many columns a text takes.
func textWidth(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// runeWidth follows Unicode Standard Annex #11, East Asian Width.
func runeWidth(r rune) int {
	if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
