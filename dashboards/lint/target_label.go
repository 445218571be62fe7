package lint

import (
	"fmt"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// targetLabel is what the rules for job and instance have in common.
func targetLabel(b *Board, name string, report report) {
	for _, t := range b.promQueries() {
		reported := map[string]bool{}
		t.promQL.selectors(func(s *parser.VectorSelector, _ []parser.Node) {
			if narrowed(s, name) || reported[metric(s)] {
				return
			}
			reported[metric(s)] = true
			report(t.place().at(t.get("expr")), fmt.Sprintf("%s has no matcher %s=~\"$%s\"", orAny(metric(s)), name, name))
		})
	}
}

// narrowed reports whether a selector has a positive matcher with the variable of
// the label's name.
func narrowed(s *parser.VectorSelector, name string) bool {
	for _, m := range s.LabelMatchers {
		positive := m.Type == labels.MatchEqual || m.Type == labels.MatchRegexp
		if m.Name == name && positive && mentioned(m.Value, name) {
			return true
		}
	}
	return false
}

func orAny(metric string) string {
	if metric == "" {
		return "a selector"
	}
	return metric
}
