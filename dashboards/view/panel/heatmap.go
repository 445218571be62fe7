package panel

import (
	"encoding/json"
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
