package theme

import (
	"image/color"
	"math"
)

// Contrast is black or white, whichever is to be read on a background; one that
// is translucent lies on a panel. White is preferred while its contrast ratio
// (WCAG 2.2, section 1.4.3) is 3 or more. State timelines are written so.
func (t Theme) Contrast(background color.NRGBA) color.NRGBA {
	if 1.05/(luminance(t.onPanel(background))+0.05) >= 3 {
		return opaque(0xffffff)
	}
	return opaque(0x000000)
}

// TextOn is the almost black or almost white text on the colour of a value, as
// on a stat's background or in a table's cell. It stays white on colours on
// which [Theme.Contrast] is black already: it goes by brightness, the weighted
// mean of red, green and blue.
func (t Theme) TextOn(background color.NRGBA) color.NRGBA {
	c := t.onPanel(background)
	if 299*int(c.R)+587*int(c.G)+114*int(c.B) > 180*1000 {
		return opaque(0x202226)
	}
	return opaque(0xf7f8fa)
}

// onPanel is what a colour looks like on a panel.
func (t Theme) onPanel(c color.NRGBA) color.NRGBA { return Over(c, t.Panel()) }

// Over is what a colour looks like on an opaque one.
func Over(top, bottom color.NRGBA) color.NRGBA {
	mix := func(a, b uint8) uint8 {
		return uint8((int(a)*int(top.A) + int(b)*(255-int(top.A)) + 127) / 255)
	}
	return color.NRGBA{mix(top.R, bottom.R), mix(top.G, bottom.G), mix(top.B, bottom.B), 255}
}

// Alpha is a colour made more transparent: 1 leaves it as it is.
func Alpha(c color.NRGBA, opacity float64) color.NRGBA {
	c.A = uint8(math.Round(float64(c.A) * min(max(opacity, 0), 1)))
	return c
}

// luminance is the relative luminance of WCAG 2.2, from 0 to 1.
func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
