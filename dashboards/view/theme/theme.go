// Package theme has the colours of Grafana 12.4: a light and a dark theme, its
// palette, its named colours and its colour schemes.
package theme

import "image/color"

// Theme is light or dark. The zero Theme is dark.
type Theme struct{ Light bool }

// Canvas is the background of a page.
func (t Theme) Canvas() color.NRGBA { return t.pick(0x111217ff, 0xfbfbfbff) }

// Panel is the background of a panel.
func (t Theme) Panel() color.NRGBA { return t.pick(0x181b1fff, 0xffffffff) }

// Secondary is the background of what lies on a panel: the empty part of a bar,
// a block of code.
func (t Theme) Secondary() color.NRGBA { return t.pick(0x22252bff, 0xf4f5f5ff) }

// Elevated is the background of what floats above a page, such as a tooltip.
func (t Theme) Elevated() color.NRGBA { return t.pick(0x22252bff, 0xffffffff) }

// Border is the weak border: of panels and between rows of a table.
func (t Theme) Border() color.NRGBA { return t.pick(0xccccdc1f, 0x24292e1f) }

// BorderMedium is the border of inputs and the rule under a heading.
func (t Theme) BorderMedium() color.NRGBA { return t.pick(0xccccdc33, 0x24292e4d) }

// BorderStrong is the border of what has to be told apart at a glance.
func (t Theme) BorderStrong() color.NRGBA { return t.pick(0xccccdc4d, 0x24292e66) }

// Text is the colour of text.
func (t Theme) Text() color.NRGBA { return t.pick(0xccccdcff, 0x24292eff) }

// TextSecondary is the colour of names and headers beside a text.
func (t Theme) TextSecondary() color.NRGBA { return t.pick(0xccccdca6, 0x24292ebf) }

// TextDisabled is the colour of text that is least important.
func (t Theme) TextDisabled() color.NRGBA { return t.pick(0xccccdc9c, 0x24292ea6) }

// TextStrong is the text of the most contrast.
func (t Theme) TextStrong() color.NRGBA { return t.pick(0xffffffff, 0x000000ff) }

// Link is the colour of links and of the header of a legend.
func (t Theme) Link() color.NRGBA { return t.pick(0x6e9fffff, 0x1f62e0ff) }

// Primary is the background of a button that is chosen.
func (t Theme) Primary() color.NRGBA { return t.pick(0x3d71d9ff, 0x3871dcff) }

// Error is the background of a mark of an error, under white.
func (t Theme) Error() color.NRGBA { return t.pick(0xd10e5cff, 0xe0226eff) }

// ErrorText is the text of an error.
func (t Theme) ErrorText() color.NRGBA { return t.pick(0xff5286ff, 0xcf0e5bff) }

// WarningText is the text of a warning.
func (t Theme) WarningText() color.NRGBA { return t.pick(0xfbad37ff, 0xb5510dff) }

// SuccessText is the text of what went well.
func (t Theme) SuccessText() color.NRGBA { return t.pick(0x6ccf8eff, 0x0a764eff) }

// Hover lies over what the pointer is on.
func (t Theme) Hover() color.NRGBA { return t.pick(0xccccdc29, 0x24292e1f) }

// Grid is the colour of the lines and ticks of an axis.
func (t Theme) Grid() color.NRGBA { return t.pick(0xf0faff17, 0x000a1717) }

// AxisText is the colour of what is written at an axis.
func (t Theme) AxisText() color.NRGBA { return t.Text() }

// pick chooses one of two colours written as 0xRRGGBBAA.
func (t Theme) pick(dark, light uint32) color.NRGBA {
	v := dark
	if t.Light {
		v = light
	}
	return color.NRGBA{uint8(v >> 24), uint8(v >> 16), uint8(v >> 8), uint8(v)}
}

// opaque is a colour written as 0xRRGGBB.
func opaque(v uint32) color.NRGBA {
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}
