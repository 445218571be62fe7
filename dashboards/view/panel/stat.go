package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// statGap lies between the values of a panel, px.
const statGap = 3

// statOptions are the options of a stat panel; the zero value is what Grafana
// takes for a panel that says nothing, but for GraphMode, which is "area" then.
type statOptions struct {
	Reduce        reduceOptions   `json:"reduceOptions"`
	Orientation   string          `json:"orientation"`
	TextMode      string          `json:"textMode"`    // "auto", "value", "value_and_name", "name", "none"
	ColorMode     string          `json:"colorMode"`   // "value", "background", "background_solid", "none"
	GraphMode     string          `json:"graphMode"`   // "area", "none"
	JustifyMode   string          `json:"justifyMode"` // "auto", "center"
	WideLayout    *bool           `json:"wideLayout"`
	PercentChange bool            `json:"showPercentChange"`
	PercentColor  string          `json:"percentChangeColorMode"` // "standard", "inverted", "same_as_value"
	Text          statTextOptions `json:"text"`
}

// statTextOptions are the sizes that a dashboard sets, px; 0 is automatic.
type statTextOptions struct {
	Title   float64 `json:"titleSize"`
	Value   float64 `json:"valueSize"`
	Percent float64 `json:"percentSize"`
}

// statPanel is what the cells of a panel have in common.
type statPanel struct {
	in           Input
	o            statOptions
	n            int
	title, value string // the longest, by which all are sized
}

// stat draws values as large as they fit, each with its name, a sparkline or a
// background.
func stat(in Input, w, h float64) body {
	o := statOptions{GraphMode: "area"}
	readOptions(in.Panel.Options, &o)
	all := readingsOr(in, o.Reduce)
	p := statPanel{in: in, o: o, n: len(all)}
	if p.named() {
		p.title = statLongest(len(all), func(i int) string { return all[i].Title })
	}
	p.value = statLongest(len(all), func(i int) string { return all[i].Shown.String() })
	if o.TextMode == "name" {
		p.value = statLongest(len(all), func(i int) string { return all[i].Title })
	}
	var b body
	for i, box := range statGrid(len(all), w, h, statGap, o.Orientation) {
		b.nodes = append(b.nodes, &draw.Group{X: box.x, Y: box.y, Title: statTitle(all[i]), Nodes: p.cell(all[i], box.w, box.h)})
	}
	return b
}

// statTitle is what a pointer is told of a value.
func statTitle(r reading) string {
	if r.Title == "" {
		return r.Shown.String()
	}
	return r.Title + ": " + r.Shown.String()
}

// named tells whether the names are beside the values.
func (p statPanel) named() bool {
	return p.o.TextMode == "value_and_name" || (p.n > 1 && (p.o.TextMode == "auto" || p.o.TextMode == ""))
}

// cell draws one value from the origin on.
func (p statPanel) cell(r reading, w, h float64) []draw.Node {
	box := statBox{w: w, h: h}
	value := r.ink(p.in.Theme)
	ink, nameInk := value, p.in.Theme.Text()
	var nodes []draw.Node
	switch {
	case p.behind():
		fill := draw.Solid(value)
		if p.o.ColorMode == "background" {
			fill = statBackground(value, box, p.in.Theme)
		}
		nodes = append(nodes, &draw.Rect{W: w, H: h, Fill: fill})
		ink = p.in.Theme.TextOn(value)
		nameInk = ink
	case p.o.ColorMode == "none":
		ink = nameInk
	}
	l := p.layout(r, box)
	if l.graph {
		nodes = append(nodes, statSpark(p.in, r, statBox{0, h - l.graphHeight, w, l.graphHeight}, value, p.behind())...)
	}
	return append(nodes, l.draw(ink, nameInk)...)
}

// behind tells whether the colour of a value lies behind it.
func (p statPanel) behind() bool {
	return p.o.ColorMode == "background" || p.o.ColorMode == "background_solid"
}

// statChange is by how much of it the first value of a field became the last, and
// whether that can be said.
func statChange(r reading) (float64, bool) {
	if r.Field.Kind != frame.Number || r.Times == nil {
		return 0, false
	}
	first, _ := frame.Reduce(r.Field, "firstNotNull")
	last, _ := frame.Reduce(r.Field, "lastNotNull")
	change := (last - first) / math.Abs(first)
	return change, !math.IsNaN(change) && !math.IsInf(change, 0)
}

// statChangeText writes a change with one decimal.
func statChangeText(change float64) string {
	one := 1
	return value.Format("percentunit", change, &one, nil).String()
}

// statChangeInk is green for more and red for less, or the other way round where
// less is better.
func (p statPanel) statChangeInk(change float64, ink color.NRGBA) color.NRGBA {
	if p.behind() || p.o.PercentColor == "same_as_value" || change == 0 {
		return ink
	}
	if (change > 0) != (p.o.PercentColor == "inverted") {
		return p.in.Theme.Color("green")
	}
	return p.in.Theme.Color("red")
}
