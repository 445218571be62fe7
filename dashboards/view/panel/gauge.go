package panel

import (
	"encoding/json"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// gaugeGap lies between gauges, px.
const gaugeGap = 8

// gaugeOptions are the options of a gauge panel.
type gaugeOptions struct {
	Reduce      reduceOptions   `json:"reduceOptions"`
	Orientation string          `json:"orientation"`
	Labels      bool            `json:"showThresholdLabels"`
	Markers     *bool           `json:"showThresholdMarkers"` // the ring, shown if unset
	Sizing      string          `json:"sizing"`               // "auto" or "manual"
	MinWidth    float64         `json:"minVizWidth"`          // px, with manual sizing
	MinHeight   float64         `json:"minVizHeight"`
	Text        statTextOptions `json:"text"`
}

// gauge draws values as arcs of a dial, with a ring of the thresholds outside.
func gauge(in Input, w, h float64) body {
	var o gaugeOptions
	readOptions(in.Panel.Options, &o)
	all := readingsOr(in, o.Reduce)
	boxes := statGrid(len(all), w, h, gaugeGap, o.Orientation)
	if o.Sizing == "manual" {
		boxes = gaugeManual(boxes, o)
	}
	var b body
	for i, box := range boxes {
		if box.x >= w || box.y >= h {
			continue
		}
		named := len(all) > 1 || all[i].Field.Config.DisplayName != ""
		b.nodes = append(b.nodes, &draw.Group{X: box.x, Y: box.y, Title: statTitle(all[i]), Nodes: gaugeCell(in, o, all[i], box, named)})
	}
	return b
}

// gaugeManual makes the gauges at least as large as the dashboard says, though
// some of them may not be seen then.
func gaugeManual(boxes []statBox, o gaugeOptions) []statBox {
	least := func(px, set float64) float64 { return math.Max(px, math.Min(math.Max(set, 0), 2000)) }
	grown := make([]statBox, len(boxes))
	for i, b := range boxes {
		grown[i] = statBox{b.x, b.y, least(b.w, o.MinWidth), least(b.h, o.MinHeight)}
		if b.w > 0 && b.h > 0 {
			grown[i].x *= (grown[i].w + gaugeGap) / (b.w + gaugeGap)
			grown[i].y *= (grown[i].h + gaugeGap) / (b.h + gaugeGap)
		}
	}
	return grown
}

// gaugeCell draws one gauge from the origin on, its name below the dial.
func gaugeCell(in Input, o gaugeOptions, r reading, box statBox, named bool) []draw.Node {
	const nameLine = 1.5 // the height of a line, in sizes of the font
	w, h := box.w, box.h
	var nodes []draw.Node
	if named && r.Title != "" {
		size := w / 10
		if o.Text.Title > 0 {
			size = math.Min(o.Text.Title, 1000)
		}
		line := size * nameLine
		dial := math.Max(math.Min(h-line, w), 0)
		top := (h - dial - line) / 2
		nodes = statLabel(r.Title, w/2, top+dial+0.77*size-5, w, draw.Font{Size: size}, draw.Middle, in.Theme.Text())
		return append(nodes, newGaugeDial(in, o, r, statBox{0, top, w, dial}).draw()...)
	}
	return newGaugeDial(in, o, r, statBox{w: w, h: h}).draw()
}

// gaugeNeutral is the value that the arc starts at, if the panel sets one.
func gaugeNeutral(custom json.RawMessage) (float64, bool) {
	var c struct {
		Neutral *float64 `json:"neutral"`
	}
	readOptions(custom, &c)
	if c.Neutral == nil {
		return 0, false
	}
	return *c.Neutral, true
}
