package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// barMost bounds the bars that are drawn: of more, none would be a pixel wide.
const barMost = 20_000

// barSeries is a field whose numbers are bars.
type barSeries struct {
	field  *frame.Field
	show   *value.Processor
	custom barCustom
}

// barData is what a bar chart shows: a group for each name, a bar in it for each
// series.
type barData struct {
	names  []string
	series []barSeries
	// byColor gives the colours of rows, nil if the series have their own.
	byColor *barSeries
	in      Input
}

// barSpan is a bar on the value axis; value is what it stands for.
type barSpan struct{ from, to, value float64 }

// newBarData takes the first frame with numbers, or joins several by their names.
// The names are in the field that the options name, or else in the first of texts,
// or of times.
func newBarData(in Input, o barOptions) barData {
	d := barData{in: in}
	f, ok := barFrame(in, o.XField)
	if !ok {
		return d
	}
	x := barNames(f, o.XField)
	for _, field := range f.Fields {
		if field == nil || field == x || field.Kind != frame.Number {
			continue
		}
		s := barSeries{field: field, show: value.For(field, in.Theme, in.Range.Zone)}
		readLoosely(field.Config.Custom, &s.custom)
		if field.Title != "" && field.Title == o.ColorByField {
			d.byColor = &s
		}
		if !s.custom.HideFrom.Viz {
			d.series = append(d.series, s)
		}
	}
	d.names = barLabels(in, f, x, barMost/max(len(d.series), 1))
	return d
}

func hasNumbers(f frame.Frame) bool {
	_, values := timeAndValue(f)
	return values != nil && values.Len() > 0
}

func barNames(f frame.Frame, named string) *frame.Field {
	if x := fieldTitled(f, named); x != nil && named != "" {
		return x
	}
	for _, kind := range []frame.Kind{frame.String, frame.Time} {
		for _, field := range f.Fields {
			if field != nil && field.Kind == kind {
				return field
			}
		}
	}
	return nil
}

// barLabels writes the names of the first rows; without a field they have none.
func barLabels(in Input, f frame.Frame, x *frame.Field, most int) []string {
	names := make([]string, min(tableLen(f), most))
	if x == nil {
		return names
	}
	show := value.For(x, in.Theme, in.Range.Zone)
	for i := range names {
		names[i] = shownAt(show, x, i).String()
	}
	return names
}

// row are the bars of a row. Where they are stacked, positive values grow up from
// zero and negative ones down; per cent are of the sum of their sizes.
func (d barData) row(row int, stacking string) []barSpan {
	spans := make([]barSpan, len(d.series))
	up, down, whole := 0.0, 0.0, 0.0
	for i, s := range d.series {
		v := numberAt(s.field, row)
		if math.IsInf(v, 0) {
			v = frame.Null
		}
		spans[i] = barSpan{0, zeroIfNaN(v), v}
		whole += math.Abs(spans[i].to)
	}
	if stacking != "normal" && stacking != "percent" {
		return spans
	}
	for i := range spans {
		size := spans[i].to
		if stacking == "percent" && whole > 0 {
			size /= whole
		}
		from := &up
		if size < 0 {
			from = &down
		}
		spans[i].from, spans[i].to = *from, *from+size
		*from += size
	}
	return spans
}

func zeroIfNaN(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}

// color is the colour of a bar.
func (d barData) color(row, i int) color.NRGBA {
	s := d.series[i]
	if d.byColor != nil {
		s = *d.byColor
	}
	return s.show.Number(numberAt(s.field, row)).Color
}

// legendItems name the series.
func (v *barView) legendItems() []legendItem {
	o := legendFrom(v.in.Panel.Options)
	var items []legendItem
	for i, s := range v.data.series {
		if !s.custom.HideFrom.Legend {
			items = append(items, legendItem{
				Name: s.field.Title, Color: v.data.color(0, i), Values: legendValues(s.field, o.Calcs, s.show),
			})
		}
	}
	return items
}
