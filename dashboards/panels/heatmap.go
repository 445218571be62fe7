package panels

import (
	"github.com/K-Phoen/grabana/heatmap"
	"github.com/K-Phoen/grabana/heatmap/axis"
	"github.com/K-Phoen/grabana/row"
	"github.com/K-Phoen/grabana/target/prometheus"

	"github.com/ginsight/ginsight/dashboards/modern"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// boundLegend names the series of a classic histogram by their bound.
var boundLegend = query.Legend("%s", catalog.LE)

// Heatmap draws a histogram's buckets over time. The query is one that
// query.Buckets wrote; its series are named by their bound, so a legend is not
// wanted. Unit is that of the bounds.
func Heatmap(s Spec) Panel {
	for i := range s.Queries {
		s.Queries[i].Legend = boundLegend
	}
	return s.panel(func(queries []compiled) row.Option {
		options := []heatmap.Option{
			heatmap.Description(s.Help),
			heatmap.YAxis(axis.Unit(s.Unit)),
			heatmap.Legend(),
		}
		for _, q := range queries {
			options = append(options, heatmap.WithPrometheusTarget(q.expr,
				prometheus.Legend(q.legend), prometheus.Format(prometheus.FormatHeatmap)))
		}
		return row.WithHeatmap(s.Title, options...)
	}, modern.Extra{Width: columns / 2, Exemplars: true})
}
