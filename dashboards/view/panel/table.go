package panel

import (
	"image/color"
	"math"
	"strconv"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// Measured on Grafana 12.4, px.
const (
	tableHeaderHeight = 34
	tableFooterHeight = 34
	tableNoteHeight   = 24
	tablePadding      = 6
)

var (
	tableFont       = draw.Font{Size: 14}
	tableStrongFont = draw.Font{Size: 14, Weight: 500}
	tableNoteFont   = draw.Font{Size: 12}
)

// tableView is a table while it is laid out.
type tableView struct {
	in      Input
	frame   frame.Frame
	options tableOptions
	columns []*tableColumn
	w, h    float64
	which   string // the frame of several that is shown
}

// table draws a header, the rows that there is room for, a note of how many are
// not shown, and a footer. Only the rows that are seen are laid out.
func table(in Input, w, h float64) body {
	t := tableView{in: in, w: w, h: h}
	readLoosely(in.Panel.Options, &t.options)
	t.chooseFrame()
	if len(tableColumns(in, t.frame)) == 0 || !(w > 0) || !(h > 0) {
		return chromeNoData(in, w, h)
	}
	rows := sortedRows(t.frame, t.options.SortBy)
	columns, left := placeColumns(tableColumns(in, t.frame), w, t.need(rows))
	t.columns = columns
	return body{nodes: t.draw(rows, left)}
}

// chooseFrame takes the frame that the options choose. Grafana has a menu for the
// others; here a note says that there are some.
func (t *tableView) chooseFrame() {
	var tables []frame.Frame
	for _, f := range t.in.Frames {
		if !f.Exemplars {
			tables = append(tables, f)
		}
	}
	chosen := 0
	if i := t.options.FrameIndex; i > 0 && i < len(tables) {
		chosen = i
	}
	if len(tables) > 0 {
		t.frame = tables[chosen]
	}
	if len(tables) > 1 {
		t.which = "table " + strconv.Itoa(chosen+1) + " of " + groupThousands(len(tables))
	}
}

// need measures a column: its widest cell among the rows that may be seen, and its
// header.
func (t *tableView) need(rows []int) func(*tableColumn) (cells, header float64) {
	seen := rows[:min(len(rows), int(t.h/t.options.rowHeight())+1)]
	return func(c *tableColumn) (cells, header float64) {
		for _, row := range seen {
			text, _ := oneLine(shownAt(c.show, c.field, row).String())
			cells = max(cells, tableFont.Width(text))
		}
		const edges = 2*tablePadding + 2
		if c.custom.CellOptions.Type == "gauge" {
			cells += 60
		}
		return min(cells, t.w/2) + edges, tableStrongFont.Width(c.title()) + edges
	}
}

// draw lays the parts out from top to bottom; the footer stands at the bottom.
func (t *tableView) draw(rows []int, columnsLeft int) []draw.Node {
	footer := t.footer()
	top := 0.0
	var nodes []draw.Node
	if t.options.ShowHeader == nil || *t.options.ShowHeader {
		nodes = append(nodes, t.header()...)
		top = tableHeaderHeight
	}
	bottom := t.h
	if len(footer) > 0 {
		bottom -= t.footerHeight(footer)
	}
	height := t.options.rowHeight()
	shown := max(int((bottom-top)/height), 0)
	if shown < len(rows) || columnsLeft > 0 || t.which != "" {
		bottom -= tableNoteHeight
		shown = max(min(int((bottom-top)/height), len(rows)), 0)
		nodes = append(nodes, t.note(bottom, len(rows)-shown, columnsLeft))
	}
	if len(rows) == 0 {
		nodes = append(nodes, chromeCentred("No data", t.w/2, (top+bottom)/2, draw.Font{Size: 18}, t.in.Theme.TextSecondary(), t.w))
	}
	rows = rows[:min(shown, len(rows))]
	nodes = append(nodes, t.body(rows, top, height)...)
	return append(nodes, t.drawFooter(footer)...)
}

// header has the names of the columns, with an arrow at what sorts them.
func (t *tableView) header() []draw.Node {
	nodes := []draw.Node{t.line(tableHeaderHeight-1, 1)}
	for i, c := range t.columns {
		room := c.w - 2*tablePadding - 1
		sort, sorted := t.sortOf(c)
		if sorted {
			room -= 14
		}
		text, node := t.cellText(c, c.title(), tableStrongFont, t.in.Theme.TextSecondary(), tableHeaderHeight/2-0.5, room)
		if sorted {
			end := c.x + tablePadding + tableStrongFont.Width(text)
			if c.align != draw.Start {
				end = c.x + c.w - tablePadding - 14
				shiftText(node, -14)
			}
			nodes = append(nodes, tableArrow(end+5, tableHeaderHeight/2, sort.Desc, t.in.Theme.TextSecondary()))
		}
		nodes = append(nodes, node)
		if i < len(t.columns)-1 {
			nodes = append(nodes, t.side(c, 0, tableHeaderHeight))
		}
	}
	return nodes
}

func (t *tableView) sortOf(c *tableColumn) (tableSort, bool) {
	for _, s := range t.options.SortBy {
		if f := fieldTitled(t.frame, s.DisplayName); f == c.field {
			return s, true
		}
	}
	return tableSort{}, false
}

// body draws the cells of the rows given.
func (t *tableView) body(rows []int, top, height float64) []draw.Node {
	for _, c := range t.columns {
		c.gauge = t.gaugeLength(c, rows)
	}
	var nodes []draw.Node
	for i, row := range rows {
		y := top + float64(i)*height
		for _, c := range t.columns {
			nodes = append(nodes, t.cell(c, row, y, height-1)...)
		}
		nodes = append(nodes, t.line(y+height-1, 1))
	}
	for i, c := range t.columns {
		if i < len(t.columns)-1 {
			nodes = append(nodes, t.side(c, top, float64(len(rows))*height))
		}
	}
	return nodes
}

// note tells what is not shown: a picture that looks complete must be.
func (t *tableView) note(y float64, rows, columns int) draw.Node {
	var parts []string
	if rows > 0 {
		parts = append(parts, "+ "+groupThousands(rows)+" more")
	}
	if columns > 0 {
		parts = append(parts, groupThousands(columns)+" more columns")
	}
	if t.which != "" {
		parts = append(parts, t.which)
	}
	return &draw.Text{
		X: tablePadding, Y: y + tableNoteHeight/2, Text: strings.Join(parts, ", "),
		Font: tableNoteFont, Color: t.in.Theme.TextSecondary(), Baseline: draw.Central,
	}
}

// groupThousands writes a count of rows as 9,950.
func groupThousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// line is a line across the table.
func (t *tableView) line(y, height float64) draw.Node {
	return &draw.Rect{Y: y, W: t.w, H: height, Fill: draw.Solid(t.in.Theme.Border())}
}

// side is the line at the right of a column.
func (t *tableView) side(c *tableColumn, y, height float64) draw.Node {
	return &draw.Rect{X: math.Round(c.x+c.w) - 1, Y: y, W: 1, H: height, Fill: draw.Solid(t.in.Theme.Border())}
}

// tableArrow points down where the largest comes first.
func tableArrow(x, y float64, down bool, ink color.NRGBA) draw.Node {
	tip := y - 4
	if down {
		tip = y + 4
	}

	var o draw.Outline
	o.Move(x+4, y-4)
	o.Line(x+4, y+4)
	o.Move(x, y)
	o.Line(x+4, tip)
	o.Line(x+8, y)
	return &draw.Path{Outline: o, Stroke: draw.Stroke{Paint: draw.Solid(ink), Width: 1.3, Round: true}}
}
