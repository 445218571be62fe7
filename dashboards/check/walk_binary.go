package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// binary combines both sides of an operator.
func (a *analyzer) binary(e *parser.BinaryExpr) facts {
	quantile, presence := a.quantile, a.presence
	a.quantile, a.presence = false, presence || asksPresence(e)
	l, r := a.walk(e.LHS), a.walk(e.RHS)
	a.quantile, a.presence = quantile, presence
	if e.VectorMatching == nil {
		return a.withScalar(e, l, r)
	}
	a.matching(e, l, r)
	if e.Op == parser.LOR {
		return anyOf(l, r)
	}
	out := matched(e.VectorMatching, l, r)
	switch {
	case e.Op == parser.LAND || e.Op == parser.LUNLESS:
		return l
	case e.Op.IsComparisonOperator():
		if e.ReturnBool {
			out.kind, out.is = kindGauge, unknownQuantity
		} else {
			out.kind, out.is, out.observed = l.kind, l.is, l.observed
		}
		return out
	}
	a.ruleMixed(e, l, r)
	out.is, out.observed = arithmetic(e.Op, l.is, r.is), either(l.observed, r.observed)
	if e.Op == parser.DIV && !l.is.known && !r.is.known && related(l, r) {
		out.is = ratio1
	}
	out.kind = combined(e, l, r)
	out.metrics = slices.Concat(l.metrics, r.metrics)
	return out
}

// asksPresence tells whether an expression only asks whether something happened,
// for which anything does that is zero when nothing did.
func asksPresence(e *parser.BinaryExpr) bool {
	zero, ok := e.RHS.(*parser.NumberLiteral)
	return ok && zero.Val == 0 && (e.Op == parser.GTR || e.Op == parser.NEQ)
}

// withScalar is an operator of which one side has no labels.
func (a *analyzer) withScalar(e *parser.BinaryExpr, l, r facts) facts {
	vector, other, left := l, r, true
	if e.LHS.Type() == parser.ValueTypeScalar && e.RHS.Type() != parser.ValueTypeScalar {
		vector, other, left = r, l, false
	}
	out := vector
	out.literal = nil
	switch {
	case e.Op.IsComparisonOperator():
		if e.ReturnBool {
			out.kind, out.is = kindGauge, unknownQuantity
		}
		return out
	case other.literal != nil:
		out.is = withLiteral(e.Op, vector.is, *other.literal, left)
		if l.literal != nil && r.literal != nil {
			out.literal = folded(e.Op, *l.literal, *r.literal)
		}
	default:
		a.ruleMixed(e, l, r)
		out.is = arithmetic(e.Op, l.is, r.is)
	}
	if !left && e.Op != parser.MUL || !factor(e.Op) {
		out.kind = kindGauge
	}
	return out
}

func factor(op parser.ItemType) bool { return op == parser.MUL || op == parser.DIV }

// folded computes a constant such as 1024 * 1024.
func folded(op parser.ItemType, x, y float64) *float64 {
	switch op {
	case parser.MUL:
		x *= y
	case parser.DIV:
		x /= y
	case parser.ADD:
		x += y
	case parser.SUB:
		x -= y
	default:
		return nil
	}
	return &x
}

// withLiteral is what a value measures after an operation with a number.
func withLiteral(op parser.ItemType, q quantity, v float64, left bool) quantity {
	switch {
	case !q.known:
		return q
	case op == parser.MUL:
		return q.multiplied(v)
	case op == parser.DIV && left:
		return q.divided(v)
	case op == parser.DIV && !left:
		return ratio1.div(q)
	case op == parser.ADD || op == parser.SUB || op == parser.MOD && left:
		if q.dimensionless() && (v == 1 || v == 100) && !left {
			q.scale = 1 / v // 1 - x means a share, 100 - x a percentage
		}
		return q
	}
	return unknownQuantity
}

// arithmetic is what the result of an operation measures.
func arithmetic(op parser.ItemType, l, r quantity) quantity {
	switch op {
	case parser.MUL:
		return l.mul(r)
	case parser.DIV:
		return l.div(r)
	case parser.ADD, parser.SUB:
		return either(l, r)
	}
	return unknownQuantity
}

// ruleMixed reports sums of seconds and bytes.
func (a *analyzer) ruleMixed(e *parser.BinaryExpr, l, r facts) {
	if (e.Op != parser.ADD && e.Op != parser.SUB) || !l.is.known || !r.is.known || l.is.same(r.is) || l.is.counted || r.is.counted {
		return
	}
	a.report(ruleMixedUnits, SeverityWarning, int(e.PositionRange().Start), "the two sides of "+e.Op.String()+" measure different things: "+
		l.is.String()+" and "+r.is.String(), "", "")
}

// combined tells what arithmetic makes of two kinds of values.
func combined(e *parser.BinaryExpr, l, r facts) kind {
	switch {
	case e.Op == parser.ADD && l.kind == r.kind:
		return l.kind
	case e.Op != parser.DIV:
		return kindGauge
	case mean(l, r):
		return kindMean
	case e.VectorMatching.Card == parser.CardOneToOne && l.grouped == r.grouped && l.is.known && r.is.known &&
		l.is.same(r.is) && l.is.things == r.is.things && !sameSeries(l, r):
		return kindRatio
	}
	return kindGauge
}

// mean tells whether a sum is divided by the count of the same histogram.
func mean(l, r facts) bool {
	return len(l.metrics) == 1 && len(r.metrics) == 1 && l.metrics[0].Family == r.metrics[0].Family &&
		strings.HasSuffix(l.metrics[0].Name, "_sum") && strings.HasSuffix(r.metrics[0].Name, "_count")
}

// related tells whether all metrics of both sides extend one name, as x and
// x_limit do: whatever they measure, it is the same.
func related(l, r facts) bool {
	all := slices.Concat(l.metrics, r.metrics)
	if len(l.metrics) == 0 || len(r.metrics) == 0 {
		return false
	}
	shortest := slices.MinFunc(all, func(a, b *Metric) int { return len(a.Name) - len(b.Name) })
	return !slices.ContainsFunc(all, func(m *Metric) bool { return !strings.HasPrefix(m.Name, shortest.Name) })
}

// sameSeries tells whether both sides come from one metric: parts of a whole
// that add up to it.
func sameSeries(l, r facts) bool { return l.subject() == r.subject() }

// matched are the labels of the result of matching two vectors.
func matched(m *parser.VectorMatching, l, r facts) facts {
	out, from := l, r
	if m.Card == parser.CardOneToMany {
		out, from = r, l
	}
	out.literal = nil
	out.labels = maps.Clone(out.labels)
	if out.labels == nil {
		out.labels = map[string]bool{}
	}
	if m.Card == parser.CardOneToOne {
		out.restrict(m)
	}
	for _, label := range m.Include {
		out.labels[label] = from.labels[label]
	}
	out.open = l.open || (len(m.Include) > 0 && r.open)
	if m.Card == parser.CardOneToOne && m.On {
		out.open, out.raw = false, false
		for _, label := range m.MatchingLabels {
			out.open = out.open || vague(label)
		}
	}
	return out
}

func (f *facts) restrict(m *parser.VectorMatching) {
	maps.DeleteFunc(f.labels, func(label string, _ bool) bool {
		return slices.Contains(m.MatchingLabels, label) != m.On
	})
	if m.On {
		for _, label := range m.MatchingLabels {
			if _, ok := f.labels[label]; !ok {
				f.labels[label] = false
			}
		}
	}
	delete(f.labels, model.MetricNameLabel)
}
