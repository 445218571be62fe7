package source

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// operators are those of filters that a matcher of PromQL can say.
var operators = map[string]labels.MatchType{
	"": labels.MatchEqual, "=": labels.MatchEqual, "!=": labels.MatchNotEqual,
	"=~": labels.MatchRegexp, "!~": labels.MatchNotRegexp,
	"=|": labels.MatchRegexp, "!=|": labels.MatchNotRegexp,
}

// narrowed puts a board's filters into every selector of a query, as Grafana
// does. A filter that cannot be put in is an error: without it the panel would
// show more than it should.
func narrowed(expr string, filters []model.Filter) (string, error) {
	var matchers []*labels.Matcher
	for _, f := range filters {
		m, err := matcher(f)
		if err != nil {
			return "", fmt.Errorf("the filter %s%s%q: %w", f.Key, f.Operator, f.Value, err)
		}
		matchers = append(matchers, m)
	}
	tree, err := parser.NewParser(parser.Options{EnableExperimentalFunctions: true}).ParseExpr(expr)
	if err != nil {
		return "", fmt.Errorf("the filters of the board cannot be put into the query: %w", err)
	}
	parser.Inspect(tree, func(node parser.Node, _ []parser.Node) error {
		if selector, ok := node.(*parser.VectorSelector); ok {
			selector.LabelMatchers = append(selector.LabelMatchers, matchers...)
		}
		return nil
	})
	return tree.String(), nil
}

func matcher(f model.Filter) (*labels.Matcher, error) {
	kind, ok := operators[f.Operator]
	if !ok {
		return nil, fmt.Errorf("Prometheus has no operator %s", f.Operator)
	}
	value := f.Value
	if strings.HasSuffix(f.Operator, "|") {
		quoted := make([]string, len(f.Values))
		for i, v := range f.Values {
			quoted[i] = regexp.QuoteMeta(v)
		}
		value = strings.Join(quoted, "|")
	}
	return labels.NewMatcher(kind, f.Key, value)
}
