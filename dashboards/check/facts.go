package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/prometheus/common/model"
)

// facts are what is known of an expression's result.
type facts struct {
	// labels are those that series of the result can have; true for one that
	// all of them have.
	labels map[string]bool
	// open says that there may be any other label, since a part of the
	// expression is not known.
	open bool
	// raw says that the target's own labels are all still there.
	raw bool
	// metrics are what it is made of.
	metrics []*Metric
	kind    kind
	// is is what a value measures, observed what a histogram observes.
	is, observed quantity
	// fixed says that one bucket of a histogram was picked.
	fixed bool
	// grouped says that series were aggregated.
	grouped bool
	// literal is the value of a number that is written in the query.
	literal *float64
}

// kind is what the values are, as far as functions care.
type kind int

const (
	kindUnknown kind = iota
	kindGauge
	// kindCounter only grows, and starts at zero now and then.
	kindCounter
	// kindBuckets are the counters of a classic histogram's buckets, and
	// kindBucketRates what a rate makes of them.
	kindBuckets
	kindBucketRates
	// kindNative are native histograms, kindNativeRate their rates.
	kindNative
	kindNativeRate
	// kindQuantile is a quantile; neither its sum nor its mean is one.
	kindQuantile
	// kindMean is a sum over a count, kindRatio a part of a whole.
	kindMean
	kindRatio
)

// kindOf tells what the values of a metric are.
func kindOf(m *Metric) kind {
	switch m.Type {
	case model.MetricTypeCounter:
		return kindCounter
	case model.MetricTypeGauge, model.MetricTypeInfo, model.MetricTypeStateset:
		return kindGauge
	case model.MetricTypeSummary:
		if m.Name == m.Family {
			return kindQuantile
		}
		return kindCounter
	case model.MetricTypeHistogram:
		switch {
		case m.Native:
			return kindNative
		case strings.HasSuffix(m.Name, "_bucket"):
			return kindBuckets
		}
		return kindCounter
	case model.MetricTypeGaugeHistogram:
		if strings.HasSuffix(m.Name, "_bucket") {
			return kindBucketRates
		}
		return kindGauge
	}
	return kindByName(m)
}

// kindByName is for metrics without a declared type: _total is for counters, and
// series with le are buckets.
func kindByName(m *Metric) kind {
	switch {
	case m.Type != model.MetricTypeUnknown && m.Type != "":
		return kindUnknown
	case strings.HasSuffix(m.Name, "_total"):
		return kindCounter
	case strings.HasSuffix(m.Name, "_bucket") && len(m.bounds) > 0:
		return kindBuckets
	}
	return kindUnknown
}

// histogram tells whether the values are a histogram or its buckets.
func (k kind) histogram() bool { return k >= kindBuckets && k <= kindNativeRate }

// cumulative tells whether the values only grow, so that they mean nothing
// without a rate.
func (k kind) cumulative() bool { return k == kindCounter || k == kindBuckets || k == kindNative }

// presence is whether a label exists on a result.
type presence int

const (
	missing presence = iota
	perhaps
	present
)

// has tells whether series of the result can have a label.
func (a *analyzer) has(f facts, label string) presence {
	switch _, listed := f.labels[label]; {
	case listed, label == model.MetricNameLabel:
		return present
	case f.open || vague(label) || a.schema.optional[label]:
		return perhaps
	case f.raw && a.schema.scraped && discovered[label] && !a.schema.anywhere(label):
		return perhaps
	}
	return missing
}

// discovered are labels that service discovery usually adds to targets, which
// an exposition cannot show.
var discovered = toSet("cluster", "namespace", "pod", "node", "container", "service", "endpoint", "env", "environment",
	"region", "zone", "datacenter", "dc", "host", "hostname", "team", "tenant", "stack", "app", "replica", "prometheus",
	"kubernetes_namespace", "kubernetes_pod_name", "kubernetes_node", "nodename", "group", "server", "role", "stage",
	"project", "account", "deployment", "release", "job_name", "exported_job", "exported_instance")

func toSet(list ...string) map[string]bool {
	out := make(map[string]bool, len(list))
	for _, s := range list {
		out[s] = true
	}
	return out
}

// of is what is known of all series of a metric.
func (a *analyzer) of(m *Metric) facts {
	if m.recorded != nil {
		return a.recorded(m)
	}
	f := facts{labels: map[string]bool{}, raw: true, metrics: []*Metric{m}, kind: kindOf(m), open: m.unseen}
	for label, n := range m.labels {
		f.labels[label] = n == m.series
	}
	if a.schema.scraped {
		// A server shows them on the series, also where a rule took them away.
		for label := range a.schema.target {
			f.labels[label] = true
		}
	}
	f.is, f.observed = quantitiesOf(m)
	return f
}

// anyOf joins alternatives: a label of one is possible, of both certain.
func anyOf(x, y facts) facts {
	out := x
	out.labels = map[string]bool{}
	for label, always := range x.labels {
		out.labels[label] = always && y.labels[label]
	}
	for label := range y.labels {
		if _, both := x.labels[label]; !both {
			out.labels[label] = false
		}
	}
	out.open, out.raw = x.open || y.open, x.raw || y.raw
	out.metrics = slices.Concat(x.metrics, y.metrics)
	if x.kind != y.kind {
		out.kind = kindUnknown
	}
	out.is = either(x.is, y.is)
	out.literal = nil
	return out
}

// subject names what an expression is made of, for a message.
func (f facts) subject() string {
	seen := map[string]bool{}
	for _, m := range f.metrics {
		seen[m.Name] = true
	}
	names := slices.Sorted(maps.Keys(seen))
	if len(names) > 3 {
		names = append(names[:3], "…")
	}
	return strings.Join(names, ", ")
}

// without is the result with labels taken away, which a caller may change.
func (f facts) without(labels ...string) facts {
	f.labels = maps.Clone(f.labels)
	for _, l := range labels {
		delete(f.labels, l)
	}
	return f
}
