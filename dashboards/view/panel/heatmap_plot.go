package panel

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/axis"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// ticks are the labels of the value axis: one in the middle of each row, or the
// steps of a numeric axis.
func (v *heatmapView) ticks() []axisMark {
	if v.data.labels == nil {
		return v.numericTicks()
	}
	rows := len(v.data.labels)
	// A label needs 14 px; where rows are lower, only some of them are named.
	every := max(int(math.Ceil(14*float64(rows)/v.box.h)), 1)
	var ticks []axisMark
	for i := 0; i < rows; i += every {
		ticks = append(ticks, axisMark{v.y(float64(i) + 0.5), v.rowText(i)})
	}
	return ticks
}

func (v *heatmapView) numericTicks() []axisMark {
	o := v.options.YAxis
	var at []float64
	decimals := o.Decimals
	if v.data.log > 0 {
		at = axis.Log(v.data.lo, v.data.hi, v.box.h, v.data.log)
	} else {
		var d int
		at, d = axis.Values(v.data.lo, v.data.hi, v.box.h, o.Unit)
		if decimals == nil {
			decimals = &d
		}
	}
	return axisMarks(at, v.y, func(t float64) string { return value.Format(o.Unit, t, decimals, nil).String() })
}

// rowText names a row by its upper bound with the unit.
func (v *heatmapView) rowText(i int) string {
	bound := v.data.bounds[i]
	if math.IsNaN(bound) || math.IsInf(bound, 0) {
		return chromeCut(v.data.labels[i], axisFont, 160)
	}
	return value.Format(v.options.YAxis.Unit, bound, v.options.YAxis.Decimals, nil).String()
}

// plot gives the counts of each row to whoever points at it.
func (v *heatmapView) plot() *Plot {
	p := &Plot{
		X: v.box.x, Y: v.box.y, W: v.box.w, H: v.box.h,
		From: v.in.Range.From.UnixMilli(), To: v.in.Range.To.UnixMilli(),
	}
	rows := map[[2]float64]int{}
	i, last := 0, [2]float64{math.NaN()}
	for _, c := range v.data.cells {
		key := [2]float64{c.lo, c.hi}
		// Cells mostly come row by row, which saves the look-up.
		ok := key == last
		if !ok {
			i, ok = rows[key]
			last = key
		}
		if !ok {
			i = len(p.Series)
			rows[key] = i
			p.Series = append(p.Series, Series{Name: v.cellName(c), Color: v.scale.colors[len(v.scale.colors)*3/4], Show: v.countText})
		}
		s := &p.Series[i]
		s.Times = append(s.Times, int64(c.to))
		s.Values = append(s.Values, c.count)
	}
	return p
}

// cellName is the row that a cell is in: its bounds with their unit.
func (v *heatmapView) cellName(c heatmapCell) string {
	if v.data.labels == nil {
		return v.bound(c.lo) + " – " + v.bound(c.hi)
	}
	i := int(c.lo)
	if i > 0 && !math.IsNaN(v.data.bounds[i]) {
		return v.rowText(i-1) + " – " + v.rowText(i)
	}
	return v.rowText(i)
}

func (v *heatmapView) bound(at float64) string {
	return value.Format(v.options.YAxis.Unit, at, v.options.YAxis.Decimals, nil).String()
}
