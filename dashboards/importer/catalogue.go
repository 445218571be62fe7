package importer

import (
	"strconv"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// metric is a metric of the catalogue and its name in Go.
type metric struct {
	code string
	catalog.Metric
}

// label is a label of the catalogue and its name in Go.
type label struct {
	code string
	catalog.Label
}

// series is a stored series of a metric: how to ask for it in Go, and which of
// the interfaces it has.
type series struct {
	code       string
	cumulative catalog.Cumulative
	instant    catalog.Instant
	// histogram is the metric that a count, sum or bucket belongs to.
	histogram     *catalog.Histogram
	histogramCode string
}

// catalogue finds what the catalogue has by its Prometheus name.
type catalogue struct {
	series map[string]series
	labels map[string]label
	// native are the histograms that can be stored as one series, by its name:
	// to ask for it is to ask for the buckets.
	native map[string]series
}

func newCatalogue() catalogue {
	c := catalogue{series: map[string]series{}, labels: map[string]label{}, native: map[string]series{}}
	for _, m := range catalogueMetrics() {
		c.add(m)
	}
	for _, l := range catalogueLabels() {
		c.labels[l.Name()] = l
	}
	return c
}

func (c catalogue) add(m metric) {
	name := m.PrometheusName()
	switch kind := m.Metric.(type) {
	case catalog.Counter:
		c.series[name] = series{code: m.code, cumulative: kind}
	case catalog.UpDownCounter:
		c.series[name] = series{code: m.code, instant: kind}
	case catalog.Gauge:
		c.series[name] = series{code: m.code, instant: kind}
	case catalog.Histogram:
		for suffix, part := range map[string]series{
			"_count":  {code: ".Count()", cumulative: kind.Count()},
			"_sum":    {code: ".Sum()", cumulative: kind.Sum()},
			"_bucket": {code: ".Bucket()", cumulative: kind.Bucket()},
		} {
			part.code = m.code + part.code
			part.histogram, part.histogramCode = &kind, m.code
			c.series[name+suffix] = part
		}
		if kind.CanBeNative() {
			c.native[name] = c.series[name+"_bucket"]
		}
	}
}

// label is the label with a Prometheus name: the catalogue's if it has one.
func (c catalogue) label(name string) label {
	if l, ok := c.labels[name]; ok {
		return l
	}
	return label{strconv.Quote(name), catalog.Label(name)}
}
