package term

import (
	"fmt"
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/panel"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

func plural(n int, what string) string { return fmt.Sprintf("%d %s", n, what) }

func percent(share float64) string { return fmt.Sprintf("%.0f%%", 100*share) }

// column is a field of a table, ready to be written.
type column struct {
	*frame.Field
	show  *value.Processor
	width int
}

// cell writes the value of a row.
func (c column) cell(row int) frame.Shown {
	switch {
	case row >= c.Len():
		return frame.Shown{}
	case c.Kind == frame.String:
		return c.show.Text(c.Strings[row])
	case c.Kind == frame.Time:
		return c.show.Number(float64(c.Times[row]))
	}
	return c.show.Number(c.Numbers[row])
}

// table writes the first frame: numbers at the right of their column, texts at
// its left.
func (d drawing) table() {
	var columns []column
	rows := 0
	for _, f := range d.in.Frames[0].Fields {
		if hidden(f) {
			continue
		}
		c := column{Field: f, show: value.For(f, d.in.Theme, d.zone())}
		rows = max(rows, f.Len())
		columns = append(columns, c)
	}
	visible := min(rows, d.H-1)
	if visible < rows {
		visible = max(visible-1, 0)
	}
	order := panel.TableRows(d.in.Panel, d.in.Frames[0])[:visible]
	fit(columns, order, d.W)
	x := 0
	for _, c := range columns {
		d.head(c, x)
		for line, row := range order {
			d.cellAt(c, row, x, line+1)
		}
		x += c.width + 2
	}
	if visible < rows {
		d.more(d.H-1, rows-visible)
	}
}

func (d drawing) head(c column, x int) {
	if c.Kind == frame.String {
		d.text(x, 0, x+c.width, c.Title, color.NRGBA{}, bold)
		return
	}
	title := cut(c.Title, c.width)
	d.right(x+c.width, 0, title, color.NRGBA{}, bold)
}

func (d drawing) cellAt(c column, row, x, y int) {
	shown := c.cell(row)
	if c.Kind == frame.String {
		d.text(x, y, x+c.width, shown.String(), color.NRGBA{}, plain)
		return
	}
	d.right(x+c.width, y, cut(shown.String(), c.width), shown.Color, plain)
}

// fit gives each column the width of its longest text, and takes from the widest
// what does not fit.
func fit(columns []column, rows []int, room int) {
	total := 0
	for i := range columns {
		c := &columns[i]
		c.width = textWidth(clean(c.Title))
		for _, row := range rows {
			c.width = max(c.width, textWidth(clean(c.cell(row).String())))
		}
		total += c.width + 2
	}
	for excess := total - 2 - room; excess > 0; excess-- {
		widest := 0
		for i := range columns {
			if columns[i].width > columns[widest].width {
				widest = i
			}
		}
		if columns[widest].width <= 3 {
			return
		}
		columns[widest].width--
	}
}

// categories draws the first number of each row as a bar, named by the first text.
func (d drawing) categories() {
	var names *frame.Field
	for _, f := range d.in.Frames[0].Fields {
		if f.Kind == frame.String {
			names = f
			break
		}
	}
	list := d.numbers()
	if names == nil || len(list) == 0 {
		d.bars()
		return
	}
	_, hi := span(list)
	y := 0
	for row, name := range names.Strings {
		for _, s := range list {
			if y >= d.H || row >= len(s.Numbers) {
				return
			}
			v := s.show.Number(s.Numbers[row])
			x := d.text(0, y, d.W/3, name, color.NRGBA{}, plain)
			d.bar(max(x, d.W/6)+1, y, d.W*2/3-max(x, d.W/6)-2, s.Numbers[row]/math.Max(hi, math.SmallestNonzeroFloat64), s.ink())
			d.right(d.W, y, s.Title+" "+v.String(), color.NRGBA{}, plain)
			name, y = "", y+1
		}
	}
}
