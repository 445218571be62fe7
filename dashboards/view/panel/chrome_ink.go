package panel

import (
	"image/color"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// inks are the colours of frame, header and texts.
type inks struct {
	text, dim, link, border, panel, errorFill, onError, grid color.NRGBA
}

func chromeInk(t theme.Theme) inks {
	i := inks{
		text: color.NRGBA{204, 204, 220, 255}, dim: color.NRGBA{204, 204, 220, 166},
		link: color.NRGBA{0x6e, 0x9f, 0xff, 255}, border: color.NRGBA{204, 204, 220, 31},
		panel: color.NRGBA{0x18, 0x1b, 0x1f, 255}, errorFill: color.NRGBA{0xd1, 0x0e, 0x5c, 255},
		onError: color.NRGBA{255, 255, 255, 255}, grid: color.NRGBA{240, 250, 255, 23},
	}
	if t.Light {
		i = inks{
			text: color.NRGBA{36, 41, 46, 255}, dim: color.NRGBA{36, 41, 46, 191},
			link: color.NRGBA{0x1f, 0x62, 0xe0, 255}, border: color.NRGBA{36, 41, 46, 31},
			panel: color.NRGBA{255, 255, 255, 255}, errorFill: color.NRGBA{0xe0, 0x22, 0x6e, 255},
			onError: color.NRGBA{255, 255, 255, 255}, grid: color.NRGBA{0, 10, 23, 23},
		}
	}
	return i
}

// legendArrow is the small mark of the column that a table is sorted by, which
// points down when the largest comes first.
func legendArrow(x, y float64, down bool, ink color.NRGBA) draw.Node {
	tip := -1.5
	if down {
		tip = 1.5
	}
	var o draw.Outline
	o.Move(x, y-tip)
	o.Line(x+2.5, y+tip)
	o.Line(x+5, y-tip)
	return &draw.Path{Outline: o, Stroke: draw.Stroke{Paint: draw.Solid(ink), Width: 1.2, Round: true}}
}
