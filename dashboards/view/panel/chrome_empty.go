package panel

import (
	"image/color"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// chromeNoData is the body of a panel that has nothing to show. Grafana tells the
// reason when the mark in the header is pointed at; a picture has to write it.
func chromeNoData(in Input, w, h float64) body {
	nodes := []draw.Node{chromeCentred("No data", w/2, h/2, draw.Font{Size: 18}, in.Theme.TextSecondary(), w)}
	if in.Err != nil {
		nodes = append(nodes, chromeCentred(chromeErrorText(in.Err), w/2, h/2+26, draw.Font{Size: 12}, in.Theme.TextSecondary(), w))
	}
	return body{nodes: nodes}
}

// chromeUnknown is the body of a panel of a type that is not drawn.
func chromeUnknown(in Input, w, h float64) body {
	kind := in.Panel.Type
	if kind == "" {
		kind = "(none)"
	}
	frame := &draw.Rect{X: 0.5, Y: 0.5, W: w - 1, H: h - 1, R: 2, Stroke: draw.Stroke{Paint: draw.Solid(in.Theme.TextSecondary()), Width: 1, Dash: []float64{4, 4}}}
	label := chromeCentred(kind, w/2, h/2, draw.Font{Size: 18, Mono: true}, in.Theme.Text(), w)
	note := chromeCentred("this type of panel is not drawn", w/2, h/2+22, draw.Font{Size: 12}, in.Theme.TextSecondary(), w)
	return body{nodes: []draw.Node{frame, label, note}}
}

// chromeErrorText is an error in one line of bounded length.
func chromeErrorText(err error) string { return chromeShort(err.Error()) }

// chromeShort makes one line of bounded length of any text.
func chromeShort(text string) string {
	const most = 300
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return text
}

// chromeCentred is a text around x, y, cut to a width.
func chromeCentred(text string, x, y float64, font draw.Font, ink color.NRGBA, w float64) draw.Node {
	return &draw.Text{X: x, Y: y + 0.36*font.Size, Text: chromeCut(text, font, w-8), Font: font, Color: ink, Align: draw.Middle}
}
