package panel

import (
	"encoding/json"
	"image/color"
	"math"
	"strconv"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// heatmapOptions are the options of a heatmap.
type heatmapOptions struct {
	Calculate   bool               `json:"calculate"`
	Calculation heatmapCalculation `json:"calculation"`
	CellGap     *float64           `json:"cellGap"` // px between cells; nil is 1
	CellValues  struct {
		Unit     string `json:"unit"`
		Decimals *int   `json:"decimals"`
	} `json:"cellValues"`
	Color     heatmapColor `json:"color"`
	Exemplars struct {
		Color string `json:"color"`
	} `json:"exemplars"`
	// FilterValues hide what is not between them; Le is 1e-9 if it is not set, so
	// that empty cells stay empty.
	FilterValues struct {
		Le *float64 `json:"le"`
		Ge *float64 `json:"ge"`
	} `json:"filterValues"`
	Legend struct {
		Show *bool `json:"show"`
	} `json:"legend"`
	YAxis heatmapYAxis `json:"yAxis"`
}

// heatmapYAxis is the value axis of a heatmap.
type heatmapYAxis struct {
	Placement string          `json:"axisPlacement"` // "left", "right" or "hidden"
	Label     string          `json:"axisLabel"`
	Unit      string          `json:"unit"`
	Decimals  *int            `json:"decimals"`
	Min       json.RawMessage `json:"min"` // numbers, or texts of dashboards made by hand
	Max       json.RawMessage `json:"max"`
	Reverse   bool            `json:"reverse"`
}

// heatmapView is a heatmap while it is laid out.
type heatmapView struct {
	in      Input
	options heatmapOptions
	data    heatmapData
	scale   heatmapScale
	box     plotBox
}

// heatmap draws cells whose colour is a count, over a time axis.
func heatmap(in Input, w, h float64) body {
	v := heatmapView{in: in}
	readLoosely(in.Panel.Options, &v.options)
	v.data = heatmapDataOf(in, v.options)
	v.data.keepCells(v.options)
	if len(v.data.cells) == 0 && len(v.data.labels) == 0 {
		return chromeNoData(in, w, h)
	}
	v.scale = newHeatmapScale(in.Theme, v.options.Color, v.data.cells)
	return v.draw(w, h)
}

func (v *heatmapView) draw(w, h float64) body {
	legend := (v.options.Legend.Show == nil || *v.options.Legend.Show) && h > 2*heatmapLegendHeight && len(v.data.cells) > 0
	plotHeight := h
	if legend {
		plotHeight -= heatmapLegendHeight
	}
	v.box = plotBox{axisInset, axisInset, w - 2*axisInset, plotHeight - axisInset - axisBelow}
	v.makeRoom()
	if !v.box.usable() {
		return body{}
	}
	var nodes []draw.Node
	if v.options.YAxis.Placement != "hidden" {
		nodes = append(nodes, axisLeft(v.in.Theme, v.box, v.ticks(), v.options.YAxis.Placement == "right")...)
		nodes = append(nodes, v.axisName()...)
	}
	nodes = append(nodes, axisBottom(v.in.Theme, v.box, axisTimes(v.in.Range, v.box), w)...)
	nodes = append(nodes, &draw.Group{
		Clip:  &draw.Rect{X: v.box.x, Y: v.box.y, W: v.box.w, H: v.box.h},
		Nodes: append(v.cells(), v.exemplars()...),
	})
	if legend {
		nodes = append(nodes, v.legend(plotHeight, w)...)
	}
	return body{nodes: nodes, plot: v.plot()}
}

// makeRoom takes the width of the value axis off the box.
func (v *heatmapView) makeRoom() {
	if v.options.YAxis.Placement == "hidden" || !v.box.usable() {
		return
	}
	room := axisWidth(v.ticks())
	if v.options.YAxis.Label != "" {
		room += axisNamed
	}
	v.box.w -= room - axisInset
	if v.options.YAxis.Placement != "right" {
		v.box.x = room
	}
}

// axisName is the name of the value axis.
func (v *heatmapView) axisName() []draw.Node {
	o := v.options.YAxis
	if o.Label == "" {
		return nil
	}
	right, edge := o.Placement == "right", 0.0
	if right {
		edge = v.box.x + v.box.w + axisWidth(v.ticks()) + axisNamed
	}
	return []draw.Node{axisName(o.Label, v.box, edge, right, v.in.Theme.AxisText())}
}

// y is the place of a value of the axis; for rows of equal height that is their
// number.
func (v *heatmapView) y(at float64) float64 {
	lo, hi := v.data.lo, v.data.hi
	if v.data.log > 0 {
		lo, hi, at = math.Log(lo), math.Log(hi), math.Log(max(at, lo*1e-9))
	}
	part := (at - lo) / (hi - lo)
	if v.options.YAxis.Reverse {
		return v.box.y + part*v.box.h
	}
	return v.box.y + v.box.h - part*v.box.h
}

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

// countText writes a count of a cell.
func (v *heatmapView) countText(n float64) string {
	o := v.options.CellValues
	return value.Format(o.Unit, n, o.Decimals, nil).String()
}

// number reads a limit that may be a number, a text or nothing.
func (y heatmapYAxis) number(raw json.RawMessage) (float64, bool) {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		text = string(raw)
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}

// exemplars are single observations: a diamond at the time and in the row of each.
func (v *heatmapView) exemplars() []draw.Node {
	ink := color.NRGBA{255, 0, 255, 178}
	if v.options.Exemplars.Color != "" {
		ink = v.in.Theme.Color(v.options.Exemplars.Color)
	}
	var o draw.Outline
	drawn := 0
	for _, f := range v.in.Frames {
		if !f.Exemplars {
			continue
		}
		times, values := timeAndValue(f)
		for i := 0; times != nil && values != nil && i < min(times.Len(), values.Len()) && drawn < axisMost; i++ {
			at, ok := v.data.place(values.Numbers[i])
			if !ok {
				continue
			}
			diamond(&o, v.box.time(v.in.Range, float64(times.Times[i])), v.y(at), 4)
			drawn++
		}
	}
	if o.Empty() {
		return nil
	}
	return []draw.Node{&draw.Path{Outline: o, Fill: draw.Solid(ink)}}
}

func diamond(o *draw.Outline, x, y, r float64) {
	o.Move(x, y-r)
	o.Line(x+r, y)
	o.Line(x, y+r)
	o.Line(x-r, y)
	o.Close()
}

// timeAndValue are the first field of times and the first of numbers.
func timeAndValue(f frame.Frame) (times, values *frame.Field) {
	for _, field := range f.Fields {
		switch {
		case field == nil:
		case field.Kind == frame.Time && times == nil:
			times = field
		case field.Kind == frame.Number && values == nil:
			values = field
		}
	}
	return times, values
}
