package check

import (
	"fmt"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// ruleRate compares functions over time with the type of what they are given.
func (a *analyzer) ruleRate(e *parser.Call, args []facts) {
	f, at := args[0], int(e.PosRange.Start)
	switch name := e.Func.Name; {
	case rateLike[name]:
		a.ruleRateOfSum(e, f, at)
		a.ruleRateOfGauge(name, f, at)
	case deltaLike[name] && f.kind.cumulative() && !meaningful(f):
		a.report(ruleDeltaOfCounter, SeverityWarning, at, fmt.Sprintf("%s of the counter %s takes a restart for a fall", name, f.subject()), "", "use rate or increase")
	}
}

// ruleRateOfGauge reports a rate of what goes up and down. A gauge that is
// named like a counter is more likely declared wrongly than used wrongly.
func (a *analyzer) ruleRateOfGauge(name string, f facts, at int) {
	switch f.kind {
	case kindUnknown:
		for _, m := range f.metrics {
			if m.Type == model.MetricTypeUnknown && !m.unseen {
				a.report(ruleUndecidedType, SeverityUndecided, at, m.Name+" has no declared type, so that nothing shows whether a "+name+" fits", "", "")
			}
		}
	case kindGauge, kindQuantile, kindMean, kindRatio, kindBucketRates, kindNativeRate:
		severity, fix := SeverityError, "use delta or deriv, or draw it as it is"
		if namedAsCounter(f) {
			severity, fix = SeverityWarning, "if it only grows, the exporter should declare it a counter"
		}
		if len(f.metrics) > 0 {
			a.report(ruleRateOfGauge, severity, at, fmt.Sprintf("%s is for counters, and %s is a %s", name, f.subject(), f.kind), "", fix)
		}
	}
}

func (k kind) String() string {
	switch k {
	case kindQuantile:
		return "quantile"
	case kindMean, kindRatio:
		return "ratio"
	}
	return "gauge"
}

// namedAsCounter tells whether a metric is a counter by its name.
func namedAsCounter(f facts) bool {
	for _, m := range f.metrics {
		for _, suffix := range []string{"_total", "_count", "_sum", "_bucket"} {
			if strings.HasSuffix(m.Name, suffix) {
				return true
			}
		}
	}
	return false
}

// meaningful tells of counters whose value means something, such as moments.
func meaningful(f facts) bool {
	for _, m := range f.metrics {
		if strings.HasSuffix(m.Name, "_created") || strings.HasSuffix(m.Name, "_timestamp_seconds") {
			return true
		}
	}
	return false
}

// ruleRateOfSum reports the rate of an aggregation of counters.
func (a *analyzer) ruleRateOfSum(e *parser.Call, f facts, at int) {
	if len(f.metrics) == 1 && f.kind.cumulative() && f.metrics[0].recorded != nil && f.metrics[0].recorded.grouped {
		a.report(ruleRateOfSum, SeverityError, at, "a rate of "+f.subject()+", which aggregates counters, takes a restart of one for an increase",
			"", fmt.Sprintf("record the %s and aggregate that", e.Func.Name))
	}
	sub, ok := e.Args[0].(*parser.SubqueryExpr)
	if !ok || !f.grouped || !f.kind.cumulative() {
		return
	}
	inner := sub.Expr
	for {
		p, ok := inner.(*parser.ParenExpr)
		if !ok {
			break
		}
		inner = p.Expr
	}
	if g, ok := inner.(*parser.AggregateExpr); ok && !picks(g.Op) {
		a.report(ruleRateOfSum, SeverityError, at, fmt.Sprintf("a rate of the %s of counters takes a restart of one for an increase", strings.ToLower(g.Op.String())),
			"", fmt.Sprintf("take the %s first and aggregate then", e.Func.Name))
	}
}

// needed is how many scrapes the range of a rate should cover.
const needed = 4

// ruleRange reports ranges that are too short for a rate.
func (a *analyzer) ruleRange(e *parser.Call) {
	s, ok := e.Args[0].(*parser.MatrixSelector)
	if !ok || !rateLike[e.Func.Name] && !deltaLike[e.Func.Name] || s.RangeExpr != nil {
		return
	}
	start, end := int(s.PositionRange().Start), int(s.EndPos)
	bracket := start + strings.LastIndexByte(a.masked.text[start:end], '[') + 1
	written := a.rangeVariable(bracket)
	switch {
	case strings.HasPrefix(written, "__interval") && (a.query.panel == nil || a.query.panel.interval == ""):
		a.report(ruleRange, SeverityWarning, bracket, "$__interval is shorter than four scrapes when the dashboard is zoomed in", "", "use $__rate_interval")
	case written == "" && s.Range < needed*a.scrape && e.Func.Name != "predict_linear":
		a.report(ruleRange, SeverityWarning, bracket, fmt.Sprintf("the range of %s covers fewer than four scrapes, of one every %s", model.Duration(s.Range), model.Duration(a.scrape)),
			"", fmt.Sprintf("use $__rate_interval, or at least %s", model.Duration(time.Duration(needed)*a.scrape)))
	}
}

// rangeVariable is the variable at a place of the masked text, or "".
func (a *analyzer) rangeVariable(at int) string {
	for _, c := range a.masked.cuts {
		if at >= c.out && at < c.outEnd {
			text := a.query.Expr[a.base:]
			if ref := reference.FindStringSubmatchIndex(text[c.in:c.inEnd]); ref != nil {
				return referenced(text[c.in:c.inEnd], ref)
			}
		}
	}
	return ""
}
