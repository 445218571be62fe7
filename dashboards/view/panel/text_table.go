package panel

import (
	"math"

	extast "github.com/yuin/goldmark/extension/ast"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

const (
	textCellPad     = 8 // px, at the left and right of a cell
	textCellAbove   = 4
	textColumnLeast = 24
)

// textCell is a cell of a table as words.
type textCell struct {
	words []textWord
	align float64 // 0 at the left to 1 at the right
	rows  []textRow
}

// textAlign is where texts of a column stand, as [textCell] has it.
var textAlign = map[extast.Alignment]float64{extast.AlignCenter: 0.5, extast.AlignRight: 1}

// table writes a table, its columns as wide as their texts if there is room.
func (f *textFlow) table(n *extast.Table, source []byte, x float64) {
	f.begin()
	rows := f.cells(n, source)
	widths := textColumns(rows, f.w-x)
	for i := range rows {
		if f.full() {
			return
		}
		f.row(rows[i], widths, x, i == 0)
	}
	f.add(&draw.Rect{X: x, Y: f.y, W: textTableWidth(widths), H: 1, Fill: draw.Solid(f.in.Theme.BorderMedium())})
	f.y++
}

// textTableWidth is the width of all columns and the borders between, px.
func textTableWidth(widths []float64) float64 {
	total := 1.0
	for _, w := range widths {
		total += w + 1
	}
	return total
}

// cells reads the table; its header is the first row.
func (f *textFlow) cells(n *extast.Table, source []byte) [][]textCell {
	var rows [][]textCell
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		style := f.style()
		_, header := row.(*extast.TableHeader)
		if header {
			style.font.Weight = 500
		}
		var cells []textCell
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cell, ok := c.(*extast.TableCell)
			if !ok {
				continue
			}
			align := textAlign[cell.Alignment]
			if header {
				align = 0 // as in Grafana, whatever the column says
			}
			cells = append(cells, textCell{words: textInline(cell, source, style, f.in.Theme.Link()), align: align})
		}
		rows = append(rows, cells)
	}
	return rows
}

// textColumns are the widths of the columns with their padding, px; too wide a
// table takes from all of them alike.
func textColumns(rows [][]textCell, width float64) []float64 {
	var widths []float64
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, textColumnLeast)
			}
			need := 0.0
			for _, r := range textWrap(cell.words, math.Inf(1)) {
				need = math.Max(need, r.width())
			}
			widths[i] = math.Max(widths[i], math.Ceil(need)+2*textCellPad)
		}
	}
	if sum := textTableWidth(widths); sum > width {
		for i := range widths {
			widths[i] = math.Max(widths[i]*width/sum, textColumnLeast)
		}
	}
	return widths
}

// row writes one row with the borders above and beside its cells.
func (f *textFlow) row(cells []textCell, widths []float64, x float64, header bool) {
	lines := 1
	for i := range cells {
		cells[i].rows = textWrap(cells[i].words, math.Max(widths[i]-2*textCellPad, 1))
		lines = max(lines, len(cells[i].rows))
	}
	height := textLine*float64(lines) + 2*textCellAbove + 1
	border := draw.Solid(f.in.Theme.BorderMedium())
	total := textTableWidth(widths)
	if header {
		f.add(&draw.Rect{X: x, Y: f.y, W: total, H: height, Fill: draw.Solid(f.in.Theme.Secondary())})
	}
	f.add(&draw.Rect{X: x, Y: f.y, W: total, H: 1, Fill: border})
	f.add(&draw.Rect{X: x, Y: f.y + 1, W: 1, H: height - 1, Fill: border})
	at := x + 1
	for i, w := range widths {
		f.add(&draw.Rect{X: at + w, Y: f.y + 1, W: 1, H: height - 1, Fill: border})
		if i < len(cells) {
			f.cell(cells[i], at+textCellPad, w-2*textCellPad)
		}
		at += w + 1
	}
	f.y += height
}

// cell writes the lines of a cell.
func (f *textFlow) cell(c textCell, x, width float64) {
	for i, row := range c.rows {
		at := x + c.align*math.Max(width-row.width(), 0)
		f.add(row.draw(f.in, at, f.y+1+textCellAbove+textLine*(float64(i)+0.5))...)
	}
}
