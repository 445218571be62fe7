package panel

import (
	"math"
	"sort"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// pieOptions are the options of a pie chart panel.
type pieOptions struct {
	Reduce reduceOptions `json:"reduceOptions"`
	Type   string        `json:"pieType"`       // "pie" or "donut"
	Labels []string      `json:"displayLabels"` // "name", "value", "percent"
	Sort   string        `json:"sort"`          // "desc", "asc" or "none"
	Legend struct {
		Values []string `json:"values"` // "value", "percent"
	} `json:"legend"`
}

// pieSlice is one part of a pie: share 0 to 1 of the whole.
type pieSlice struct {
	reading
	share float64
}

// percent writes the share without decimals.
func (s pieSlice) percent() string {
	none := 0
	return value.Format("percent", s.share*100, &none, nil).String()
}

// piechart draws values as parts of a circle, with a legend.
func piechart(in Input, w, h float64) body {
	var o pieOptions
	readOptions(in.Panel.Options, &o)
	slices := pieSlices(readings(in, o.Reduce), o.Sort)
	if len(slices) == 0 {
		return chromeNoData(in, w, h)
	}
	legend := legendFrom(in.Panel.Options)
	legend.Headless = true
	items := pieLegend(slices, o.Legend.Values, legend.DisplayMode == "table")
	nodes, w, h := drawLegend(legend, items, in.Theme, w, h)
	return body{nodes: append(pieDraw(in, o, slices, w, h), nodes...)}
}

// pieSlices are the values with their shares, in order. What is not above zero
// has no share: it is in the legend only.
func pieSlices(all []reading, order string) []pieSlice {
	var slices []pieSlice
	most := 0.0
	for _, r := range all {
		if math.IsNaN(r.Number) || math.IsInf(r.Number, 0) {
			continue
		}
		slices = append(slices, pieSlice{reading: r})
		most = math.Max(most, r.Number)
	}
	// Dividing by the largest first keeps the sum of huge values finite.
	sum := 0.0
	for _, s := range slices {
		if most > 0 {
			sum += math.Max(s.Number, 0) / most
		}
	}
	if sum > 0 {
		for i := range slices {
			slices[i].share = math.Max(slices[i].Number, 0) / most / sum
		}
	}
	if order != "none" {
		sort.SliceStable(slices, func(i, j int) bool {
			if order == "asc" {
				i, j = j, i
			}
			return slices[i].Number > slices[j].Number
		})
	}
	return slices
}

// pieLegend says the slices with what the panel asks for beside the names; only
// the columns of a table have titles.
func pieLegend(slices []pieSlice, values []string, titled bool) []legendItem {
	var items []legendItem
	for _, s := range slices {
		item := legendItem{Name: s.Title, Color: s.Shown.Color}
		for _, v := range values {
			var lv legendValue
			switch v {
			case "value":
				lv = legendValue{Title: "Value", Text: s.Shown.String(), Number: s.Number}
			case "percent":
				lv = legendValue{Title: "Percent", Text: s.percent(), Number: s.share}
			default:
				continue
			}
			if !titled {
				lv.Title = ""
			}
			item.Values = append(item.Values, lv)
		}
		items = append(items, item)
	}
	return items
}

// pieDraw draws the circle into a box of w by h px. Grafana keeps 16 px around it
// however small the panel is; here a small one still has a pie.
func pieDraw(in Input, o pieOptions, slices []pieSlice, w, h float64) []draw.Node {
	const hole = 0.67
	side := math.Min(w, h)
	p := pie{in: in, o: o, x: w / 2, y: h / 2, outer: (side - math.Min(32, side/5)) / 2}
	if p.outer < 1 {
		return nil
	}
	p.font = draw.Font{Size: 0.14 * p.outer, Weight: 500}
	p.label = 0.583 * p.outer
	if o.Type == "donut" {
		p.inner = hole * p.outer
		p.label = (p.outer + p.inner) / 2
		p.font.Size *= hole
	}
	p.font.Size = math.Max(p.font.Size, 12)
	var circle, labels []draw.Node
	from := 0.0
	for _, s := range slices {
		if s.share > 0 {
			circle = append(circle, p.slice(s, from))
			labels = append(labels, p.labels(s, from+s.share/2)...)
		}
		from += s.share
	}
	return append(circle, labels...)
}
