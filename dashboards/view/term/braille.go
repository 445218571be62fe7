package term

import (
	"image/color"
	"math"
)

// dots is a field of braille dots, two by four in a character
// (Unicode block Braille Patterns, U+2800).
type dots struct {
	w, h int // characters
	bits []uint8
	inks []color.NRGBA
}

func newDots(w, h int) *dots {
	return &dots{w: w, h: h, bits: make([]uint8, w*h), inks: make([]color.NRGBA, w*h)}
}

// brailleBits are the dots of a character by row and column.
var brailleBits = [4][2]uint8{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}

func (d *dots) set(x, y int, ink color.NRGBA) {
	if x < 0 || y < 0 || x >= 2*d.w || y >= 4*d.h {
		return
	}
	i := y/4*d.w + x/2
	d.bits[i] |= brailleBits[y%4][x%2]
	d.inks[i] = ink
}

// line sets the dots from one point to another. It never takes more steps than
// there are dots: values far outside are cut off first.
func (d *dots) line(x1, y1, x2, y2 float64, ink color.NRGBA) {
	limit := float64(8 * (d.h + d.w))
	y1, y2 = clamp(y1, -limit, limit), clamp(y2, -limit, limit)
	steps := int(math.Ceil(max(math.Abs(x2-x1), math.Abs(y2-y1), 1)))
	for i := range steps + 1 {
		t := float64(i) / float64(steps)
		d.set(int(math.Round(x1+t*(x2-x1))), int(math.Round(y1+t*(y2-y1))), ink)
	}
}

// onto writes the characters to a canvas.
func (d *dots) onto(c *Canvas, x, y int) {
	for i, bits := range d.bits {
		if bits != 0 {
			to := c.at(x+i%d.w, y+i/d.w)
			to.r, to.ink, to.style = rune(0x2800+int(bits)), d.inks[i], plain
		}
	}
}

func clamp(v, lo, hi float64) float64 { return math.Max(lo, math.Min(hi, v)) }
