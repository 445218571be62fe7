package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Quantile estimates the q-quantile (0 to 1) of a histogram over Grafana's
// $__rate_interval, by the labels given. The estimate interpolates inside one
// bucket: its error is that bucket's width.
// https://prometheus.io/docs/practices/histograms/#errors-of-quantile-estimation
func Quantile(q float64, h catalog.Histogram, by []catalog.Label, where ...Matcher) Expr {
	if q < 0 || q > 1 {
		return Expr{err: fmt.Errorf("quantile %g: between 0 and 1", q)}
	}
	estimate := func(p piece) piece {
		return piece{text: fmt.Sprintf("histogram_quantile(%s, %s)", number(q), p.text)}
	}
	out := buckets(Window{}, h, by, where).wrap(estimate)
	out.labels = newLabelSet(by...)
	return out
}

// buckets is the rate of observations in each bucket, by the labels given: in
// the classic form by le as well, which in a native histogram is inside.
func buckets(w Window, h catalog.Histogram, by []catalog.Label, where []Matcher) Expr {
	rate := w.Rate(h.Bucket(), where...)
	classic := rate.Sum(append([]catalog.Label{catalog.LE}, by...)...)
	if !h.CanBeNative() {
		return classic
	}
	return either(classic, rate.Sum(by...))
}

// Mean is the mean of the observations over Grafana's $__rate_interval, by the
// labels given. Without observations it is "not a number", as a quantile is.
func Mean(h catalog.Histogram, by []catalog.Label, where ...Matcher) Expr {
	return Rate(h.Sum(), where...).Sum(by...).Per(Rate(h.Count(), where...).Sum(by...))
}

// Buckets is the rate of observations in each bucket, cumulative over the
// bounds, for a heatmap.
func Buckets(h catalog.Histogram, where ...Matcher) Expr {
	return buckets(Window{}, h, nil, where)
}

// AtMost is the rate of observations at or below a bound, which must be one of
// the histogram's own, by the labels given.
func AtMost(bound float64, h catalog.Histogram, by []catalog.Label, where ...Matcher) Expr {
	return Window{}.AtMost(bound, h, by, where...)
}

// AtMost is [AtMost] over the window.
func (w Window) AtMost(bound float64, h catalog.Histogram, by []catalog.Label, where ...Matcher) Expr {
	if !slices.Contains(h.Buckets, bound) {
		return Expr{err: fmt.Errorf("%s has no bucket bound %g, it has %v", h.PrometheusName(), bound, h.Buckets)}
	}
	classic := w.Rate(h.Bucket(), append(slices.Clone(where), atBound(bound))...).Sum(by...)
	if !h.CanBeNative() {
		return classic
	}
	rate := w.Rate(h.Bucket(), where...).Sum(by...)
	return either(classic, rate.wrap(func(p piece) piece {
		return piece{fmt.Sprintf("histogram_fraction(-Inf, %s, %s) * histogram_count(%s)", number(bound), p.text, p.text), true}
	}))
}

// atBound matches one bucket. Prometheus 3 stores a whole bound as 1.0,
// Prometheus 2 as the text format wrote it.
func atBound(bound float64) Matcher {
	text := number(bound)
	if strings.Contains(text, ".") {
		return Is(catalog.LE, text)
	}
	return Matches(catalog.LE, text+`(\.0)?`)
}

// Ratio is the share of part in whole, both by the same labels. Where part has
// no series, because nothing of the kind has happened yet, the share is 0, and
// so it is where whole is 0: a quiet service has no errors, and "no data" would
// look like a broken panel.
func Ratio(part, whole Expr) Expr {
	num := part.Or(whole.Times(0))
	den := whole.wrap(func(p piece) piece { return piece{text: "clamp_min(" + p.text + ", 1e-6)"} })
	return num.Per(den)
}
