package lint

import (
	"fmt"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

func targetRatio() Rule {
	return Rule{
		ID:   "target-ratio",
		What: "In a ratio of a metric to itself, what narrows the denominator narrows the numerator too.",
		Why:  "A matcher that was pasted into one half only makes a share of something else: errors of all services over the requests of one.",
		How:  "Add the matcher to the numerator as well, or take it out of the denominator.",
		check: func(b *Board, report report) {
			for _, t := range b.promQueries() {
				t.promQL.walk(func(n parser.Node, _ []parser.Node) {
					if e, ok := n.(*parser.BinaryExpr); ok && e.Op == parser.DIV {
						for _, text := range unequal(e) {
							report(t.place().at(t.get("expr")), text)
						}
					}
				})
			}
		},
	}
}

// unequal lists the matchers of the denominator that a selector of the numerator
// lacks although it is of the same metric.
func unequal(e *parser.BinaryExpr) []string {
	var out []string
	seen := map[string]bool{}
	for _, above := range selectorsIn(e.LHS) {
		for _, below := range selectorsIn(e.RHS) {
			if family(metric(above)) == "" || family(metric(above)) != family(metric(below)) {
				continue
			}
			for _, m := range below.LabelMatchers {
				text := fmt.Sprintf("%s narrows the denominator and not the numerator", m)
				if !excluded(m) && !carries(above, m) && !seen[text] {
					seen[text] = true
					out = append(out, text)
				}
			}
		}
	}
	return out
}

func selectorsIn(e parser.Expr) []*parser.VectorSelector {
	var out []*parser.VectorSelector
	parser.Inspect(e, func(n parser.Node, _ []parser.Node) error {
		if s, ok := n.(*parser.VectorSelector); ok {
			out = append(out, s)
		}
		return nil
	})
	return out
}

// family is the metric without what the parts of a histogram add to it.
func family(metric string) string {
	for _, suffix := range []string{"_bucket", "_count", "_sum"} {
		if base, ok := strings.CutSuffix(metric, suffix); ok {
			return base
		}
	}
	return metric
}

// excluded are matchers that make no part of a whole: the name itself, and the
// bucket's bound, which a count does not have.
func excluded(m *labels.Matcher) bool {
	return m.Name == model.MetricNameLabel || m.Name == "le"
}

// carries reports whether a selector is as narrow as the matcher: it has the same
// one, or another on the label that is fixed and may be a part of it.
func carries(s *parser.VectorSelector, m *labels.Matcher) bool {
	for _, own := range s.LabelMatchers {
		if own.Name != m.Name {
			continue
		}
		if own.Type == m.Type && own.Value == m.Value || !strings.Contains(own.Value, "$") {
			return true
		}
	}
	return false
}
