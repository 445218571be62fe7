package panel

import (
	"math"
	"slices"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// legendListItem is an item with its texts measured.
type legendListItem struct {
	legendItem
	nameW float64
	// width is from the mark to the end of the last calculation.
	width float64
	// more is how many items have no room, if this stands for them.
	more int
}

func measureLegend(items []legendItem) []legendListItem {
	font := draw.Font{Size: legendFontSize}
	measured := make([]legendListItem, len(items))
	for i, item := range items {
		m := legendListItem{legendItem: item, nameW: font.Width(item.Name)}
		m.width = legendMarkGap + m.nameW
		for _, v := range item.Values {
			m.width += legendValueGap + font.Width(v.label()+v.Text)
		}
		measured[i] = m
	}
	return measured
}

// legendRows lays a list out in lines of w px, at most most px high: items of the
// left axis from the left, items of a right axis to the right end of the same
// lines.
func legendRows(items []legendItem, t theme.Theme, w, most float64) legendBlock {
	var left, right []legendListItem
	for _, m := range measureLegend(items) {
		if m.Right {
			right = append(right, m)
		} else {
			left = append(left, m)
		}
	}
	const inset, above, around = 4, 8.2, 8
	leftRoom, rightRoom := legendShare(left, right, w-2*inset)
	leftLines, rightLines := legendWrap(left, leftRoom), legendWrap(right, rightRoom)
	lines := max(len(leftLines), len(rightLines))
	if rows := max(int((most-around)/legendRow), 1); lines > rows {
		leftLines, rightLines = legendEnd(leftLines, rightLines, rows, leftRoom, len(items))
		lines = rows
	}
	l := legendBlock{w: w, h: around + legendRow*float64(lines)}
	for i, line := range leftLines {
		l.line(line, inset, above+float64(i)*legendRow, t)
	}
	for i, line := range rightLines {
		x := w - inset - legendLineWidth(line) - legendItemGap
		l.line(line, math.Max(inset, x), above+float64(i)*legendRow, t)
	}
	return l
}

// legendEnd cuts lines of n items off after some rows. The last one at the left
// says how many are left out, and has the items that leave room for that; where
// all items are at the right it has none.
func legendEnd(left, right [][]legendListItem, rows int, room float64, n int) (l, r [][]legendListItem) {
	left, right = left[:min(rows, len(left))], right[:min(rows, len(right))]
	for len(left) < rows {
		left = append(left, nil)
	}
	note := legendListItem{width: draw.Font{Size: legendFontSize}.Width(legendMore(n))}
	if room < note.width && len(right) == rows {
		right = right[:rows-1]
	}
	last := &left[rows-1]
	for len(*last) > 0 && legendLineWidth(*last)+legendItemGap+note.width > room {
		*last = (*last)[:len(*last)-1]
	}
	for _, line := range slices.Concat(left, right) {
		n -= len(line)
	}
	note.more = n
	*last = append(*last, note)
	return left, right
}

// legendShare parts a line between the two ends: all to one if the other is
// empty, what the left needs if both fit, else half each.
func legendShare(left, right []legendListItem, room float64) (float64, float64) {
	needLeft, needRight := legendLineWidth(left)+legendItemGap, legendLineWidth(right)+legendItemGap
	switch {
	case len(right) == 0:
		return room, 0
	case len(left) == 0:
		return 0, room
	case needLeft+needRight <= room:
		return needLeft, needRight
	}
	return room / 2, room / 2
}

func legendLineWidth(items []legendListItem) float64 {
	w := 0.0
	for i, m := range items {
		if i > 0 {
			w += legendItemGap
		}
		w += m.width
	}
	return w
}

// legendWrap breaks items into lines; one that is longer than a line has its own
// and is cut off at the edge.
func legendWrap(items []legendListItem, room float64) [][]legendListItem {
	var lines [][]legendListItem
	x := 0.0
	for _, m := range items {
		if len(lines) == 0 || x+m.width > room {
			lines, x = append(lines, nil), 0
		}
		last := len(lines) - 1
		lines[last] = append(lines[last], m)
		x += m.width + legendItemGap
	}
	return lines
}

func (l *legendBlock) line(items []legendListItem, x, y float64, t theme.Theme) {
	for _, m := range items {
		l.nodes = append(l.nodes, m.draw(x, y, t))
		x += m.width + legendItemGap
	}
}

// label is what a list writes before a value; a pie chart's have no title.
func (v legendValue) label() string {
	if v.Title == "" {
		return ""
	}
	return v.Title + ": "
}

// draw is the item with its mark at x and its top at y.
func (m legendListItem) draw(x, y float64, t theme.Theme) draw.Node {
	if m.more > 0 {
		return legendNote(m.more, x, y, t)
	}
	g := &draw.Group{Class: "legend-item", Title: m.Name, Nodes: legendIcon(m.legendItem, x, y)}
	x += legendMarkGap
	g.Nodes = append(g.Nodes, legendLabel(m.Name, x, y, t))
	x += m.nameW
	font := draw.Font{Size: legendFontSize}
	for _, v := range m.Values {
		x += legendValueGap
		label := v.label()
		if label != "" {
			g.Nodes = append(g.Nodes, legendLabel(v.Title+":", x, y, t))
		}
		g.Nodes = append(g.Nodes, legendLabel(v.Text, x+font.Width(label), y, t))
		x += font.Width(label + v.Text)
	}
	return g
}

// legendLabel is a text of an item whose top is at y.
func legendLabel(text string, x, y float64, t theme.Theme) *draw.Text {
	return &draw.Text{X: x, Y: y + legendBaseline, Text: text, Font: draw.Font{Size: legendFontSize}, Color: t.Text()}
}

// legendBaseline is from an item's top to the foot of its letters.
const legendBaseline = 12.7

// legendColumn lays a list out in one column, for the right of a plot.
func legendColumn(items []legendItem, t theme.Theme, most float64) legendBlock {
	fit := legendFit(len(items), most, legendRow)
	l := legendBlock{h: float64(len(items)) * legendRow}
	for i, m := range measureLegend(items) {
		l.w = math.Max(l.w, legendItemGap+m.width+legendCellPad)
		if i < fit {
			l.nodes = append(l.nodes, m.draw(legendItemGap, float64(i)*legendRow, t))
		}
	}
	if fit < len(items) {
		l.nodes = append(l.nodes, legendNote(len(items)-fit, legendItemGap+legendMarkGap, float64(fit)*legendRow, t))
	}
	return l
}
