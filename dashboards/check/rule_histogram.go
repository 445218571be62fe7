package check

import (
	"fmt"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// histogramQuantile looks at what a quantile is taken of.
func (a *analyzer) histogramQuantile(e *parser.Call) facts {
	phi := a.walk(e.Args[0])
	outer := a.quantile
	a.quantile = true
	f := a.walk(e.Args[1])
	a.quantile = outer
	at := int(e.PosRange.Start)
	a.ruleQuantileRange(phi, int(e.Args[0].PositionRange().Start))
	a.ruleNotHistogram(e, f, at)
	out := f.without(model.BucketLabel)
	out.kind, out.is, out.literal, out.fixed = kindQuantile, f.observed, nil, false
	return out
}

// ruleQuantileRange reports a quantile such as 95.
func (a *analyzer) ruleQuantileRange(phi facts, at int) {
	if v := phi.literal; v != nil && (*v < 0 || *v > 1) {
		a.report(ruleQuantileRange, SeverityError, at, fmt.Sprintf("the quantile %g is not between 0 and 1, and gives infinity", *v), "", fmt.Sprintf("write %g", *v/100))
	}
}

// ruleNotHistogram reports quantiles of what is no histogram, and of buckets
// since the start of the process.
func (a *analyzer) ruleNotHistogram(e *parser.Call, f facts, at int) {
	_, le := f.labels[model.BucketLabel]
	switch {
	case len(f.metrics) == 0 || f.kind == kindUnknown:
	case !f.kind.histogram() && !le:
		a.report(ruleNotHistogram, SeverityError, at, fmt.Sprintf("histogram_quantile needs buckets, and %s has none", f.subject()), a.bucketsOf(f), "")
	case f.kind == kindBuckets || f.kind == kindNative:
		a.report(ruleQuantileNoRate, SeverityWarning, at, "without a rate, the quantile is that of all observations since the start", "", "take rate(...[$__rate_interval]) first")
	case (f.kind == kindBucketRates) && f.fixed:
		a.report(ruleNotHistogram, SeverityError, at, "a quantile of a single bucket is none", "", "leave out the matcher for le")
	}
}

// bucketsOf is the series that may be meant: the buckets of the same histogram.
func (a *analyzer) bucketsOf(f facts) string {
	for _, m := range f.metrics {
		base := strings.TrimSuffix(strings.TrimSuffix(m.Name, "_count"), "_sum")
		if other := a.schema.metrics[base+"_bucket"]; other != nil {
			return other.Name
		}
	}
	return ""
}

// ruleNative reports functions for native histograms on anything else.
func (a *analyzer) ruleNative(e *parser.Call, args []facts, at int) {
	switch e.Func.Name {
	case "histogram_avg", "histogram_count", "histogram_sum", "histogram_fraction", "histogram_stddev", "histogram_stdvar":
	default:
		return
	}
	f := args[len(args)-1]
	if len(f.metrics) == 0 || f.native() || f.kind == kindUnknown {
		return
	}
	if e.Func.Name == "histogram_fraction" && (f.kind == kindBuckets || f.kind == kindBucketRates) {
		return // Prometheus 3.5 and up take classic buckets too
	}
	a.report(ruleNativeFunction, SeverityError, at, fmt.Sprintf("%s is for native histograms, and %s is none", e.Func.Name, f.subject()), "", "")
}
