package panel

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// Measured on Grafana 12.4, px.
const (
	bargaugeLeftBelow = 40  // rows less high have the name at the left
	bargaugeNamePad   = 10  // from a name at the left to its bar
	bargaugeValuePad  = 10  // at each side of a value
	bargaugeValueMost = 130 // the widest a value may be
	bargaugeNameLine  = 1.5 // a line of a name, in sizes of its font
)

// bargaugeRow is how all rows of a panel are divided; lengths in px.
type bargaugeRow struct {
	height    float64
	nameSize  float64 // of the font, 0 for no name
	nameWidth float64 // of a name at the left, 0 for one above
	nameLine  float64 // of a name above
	barWidth  float64 // of a full bar
	valueSize float64
}

// rows draws bars that lie below each other.
func (p bargaugePanel) rows() []draw.Node {
	least := p.o.MinHeight
	if !(least > 0) {
		least = 16
	}
	height, gap, shown := bargaugeFit(len(p.all), p.h, p.gap(), least)
	if most := p.o.MaxHeight; most > 0 {
		height = math.Min(height, math.Max(most, 10))
	}
	row := p.row(height)
	var nodes []draw.Node
	for i, r := range p.all[:shown] {
		nodes = append(nodes, &draw.Group{Y: float64(i) * (height + gap), Title: statTitle(r), Nodes: p.drawRow(r, row)})
	}
	return append(nodes, p.rest(shown)...)
}

// row divides a row of a height.
func (p bargaugePanel) row(height float64) bargaugeRow {
	row := bargaugeRow{height: height, barWidth: p.w}
	if p.name != "" {
		if p.o.Names == "left" || p.o.Names != "top" && height < bargaugeLeftBelow {
			row.nameSize = p.sized(math.Max(0.4*height, 12), p.o.Text.Title)
			row.nameWidth = math.Min(statTight(row.nameSize, 400).Width(p.name)+5, 0.6*p.w)
			row.barWidth -= row.nameWidth + bargaugeNamePad
		} else {
			row.nameSize = p.sized(0.3*height, p.o.Text.Title)
			row.nameLine = math.Min(row.nameSize*bargaugeNameLine, height)
		}
	}
	if p.value == "" {
		return row
	}
	// A value has a fifth of the width, but as much as it takes in the size of the names.
	size := row.nameSize
	if size == 0 {
		size = math.Max(0.3*height, 12)
	}
	width := math.Min(math.Max(0.2*(p.w-100), statTight(size, 400).Width(p.value)), bargaugeValueMost)
	row.valueSize = p.sized(statFit(p.value, width, height-row.nameLine, 1, 400), p.o.Text.Value)
	row.barWidth = math.Max(row.barWidth-width-2*bargaugeValuePad, 0)
	return row
}

// drawRow draws one bar with its name and value, from the row's origin on.
func (p bargaugePanel) drawRow(r reading, row bargaugeRow) []draw.Node {
	var nodes []draw.Node
	bar := statBox{0, row.nameLine, row.barWidth, row.height - row.nameLine}
	middle := bar.y + bar.h/2
	font := draw.Font{Size: row.nameSize}
	switch {
	case row.nameWidth > 0:
		bar.x = row.nameWidth + bargaugeNamePad
		nodes = append(nodes, statName(r.Title, row.nameWidth, middle, row.nameWidth, font, draw.End, p.in.Theme.Text())...)
	case row.nameLine > 0:
		nodes = append(nodes, statLabel(r.Title, 0, row.nameLine/2, p.w, font, draw.Start, p.in.Theme.Text())...)
	}
	length := p.bar(r, bar, false, &nodes)
	if p.value == "" {
		return nodes
	}
	value := statValue{shown: r.Shown, size: row.valueSize, weight: 400}
	x := p.w - bargaugeValuePad - value.width()
	if p.o.DisplayMode == "lcd" {
		x = bar.x + length + bargaugeValuePad
	}
	return append(nodes, value.draw(x, middle+value.size*statBaseline, p.ink(r))...)
}
