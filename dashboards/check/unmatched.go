package check

import (
	"context"
	"fmt"
	"slices"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// cause is why an expression is empty.
type cause struct {
	// text is "" if it cannot be told, label the label whose value nothing has, and
	// near the value that may be meant.
	text, label, near string
}

// unmatched says why an expression is empty, if that is because it asks for a value
// of a label that no series of a metric has: a job that is spelt wrongly, or a
// status that nothing was answered with yet.
func unmatched(ctx context.Context, src Source, expr string, w window) cause {
	tree, err := parse(expr)
	if err != nil {
		return cause{}
	}
	for _, selectors := range parser.ExtractSelectors(tree) {
		name := metricOf(selectors)
		for _, m := range selectors {
			if name == "" || m.Type != labels.MatchEqual || m.Name == model.MetricNameLabel || m.Value == "" {
				continue
			}
			values, err := src.LabelValues(ctx, m.Name, fmt.Sprintf("{__name__=%q}", name), w.from, w.to)
			if err == nil && len(values) > 0 && !slices.Contains(values, m.Value) {
				return cause{fmt.Sprintf("no series of %s has %s=%q", name, m.Name, m.Value), m.Name, nearest(m.Value, values)}
			}
		}
	}
	return cause{}
}

// metricOf is the name that a selector asks for, "" if it asks for several.
func metricOf(selector []*labels.Matcher) string {
	for _, m := range selector {
		if m.Name == model.MetricNameLabel && m.Type == labels.MatchEqual {
			return m.Value
		}
	}
	return ""
}
