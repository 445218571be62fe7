package panel

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strconv"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// heatmapCell is a count of values from lo to hi in a span of time.
type heatmapCell struct {
	from, to float64 // milliseconds since 1970
	lo, hi   float64 // on the value axis; for rows of equal height their number and the next
	count    float64
}

// heatmapData is what a heatmap shows.
type heatmapData struct {
	cells []heatmapCell
	// labels name the rows from the bottom, where the axis has rows of equal height;
	// bounds are then their upper bounds, NaN if they are no numbers.
	labels []string
	bounds []float64
	lo, hi float64 // the ends of the axis
	log    float64 // the base of a logarithmic axis, 0 if it is linear
}

// heatmapDataOf counts values, or takes the counts of series that are buckets;
// native histograms come as such series too.
func heatmapDataOf(in Input, o heatmapOptions) heatmapData {
	var d heatmapData
	if o.Calculate {
		d = calculateHeatmap(in, o.Calculation)
	} else {
		d = bucketRows(in.Frames)
	}
	d.limit(o.YAxis)
	return d
}

// keepCells drops what the filter hides, and what is no number.
func (d *heatmapData) keepCells(o heatmapOptions) {
	least := 1e-9
	if o.FilterValues.Le != nil {
		least = *o.FilterValues.Le
	}
	d.cells = slices.DeleteFunc(d.cells, func(c heatmapCell) bool {
		return !(c.count > least) || math.IsInf(c.count, 0) || o.FilterValues.Ge != nil && c.count >= *o.FilterValues.Ge
	})
}

// limit sets the ends of a numeric axis that the options give.
func (d *heatmapData) limit(y heatmapYAxis) {
	if d.labels == nil {
		if v, ok := y.number(y.Min); ok && v < d.hi && (d.log == 0 || v > 0) {
			d.lo = v
		}
		if v, ok := y.number(y.Max); ok && v > d.lo {
			d.hi = v
		}
	}
	if !(d.hi > d.lo) {
		d.lo, d.hi = 0, 1
	}
}

// place is where a single value lies on the axis.
func (d *heatmapData) place(v float64) (at float64, ok bool) {
	if d.labels == nil {
		return v, v >= d.lo && v <= d.hi
	}
	below := 0.0
	for i, bound := range d.bounds {
		if v <= bound {
			if part := (v - below) / (bound - below); part >= 0 && part <= 1 {
				return float64(i) + part, true
			}
			return float64(i) + 0.5, true
		}
		below = bound
	}
	return 0, false
}

// bucketRow is a series of the counts of one bucket.
type bucketRow struct {
	label string
	bound float64 // NaN if the label is no number
	times *frame.Field
	field *frame.Field
}

// bucketRows reads a series for each bucket. A time is the end of its span, as a
// rate looks back. Rows whose names are numbers are sorted by them.
func bucketRows(frames []frame.Frame) heatmapData {
	rows := findBucketRows(frames)
	d := heatmapData{hi: float64(len(rows))}
	all := 0
	for _, r := range rows {
		all += len(r.field.Numbers)
	}
	d.cells = make([]heatmapCell, 0, all)
	for i, r := range rows {
		d.labels = append(d.labels, r.label)
		d.bounds = append(d.bounds, r.bound)
		span := leastStep(r.times.Times)
		for j := range min(len(r.times.Times), len(r.field.Numbers)) {
			t := float64(r.times.Times[j])
			d.cells = append(d.cells, heatmapCell{t - span, t, float64(i), float64(i + 1), r.field.Numbers[j]})
		}
	}
	return d
}

func findBucketRows(frames []frame.Frame) []bucketRow {
	var rows []bucketRow
	numbers := true
	for times, field := range numbersOverTime(frames) {
		r := bucketRow{bucketLabel(field), math.NaN(), times, field}
		if bound, err := strconv.ParseFloat(r.label, 64); err == nil {
			r.bound = bound
		}
		numbers = numbers && !math.IsNaN(r.bound)
		rows = append(rows, r)
	}
	if numbers {
		slices.SortStableFunc(rows, func(a, b bucketRow) int { return cmp.Compare(a.bound, b.bound) })
	}
	return rows
}

// bucketLabel is the upper bound of a bucket, if the field tells it.
func bucketLabel(f *frame.Field) string {
	if le := f.Labels["le"]; le != "" {
		return le
	}
	if _, err := strconv.ParseFloat(f.Name, 64); err == nil {
		return f.Name
	}
	if f.Title != "" {
		return f.Title
	}
	return f.Name
}

// leastStep is the smallest distance of two times, a minute if there is none.
func leastStep(times []int64) float64 {
	least := int64(math.MaxInt64)
	for i := 1; i < len(times); i++ {
		if step := times[i] - times[i-1]; step > 0 {
			least = min(least, step)
		}
	}
	if least == math.MaxInt64 {
		return 60_000
	}
	return float64(least)
}

// fieldNamed finds a field of numbers by its name.
func fieldNamed(f frame.Frame, name string) *frame.Field {
	for _, field := range f.Fields {
		if field != nil && field.Name == name && field.Kind == frame.Number {
			return field
		}
	}
	return nil
}

// numbersOverTime are all fields of numbers, each with the times of its frame.
func numbersOverTime(frames []frame.Frame) iter.Seq2[*frame.Field, *frame.Field] {
	return func(yield func(times, numbers *frame.Field) bool) {
		for _, f := range frames {
			times, _ := timeAndValue(f)
			if times == nil || f.Exemplars {
				continue
			}
			for _, field := range f.Fields {
				if field != nil && field.Kind == frame.Number && !yield(times, field) {
					return
				}
			}
		}
	}
}
