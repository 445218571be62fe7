package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// Measured on Grafana 12.4: a title takes 38 px beside its text, the mark of the
// sorted column 8 more.
const (
	legendTitlePad = 38
	legendSortMark = 8
)

// legendTable is a table of items and calculations.
type legendTable struct {
	legendOptions
	items  []legendItem
	titles []string
	widths []float64 // the first is the column of names
	pad    float64   // what a title takes beside its text, px
	t      theme.Theme
	block  legendBlock
}

// newLegendTable lays a table out, at most most px high. Below a plot it takes
// all of w, and the names what the calculations leave; beside one it is as wide
// as its texts.
func newLegendTable(o legendOptions, items []legendItem, t theme.Theme, w, most float64) legendBlock {
	lt := &legendTable{legendOptions: o, items: items, t: t, pad: legendTitlePad}
	lt.columns()
	room := w
	if o.Placement == "right" {
		room = math.Floor(w * legendMaxBeside)
		if o.Width > 0 {
			room = math.Min(room, o.Width)
		}
	}
	lt.block.w = lt.width()
	if o.Placement != "right" || o.Width > 0 || lt.block.w > room {
		lt.stretch(room)
	}
	lt.draw(most)
	return lt.block
}

func (lt *legendTable) width() float64 {
	sum := 0.0
	for _, w := range lt.widths {
		sum += w
	}
	return sum
}

// stretch makes the table as wide as room. Where that is too narrow, titles move
// together, then names get shorter, and then the last columns go: one that is cut
// off would say nothing, and numbers without names even less.
func (lt *legendTable) stretch(room float64) {
	if lt.width() > room {
		lt.pad = 2 * legendCellPad
		lt.columns()
	}
	least := math.Min(lt.widths[0], legendMarkGap+2*legendCellPad+60)
	for len(lt.titles) > 0 && lt.width()-lt.widths[0]+least > room {
		lt.titles = lt.titles[:len(lt.titles)-1]
		lt.widths = lt.widths[:len(lt.widths)-1]
	}
	lt.widths[0] = math.Max(lt.widths[0]+room-lt.width(), 0)
	lt.block.w = room
}

// columns finds the titles and the least widths. All items have the same
// calculations, or lack one that could not be made of their values.
func (lt *legendTable) columns() {
	font, bold := draw.Font{Size: legendFontSize}, draw.Font{Size: legendFontSize, Weight: 500}
	at := map[string]int{}
	lt.titles = nil
	lt.widths = []float64{lt.titleWidth("Name", bold)}
	for _, item := range lt.items {
		lt.widths[0] = math.Max(lt.widths[0], legendMarkGap+font.Width(item.Name)+2*legendCellPad)
		for _, v := range item.Values {
			i, ok := at[v.Title]
			if !ok {
				i = len(lt.widths)
				at[v.Title] = i
				lt.titles = append(lt.titles, v.Title)
				lt.widths = append(lt.widths, lt.titleWidth(v.Title, bold))
			}
			lt.widths[i] = math.Max(lt.widths[i], font.Width(v.Text)+2*legendCellPad)
		}
	}
}

func (lt *legendTable) titleWidth(title string, font draw.Font) float64 {
	if lt.Headless {
		return 0
	}
	w := font.Width(title) + lt.pad
	if title == lt.SortBy {
		w += legendSortMark
	}
	return w
}

// draw draws as many rows as there is room for. How many are left out stands
// beside the title of the names, where it costs no row, or else in the last one.
func (lt *legendTable) draw(most float64) {
	y, n := 0.0, len(lt.items)
	if !lt.Headless {
		lt.head()
		y = legendTableRow
	}
	fit := legendFit(n, most-y, legendTableRow)
	x, beside := lt.besideTitle(legendMore(n))
	if fit < n && beside {
		fit = max(int((most-y)/legendTableRow), 0)
		lt.note(n-fit, x, 0)
	}
	for _, item := range lt.items[:fit] {
		lt.row(item, y)
		y += legendTableRow
	}
	if fit < n && !beside {
		lt.note(n-fit, legendCellPad+legendMarkGap, y)
		y += legendTableRow
	}
	lt.block.h = y
}

// note says in a row from y on that n items have no room.
func (lt *legendTable) note(n int, x, y float64) {
	lt.block.nodes = append(lt.block.nodes, legendNote(n, x, y+legendTableBaseline-legendBaseline, lt.t))
}

// besideTitle is where a note can stand in the header of the names, if it can.
func (lt *legendTable) besideTitle(note string) (x float64, fits bool) {
	x = legendCellPad + legendMarkGap + draw.Font{Size: legendFontSize, Weight: 500}.Width("Name") + 2*legendCellPad
	return x, !lt.Headless && x+draw.Font{Size: legendFontSize}.Width(note)+legendCellPad <= lt.widths[0]
}

func (lt *legendTable) head() {
	lt.title("Name", legendCellPad+legendMarkGap, draw.Start)
	x := lt.widths[0]
	for i, title := range lt.titles {
		x += lt.widths[i+1]
		end := x - legendCellPad
		if title == lt.SortBy {
			end -= legendSortMark
		}
		lt.title(title, end, draw.End)
	}
	lt.rule(legendTableRow)
}

func (lt *legendTable) title(text string, x float64, align draw.Align) {
	font := draw.Font{Size: legendFontSize, Weight: 500}
	ink := lt.t.Link()
	lt.block.nodes = append(lt.block.nodes, &draw.Text{X: x, Y: legendTableBaseline, Text: text, Font: font, Color: ink, Align: align})
	if text != lt.SortBy {
		return
	}
	if align == draw.Start {
		x += font.Width(text)
	}
	lt.block.nodes = append(lt.block.nodes, legendArrow(x+3.5, legendTableBaseline-4, lt.SortDesc, ink))
}

// legendTableBaseline is from a row's top to the foot of its letters.
const legendTableBaseline = 14.3

// row draws an item from y on, its calculations under their titles.
func (lt *legendTable) row(item legendItem, y float64) {
	top := y + legendTableBaseline - legendBaseline
	nameW := lt.widths[0] - legendMarkGap - 2*legendCellPad
	name := &draw.Group{Clip: &draw.Rect{X: legendCellPad, Y: y, W: math.Max(legendMarkGap+nameW, 0), H: legendTableRow}, Title: item.Name, Class: "legend-item"}
	text := chromeCut(item.Name, draw.Font{Size: legendFontSize}, nameW)
	name.Nodes = append(legendIcon(item, legendCellPad, top), legendLabel(text, legendCellPad+legendMarkGap, top, lt.t))
	lt.block.nodes = append(lt.block.nodes, name)
	x := lt.widths[0]
	for i, title := range lt.titles {
		x += lt.widths[i+1]
		for _, v := range item.Values {
			if v.Title == title {
				text := legendLabel(v.Text, x-legendCellPad, top, lt.t)
				text.Align = draw.End
				lt.block.nodes = append(lt.block.nodes, text)
			}
		}
	}
	lt.rule(y + legendTableRow)
}

// rule is the line below a row.
func (lt *legendTable) rule(y float64) {
	lt.block.nodes = append(lt.block.nodes, &draw.Rect{Y: math.Floor(y) - 1, W: lt.block.w, H: 1, Fill: draw.Solid(lt.t.Border())})
}

// legendArrow is the small mark of the column that a table is sorted by, which
// points down when the largest comes first.
func legendArrow(x, y float64, down bool, ink color.NRGBA) draw.Node {
	tip := -1.5
	if down {
		tip = 1.5
	}
	var o draw.Outline
	o.Move(x, y-tip)
	o.Line(x+2.5, y+tip)
	o.Line(x+5, y-tip)
	return &draw.Path{Outline: o, Stroke: draw.Stroke{Paint: draw.Solid(ink), Width: 1.2, Round: true}}
}
