package panel

import (
	"encoding/json"
	"image/color"
	"math"
	"sort"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// legendOptions is options.legend, which all types of panels share. A legend is
// shown unless ShowLegend is false or DisplayMode is "hidden", as dashboards of
// before Grafana 9 write it.
type legendOptions struct {
	ShowLegend  *bool    `json:"showLegend"`
	DisplayMode string   `json:"displayMode"` // "list" or "table"
	Placement   string   `json:"placement"`   // "bottom" or "right"
	Calcs       []string `json:"calcs"`
	SortBy      string   `json:"sortBy"` // the title of a column
	SortDesc    bool     `json:"sortDesc"`
	Width       float64  `json:"width"` // px, of a legend at the right; 0 is automatic
	// Headless leaves the titles of a table's columns out, as the pie chart does.
	Headless bool `json:"-"`
}

// legendItem is a series in a legend.
type legendItem struct {
	Name  string
	Color color.NRGBA
	// Dashed breaks the mark in two, for a series that is not a solid line.
	Dashed bool
	// Right items belong to an axis at the right and stand at that end of a list.
	Right  bool
	Values []legendValue
}

// legendValue is a calculation on a series.
type legendValue struct {
	Title, Text string
	Number      float64 // what the column is sorted by
}

// shown tells whether there is anything to draw.
func (o legendOptions) shown(items []legendItem) bool {
	return len(items) > 0 && o.DisplayMode != "hidden" && (o.ShowLegend == nil || *o.ShowLegend)
}

// legendFrom reads options.legend; what cannot be read is the default, a list at
// the bottom.
func legendFrom(options json.RawMessage) legendOptions {
	var o struct {
		Legend legendOptions `json:"legend"`
	}
	if json.Unmarshal(options, &o) != nil {
		return legendOptions{}
	}
	return o.Legend
}

// legendValues calculates what the legend says of a field beside its name;
// calculations that are not known are left out.
func legendValues(f *frame.Field, calcs []string, p *value.Processor) []legendValue {
	var values []legendValue
	for _, calc := range calcs {
		v, ok := frame.Reduce(f, calc)
		if !ok {
			continue
		}
		values = append(values, legendValue{Title: legendTitle(calc), Text: legendText(calc, v, p), Number: v})
	}
	return values
}

// legendText writes a calculation: counts have no unit, whatever was counted.
func legendText(calc string, v float64, p *value.Processor) string {
	switch calc {
	case "count", "changeCount", "distinctCount":
		return value.Format("none", v, nil, nil).String()
	case "diffperc":
		return value.Format("percent", v, nil, nil).String()
	}
	return p.Number(v).String()
}

// legendTitles are the names of calculations as Grafana writes them.
var legendTitles = map[string]string{
	"lastNotNull": "Last *", "last": "Last", "firstNotNull": "First *", "first": "First",
	"min": "Min", "max": "Max", "mean": "Mean", "median": "Median", "sum": "Total",
	"count": "Count", "range": "Range", "delta": "Delta", "step": "Step",
	"diff": "Difference", "diffperc": "Difference percent", "logmin": "Min (above zero)",
	"allIsZero": "All zeros", "allIsNull": "All nulls", "changeCount": "Change count",
	"distinctCount": "Distinct count", "variance": "Variance", "stdDev": "StdDev",
}

func legendTitle(calc string) string {
	if title := legendTitles[calc]; title != "" {
		return title
	}
	return calc
}

// legendSort orders the items by the column that the options name; without one
// they stay as they are.
func legendSort(o legendOptions, items []legendItem) []legendItem {
	if o.SortBy == "" || o.DisplayMode != "table" {
		return items
	}
	items = append([]legendItem(nil), items...)
	less := func(a, b legendItem) bool { return a.Name < b.Name }
	if o.SortBy != "Name" {
		less = func(a, b legendItem) bool { return a.number(o.SortBy) < b.number(o.SortBy) }
	}
	sort.SliceStable(items, func(i, j int) bool {
		if o.SortDesc {
			i, j = j, i
		}
		return less(items[i], items[j])
	})
	return items
}

// number is the value of a column; what is not a number sorts below all numbers.
func (i legendItem) number(title string) float64 {
	for _, v := range i.Values {
		if v.Title == title && !math.IsNaN(v.Number) {
			return v.Number
		}
	}
	return math.Inf(-1)
}

// drawLegend draws a legend into a box of w by h px, the panel's body within its
// padding, and tells what is left of it for the plot, from the top left corner.
// Without a legend that is the whole box.
func drawLegend(o legendOptions, items []legendItem, t theme.Theme, w, h float64) (nodes []draw.Node, plotW, plotH float64) {
	if !o.shown(items) {
		return nil, w, h
	}
	items = legendSort(o, items)
	right := o.Placement == "right"
	most := h
	if !right {
		most = math.Floor(h * legendMaxBelow)
	}
	var l legendBlock
	switch {
	case o.DisplayMode == "table":
		l = newLegendTable(o, items, t, w, most)
	case right:
		l = legendColumn(items, t, most)
	default:
		l = legendRows(items, t, w, most)
	}
	if right {
		return l.atRight(o, w, h)
	}
	return l.atBottom(w, h, most)
}
