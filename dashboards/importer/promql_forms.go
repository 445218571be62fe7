package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"

	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// aggregation is a sum, max, min, avg or count by labels, or a topk.
func (t translator) aggregation(n parser.Expr) (expression, bool) {
	a, ok := n.(*parser.AggregateExpr)
	if !ok || a.Without {
		return expression{}, false
	}
	inner, ok := t.node(a.Expr)
	if !ok {
		return expression{}, false
	}
	if k, isNumber := a.Param.(*parser.NumberLiteral); isNumber && a.Op == parser.TOPK && len(a.Grouping) == 0 {
		return expression{fmt.Sprintf("%s.TopK(%d)", inner.code, int(k.Val)), inner.expr.TopK(int(k.Val))}, true
	}
	by, code := t.grouping(a.Grouping)
	for name, f := range map[string]func(...catalog.Label) query.Expr{
		"Sum": inner.expr.Sum, "Max": inner.expr.Max, "Min": inner.expr.Min, "Avg": inner.expr.Avg, "Count": inner.expr.Count,
		"Present": inner.expr.Present,
	} {
		if strings.EqualFold(name, a.Op.String()) || name == "Present" && a.Op == parser.GROUP {
			return expression{inner.code + "." + name + "(" + code + ")", f(by...)}, true
		}
	}
	return expression{}, false
}

func (t translator) grouping(names []string) ([]catalog.Label, string) {
	var list []catalog.Label
	var code []string
	for _, name := range names {
		l := t.label(name)
		list, code = append(list, l.Label), append(code, l.code)
	}
	return list, strings.Join(code, ", ")
}

// by is a list of labels as an argument.
func by(code string) string {
	if code == "" {
		return "nil"
	}
	return "[]catalog.Label{" + code + "}"
}

// summed takes apart the sum of a histogram's series over a window.
func (t translator) summed(n parser.Expr, part string) (w windowed, grouping []string, ok bool) {
	a, ok := n.(*parser.AggregateExpr)
	if !ok || a.Without || a.Op != parser.SUM {
		return windowed{}, nil, false
	}
	w, ok = t.window(a.Expr)
	return w, a.Grouping, ok && w.name == "Rate" && w.histogram != nil && strings.HasSuffix(w.selection.code, part)
}

func (t translator) quantile(n parser.Expr) (expression, bool) {
	call, ok := n.(*parser.Call)
	if !ok || call.Func.Name != "histogram_quantile" || len(call.Args) != 2 {
		return expression{}, false
	}
	q, ok := call.Args[0].(*parser.NumberLiteral)
	if !ok {
		return expression{}, false
	}
	s, names, ok := t.summed(call.Args[1], ".Bucket()")
	if !ok {
		return expression{}, false
	}
	list, code := t.grouping(slices.DeleteFunc(slices.Clone(names), isLE))
	return expression{
		s.call("Quantile", number(q.Val), s.histogramCode, by(code)),
		query.Quantile(q.Val, *s.histogram, list, s.where()...),
	}, true
}

// mean is the sum of a histogram over its count.
func (t translator) mean(n parser.Expr) (expression, bool) {
	b, ok := n.(*parser.BinaryExpr)
	if !ok || b.Op != parser.DIV {
		return expression{}, false
	}
	s, names, ok := t.summed(b.LHS, ".Sum()")
	if !ok {
		return expression{}, false
	}
	list, code := t.grouping(names)
	return expression{s.call("Mean", s.histogramCode, by(code)), query.Mean(*s.histogram, list, s.where()...)}, true
}

// wholeBound is what ends the pattern of a bound without a fraction.
const wholeBound = `(\.0)?`

func isLE(name string) bool { return name == catalog.LE.Name() }

// buckets are all of them, for a heatmap.
func (t translator) buckets(n parser.Expr) (expression, bool) {
	s, _, ok := t.summed(n, ".Bucket()")
	if !ok {
		return expression{}, false
	}
	return expression{s.call("Buckets", s.histogramCode), query.Buckets(*s.histogram, s.where()...)}, true
}

// atMost is the sum of one bucket, which a matcher on le picks, or of a native
// histogram's share below the bound.
func (t translator) atMost(n parser.Expr) (expression, bool) {
	if product, ok := n.(*parser.BinaryExpr); ok && product.Op == parser.MUL {
		return t.fraction(product.LHS)
	}
	s, names, ok := t.summed(n, ".Bucket()")
	at := slices.IndexFunc(s.matchers, func(m matcher) bool { return m.Name == catalog.LE.Name() })
	if !ok || at < 0 {
		return expression{}, false
	}
	bound, err := strconv.ParseFloat(strings.TrimSuffix(s.matchers[at].Value, wholeBound), 64)
	if err != nil {
		return expression{}, false
	}
	s.matchers = slices.Delete(slices.Clone(s.matchers), at, at+1)
	return t.below(bound, s, names), true
}

func (t translator) below(bound float64, s windowed, names []string) expression {
	list, code := t.grouping(names)
	return expression{
		s.call(s.code+"AtMost", number(bound), s.histogramCode, by(code)),
		s.AtMost(bound, *s.histogram, list, s.where()...),
	}
}

func (t translator) fraction(n parser.Expr) (expression, bool) {
	call, ok := n.(*parser.Call)
	if !ok || call.Func.Name != "histogram_fraction" {
		return expression{}, false
	}
	bound, isNumber := call.Args[1].(*parser.NumberLiteral)
	s, names, ok := t.summed(call.Args[2], ".Bucket()")
	if !ok || !isNumber {
		return expression{}, false
	}
	return t.below(bound.Val, s, names), true
}

// ratio is a share that is 0 where nothing of the kind has happened.
func (t translator) ratio(n parser.Expr) (expression, bool) {
	b, ok := n.(*parser.BinaryExpr)
	if !ok || b.Op != parser.DIV {
		return expression{}, false
	}
	part, isOr := unwrap(b.LHS).(*parser.BinaryExpr)
	clamp, isCall := b.RHS.(*parser.Call)
	if !isOr || part.Op != parser.LOR || !isCall || clamp.Func.Name != "clamp_min" {
		return expression{}, false
	}
	num, ok := t.node(part.LHS)
	den, alsoOK := t.node(clamp.Args[0])
	return expression{
		"query.Ratio(" + num.code + ", " + den.code + ")", query.Ratio(num.expr, den.expr),
	}, ok && alsoOK
}

// age is the time since a moment.
func (t translator) age(n parser.Expr) (expression, bool) {
	b, ok := n.(*parser.BinaryExpr)
	if !ok || b.Op != parser.SUB || b.LHS.String() != "time()" {
		return expression{}, false
	}
	s, ok := t.picked(b.RHS)
	if !ok || s.instant == nil {
		return expression{}, false
	}
	return expression{s.call("Age", s.code), query.Age(s.instant, s.where()...)}, true
}

func (t translator) binary(n parser.Expr) (expression, bool) {
	b, ok := n.(*parser.BinaryExpr)
	if !ok {
		return expression{}, false
	}
	if one, isNumber := b.LHS.(*parser.NumberLiteral); isNumber && one.Val == 1 && b.Op == parser.SUB {
		inner, ok := t.node(b.RHS)
		return expression{inner.code + ".Complement()", inner.expr.Complement()}, ok
	}
	left, ok := t.node(b.LHS)
	if !ok {
		return expression{}, false
	}
	if f, isNumber := unwrap(b.RHS).(*parser.NumberLiteral); isNumber && b.Op == parser.MUL {
		return expression{left.code + ".Times(" + number(f.Val) + ")", left.expr.Times(f.Val)}, true
	}
	right, ok := t.node(b.RHS)
	if !ok {
		return expression{}, false
	}
	for op, f := range map[parser.ItemType]struct {
		name string
		do   func(query.Expr) query.Expr
	}{
		parser.ADD: {"Plus", left.expr.Plus}, parser.SUB: {"Minus", left.expr.Minus},
		parser.DIV: {"Per", left.expr.Per}, parser.LOR: {"Or", left.expr.Or},
		parser.LUNLESS: {"Unless", left.expr.Unless},
	} {
		if op == b.Op {
			return expression{left.code + "." + f.name + "(" + right.code + ")", f.do(right.expr)}, true
		}
	}
	return expression{}, false
}

// atMostOne cuts at 1.
func (t translator) atMostOne(n parser.Expr) (expression, bool) {
	call, ok := n.(*parser.Call)
	if !ok || call.Func.Name != "clamp_max" {
		return expression{}, false
	}
	inner, ok := t.node(call.Args[0])
	return expression{inner.code + ".AtMostOne()", inner.expr.AtMostOne()}, ok
}

func unwrap(n parser.Expr) parser.Expr {
	for {
		p, ok := n.(*parser.ParenExpr)
		if !ok {
			return n
		}
		n = p.Expr
	}
}

func number(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
