package source

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// rows are what a heatmap is made of: a field for each bucket, named by its upper
// bound, over common times.
type rows struct {
	times  []int64
	places map[int64]int
}

func newRows(lists ...[]int64) rows {
	seen := map[int64]bool{}
	for _, times := range lists {
		for _, t := range times {
			seen[t] = true
		}
	}
	r := rows{times: slices.Sorted(maps.Keys(seen)), places: make(map[int64]int, len(seen))}
	for i, t := range r.times {
		r.places[t] = i
	}
	return r
}

func (r rows) empty() []float64 {
	out := make([]float64, len(r.times))
	for i := range out {
		out[i] = frame.Null
	}
	return out
}

// add sums a value into a row; one that is absent becomes it.
func add(row []float64, i int, v float64) {
	if frame.IsNull(row[i]) {
		row[i] = 0
	}
	row[i] += v
}

// heatmap is one frame of what lies in each bucket. The series count all that is
// up to their bound, so that the one below is taken off; series with the same
// bound are added up.
func (p plan) heatmap(list []stream) []frame.Frame {
	if native(list) {
		return p.nativeHeatmap(list)
	}
	byBound := map[float64][]stream{}
	for _, s := range list {
		if bound, err := strconv.ParseFloat(s.Metric["le"], 64); err == nil && !math.IsNaN(bound) {
			byBound[bound] = append(byBound[bound], s)
		}
	}
	if len(byBound) == 0 {
		return p.timeSeries(list) // buckets of another kind, one series each
	}
	var times [][]int64
	for _, s := range list {
		times = append(times, s.Values.times)
	}
	r := newRows(times...)
	out := p.new(&frame.Field{Name: "Time", Kind: frame.Time, Times: r.times})
	out.Heatmap = true
	below := make([]float64, len(r.times))
	for _, bound := range slices.Sorted(maps.Keys(byBound)) {
		row := r.empty()
		for _, s := range byBound[bound] {
			for i, t := range s.Values.times {
				add(row, r.places[t], s.Values.values[i])
			}
		}
		for i, v := range row {
			if frame.IsNull(v) {
				continue
			}
			row[i] = max(0, v-below[i]) // samples taken at different moments may contradict
			below[i] = v
		}
		out.Fields = append(out.Fields, &frame.Field{Name: byBound[bound][0].Metric["le"], Kind: frame.Number, Numbers: row})
	}
	return []frame.Frame{out}
}

// native tells whether there are native histograms in a result.
func native(list []stream) bool {
	return slices.ContainsFunc(list, func(s stream) bool { return len(s.Histograms) > 0 })
}

// floats are the series with plain numbers in them.
func floats(list []stream) []stream {
	return slices.DeleteFunc(slices.Clone(list), func(s stream) bool { return len(s.Values.times) == 0 })
}

// mostRows is how many buckets a picture of native histograms has at most: finer
// ones are put together.
const mostRows = 60

// nativeHeatmap is one frame of the buckets of native histograms.
func (p plan) nativeHeatmap(list []stream) []frame.Frame {
	var times [][]int64
	bounds := map[float64]float64{} // lower bounds by upper
	for _, s := range list {
		var at []int64
		for _, h := range s.Histograms {
			at = append(at, h.time)
			for _, b := range h.value.Buckets {
				if low, ok := bounds[b.upper]; !ok || b.lower > low {
					bounds[b.upper] = b.lower
				}
			}
		}
		times = append(times, at)
	}
	r := newRows(times...)
	upper := withoutHoles(bounds)
	group := (len(upper) + mostRows - 1) / mostRows
	out := p.new(&frame.Field{Name: "Time", Kind: frame.Time, Times: r.times})
	out.Heatmap = true
	for i := 0; i < len(upper); i += group {
		bound := upper[min(i+group, len(upper))-1]
		out.Fields = append(out.Fields, &frame.Field{Name: strconv.FormatFloat(bound, 'g', 4, 64), Kind: frame.Number, Numbers: r.empty()})
	}
	for _, s := range list {
		for _, h := range s.Histograms {
			for _, f := range out.Fields[1:] {
				add(f.Numbers, r.places[h.time], 0)
			}
			for _, b := range h.value.Buckets {
				i := min(search(upper, b.upper), len(upper)-1)
				add(out.Fields[1+i/group].Numbers, r.places[h.time], b.count)
			}
		}
	}
	return []frame.Frame{out}
}

// withoutHoles has the upper bounds of buckets in order, and those of the empty
// ones between them, which are not sent: else a picture of rows would not show
// that they lie apart.
func withoutHoles(bounds map[float64]float64) []float64 {
	var out []float64
	upper := slices.Sorted(maps.Keys(bounds))
	for i, bound := range upper {
		lower := bounds[bound]
		if i > 0 && upper[i-1] > 0 && lower > upper[i-1] {
			ratio := bound / lower
			for edge := upper[i-1] * ratio; edge < lower*(1+1e-9) && ratio > 1.001 && len(out) < 10*mostRows; edge *= ratio {
				out = append(out, edge)
			}
		}
		out = append(out, bound)
	}
	return out
}

// search is the place of a bound.
func search(upper []float64, bound float64) int {
	i, _ := slices.BinarySearchFunc(upper, bound, func(a, b float64) int {
		if math.Abs(a-b) <= 1e-9*math.Abs(b) {
			return 0
		}
		return cmp.Compare(a, b)
	})
	return i
}
