package catalog

import (
	"errors"
	"fmt"
	"slices"
)

// HTTP lists the HTTP server metrics.
func HTTP() []Metric {
	return []Metric{RequestDuration, ActiveRequests, RequestBodySize, ResponseBodySize, Panics}
}

// HTTPClient lists the HTTP client metrics.
func HTTPClient() []Metric {
	return []Metric{ClientRequestDuration, ClientActiveRequests, ClientRequestBodySize, ClientResponseBodySize}
}

// Runtime lists the Go runtime metrics.
func Runtime() []Metric {
	return []Metric{
		GoMemoryUsed, GoMemoryLimit, GoMemoryAllocated, GoMemoryAllocations, GoMemoryGCGoal,
		GoGoroutines, GoProcessorLimit, GoConfigGOGC, GoScheduleDuration,
	}
}

// Process lists the process metrics.
func Process() []Metric {
	return []Metric{
		ProcessCPU, ProcessResidentMemory, ProcessVirtualMemory, ProcessVirtualMemoryMax,
		ProcessOpenFDs, ProcessMaxFDs, ProcessStartTime,
		ProcessNetworkReceived, ProcessNetworkTransmitted,
	}
}

// Endpoint lists what the metrics endpoint says of itself and its resource.
func Endpoint() []Metric {
	return []Metric{TargetInfo, BuildInfo, HandlerErrors, SeriesCount, SeriesLimit}
}

// Scrape lists what Prometheus itself records of every scrape.
func Scrape() []Metric { return []Metric{Up, ScrapeDuration, ScrapeSamples} }

// Exposed lists every metric that a service instrumented with package telemetry
// exposes.
func Exposed() []Metric {
	return slices.Concat(HTTP(), HTTPClient(), Runtime(), Process(), Endpoint())
}

// All lists every metric, also those that Prometheus adds or has of itself.
func All() []Metric { return slices.Concat(Exposed(), Scrape(), PrometheusServer()) }

// Validate checks a catalogue: every metric has a name, a help text and a
// Prometheus name that no other metric's series has, labels translate to
// different names, and buckets ascend. It returns all problems joined.
func Validate(metrics []Metric) error {
	var errs []error
	owner := map[string]string{}
	for _, m := range metrics {
		d := m.Describe()
		if d.Name == "" || d.Help == "" || m.PrometheusName() == "" {
			errs = append(errs, fmt.Errorf("metric %q: name, help and a translatable name are required", d.Name))
			continue
		}
		for _, s := range m.Series() {
			if other, taken := owner[s.Name]; taken {
				errs = append(errs, fmt.Errorf("metric %q: series %s belongs to %q already", d.Name, s.Name, other))
			}
			owner[s.Name] = d.Name
		}
		errs = append(errs, validateLabels(d), validateBuckets(m))
	}
	return errors.Join(errs...)
}

func validateLabels(d Desc) error {
	seen := map[string]Label{}
	for _, l := range d.Labels {
		name := l.Name()
		if other, taken := seen[name]; taken || name == "" {
			return fmt.Errorf("metric %q: label %q becomes %q, as %q does", d.Name, l, name, other)
		}
		seen[name] = l
	}
	return nil
}

func validateBuckets(m Metric) error {
	h, ok := m.(Histogram)
	if !ok {
		return nil
	}
	for i := 1; i < len(h.Buckets); i++ {
		if h.Buckets[i] <= h.Buckets[i-1] {
			return fmt.Errorf("metric %q: bucket bounds must ascend, %g follows %g", h.Name, h.Buckets[i], h.Buckets[i-1])
		}
	}
	return nil
}
