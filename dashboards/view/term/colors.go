package term

import (
	"fmt"
	"image/color"
	"io"
	"strings"
)

// Depth is how many colours a terminal has.
type Depth uint8

// The depths of terminals.
const (
	Mono Depth = iota
	Palette256
	TrueColor
)

// DepthFromEnv tells the depth by the terminal's environment: NO_COLOR
// (https://no-color.org), COLORTERM and TERM.
func DepthFromEnv(getenv func(string) string) Depth {
	kind := getenv("TERM")
	switch {
	case getenv("NO_COLOR") != "", kind == "", kind == "dumb":
		return Mono
	case getenv("COLORTERM") == "truecolor", getenv("COLORTERM") == "24bit", strings.HasSuffix(kind, "-direct"):
		return TrueColor
	}
	return Palette256
}

// Write writes the canvas as lines with escape sequences for its colours (ECMA-48,
// section 8.3.117), without spaces at the end of lines.
func (c *Canvas) Write(w io.Writer, d Depth) error {
	var b strings.Builder
	for y := range c.H {
		row := c.cells[y*c.W : (y+1)*c.W]
		end := len(row)
		for end > 0 && row[end-1].r == ' ' && row[end-1].ground.A == 0 {
			end--
		}
		writeRow(&b, row[:end], d)
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeRow(b *strings.Builder, row []cell, d Depth) {
	now := ""
	for _, c := range row {
		if c.r == 0 {
			continue // the second half of a wide character
		}
		if want := sequence(c, d); want != now {
			b.WriteString("\x1b[0" + want + "m")
			now = want
		}
		b.WriteRune(c.r)
	}
	if now != "" {
		b.WriteString("\x1b[0m")
	}
}

// sequence is what selects a cell's colours, "" for none.
func sequence(c cell, d Depth) string {
	if d == Mono {
		return ""
	}
	out := [...]string{plain: "", bold: ";1", faint: ";2"}[c.style]
	if c.ink.A > 0 {
		out += ";38" + number(c.ink, d)
	}
	if c.ground.A > 0 {
		out += ";48" + number(c.ground, d)
	}
	return out
}

func number(c color.NRGBA, d Depth) string {
	if d == TrueColor {
		return fmt.Sprintf(";2;%d;%d;%d", c.R, c.G, c.B)
	}
	// The 6 x 6 x 6 cube of xterm's 256 colours has levels 0, 95, 135 ... 255.
	level := func(v uint8) int {
		if v >= 48 && v < 115 {
			return 1 // halfway between 0 and 95 and up
		}
		return max(0, (int(v)-35)/40)
	}
	return fmt.Sprintf(";5;%d", 16+36*level(c.R)+6*level(c.G)+level(c.B))
}
