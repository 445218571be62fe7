// Package catalog names every metric once. The instrumentation creates its
// instruments from these descriptions, and dashboards, rules and checks build
// their queries from them, so that a metric cannot be renamed on one side only.
//
// A description carries the OpenTelemetry name and unit. Its Prometheus name is
// derived by github.com/prometheus/otlptranslator, the library that the
// OpenTelemetry Prometheus exporter uses itself, with the exporter's default
// strategy (underscores, unit and type suffixes).
//
// The package is a leaf: it imports the semantic conventions and the translator
// and nothing else of the project.
//
// A service declares metrics of its own in the same way:
//
//	var Orders = catalog.Counter{Desc: catalog.Desc{
//		Name: "shop.orders", Unit: "{order}", Help: "Orders placed.",
//		Labels: []catalog.Label{"shop.channel"},
//	}}
package catalog

import "github.com/prometheus/otlptranslator"

// Desc describes one metric, whatever its kind.
type Desc struct {
	// Name is the OpenTelemetry instrument name, such as
	// http.server.request.duration, or the Prometheus name if Foreign is set.
	Name string
	// Unit is a UCUM unit ("s", "By", "{request}") or empty.
	Unit string
	// Help is one sentence; it becomes the HELP line of the exposition.
	Help string
	// Labels are the attributes that a series of the metric can carry. Labels
	// that Prometheus attaches to every series of a target (job, instance) are
	// not listed.
	Labels []Label
	// Foreign marks a metric whose Prometheus name was given by somebody else,
	// such as up or process_cpu_seconds_total: it is not translated.
	Foreign bool
	// When says under which condition the metric exists; empty means always.
	When string
}

// Metric is what every kind of metric has in common.
type Metric interface {
	// Describe returns the description.
	Describe() Desc
	// PrometheusName is the name of the metric family in an exposition.
	PrometheusName() string
	// Series lists the series names under which samples are stored in
	// Prometheus: one for most kinds, three for a classic histogram.
	Series() []Series
}

// Series is one stored series name with the labels it can carry.
type Series struct {
	Name   string
	Labels []Label
	// Native says where the same is found if the histogram that the series
	// belongs to is stored as a native one; zero if there is no such form.
	Native NativePart
}

// NativePart is a part of a native histogram.
type NativePart struct {
	// Family is the name of its one series.
	Family string
	// Function takes the part out of it, such as histogram_count; empty for the
	// buckets.
	Function string
}

// Cumulative is a series that only grows between restarts, which is what rate
// and increase are defined on: a counter, or the count, sum or buckets of a
// histogram.
type Cumulative interface{ Cumulative() Series }

// Instant is a series whose value at one moment means something by itself: a
// gauge or an up-down counter.
type Instant interface{ Instant() Series }

// Counter is a monotonic sum.
type Counter struct{ Desc }

// UpDownCounter is a sum that can fall, such as requests in flight.
type UpDownCounter struct{ Desc }

// Gauge is a value that is observed, such as a temperature.
type Gauge struct{ Desc }

// Histogram is an explicit-bucket histogram.
type Histogram struct {
	Desc
	// Buckets are the upper bounds in Unit, ascending, without +Inf. Nil means
	// that the producer decides (the Go runtime's own buckets).
	Buckets []float64
}

// With returns the histogram with more labels, for a catalogue of a service that
// adds attributes of its own to a standard metric.
func (h Histogram) With(labels ...Label) Histogram {
	h.Labels = append(append([]Label(nil), h.Labels...), labels...)
	return h
}

// part is one series of a histogram.
type part Series

// Cumulative implements [Cumulative].
func (p part) Cumulative() Series { return Series(p) }

// Describe implements [Metric].
func (d Desc) Describe() Desc { return d }

// PrometheusName implements [Metric].
func (c Counter) PrometheusName() string {
	return c.translate(otlptranslator.MetricTypeMonotonicCounter)
}

// PrometheusName implements [Metric].
func (u UpDownCounter) PrometheusName() string {
	return u.translate(otlptranslator.MetricTypeNonMonotonicCounter)
}

// PrometheusName implements [Metric].
func (g Gauge) PrometheusName() string { return g.translate(otlptranslator.MetricTypeGauge) }

// PrometheusName implements [Metric].
func (h Histogram) PrometheusName() string { return h.translate(otlptranslator.MetricTypeHistogram) }

// Series implements [Metric].
func (c Counter) Series() []Series { return []Series{c.Cumulative()} }

// Series implements [Metric].
func (u UpDownCounter) Series() []Series { return []Series{u.Instant()} }

// Series implements [Metric].
func (g Gauge) Series() []Series { return []Series{g.Instant()} }

// Series implements [Metric]: the buckets, the count and the sum.
func (h Histogram) Series() []Series {
	return []Series{Series(h.bucket()), Series(h.count()), Series(h.sum())}
}

// Cumulative implements [Cumulative].
func (c Counter) Cumulative() Series { return Series{Name: c.PrometheusName(), Labels: c.Labels} }

// Instant implements [Instant].
func (u UpDownCounter) Instant() Series { return Series{Name: u.PrometheusName(), Labels: u.Labels} }

// Instant implements [Instant].
func (g Gauge) Instant() Series { return Series{Name: g.PrometheusName(), Labels: g.Labels} }

// Count is the number of observations.
func (h Histogram) Count() Cumulative { return h.count() }

// Sum is the sum of the observed values, in the histogram's unit.
func (h Histogram) Sum() Cumulative { return h.sum() }

// Bucket is the number of observations at or below each bound, which is in
// the label [LE].
func (h Histogram) Bucket() Cumulative { return h.bucket() }

// CanBeNative tells whether the histogram is stored as a native one where that
// form is chosen: if its buckets are ours to choose.
func (h Histogram) CanBeNative() bool { return h.Buckets != nil && !h.Foreign }

func (h Histogram) count() part { return h.part("_count", "histogram_count", h.Labels) }
func (h Histogram) sum() part   { return h.part("_sum", "histogram_sum", h.Labels) }
func (h Histogram) bucket() part {
	return h.part("_bucket", "", append(append([]Label(nil), h.Labels...), LE))
}

func (h Histogram) part(suffix, function string, labels []Label) part {
	p := part{Name: h.PrometheusName() + suffix, Labels: labels}
	if h.CanBeNative() {
		p.Native = NativePart{h.PrometheusName(), function}
	}
	return p
}

func (d Desc) translate(t otlptranslator.MetricType) string {
	if d.Foreign {
		return d.Name
	}
	namer := otlptranslator.NewMetricNamer("", otlptranslator.UnderscoreEscapingWithSuffixes)
	name, err := namer.Build(otlptranslator.Metric{Name: d.Name, Unit: d.Unit, Type: t})
	if err != nil {
		// The name has no letter that Prometheus allows. An empty name makes
		// every query built from it fail, and [Validate] says why.
		return ""
	}
	return name
}
