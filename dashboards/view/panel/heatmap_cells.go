package panel

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// cells draws all cells of one colour as one path: a picture has tens of
// thousands of cells but at most as many colours as steps.
func (v *heatmapView) cells() []draw.Node {
	gap := 1.0
	if v.options.CellGap != nil {
		gap = clampTo(*v.options.CellGap, 0, 25)
	}
	outlines := make([]draw.Outline, len(v.scale.colors))
	for _, c := range v.visible() {
		x0, x1 := v.across(c, gap)
		y0, y1 := v.y(c.lo), v.y(c.hi)
		y0, y1 = min(y0, y1), max(y0, y1)
		y0 += min(gap, (y1-y0)/2)
		o := &outlines[v.scale.step(c.count)]
		o.Move(x0, y0)
		o.Line(x1, y0)
		o.Line(x1, y1)
		o.Line(x0, y1)
		o.Close()
	}
	var nodes []draw.Node
	for i, o := range outlines {
		if !o.Empty() && v.scale.colors[i].A > 0 {
			nodes = append(nodes, &draw.Path{Outline: o, Fill: draw.Solid(v.scale.colors[i])})
		}
	}
	return nodes
}

// across is from where to where a cell goes, less the gap to the next one; half of
// a narrow cell stays to be seen. The columns of a heatmap that was calculated are
// whole pixels wide.
func (v *heatmapView) across(c heatmapCell, gap float64) (x0, x1 float64) {
	x0, x1 = v.box.time(v.in.Range, c.from), v.box.time(v.in.Range, c.to)
	wide := x1 - x0 - min(gap, (x1-x0)/2)
	if v.data.labels != nil || wide < 2 {
		return x1 - wide, x1
	}
	x0 = math.Round(x0)
	return x0, x0 + math.Round(wide)
}

// visible are the cells inside the box. If there are more than pixels can show,
// the largest of a pixel stands for it.
func (v *heatmapView) visible() []heatmapCell {
	cells := make([]heatmapCell, 0, len(v.data.cells))
	from, to := float64(v.in.Range.From.UnixMilli()), float64(v.in.Range.To.UnixMilli())
	for _, c := range v.data.cells {
		if c.to > from && c.from < to && c.hi > v.data.lo && c.lo < v.data.hi {
			cells = append(cells, c)
		}
	}
	if len(cells) <= heatmapMaxCells {
		return cells
	}
	type pixel struct{ x, y int }
	largest := map[pixel]int{}
	for i, c := range cells {
		p := pixel{int(v.box.time(v.in.Range, c.from)), int(v.y(c.lo))}
		if j, ok := largest[p]; !ok || cells[j].count < c.count {
			largest[p] = i
		}
	}
	pooled := make([]heatmapCell, 0, len(largest))
	for i, c := range cells {
		p := pixel{int(v.box.time(v.in.Range, c.from)), int(v.y(c.lo))}
		if largest[p] == i {
			pooled = append(pooled, c)
		}
	}
	return pooled
}

// heatmapMaxCells is how many cells are drawn one by one.
const heatmapMaxCells = 50_000
