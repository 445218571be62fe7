package query

import (
	"fmt"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Raw is PromQL as text: the way out for a metric that is in no catalogue, or a
// function that this package does not have. It goes through the parser like
// everything else and is printed in canonical form, with Grafana's variables in
// place. What it gives up is the check that the metric exists and carries the
// labels asked for; it is easy to find in a review.
//
// The labels of the result are read off the text where it fixes them, as "sum by
// (route)" does. Where it does not, as in a bare "up", labels name those that
// legends and further operations may use. Naming one that the text has
// aggregated away is an error.
func Raw(promql string, labels ...catalog.Label) Expr {
	tree, _, err := parse(promql)
	if err != nil {
		return Expr{err: err}
	}
	out := written(piece{promql, open(tree)}, newLabelSet(labels...))
	fixed, known := resultLabels(tree)
	if !known {
		return out
	}
	for _, name := range out.labels.names() {
		if !fixed[name] {
			return Expr{err: fmt.Errorf("raw query %s: the result has no label %s, it has %v", promql, name, fixed.names())}
		}
	}
	out.labels = fixed
	return out
}

// open says whether a tree prints as something that needs parentheses as an
// operand.
func open(tree parser.Expr) bool {
	switch tree.(type) {
	case *parser.BinaryExpr, *parser.UnaryExpr:
		return true
	}
	return false
}

// resultLabels reads the labels of a result off its syntax tree. known is false
// where they depend on the data.
func resultLabels(node parser.Expr) (labels labelSet, known bool) {
	switch n := node.(type) {
	case *parser.ParenExpr:
		return resultLabels(n.Expr)
	case *parser.UnaryExpr:
		return resultLabels(n.Expr)
	case *parser.StepInvariantExpr:
		return resultLabels(n.Expr)
	case *parser.NumberLiteral:
		return labelSet{}, true
	case *parser.AggregateExpr:
		return aggregateLabels(n)
	case *parser.Call:
		return callLabels(n)
	case *parser.BinaryExpr:
		return binaryLabels(n)
	}
	return nil, false
}

func aggregateLabels(n *parser.AggregateExpr) (labelSet, bool) {
	switch n.Op {
	case parser.TOPK, parser.BOTTOMK, parser.LIMITK, parser.LIMIT_RATIO:
		return resultLabels(n.Expr)
	}
	if n.Without {
		return nil, false
	}
	labels, known := namesOf(n.Grouping)
	if name, ok := n.Param.(*parser.StringLiteral); ok && known { // count_values
		labels[name.Val] = true
	}
	return labels, known
}

// namesOf are label names, unless one of them is a variable.
func namesOf(list []string) (labelSet, bool) {
	labels := labelSet{}
	for _, name := range list {
		if strings.Contains(name, "ginsight_name_") {
			return nil, false
		}
		labels[name] = true
	}
	return labels, true
}

func callLabels(n *parser.Call) (labelSet, bool) {
	switch n.Func.Name {
	case "label_replace", "label_join", "info", "absent", "absent_over_time":
		return nil, false
	case "scalar", "time", "vector":
		return labelSet{}, true
	}
	for _, arg := range n.Args {
		if arg.Type() != parser.ValueTypeVector && arg.Type() != parser.ValueTypeMatrix {
			continue
		}
		labels, known := resultLabels(arg)
		if n.Func.Name == "histogram_quantile" && known {
			delete(labels, catalog.LE.Name())
		}
		return labels, known
	}
	return labelSet{}, true
}

func binaryLabels(n *parser.BinaryExpr) (labelSet, bool) {
	left, leftKnown := resultLabels(n.LHS)
	right, rightKnown := resultLabels(n.RHS)
	switch {
	case n.LHS.Type() == parser.ValueTypeScalar:
		return right, rightKnown
	case n.RHS.Type() == parser.ValueTypeScalar, n.Op == parser.LAND, n.Op == parser.LUNLESS:
		return left, leftKnown
	case n.Op == parser.LOR:
		for name := range right {
			if left != nil {
				left[name] = true
			}
		}
		return left, leftKnown && rightKnown
	case n.VectorMatching.Card != parser.CardOneToOne:
		return nil, false
	case n.VectorMatching.On:
		return namesOf(n.VectorMatching.MatchingLabels)
	case len(n.VectorMatching.MatchingLabels) > 0: // ignoring
		return nil, false
	}
	return left, leftKnown
}
