package panel

import (
	"image/color"
	"math"
	"slices"
	"sort"
	"strconv"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// tsSeries is a series of a graph.
type tsSeries struct {
	field *frame.Field
	style tsStyle
	proc  *value.Processor
	color color.NRGBA
	times []int64
	// values are what the source said, drawn what is shown of it: stacked or
	// turned around. floor is what it stands on when it is stacked, nil otherwise.
	values, drawn, floor []float64
	scale                *tsScale
}

// tsCollect makes series of the frames' numbers; exemplars are for tsExemplars.
func tsCollect(in Input) []*tsSeries {
	var all []*tsSeries
	for _, f := range in.Frames {
		times := tsTimes(f)
		if times == nil || f.Exemplars {
			continue
		}
		for _, field := range f.Fields {
			if field.Kind == frame.Number || field.Kind == frame.Bool {
				all = append(all, newTSSeries(in, times.Times, field))
			}
		}
	}
	return all
}

// tsTimes is the first column of times, nil if there is none.
func tsTimes(f frame.Frame) *frame.Field {
	for _, field := range f.Fields {
		if field.Kind == frame.Time {
			return field
		}
	}
	return nil
}

func newTSSeries(in Input, times []int64, f *frame.Field) *tsSeries {
	n := min(len(times), len(f.Numbers))
	s := &tsSeries{field: f, style: tsStyleOf(f), proc: value.For(f, in.Theme, in.Range.Zone)}
	s.times, s.values = tsSorted(times[:n], f.Numbers[:n])
	if zero, err := strconv.ParseFloat(f.Config.NoValue, 64); err == nil {
		s.values = tsFillNull(s.values, zero)
	}
	s.color = s.proc.Color()
	s.drawn = s.transformed()
	return s
}

// tsSorted puts samples in the order of time, which all that follows relies on.
func tsSorted(times []int64, values []float64) ([]int64, []float64) {
	if slices.IsSorted(times) {
		return times, values
	}
	order := make([]int, len(times))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return times[order[i]] < times[order[j]] })
	t, v := make([]int64, len(times)), make([]float64, len(times))
	for i, from := range order {
		t[i], v[i] = times[from], values[from]
	}
	return t, v
}

// tsFillNull puts a number where there is none; a NaN that was measured stays.
func tsFillNull(values []float64, with float64) []float64 {
	filled := slices.Clone(values)
	for i, v := range filled {
		if frame.IsNull(v) {
			filled[i] = with
		}
	}
	return filled
}

// transformed is the values as Grafana's option "transform" shows them.
func (s *tsSeries) transformed() []float64 {
	switch s.style.Transform {
	case "negative-Y":
		turned := slices.Clone(s.values)
		for i, v := range turned {
			if tsFinite(v) {
				turned[i] = -v
			}
		}
		return turned
	case "constant":
		flat := slices.Clone(s.values)
		for i := range flat {
			flat[i] = flat[0]
		}
		return flat
	}
	return s.values
}

// tsFinite tells what can be drawn: neither null nor NaN nor infinite.
func tsFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// tsExtent is the least and greatest of what can be drawn.
func tsExtent(values []float64) (lo, hi float64, ok bool) {
	for _, v := range values {
		if !tsFinite(v) {
			continue
		}
		if !ok {
			lo, hi, ok = v, v, true
		}
		lo, hi = math.Min(lo, v), math.Max(hi, v)
	}
	return lo, hi, ok
}

// hidden tells whether the series is in the data but not in the picture.
func (s *tsSeries) hidden() bool { return s.style.HideFrom.Viz }
