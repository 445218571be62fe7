package source

import (
	"maps"
	"slices"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// new is an empty frame of the target.
func (p plan) new(fields ...*frame.Field) frame.Frame {
	return frame.Frame{RefID: p.target.RefID, Instant: p.instant, Heatmap: p.target.Format == "heatmap", Expr: p.expr, Fields: fields}
}

// timeSeries is a frame for each series: Time and Value, with the labels on the
// value.
func (p plan) timeSeries(list []stream) []frame.Frame {
	out := make([]frame.Frame, len(list))
	for i, s := range list {
		times, values := s.Values.times, s.Values.values
		if !p.instant {
			times, values = withGaps(times, values, p.step)
		}
		name := seriesName(p.legend, s.Metric, p.expr)
		value := &frame.Field{Name: "Value", Kind: frame.Number, Labels: s.Metric, Numbers: values}
		value.Config.DisplayNameFromDS = name
		out[i] = p.new(&frame.Field{Name: "Time", Kind: frame.Time, Times: times}, value)
		out[i].Name = name
	}
	return out
}

// withGaps puts one absent value where steps are missing, so that a line has a
// gap there as in Grafana.
func withGaps(times []int64, values []float64, step time.Duration) ([]int64, []float64) {
	gaps := 0
	for i := 1; i < len(times); i++ {
		if times[i]-times[i-1] > step.Milliseconds() {
			gaps++
		}
	}
	if gaps == 0 {
		return times, values
	}
	t, v := make([]int64, 0, len(times)+gaps), make([]float64, 0, len(times)+gaps)
	for i := range times {
		if i > 0 && times[i]-times[i-1] > step.Milliseconds() {
			t, v = append(t, times[i-1]+step.Milliseconds()), append(v, frame.Null)
		}
		t, v = append(t, times[i]), append(v, values[i])
	}
	return t, v
}

// table is one frame: Time, a column for each label, and the value, which
// carries the letter of its query if there are several.
func (p plan) table(list []stream) []frame.Frame {
	names := map[string]bool{}
	for _, s := range list {
		for name := range s.Metric {
			names[name] = true
		}
	}
	at := &frame.Field{Name: "Time", Kind: frame.Time}
	value := &frame.Field{Name: "Value", Kind: frame.Number}
	if p.several {
		value.Name = "Value #" + p.target.RefID
	}
	out := p.new(at)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		column := &frame.Field{Name: name, Kind: frame.String}
		for _, s := range list {
			for range s.Values.times {
				column.Strings = append(column.Strings, s.Metric[name])
			}
		}
		out.Fields = append(out.Fields, column)
	}
	for _, s := range list {
		at.Times, value.Numbers = append(at.Times, s.Values.times...), append(value.Numbers, s.Values.values...)
	}
	if len(at.Times) == 0 {
		return nil
	}
	out.Fields = append(out.Fields, value)
	return []frame.Frame{out}
}
