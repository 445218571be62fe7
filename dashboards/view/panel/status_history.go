package panel

import (
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// statusGap is how far the labels of columns stay from each other, in px.
const statusGap = 20

// statusHistory draws the state at each time as a cell: a column for each time
// that any series has, all of one width.
func statusHistory(in Input, w, h float64) body {
	v := newStateView(in)
	times := v.columnTimes()
	b := v.draw(w, h, func() []draw.Node {
		if float64(len(times)) > v.box.w/2 {
			// Cells of less than two pixels would be a wrong picture of most of them.
			text := "Too many points to show: " + strconv.Itoa(len(times)) + ". Choose a shorter range or a longer interval."
			return []draw.Node{chromeCentred(text, v.box.x+v.box.w/2, v.box.y+v.box.h/2, axisFont, v.in.Theme.TextSecondary(), v.box.w)}
		}
		nodes := v.columnAxis(times, w)
		for i, r := range v.rows {
			y, height := v.row(i)
			nodes = append(nodes, v.statusCells(r, times, y, height)...)
		}
		return nodes
	})
	if b.plot != nil && len(times) > 0 {
		// A time is in the middle of its column.
		half := int64(leastStep(times) / 2)
		b.plot.From, b.plot.To = times[0]-half, times[len(times)-1]+half
	}
	return b
}

// columnTimes are the times of all rows, sorted.
func (v *stateView) columnTimes() []int64 {
	var times []int64
	for _, r := range v.rows {
		times = append(times, r.times...)
	}
	slices.Sort(times)
	return slices.Compact(times)
}

// columnAxis labels as many columns as there is room for, from the first on.
func (v *stateView) columnAxis(times []int64, w float64) []draw.Node {
	if len(times) == 0 {
		return nil
	}
	layout := timeLayout(times)
	pitch := v.box.w / float64(len(times))
	label := axisFont.Width(time.UnixMilli(times[0]).In(rangeZone(v.in.Range)).Format(layout))
	every := max(int(math.Ceil((label+statusGap)/pitch)), 1)
	var ticks []axisMark
	for i := 0; i < len(times); i += every {
		text := time.UnixMilli(times[i]).In(rangeZone(v.in.Range)).Format(layout)
		ticks = append(ticks, axisMark{v.box.x + (float64(i)+0.5)*pitch, text})
	}
	return axisBottom(v.in.Theme, v.box, ticks, w)
}

// timeLayout is how the times of columns are written.
func timeLayout(times []int64) string {
	span := time.Duration(times[len(times)-1]-times[0]) * time.Millisecond
	switch {
	case leastStep(times) < 60_000:
		return "15:04:05"
	case span <= 24*time.Hour:
		return "15:04"
	case leastStep(times) < 86_400_000:
		return "01/02 15:04"
	}
	return "01/02"
}

// statusCells draws the cells of a row.
func (v *stateView) statusCells(r stateRow, times []int64, y, height float64) []draw.Node {
	pitch := v.box.w / float64(len(times))
	width := pitch * part(v.options.ColWidth)
	if whole := math.Round(width - r.lineWidth(v.in.Panel.Type)); whole > 0 {
		width = whole // all cells of one width, whatever pixels they begin at
	}
	var nodes []draw.Node
	for i, t := range r.times {
		if r.absent(i) {
			continue
		}
		column, _ := slices.BinarySearch(times, t)
		x := v.box.x + float64(column)*pitch + (pitch-width)/2
		s := shownAt(r.show, r.field, i)
		nodes = append(nodes, v.bar(r, stateRun{text: s.String(), color: s.Color}, plotBox{x, y, width, height})...)
	}
	return nodes
}
