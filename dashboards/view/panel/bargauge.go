package panel

import (
	"fmt"
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// bargaugeOptions are the options of a bar gauge panel.
type bargaugeOptions struct {
	Reduce      reduceOptions   `json:"reduceOptions"`
	Orientation string          `json:"orientation"`   // "horizontal", "vertical", "auto"
	DisplayMode string          `json:"displayMode"`   // "basic", "lcd", "gradient"
	ValueMode   string          `json:"valueMode"`     // "color", "text", "hidden"
	Names       string          `json:"namePlacement"` // "auto", "top", "left", "hidden"
	Unfilled    *bool           `json:"showUnfilled"`  // shown if unset
	MinWidth    float64         `json:"minVizWidth"`
	MinHeight   float64         `json:"minVizHeight"`
	MaxHeight   float64         `json:"maxVizHeight"`
	Text        statTextOptions `json:"text"`
}

// bargaugePanel is what the bars of a panel have in common.
type bargaugePanel struct {
	in          Input
	o           bargaugeOptions
	all         []reading
	w, h        float64
	value, name string // the longest, by which all are sized
}

// bargauge draws values as bars beside or below each other.
func bargauge(in Input, w, h float64) body {
	o := bargaugeOptions{DisplayMode: "gradient"}
	readOptions(in.Panel.Options, &o)
	p := bargaugePanel{in: in, o: o, all: readingsOr(in, o.Reduce), w: w, h: h}
	if o.ValueMode != "hidden" {
		p.value = statLongest(len(p.all), func(i int) string { return p.all[i].Shown.String() })
	}
	if o.Names != "hidden" && (len(p.all) > 1 || p.all[0].Field.Config.DisplayName != "") {
		p.name = statLongest(len(p.all), func(i int) string { return p.all[i].Title })
	}
	if o.Orientation == "vertical" || o.Orientation != "horizontal" && w > h {
		return body{nodes: p.columns()}
	}
	return body{nodes: p.rows()}
}

// gap lies between bars, px.
func (p bargaugePanel) gap() float64 {
	if p.o.DisplayMode == "lcd" {
		return 2
	}
	return 10
}

// bargaugeFit divides a length among n bars: at least least px each with the gap
// between them. Grafana lets one scroll to what does not fit; a picture can't be
// scrolled, so bars first move together, then shrink, and the rest is left out.
func bargaugeFit(n int, length, gap, least float64) (size, between float64, shown int) {
	const tightGap, tight, note = 2, 10, 16
	share := func(gap float64) float64 { return (length - gap*float64(n-1)) / float64(n) }
	if size = share(gap); size >= least {
		return size, gap, n
	}
	if size = share(tightGap); size >= tight {
		return size, tightGap, n
	}
	return tight, tightGap, max(int((length-note+tightGap)/(tight+tightGap)), 0)
}

// rest says how many bars are left out, at the lower right corner.
func (p bargaugePanel) rest(shown int) []draw.Node {
	if shown >= len(p.all) {
		return nil
	}
	text := fmt.Sprintf("… %d more", len(p.all)-shown)
	return statLabel(text, p.w, p.h-7, p.w, draw.Font{Size: 12}, draw.End, p.in.Theme.TextSecondary())
}

// ink is the colour of a value's text.
func (p bargaugePanel) ink(r reading) color.NRGBA {
	if p.o.ValueMode == "text" {
		return p.in.Theme.Text()
	}
	return r.ink(p.in.Theme)
}

// sized is a size of text, or what the dashboard sets in its place.
func (p bargaugePanel) sized(size, set float64) float64 {
	if set > 0 {
		return math.Min(set, 1000)
	}
	return size
}
