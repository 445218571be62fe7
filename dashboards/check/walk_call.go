package check

import (
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// call looks at a function and what it is given.
func (a *analyzer) call(e *parser.Call) facts {
	if e.Func.Name == "histogram_quantile" {
		return a.histogramQuantile(e)
	}
	quantile := a.quantile
	a.quantile = quantile && rateLike[e.Func.Name]
	var args []facts
	for _, arg := range e.Args {
		args = append(args, a.walk(arg))
	}
	a.quantile = quantile
	at := int(e.PosRange.Start)
	switch e.Func.Name {
	case "absent", "absent_over_time":
		return absence(e, args[0])
	case "label_replace", "label_join":
		return a.relabel(e, args[0])
	case "vector":
		return facts{labels: map[string]bool{}, kind: kindGauge, is: args[0].is, literal: args[0].literal}
	case "scalar":
		return facts{is: args[0].is, metrics: args[0].metrics}
	case "time":
		return facts{is: seconds1}
	case "info":
		f := args[0]
		f.open = true
		return f
	}
	if len(args) == 0 {
		return facts{}
	}
	a.ruleRate(e, args)
	a.ruleRange(e)
	a.ruleNative(e, args, at)
	a.sorted(e, args[0])
	return applied(e, args)
}

// rateLike are the functions for counters; deltaLike those for gauges.
var (
	rateLike  = toSet("rate", "increase", "irate")
	deltaLike = toSet("delta", "idelta", "deriv", "predict_linear", "double_exponential_smoothing")
)

// vectorArgument is the argument that the labels of the result come from.
var vectorArgument = map[string]int{"quantile_over_time": 1, "histogram_fraction": 2, "histogram_quantiles": 0}

// applied is the result of a function that keeps the labels.
func applied(e *parser.Call, args []facts) facts {
	i := vectorArgument[e.Func.Name]
	if i >= len(args) {
		return facts{labels: map[string]bool{}, open: true}
	}
	f := args[i]
	out := f.without(model.MetricNameLabel)
	out.literal = nil
	switch name := e.Func.Name; {
	case name == "rate" || name == "irate":
		out.is, out.kind = f.is.perSecond(), rated(f.kind)
	case name == "increase":
		out.kind = rated(f.kind)
	case name == "delta" || name == "idelta":
		out.kind = kindGauge
	case name == "deriv":
		out.is, out.kind = f.is.perSecond(), kindGauge
	case keepsValue[name]:
		// The value is one of those that went in, or between them.
		if f.kind == kindCounter && !stillCounter[name] {
			out.kind = kindGauge
		}
	case counts[name]:
		out.is, out.kind = things1, kindGauge
	case name == "timestamp":
		out.is, out.kind = seconds1, kindGauge
	case name == "histogram_avg":
		out.is, out.kind = f.observed, kindMean
	case name == "histogram_sum":
		out.is, out.kind = f.observed.mul(timeOf(f.is)), sumOf(f.kind)
	case name == "histogram_count":
		out.kind = sumOf(f.kind)
	case name == "histogram_fraction":
		out.is, out.kind = ratio1, kindGauge
	default:
		out.is, out.kind = unknownQuantity, kindGauge
	}
	return out
}

// timeOf is the part of a quantity that a rate has added.
func timeOf(q quantity) quantity {
	if !q.known {
		return q
	}
	return quantity{known: true, time: q.time, scale: 1}
}

func sumOf(k kind) kind {
	if k == kindNative {
		return kindCounter
	}
	return kindGauge
}

// rated is what a rate makes of a kind.
func rated(k kind) kind {
	switch k {
	case kindBuckets:
		return kindBucketRates
	case kindNative:
		return kindNativeRate
	case kindUnknown:
		return kindUnknown
	}
	return kindGauge
}

var (
	keepsValue = toSet("abs", "ceil", "floor", "round", "clamp", "clamp_min", "clamp_max", "sort", "sort_desc", "sort_by_label",
		"sort_by_label_desc", "avg_over_time", "min_over_time", "max_over_time", "sum_over_time", "last_over_time", "first_over_time",
		"quantile_over_time", "stddev_over_time", "mad_over_time", "predict_linear", "double_exponential_smoothing")
	// stillCounter are functions whose result is as cumulative as what goes in.
	stillCounter = toSet("ceil", "floor", "round", "clamp_min", "sort", "sort_desc", "sort_by_label", "sort_by_label_desc",
		"last_over_time", "first_over_time", "max_over_time", "min_over_time", "avg_over_time")
	counts = toSet("changes", "resets", "count_over_time")
)

// absence is what absent returns: the labels of the equality matchers.
func absence(e *parser.Call, f facts) facts {
	out := facts{labels: map[string]bool{}, kind: kindGauge, metrics: f.metrics}
	parser.Inspect(e.Args[0], func(n parser.Node, _ []parser.Node) error {
		if s, ok := n.(*parser.VectorSelector); ok {
			for _, m := range s.LabelMatchers {
				if m.Type == 0 && m.Name != model.MetricNameLabel {
					out.labels[m.Name] = true
				}
			}
		}
		return nil
	})
	return out
}

// relabel is label_replace or label_join: the sources must exist, and the
// destination does from then on.
func (a *analyzer) relabel(e *parser.Call, f facts) facts {
	var sources []parser.Expr
	if e.Func.Name == "label_replace" {
		sources = e.Args[3:4]
	} else {
		sources = e.Args[3:]
	}
	for _, s := range sources {
		literal, ok := s.(*parser.StringLiteral)
		if ok && literal.Val != "" && !a.missingLabel(f, literal.Val, int(literal.PosRange.Start)+1, e.Func.Name) {
			continue
		}
	}
	out := f.without()
	if out.labels == nil {
		out.labels = map[string]bool{}
	}
	if to, ok := e.Args[1].(*parser.StringLiteral); ok {
		if vague(to.Val) {
			out.open = true
		}
		// Where the expression does not match, the label stays as it was.
		out.labels[to.Val] = out.labels[to.Val] || e.Func.Name == "label_join"
	}
	return out
}

// sorted looks at the labels that sort_by_label names.
func (a *analyzer) sorted(e *parser.Call, f facts) {
	if e.Func.Name != "sort_by_label" && e.Func.Name != "sort_by_label_desc" {
		return
	}
	for _, arg := range e.Args[1:] {
		if literal, ok := arg.(*parser.StringLiteral); ok {
			a.missingLabel(f, literal.Val, int(literal.PosRange.Start)+1, e.Func.Name)
		}
	}
}
