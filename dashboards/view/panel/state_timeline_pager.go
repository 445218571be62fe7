package panel

import (
	"strconv"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// Measured on Grafana 12.4, px.
const (
	pagerHeight = 37
	pagerButton = 24 // high
	pagerArrow  = 32 // wide
	pagerNumber = 22
	pagerGap    = 10
	pagerShift  = 5 // right of the middle
)

// drawPager says at the bottom of a body that there are more pages; the picture
// is the first.
func drawPager(t theme.Theme, pages int, w, h float64) []draw.Node {
	if w < 150 {
		return nil
	}
	shown := min(pages, max(int((w-150)/(pagerNumber+pagerGap)), 1), 7)
	x := w/2 + pagerShift - (2*pagerArrow+float64(shown)*(pagerNumber+pagerGap)+pagerGap)/2
	y := h - pagerHeight + 8
	nodes := pagerChevron(t, x, y, -1)
	x += pagerArrow + pagerGap
	for i := range shown {
		fill, ink := t.Secondary(), t.Text()
		if i == 0 {
			fill, ink = t.Primary(), t.TextStrong()
			if t.Light {
				ink = t.Panel()
			}
		}
		nodes = append(nodes,
			&draw.Rect{X: x, Y: y, W: pagerNumber, H: pagerButton, R: 6, Fill: draw.Solid(fill)},
			&draw.Text{X: x + pagerNumber/2, Y: y + pagerButton/2, Text: pagerText(i, shown, pages), Font: stateFont, Color: ink, Align: draw.Middle, Baseline: draw.Central})
		x += pagerNumber + pagerGap
	}
	return append(nodes, pagerChevron(t, x, y, 1)...)
}

// pagerText is the number of a page; the last is always told.
func pagerText(i, shown, pages int) string {
	switch {
	case i == shown-1:
		return strconv.Itoa(pages)
	case i == shown-2 && shown < pages:
		return "…"
	}
	return strconv.Itoa(i + 1)
}

// pagerChevron is a button that points to the page before (-1) or after (1).
func pagerChevron(t theme.Theme, x, y, to float64) []draw.Node {
	ink := t.TextDisabled()
	var o draw.Outline
	cx, cy := x+pagerArrow/2, y+pagerButton/2
	o.Move(cx-to*1.5, cy-3)
	o.Line(cx+to*1.5, cy)
	o.Line(cx-to*1.5, cy+3)
	fill := t.Secondary()
	fill.A = 128
	return []draw.Node{
		&draw.Rect{X: x, Y: y, W: pagerArrow, H: pagerButton, R: 6, Fill: draw.Solid(fill)},
		&draw.Path{Outline: o, Stroke: draw.Stroke{Paint: draw.Solid(ink), Width: 1.3, Round: true}},
	}
}
