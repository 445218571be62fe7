package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// matching looks at the labels that match the two sides of an operator.
func (a *analyzer) matching(e *parser.BinaryExpr, l, r facts) {
	m := e.VectorMatching
	start, end := int(e.LHS.PositionRange().End), int(e.RHS.PositionRange().Start)
	if m.On {
		for _, label := range m.MatchingLabels {
			a.on(e, label, l, r, a.word(start, end, label))
		}
	} else {
		for _, label := range m.MatchingLabels {
			if a.has(l, label) == missing && a.has(r, label) == missing {
				a.missingLabel(l, label, a.word(start, end, label), "ignoring")
			}
		}
		a.never(e, l, r, start)
	}
	one := r
	if m.Card == parser.CardOneToMany {
		one = l
	}
	for _, label := range m.Include {
		a.missingLabel(one, label, a.word(start, end, label), "group_left or group_right")
	}
}

// on looks at one label of on(...), which both sides need: with a side that
// never has it, nothing matches unless the other lacks it too.
func (a *analyzer) on(e *parser.BinaryExpr, label string, l, r facts, at int) {
	switch {
	case a.has(l, label) == missing && len(l.metrics) > 0:
		a.missingLabel(l, label, at, "on, on the left side")
	case a.has(r, label) == missing && len(r.metrics) > 0 && e.Op != parser.LOR:
		a.missingLabel(r, label, at, "on, on the right side")
	}
}

// never reports sides that cannot match, since one always has a label that the
// other never has.
func (a *analyzer) never(e *parser.BinaryExpr, l, r facts, at int) {
	if e.Op == parser.LOR || e.Op == parser.LUNLESS || len(l.metrics) == 0 || len(r.metrics) == 0 {
		return
	}
	ignored := e.VectorMatching.MatchingLabels
	extra := append(a.certain(l, r, ignored), a.certain(r, l, ignored)...)
	if len(extra) == 0 {
		return
	}
	slices.Sort(extra)
	a.report(ruleMatchNever, SeverityError, at, "nothing on the left can match anything on the right: only one side has "+strings.Join(extra, ", "),
		"", "aggregate both sides by the same labels, or match on(...) what they share")
}

// certain lists labels that all series of x have and none of y.
func (a *analyzer) certain(x, y facts, ignored []string) []string {
	var out []string
	for _, label := range slices.Sorted(maps.Keys(x.labels)) {
		if x.labels[label] && label != model.MetricNameLabel && !slices.Contains(ignored, label) && a.has(y, label) == missing {
			out = append(out, label)
		}
	}
	return out
}
