package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// alert looks at what an alerting rule makes of its expression.
func (a *analyzer) alert(tree parser.Expr, f facts) {
	a.ruleTemplateLabel(f)
	a.ruleAlertAlways(tree, f)
	if f.kind.cumulative() && !f.fixed && !meaningful(f) {
		found := a.finding(ruleCounterNoRate, SeverityWarning, f.subject()+" only grows: once above the limit, the alert fires until the next restart")
		found.Fix = "compare rate(...[5m]) or increase(...)"
		a.found = append(a.found, found)
	}
}

// ruleTemplateLabel reports labels that a template shows and the alert lacks: the
// text then has a hole.
func (a *analyzer) ruleTemplateLabel(f facts) {
	if len(f.metrics) == 0 {
		return
	}
	rule := a.query.rule
	for _, t := range rule.templates() {
		for _, label := range t.labels {
			if label == model.MetricNameLabel || a.has(f, label) != missing {
				continue
			}
			found := a.finding(ruleTemplateLabel, SeverityWarning, fmt.Sprintf("the %s shows $labels.%s, and the result has no such label", t.name, label))
			found.FileLine = rule.lineOf[t.name]
			found.Nearest = nearest(label, sortedNames(f.labels))
			switch {
			case rule.Labels[label] != "":
				found.Fix = "templates do not see the labels that the rule sets: write the value"
			case found.Nearest == "" && len(f.labels) > 0:
				found.Fix = "keep the label in the expression, or show one of " + strings.Join(sortedNames(f.labels), ", ")
			}
			a.found = append(a.found, found)
		}
	}
}

// ruleAlertAlways reports an expression that leaves nothing out, so that the alert
// fires for as long as there is data. What rules record or make of alerts may have
// been compared already, and a constant means to fire.
func (a *analyzer) ruleAlertAlways(tree parser.Expr, f facts) {
	made := func(m *Metric) bool { return m.recorded != nil }
	if f.open || len(f.metrics) == 0 || slices.ContainsFunc(f.metrics, made) || leavesOut(tree) {
		return
	}
	found := a.finding(ruleAlertAlways, SeverityWarning, "the alert fires whenever "+f.subject()+" has data, since nothing is compared")
	found.Fix = "compare with a limit, without bool"
	a.found = append(a.found, found)
}

// leavesOut tells whether an expression can be empty although its metrics have
// data.
func leavesOut(tree parser.Expr) bool {
	found := false
	parser.Inspect(tree, func(n parser.Node, _ []parser.Node) error {
		switch n := n.(type) {
		case *parser.BinaryExpr:
			found = found || n.Op == parser.LAND || n.Op == parser.LUNLESS || n.Op.IsComparisonOperator() && !n.ReturnBool
		case *parser.Call:
			found = found || strings.HasPrefix(n.Func.Name, "absent")
		}
		return nil
	})
	return found
}
