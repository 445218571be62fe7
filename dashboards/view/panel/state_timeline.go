package panel

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// stateOptions are the options of state timelines and status histories.
type stateOptions struct {
	ShowValue   string   `json:"showValue"`   // "auto", "always" or "never"
	AlignValue  string   `json:"alignValue"`  // "left", "center" or "right"
	RowHeight   *float64 `json:"rowHeight"`   // a part of the row, 0 to 1; nil is 0.9
	ColWidth    *float64 `json:"colWidth"`    // a part of the column, 0 to 1; nil is 0.9
	MergeValues *bool    `json:"mergeValues"` // nil is true
	PerPage     int      `json:"perPage"`     // rows on a page; 0 is all that fit
}

// part reads an option that is a part of one; nil is 0.9.
func part(v *float64) float64 {
	if v == nil {
		return 0.9
	}
	return clampTo(*v, 0.01, 1)
}

// Measured on Grafana 12.4, px, but for the least height of a row.
const (
	stateLabelGap  = 15 // between a row's name and the ticks that are not drawn
	stateLeastRow  = 8
	stateTextInset = 2
	stateMaxLabel  = 0.4 // of the panel's width
)

var stateFont = draw.Font{Size: 12, Weight: 500}

// stateView is a state timeline or a status history while it is laid out.
type stateView struct {
	in      Input
	options stateOptions
	rows    []stateRow
	box     plotBox
}

// stateTimeline draws how long each state lasted, a row for each series.
func stateTimeline(in Input, w, h float64) body {
	v := newStateView(in)
	for i := range v.rows {
		v.rows[i].findRuns(in, v.options.MergeValues == nil || *v.options.MergeValues)
	}
	return v.draw(w, h, func() []draw.Node {
		nodes := axisBottom(v.in.Theme, v.box, axisTimes(in.Range, v.box), w)
		for i, r := range v.rows {
			y, height := v.row(i)
			nodes = append(nodes, v.bars(r, y, height)...)
		}
		return nodes
	})
}

func newStateView(in Input) *stateView {
	v := &stateView{in: in}
	readLoosely(in.Panel.Options, &v.options)
	v.rows = stateRows(in)
	return v
}

// draw lays out what both types share: legend, pager, names of rows; paint draws
// the rest into the box.
func (v *stateView) draw(w, h float64, paint func() []draw.Node) body {
	if len(v.rows) == 0 {
		return chromeNoData(v.in, w, h)
	}
	all := len(v.rows)
	pageHeight := 0.0
	perPage := v.perPage(h)
	if v.options.PerPage > 0 || all > perPage {
		pageHeight = pagerHeight
	}
	nodes, plotW, plotH := drawLegend(legendFrom(v.in.Panel.Options), v.legendItems(), v.in.Theme, w, h-pageHeight)
	v.rows = v.rows[:min(perPage, all)]
	v.makeBox(plotW, plotH)
	if !v.box.usable() {
		return body{nodes: nodes}
	}
	nodes = append(nodes, v.names()...)
	nodes = append(nodes, paint()...)
	if pageHeight > 0 {
		nodes = append(nodes, drawPager(v.in.Theme, (all+perPage-1)/perPage, w, h)...)
	}
	return body{nodes: nodes, plot: v.plot()}
}

// perPage is how many rows are shown: what the options say, but no more than can
// be told apart.
func (v *stateView) perPage(h float64) int {
	fit := max(int((h-100)/stateLeastRow), 1)
	if v.options.PerPage > 0 {
		return min(v.options.PerPage, fit)
	}
	return fit
}

func (v *stateView) makeBox(w, h float64) {
	label := 0.0
	for _, r := range v.rows {
		label = max(label, axisFont.Width(v.name(r, w)))
	}
	left := math.Ceil(label) + stateLabelGap + axisTick
	v.box = plotBox{left, axisInset, w - left - axisInset, h - axisInset - axisBelow}
}

// name is a row's name, cut so that it leaves room for the plot.
func (v *stateView) name(r stateRow, w float64) string {
	return chromeCut(r.name, axisFont, w*stateMaxLabel)
}

func (v *stateView) names() []draw.Node {
	var nodes []draw.Node
	for i, r := range v.rows {
		y, height := v.row(i)
		nodes = append(nodes, &draw.Text{
			X: v.box.x - stateLabelGap - 1, Y: y + height/2, Text: v.name(r, v.box.x+v.box.w+axisInset),
			Font: axisFont, Color: v.in.Theme.Text(), Align: draw.End, Baseline: draw.Central,
		})
	}
	return nodes
}

// row is the place of a row: the first begins at the top, the last ends at the
// bottom, and what the rows leave is between them.
func (v *stateView) row(i int) (y, height float64) {
	return spread(i, len(v.rows), part(v.options.RowHeight), v.box.y, v.box.h)
}

// spread places the i-th of n equal items that together take a part of a length;
// what is left is between them, or at both sides of a single one.
func spread(i, n int, part, from, length float64) (start, size float64) {
	size = length / float64(n) * part
	if n == 1 {
		return from + (length-size)/2, size
	}
	return from + float64(i)*(length-size)/float64(n-1), size
}

// bars draws the runs of a row.
func (v *stateView) bars(r stateRow, y, height float64) []draw.Node {
	var nodes []draw.Node
	for _, run := range r.runs {
		x0 := max(v.box.time(v.in.Range, run.from), v.box.x)
		x1 := min(v.box.time(v.in.Range, run.to), v.box.x+v.box.w)
		if !(x1 > x0) {
			continue
		}
		nodes = append(nodes, v.bar(r, run, plotBox{x0, y, x1 - x0, height})...)
	}
	return nodes
}

// crisp moves the edges of a box to whole pixels.
func crisp(b plotBox) plotBox {
	x, y := math.Round(b.x), math.Round(b.y)
	return plotBox{x, y, max(math.Round(b.x+b.w)-x, 1), max(math.Round(b.h), 1)}
}

// bar draws a state with its text; the outline lies inside.
func (v *stateView) bar(r stateRow, run stateRun, b plotBox) []draw.Node {
	middle := math.Round(b.y + b.h/2)
	b = crisp(b)
	fill := theme.Alpha(run.color, r.opacity())
	line := r.lineWidth(v.in.Panel.Type)
	nodes := []draw.Node{outlined(b, draw.Solid(fill), run.color, line)}
	if v.options.ShowValue == "never" || b.h < stateFont.Size && v.options.ShowValue != "always" {
		return nodes
	}
	text := clipText(stateFont, run.text, b.w-2*stateTextInset)
	if text == "" {
		return nodes
	}
	t := &draw.Text{
		X: b.x + stateTextInset, Y: middle, Text: text, Font: stateFont,
		Color: v.in.Theme.Contrast(fill), Baseline: draw.Central,
	}
	switch v.options.alignment(v.in.Panel.Type) {
	case "center":
		t.X, t.Align = b.x+b.w/2, draw.Middle
	case "right":
		t.X, t.Align = b.x+b.w-stateTextInset, draw.End
	}
	return append(nodes, t)
}

// alignment is where texts stand: in the middle of a status history's cells.
func (o stateOptions) alignment(kind string) string {
	if kind == "status-history" {
		return "center"
	}
	return o.AlignValue
}
