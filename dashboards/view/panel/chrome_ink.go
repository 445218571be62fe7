package panel

import (
	"image/color"

	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// inks are the colours of frame, header and texts.
type inks struct {
	text, dim, link, border, panel, grid color.NRGBA
}

func chromeInk(t theme.Theme) inks {
	return inks{t.Text(), t.TextSecondary(), t.Link(), t.Border(), t.Panel(), t.Grid()}
}
