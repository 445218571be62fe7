package theme

import (
	"image/color"
	"strings"
)

// hues are six shades of each colour from light to dark. A dark theme calls the
// first five super-light, light, plain, semi-dark and dark; a light theme the
// last five.
var hues = map[string][6]uint32{
	"red":    {0xffa6b0, 0xff7383, 0xf2495c, 0xe02f44, 0xc4162a, 0xad0317},
	"orange": {0xffcb7d, 0xffb357, 0xff9830, 0xff780a, 0xfa6400, 0xe55400},
	"yellow": {0xfff899, 0xffee52, 0xfade2a, 0xf2cc0c, 0xe0b400, 0xcc9d00},
	"green":  {0xc8f2c2, 0x96d98d, 0x73bf69, 0x56a64b, 0x37872d, 0x19730e},
	"blue":   {0xc0d8ff, 0x8ab8ff, 0x5794f2, 0x3274d9, 0x1f60c4, 0x1250b0},
	"purple": {0xdeb6f2, 0xca95e5, 0xb877d9, 0xa352cc, 0x8f3bb8, 0x7c2ea3},
}

var shades = map[string]int{"super-light": 0, "light": 1, "": 2, "semi-dark": 3, "dark": 4}

// named finds what Grafana has a name for.
func (t Theme) named(name string) (color.NRGBA, bool) {
	switch name {
	case "text":
		return t.Text(), true
	case "panel-bg":
		return t.Panel(), true
	case "transparent":
		return t.pick(0x00000000, 0xffffff00), true
	}
	shade, hue := "", name
	if i := strings.LastIndexByte(name, '-'); i >= 0 {
		shade, hue = name[:i], name[i+1:]
	}
	row, ok := hues[hue]
	column, ok2 := shades[shade]
	if !ok || !ok2 {
		return color.NRGBA{}, false
	}
	if t.Light {
		column++
	}
	return opaque(row[column]), true
}

// Palette is the colour of the i-th series (palette-classic); the colours repeat.
func (t Theme) Palette(i int) color.NRGBA {
	n := len(classic) + len(classicRest)
	i = (i%n + n) % n
	if i < len(classic) {
		return t.Color(classic[i])
	}
	return opaque(classicRest[i-len(classic)])
}

var classic = [...]string{
	"green", "semi-dark-yellow", "blue", "orange", "red", "purple",
	"dark-green", "dark-yellow", "dark-blue", "dark-orange", "dark-red", "dark-purple",
	"super-light-green", "super-light-yellow", "super-light-blue", "super-light-orange", "super-light-red", "super-light-purple",
}

// classicRest follows classic and is the same in both themes.
var classicRest = [...]uint32{
	0x447ebc, 0xc15c17, 0x890f02, 0x0a437c, 0x6d1f62, 0x584477, 0xb7dbab, 0xf4d598, 0x70dbed, 0xf9ba8f, 0xf29191, 0x82b5d8,
	0xe5a8e2, 0xaea2e0, 0x629e51, 0xe5ac0e, 0x64b0c8, 0xe0752d, 0xbf1b00, 0x0a50a1, 0x962d82, 0x614d93, 0x9ac48a, 0xf2c96d,
	0x65c5db, 0xf9934e, 0xea6460, 0x5195ce, 0xd683ce, 0x806eb7, 0x3f6833, 0x967302, 0x2f575e, 0x99440a, 0x58140c, 0x052b51,
	0x511749, 0x3f2b5b, 0xe0f9d7, 0xfceaca, 0xcffaff, 0xf9e2d2, 0xfce2de, 0xbadff4, 0xf9d9f9, 0xdedaf7,
}
