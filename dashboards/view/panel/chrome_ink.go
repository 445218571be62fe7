package panel

import (
	"image/color"

	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// inks are the colours of texts and lines.
type inks struct {
	text, dim, link, border, grid color.NRGBA
}

func chromeInk(t theme.Theme) inks {
	return inks{t.Text(), t.TextSecondary(), t.Link(), t.Border(), t.Grid()}
}
