package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// Measured on Grafana 12.4: a cell is wide from statWide on, the ratio of its
// width to its height, and then puts name and value beside each other; it is low,
// and has less padding, up to statLow px.
const (
	statWide = 2.5
	statLow  = 100
)

// Shares of a wide cell's width that the value may take.
const (
	statWideGraph = 0.4
	statWideNamed = 0.3
	statWideTitle = 0.6
)

// statLayout is where the texts of one cell go.
type statLayout struct {
	panel       statPanel
	reading     reading
	box         statBox // within the padding
	wide, graph bool
	low         bool
	graphHeight float64
	title       float64 // px of its font, 0 for none
	value       statValue
	percent     float64
	change      float64
}

// layout sizes the texts of a cell.
func (p statPanel) layout(r reading, cell statBox) statLayout {
	pad := 12.0
	if cell.h <= statLow {
		pad = 8
	}
	// A very low cell keeps two thirds of its height for the text.
	l := statLayout{panel: p, reading: r, box: cell.inset(pad, math.Min(pad, cell.h/6))}
	l.low = cell.h <= statLow
	l.graph = p.o.GraphMode == "area" && !p.o.Reduce.Values && len(r.Times) > 1
	l.wide = cell.w > statWide*cell.h && (p.o.WideLayout == nil || *p.o.WideLayout)
	l.value = statValue{shown: r.Shown, weight: 500}
	if p.o.TextMode == "name" {
		l.value.shown.Prefix, l.value.shown.Text, l.value.shown.Suffix = "", r.Title, ""
	}
	change, known := statChange(r)
	l.change = change
	named, changed := p.named() && r.Title != "", p.o.PercentChange && known && p.o.TextMode != "name"
	if l.wide {
		l.sizeWide(named, changed, cell)
	} else {
		l.sizeStacked(named, changed, cell)
	}
	l.override(named, changed)
	return l
}

// sizeWide sizes name and value beside each other.
func (l *statLayout) sizeWide(named, changed bool, cell statBox) {
	share, height := 1.0, l.box.h
	switch {
	case l.graph:
		share, height = statWideGraph, height/2
	case changed:
		share = statWideGraph
	case named:
		share = statWideNamed
	}
	l.value.size = statFit(l.panel.value, l.box.w*share, height, statLine, 500)
	if named {
		l.title = math.Min(30, statFit(l.panel.title, l.box.w*statWideTitle, height*0.8, statLine, 400))
		if !l.graph {
			l.title = math.Min(l.title, l.value.size*0.7)
		}
	}
	if changed {
		l.percent = math.Max(12, l.value.size*0.4)
	}
	l.graphHeight = cell.h / 2
}

// sizeStacked sizes the name above the value and the change below it.
func (l *statLayout) sizeStacked(named, changed bool, cell statBox) {
	height := l.box.h
	if l.graph {
		height -= cell.h / 4
	}
	if named {
		l.title = math.Min(30, statFit(l.panel.title, l.box.w, cell.h*0.15, statLine, 400))
		height -= l.title * statLine
	}
	line := statLine
	if changed {
		line *= 1.45
	}
	l.value.size = statFit(l.panel.value, l.box.w, math.Max(height, 0), line, 500)
	l.title = math.Min(l.title, l.value.size*0.7)
	if changed {
		l.percent = math.Max(12, l.value.size*0.4)
	}
	l.graphHeight = cell.h - (l.title+l.value.size)*statLine
}

// override takes the sizes that the dashboard sets; what is absurd stays within
// the panel's reach.
func (l *statLayout) override(named, changed bool) {
	set := func(size *float64, px float64, on bool) {
		if on && px > 0 {
			*size = math.Min(px, 1000)
		}
	}
	set(&l.title, l.panel.o.Text.Title, named)
	set(&l.value.size, l.panel.o.Text.Value, true)
	set(&l.percent, l.panel.o.Text.Percent, changed)
	if l.panel.o.TextMode == "none" {
		l.title, l.value.size, l.percent = 0, 0, 0
	}
}

// draw sets the texts.
func (l statLayout) draw(ink, nameInk color.NRGBA) []draw.Node {
	switch {
	case l.value.size <= 0:
		return nil
	case l.wide:
		return l.drawWide(ink, nameInk)
	}
	return l.drawStacked(ink, nameInk)
}

// centred tells whether texts stand in the middle: a single value does.
func (l statLayout) centred() bool { return l.panel.n == 1 || l.panel.o.JustifyMode == "center" }

// start is where a text of a width begins.
func (l statLayout) start(width float64) float64 {
	if l.centred() {
		return l.box.x + (l.box.w-width)/2
	}
	return l.box.x
}

// drawStacked sets the name above the value and the change below. They stand in
// the middle of the cell, but at its top if a graph of some height is below.
func (l statLayout) drawStacked(ink, nameInk color.NRGBA) []draw.Node {
	title, value, percent := l.title*statLine, l.value.size*statLine, 0.0
	if l.percent > 0 {
		percent = 9 + 0.92*l.percent
	}
	top := l.box.y + (l.box.h-title-value-percent)/2
	if l.graph && l.title > 0 && !l.low {
		top = l.box.y
	}
	var nodes []draw.Node
	if l.title > 0 {
		font := draw.Font{Size: l.title}
		name := chromeCut(l.reading.Title, font, l.box.w)
		nodes = append(nodes, statName(name, l.start(font.Width(name)), top+title/2, l.box.w, font, draw.Start, nameInk)...)
	}
	nodes = append(nodes, l.value.draw(l.start(l.value.width()), top+title+value/2+statDrop(l.value.size), ink)...)
	if l.percent > 0 {
		x := l.start(l.changeWidth())
		nodes = append(nodes, l.drawChange(x, top+title+value+7.4+0.338*l.percent, ink)...)
	}
	return nodes
}

// drawWide sets the name at the left and the value at the right; without a name
// the value, and the change beside it, are in the middle.
func (l statLayout) drawWide(ink, nameInk color.NRGBA) []draw.Node {
	const gap = 6.6
	width := l.value.width()
	if l.percent > 0 {
		width += gap + l.changeWidth()
	}
	middle := l.box.y + l.box.h/2
	x := l.start(width)
	var nodes []draw.Node
	if l.title > 0 {
		x = l.box.x + l.box.w - width
		if l.graph {
			middle = l.box.y + math.Max(l.title, l.value.size)*statLine/2
		}
		nodes = statName(l.reading.Title, l.box.x, middle, math.Max(l.box.w-width-gap, 0), draw.Font{Size: l.title}, draw.Start, nameInk)
	}
	nodes = append(nodes, l.value.draw(x, middle+statDrop(l.value.size), ink)...)
	if l.percent > 0 {
		nodes = append(nodes, l.drawChange(x+l.value.width()+gap, middle, ink)...)
	}
	return nodes
}

// statArrow is the room of the arrow before a change, in sizes of its font.
const statArrow = 1.167

func (l statLayout) changeWidth() float64 {
	return l.percent*statArrow + draw.Font{Size: l.percent, Weight: 500}.Width(statChangeText(l.change))
}

// drawChange sets the change with its arrow from x on.
func (l statLayout) drawChange(x, middle float64, ink color.NRGBA) []draw.Node {
	ink = l.panel.statChangeInk(l.change, ink)
	font := draw.Font{Size: l.percent, Weight: 500}
	nodes := statLabel(statChangeText(l.change), x+l.percent*statArrow, middle, math.Inf(1), font, draw.Start, ink)
	if l.change == 0 {
		return nodes
	}
	return append(nodes, statArrowHead(x, middle, l.percent, l.change > 0, ink))
}

// statArrowHead is the arrow before a change, in a square of size px from x on.
func statArrowHead(x, middle, size float64, up bool, ink color.NRGBA) draw.Node {
	sign := 1.0
	if up {
		sign = -1
	}
	x += size * 0.41
	reach := size * 0.33
	var o draw.Outline
	o.Move(x, middle-sign*reach)
	o.Line(x, middle+sign*reach)
	o.Move(x-reach, middle)
	o.Line(x, middle+sign*reach)
	o.Line(x+reach, middle)
	return &draw.Path{Outline: o, Stroke: draw.Stroke{Paint: draw.Solid(ink), Width: size * 0.145, Round: true}}
}
