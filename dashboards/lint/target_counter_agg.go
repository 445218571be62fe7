package lint

import (
	"slices"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"
)

func targetCounterAgg() Rule {
	return Rule{
		ID:   "target-counter-agg",
		What: "A counter (its name ends in _total) is read through rate, irate or increase.",
		Why:  "The value itself is everything since the last restart: it only rises, and falls to 0 with each deployment.",
		How:  "Write rate(name_total[$__rate_interval]). To look only at whether the series is there, count, group, absent and the like will do.",
		check: func(b *Board, report report) {
			for _, t := range b.promQueries() {
				t.promQL.selectors(func(s *parser.VectorSelector, path []parser.Node) {
					if strings.HasSuffix(metric(s), "_total") && !slices.ContainsFunc(path, takesCounter) {
						report(t.place().at(t.get("expr")), metric(s)+" is a counter, and nothing takes its rate")
					}
				})
			}
		},
	}
}

// takesCounter reports whether what is around a counter makes sense of it.
func takesCounter(n parser.Node) bool {
	switch n := n.(type) {
	case *parser.Call:
		return slices.Contains([]string{
			"rate", "irate", "increase", "resets", "changes", "absent", "absent_over_time",
			"present_over_time", "count_over_time", "timestamp",
		}, n.Func.Name)
	case *parser.AggregateExpr:
		return n.Op == parser.COUNT || n.Op == parser.GROUP
	}
	return false
}
