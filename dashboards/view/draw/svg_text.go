package draw

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

func (d *svg) text(t *Text) {
	if t.Text == "" || t.Color.A == 0 {
		return
	}
	x, y := t.X, t.Y+t.Font.baseline(t.Baseline)
	d.raw("<text")
	d.number("x", x)
	d.number("y", y)
	d.number("font-size", t.Font.Size)
	d.fontAttributes(t.Font)
	d.color("fill", "fill-opacity", t.Color)
	if t.Align != Start {
		d.attr("text-anchor", [...]string{Middle: "middle", End: "end"}[min(t.Align, End)])
	}
	if t.Rotate != 0 {
		d.numbers(` transform="rotate(`, `)"`, t.Rotate, t.X, t.Y)
	}
	if t.Text[0] == ' ' || t.Text[len(t.Text)-1] == ' ' || strings.Contains(t.Text, "  ") {
		d.raw(` xml:space="preserve"`)
	}
	d.raw(">")
	d.out = appendEscaped(d.out, t.Text)
	d.raw("</text>")
}

func (d *svg) fontAttributes(f Font) {
	if f.Mono {
		d.attr("font-family", "Go Mono,ui-monospace,Menlo,DejaVu Sans Mono,monospace")
	} else if f.medium() {
		d.attr("font-weight", "500")
	}
	if f.Italic {
		d.attr("font-style", "italic")
	}
	if f.Spacing != 0 {
		d.number("letter-spacing", letterSpacing+f.Spacing)
	}
}

// element writes an element with a text, unless it is empty.
func (d *svg) element(name, text string) {
	if text == "" {
		return
	}
	d.raw("<" + name + ">")
	d.out = appendEscaped(d.out, text)
	d.raw("</" + name + ">")
}

func (d *svg) raw(s string) { d.out = append(d.out, s...) }

func (d *svg) attr(name, value string) {
	d.raw(" ")
	d.raw(name)
	d.raw(`="`)
	d.out = appendEscaped(d.out, value)
	d.raw(`"`)
}

func (d *svg) number(name string, v float64) {
	d.raw(" ")
	d.raw(name)
	d.raw(`="`)
	d.out = appendNumber(d.out, v)
	d.raw(`"`)
}

// numbers writes several with spaces between.
func (d *svg) numbers(before, after string, list ...float64) {
	d.raw(before)
	for i, v := range list {
		if i > 0 {
			d.raw(" ")
		}
		d.out = appendNumber(d.out, v)
	}
	d.raw(after)
}

// appendEscaped writes a text for an element or an attribute. What XML 1.0 does
// not allow is dropped, and a line break is a space.
func appendEscaped(out []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r == '&':
			out = append(out, "&amp;"...)
		case r == '<':
			out = append(out, "&lt;"...)
		case r == '>':
			out = append(out, "&gt;"...)
		case r == '"':
			out = append(out, "&#34;"...)
		case r == '\n', r == '\t', r == '\r':
			out = append(out, ' ')
		case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff:
		default:
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}

// farthest is the largest coordinate that is written, in px.
const farthest = 1e6

// hundredths rounds a length to what is written of it.
func hundredths(v float64) int64 {
	if math.IsNaN(v) {
		return 0
	}
	return int64(math.Round(min(max(v, -farthest), farthest) * 100))
}

// appendNumber writes a length with at most two decimals.
func appendNumber(out []byte, v float64) []byte { return appendHundredths(out, hundredths(v)) }

func appendHundredths(out []byte, v int64) []byte {
	if v < 0 {
		out = append(out, '-')
		v = -v
	}
	whole, rest := v/100, v%100
	if whole > 0 || rest == 0 {
		out = strconv.AppendInt(out, whole, 10)
	}
	switch {
	case rest == 0:
	case rest%10 == 0:
		out = append(out, '.', byte('0'+rest/10))
	default:
		out = append(out, '.', byte('0'+rest/10), byte('0'+rest%10))
	}
	return out
}
