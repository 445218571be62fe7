package theme

import (
	"image/color"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
)

// Color finds a colour by what a dashboard calls it: a name of Grafana's such as
// "semi-dark-red", "transparent", "text", #rgb, #rrggbb, #rrggbbaa, rgb(...),
// rgba(...) or a name of CSS. What is not understood is grey (the theme's
// secondary text).
func (t Theme) Color(name string) color.NRGBA {
	if c, ok := t.Find(name); ok {
		return c
	}
	return t.TextSecondary()
}

// Find is [Theme.Color] for callers that have another answer to a name that is
// not understood.
func (t Theme) Find(name string) (color.NRGBA, bool) {
	if c, ok := t.named(name); ok {
		return c, true
	}
	name = strings.ToLower(strings.TrimSpace(name))
	if digits, ok := strings.CutPrefix(name, "#"); ok {
		return parseHex(digits)
	}
	if _, args, ok := strings.Cut(name, "("); ok && strings.HasPrefix(name, "rgb") {
		return parseRGB(strings.TrimSuffix(args, ")"))
	}
	c, ok := colornames.Map[name]
	return color.NRGBA(c), ok // all of them are opaque
}

func parseHex(digits string) (color.NRGBA, bool) {
	v, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || digits[0] == '+' {
		return color.NRGBA{}, false
	}
	switch len(digits) {
	case 3:
		v = v<<4 | 0xf
		fallthrough
	case 4: // each digit stands for two
		twice := func(shift uint) uint8 { return uint8(v>>shift&0xf) * 0x11 }
		return color.NRGBA{twice(12), twice(8), twice(4), twice(0)}, true
	case 6:
		return opaque(uint32(v)), true
	case 8:
		return Theme{}.pick(uint32(v), 0), true
	}
	return color.NRGBA{}, false
}

// parseRGB reads what is in the parentheses of rgb() and rgba(), with commas or
// with spaces and a slash (CSS Color 4).
func parseRGB(args string) (color.NRGBA, bool) {
	parts := strings.FieldsFunc(args, func(r rune) bool { return strings.ContainsRune(", /", r) })
	if len(parts) != 3 && len(parts) != 4 {
		return color.NRGBA{}, false
	}
	channels := [4]uint8{3: 255}
	for i, part := range parts {
		number, percent := strings.CutSuffix(part, "%")
		v, err := strconv.ParseFloat(number, 64)
		if err != nil || math.IsNaN(v) {
			return color.NRGBA{}, false
		}
		switch {
		case percent:
			v = v / 100 * 255
		case i == 3:
			v *= 255
		}
		channels[i] = uint8(math.Round(min(max(v, 0), 255)))
	}
	return color.NRGBA{channels[0], channels[1], channels[2], channels[3]}, true
}
