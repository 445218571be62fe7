package check

import (
	"regexp"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// aggregate narrows the labels and looks at what is aggregated.
func (a *analyzer) aggregate(e *parser.AggregateExpr) facts {
	f := a.walk(e.Expr)
	if e.Param != nil {
		a.walk(e.Param)
	}
	for _, label := range e.Grouping {
		if a.missingLabel(f, label, a.groupingAt(e, label), clause(e)) {
			f = f.without()
			f.labels[label] = false
		}
	}
	at := int(e.PosRange.Start)
	a.cumulativeBuckets(e, f, at)
	a.ruleAggregated(e, f, at)
	return aggregated(e, f)
}

func clause(e *parser.AggregateExpr) string {
	if e.Without {
		return "without"
	}
	return "by"
}

// groupingAt is where a label of the grouping stands: before what is
// aggregated, or behind it.
func (a *analyzer) groupingAt(e *parser.AggregateExpr, label string) int {
	start, end := int(e.PosRange.Start), int(e.PosRange.End)
	if !groupedBefore.MatchString(a.masked.text[start:end]) {
		start = int(e.Expr.PositionRange().End)
	}
	return a.word(start, end, label)
}

var groupedBefore = regexp.MustCompile(`^\w+\s*(?i:by|without)\s*\(`)

// keeps tells whether an aggregation keeps a label.
func keeps(e *parser.AggregateExpr, label string) bool {
	for _, l := range e.Grouping {
		if l == label {
			return !e.Without
		}
	}
	return e.Without
}

// picks tells whether an aggregation only chooses among series.
func picks(op parser.ItemType) bool {
	switch op {
	case parser.TOPK, parser.BOTTOMK, parser.LIMITK, parser.LIMIT_RATIO:
		return true
	}
	return false
}

func aggregated(e *parser.AggregateExpr, f facts) facts {
	if picks(e.Op) {
		return f
	}
	out := f
	out.labels, out.grouped, out.literal = map[string]bool{}, true, nil
	out.open, out.raw = f.open && e.Without, f.raw && e.Without
	for label, always := range f.labels {
		if keeps(e, label) {
			out.labels[label] = always
		}
	}
	if !e.Without {
		for _, label := range e.Grouping {
			out.labels[label] = f.labels[label]
			out.open = out.open || vague(label)
		}
	}
	out.kind, out.is = aggregatedKind(e.Op, f)
	if label, ok := e.Param.(*parser.StringLiteral); ok && e.Op == parser.COUNT_VALUES {
		out.labels[label.Val] = true
	}
	return out
}

// aggregatedKind tells what an aggregation makes of the values.
func aggregatedKind(op parser.ItemType, f facts) (kind, quantity) {
	switch op {
	case parser.COUNT, parser.COUNT_VALUES:
		return kindGauge, things1
	case parser.GROUP:
		return kindGauge, unknownQuantity
	case parser.STDVAR:
		return kindGauge, f.is.mul(f.is)
	case parser.STDDEV, parser.QUANTILE:
		return kindGauge, f.is
	case parser.SUM, parser.AVG:
		if op == parser.SUM && f.subject() == "up" {
			return kindGauge, things1 // those that are up
		}
		return f.kind, f.is
	}
	if f.kind.histogram() {
		return kindUnknown, f.is
	}
	return f.kind, f.is
}

// cumulativeBuckets reports a sum over all buckets of a histogram: each of them
// counts the smaller ones too.
func (a *analyzer) cumulativeBuckets(e *parser.AggregateExpr, f facts, at int) {
	classic := f.kind == kindBuckets || f.kind == kindBucketRates
	_, has := f.labels[model.BucketLabel]
	if !classic || !has || f.fixed || a.presence || picks(e.Op) || keeps(e, model.BucketLabel) || (e.Op != parser.SUM && e.Op != parser.AVG) {
		return
	}
	if a.quantile {
		a.report(ruleLeLost, SeverityError, at, "the aggregation drops the label le, without which there is no quantile", "", "keep le: "+strings.ToLower(e.Op.String())+" by (le, ...)")
		return
	}
	a.report(ruleBucketsSummed, SeverityError, at, f.subject()+" is added up over le, although each bucket counts the smaller ones too", "", "use the _count series, or keep le")
}

// ruleAggregated reports sums and means of what has neither.
func (a *analyzer) ruleAggregated(e *parser.AggregateExpr, f facts, at int) {
	if (e.Op != parser.SUM && e.Op != parser.AVG) || !drops(e, f) {
		return
	}
	switch {
	case f.kind == kindQuantile:
		a.report(ruleQuantileSummed, SeverityWarning, at, "a "+e.Op.String()+" of quantiles is no quantile", "", "aggregate the buckets inside of histogram_quantile")
	case f.kind == kindMean && e.Op == parser.AVG:
		a.report(ruleMeanOfMeans, SeverityWarning, at, "the mean of means weighs all series the same, however many observations they have", "", "divide the sum of the _sum series by that of the _count series")
	case (f.kind == kindMean || f.kind == kindRatio) && e.Op == parser.SUM:
		a.report(ruleSumOfRatio, SeverityWarning, at, "a sum of ratios is no ratio", "", "divide the sums")
	}
}

// drops tells whether an aggregation joins series that differ in more than the
// quantile or the job.
func drops(e *parser.AggregateExpr, f facts) bool {
	for label := range f.labels {
		if label != model.QuantileLabel && label != model.JobLabel && !keeps(e, label) {
			return true
		}
	}
	return false
}
