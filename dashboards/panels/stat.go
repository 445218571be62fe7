package panels

import (
	"cmp"

	"github.com/K-Phoen/grabana/row"
	"github.com/K-Phoen/grabana/stat"
	"github.com/K-Phoen/grabana/target/prometheus"

	"github.com/ginsight/ginsight/dashboards/modern"
)

// columns is the width of Grafana's grid.
const columns = 24

// Number shows the last value in large figures above its course, coloured by
// the thresholds.
func Number(s Spec) Panel { return s.number(nil, stat.SparkLine()) }

// Fact shows the last value in large figures alone, for what has no course
// worth drawing.
//
// It asks for the value now: the last one of a time range would stay up after
// the series has ended.
func Fact(s Spec) Panel { return s.number([]prometheus.Option{prometheus.Instant()}) }

func (s Spec) number(how []prometheus.Option, more ...stat.Option) Panel {
	return s.panel(func(queries []compiled) row.Option {
		options := []stat.Option{
			stat.Description(s.Help),
			stat.Unit(s.Unit),
			stat.ValueType(stat.LastNonNull),
			stat.Orientation(stat.OrientationAuto),
			stat.Text(stat.TextAuto),
			stat.NoValue(""), // Grafana's own "No data" is clearer than "N/A"
			stat.ColorValue(),
			stat.AbsoluteThresholds(s.statSteps()),
		}
		if s.Decimals != nil {
			options = append(options, stat.Decimals(*s.Decimals))
		}
		for _, q := range queries {
			options = append(options, stat.WithPrometheusTarget(q.expr, append(how, prometheus.Legend(q.legend))...))
		}
		return row.WithStat(s.Title, append(options, more...)...)
	}, modern.Extra{Width: 4, Height: 5, Wide: true})
}

func (s Spec) statSteps() []stat.ThresholdStep {
	base := []stat.ThresholdStep{{Color: cmp.Or(s.Base, "green")}}
	return append(base, steps(s.Thresholds, func(t Threshold) stat.ThresholdStep {
		return stat.ThresholdStep{Color: t.Color, Value: &t.From}
	})...)
}
