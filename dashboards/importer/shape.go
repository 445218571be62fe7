package importer

import (
	"fmt"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"
)

// shape is a text that two expressions share if and only if they are the same
// but for parentheses that change nothing.
func shape(n parser.Expr) string {
	switch n := unwrap(n).(type) {
	case *parser.BinaryExpr:
		matching := ""
		if n.VectorMatching != nil {
			matching = fmt.Sprintf("%+v", *n.VectorMatching)
		}
		return fmt.Sprintf("(%s %s %v %s %s)", shape(n.LHS), n.Op, n.ReturnBool, matching, shape(n.RHS))
	case *parser.UnaryExpr:
		return fmt.Sprintf("(%s %s)", n.Op, shape(n.Expr))
	case *parser.AggregateExpr:
		param := ""
		if n.Param != nil {
			param = shape(n.Param)
		}
		return fmt.Sprintf("(%s %v %q %s %s)", n.Op, n.Without, n.Grouping, param, shape(n.Expr))
	case *parser.Call:
		var args []string
		for _, a := range n.Args {
			args = append(args, shape(a))
		}
		return fmt.Sprintf("(%s %s)", n.Func.Name, strings.Join(args, ", "))
	default:
		return n.String()
	}
}
