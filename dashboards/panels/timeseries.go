package panels

import (
	"github.com/K-Phoen/grabana/row"
	"github.com/K-Phoen/grabana/target/prometheus"
	"github.com/K-Phoen/grabana/timeseries"
	"github.com/K-Phoen/grabana/timeseries/axis"
	"github.com/K-Phoen/grabana/timeseries/threshold"

	"github.com/ginsight/ginsight/dashboards/modern"
)

// Lines draws one line per series, with the mean, the maximum and the last
// value of each in the legend.
func Lines(s Spec) Panel { return s.timeSeries(modern.Extra{}) }

// Stacked draws areas on top of each other, for parts of a whole.
func Stacked(s Spec) Panel {
	return s.timeSeries(modern.Extra{}, timeseries.Stack(timeseries.NormalStack), timeseries.FillOpacity(40))
}

// Latency draws lines from zero, with the exemplars of the requests behind
// them.
func Latency(s Spec) Panel {
	return s.timeSeries(modern.Extra{Exemplars: true}, timeseries.Axis(axis.Min(0)))
}

func (s Spec) timeSeries(extra modern.Extra, more ...timeseries.Option) Panel {
	extra.Width = columns / 2
	extra.SortBy = "Mean"
	return s.panel(func(queries []compiled) row.Option {
		options := []timeseries.Option{
			timeseries.Description(s.Help),
			timeseries.Tooltip(timeseries.AllSeries),
			timeseries.Legend(timeseries.AsTable, timeseries.Bottom, timeseries.Avg, timeseries.Max, timeseries.LastNonNull),
			timeseries.FillOpacity(10),
			timeseries.GradientMode(timeseries.NoGradient),
			timeseries.Axis(s.axis()...),
		}
		for _, q := range queries {
			options = append(options, timeseries.WithPrometheusTarget(q.expr, prometheus.Legend(q.legend)))
		}
		if len(s.Thresholds) > 0 {
			options = append(options, timeseries.Thresholds(threshold.Style(threshold.AsLines),
				threshold.Steps(steps(s.Thresholds, func(t Threshold) threshold.Step {
					return threshold.Step{Color: t.Color, Value: t.From}
				})...)))
		}
		return row.WithTimeSeries(s.Title, append(options, more...)...)
	}, extra)
}

func (s Spec) axis() []axis.Option {
	out := []axis.Option{axis.Unit(s.Unit), axis.SoftMin(0)}
	if s.Min != nil {
		out = append(out, axis.Min(*s.Min))
	}
	if s.Max != nil {
		out = append(out, axis.Max(*s.Max))
	}
	if s.Decimals != nil {
		out = append(out, axis.Decimals(*s.Decimals))
	}
	return out
}

// steps converts thresholds to whatever a kind of panel calls them.
func steps[T any](list []Threshold, convert func(Threshold) T) []T {
	out := make([]T, len(list))
	for i, t := range list {
		out[i] = convert(t)
	}
	return out
}
