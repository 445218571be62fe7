package check

import (
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// compared is what an alert compares: its expression with the comparisons taken
// out. It has data exactly where the alert could fire, whether it does now or not.
func compared(e parser.Expr) parser.Expr {
	switch e := e.(type) {
	case *parser.ParenExpr:
		e.Expr = compared(e.Expr)
	case *parser.UnaryExpr:
		e.Expr = compared(e.Expr)
	case *parser.SubqueryExpr:
		e.Expr = compared(e.Expr)
	case *parser.AggregateExpr:
		e.Expr = compared(e.Expr)
	case *parser.Call:
		if strings.HasPrefix(e.Func.Name, "absent") {
			return always // it fires for the very reason that there is no data
		}
		for i := range e.Args {
			e.Args[i] = compared(e.Args[i])
		}
	case *parser.BinaryExpr:
		return comparedSides(e)
	}
	return e
}

// always is an expression that always has data.
var always = &parser.Call{Func: parser.Functions["vector"], Args: parser.Expressions{&parser.NumberLiteral{Val: 1}}}

func comparedSides(e *parser.BinaryExpr) parser.Expr {
	e.LHS, e.RHS = compared(e.LHS), compared(e.RHS)
	switch {
	case e.Op == parser.LUNLESS:
		return e.LHS
	case !e.Op.IsComparisonOperator() || e.ReturnBool:
	case e.VectorMatching != nil:
		e.Op = parser.ADD // has data where both sides do, which match in the same way
	case e.LHS.Type() == parser.ValueTypeScalar:
		return e.RHS
	default:
		return e.LHS
	}
	return e
}

// withoutTarget takes out the matchers for labels that an exposition does not
// have, since the scrape adds them.
func (s *Schema) withoutTarget(e parser.Expr) {
	added := func(m *labels.Matcher) bool {
		return s.target[m.Name] || discovered[m.Name] && !s.anywhere(m.Name)
	}
	parser.Inspect(e, func(n parser.Node, _ []parser.Node) error {
		v, ok := n.(*parser.VectorSelector)
		if kept := 0; ok {
			for _, m := range v.LabelMatchers {
				if !added(m) {
					kept++
				}
			}
			if kept > 0 {
				v.LabelMatchers = slices.DeleteFunc(v.LabelMatchers, added)
			}
		}
		return nil
	})
}
