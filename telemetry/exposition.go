package telemetry

import (
	"fmt"
	"slices"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/ginsight/ginsight/telemetry/catalog"
	"github.com/ginsight/ginsight/telemetry/internal/families"
)

// exposition is where the endpoint's figures come from.
type exposition struct {
	// main has everything, with classic histograms unless only native ones are
	// asked for.
	main source
	// native has what the SDK, the producers and the instruments measure once
	// more, with native histograms, if both forms are asked for. It is empty
	// otherwise.
	native source
}

// source is one half of an exposition, or all of it.
type source struct {
	registry *prometheus.Registry
	// requests are measured by instruments that need no registry. It is nil if
	// OpenTelemetry is not to be shown.
	requests *families.Gatherer
}

// gather reads everything. What comes with an error is good and can be served.
func (e *exposition) gather() ([]*dto.MetricFamily, error) {
	var failed prometheus.MultiError
	families, err := e.main.gather()
	failed.Append(err)
	if e.native.registry != nil {
		// Later than the classic ones, see Both.
		native, err := e.native.gather()
		failed.Append(err)
		addNative(families, native)
	}
	created(families)
	return families, failed.MaybeUnwrap()
}

func (s *source) gather() ([]*dto.MetricFamily, error) {
	families, err := s.registry.Gather()
	if s.requests == nil {
		return families, err
	}
	var failed prometheus.MultiError
	failed.Append(err)
	requests, err := s.requests.Gather()
	failed.Append(err)
	for _, family := range requests {
		i, taken := byName(families, family.GetName())
		if taken {
			failed.Append(fmt.Errorf("metric %s: another one has this name and is left out", family.GetName()))
			families[i] = family
			continue
		}
		families = slices.Insert(families, i, family)
	}
	return families, failed.MaybeUnwrap()
}

// byName finds a family in a sorted list, or where it belongs.
func byName(families []*dto.MetricFamily, name string) (int, bool) {
	return slices.BinarySearchFunc(families, name, func(f *dto.MetricFamily, name string) int {
		return strings.Compare(f.GetName(), name)
	})
}

// addNative puts the buckets of native histograms into the classic ones of the
// same series. Both lists are sorted, families by name and series by labels.
func addNative(classic, native []*dto.MetricFamily) {
	for _, family := range native {
		if family.GetType() != dto.MetricType_HISTOGRAM {
			continue
		}
		i, found := byName(classic, family.GetName())
		if found && classic[i].GetType() == dto.MetricType_HISTOGRAM {
			addNativeSeries(classic[i].Metric, family.Metric)
		}
	}
}

func addNativeSeries(classic, native []*dto.Metric) {
	bySeries := make(map[string]*dto.Histogram, len(native))
	for _, m := range native {
		if isNative(m.Histogram) {
			bySeries[seriesKey(m.Label)] = m.Histogram
		}
	}
	for _, m := range classic {
		from, to := bySeries[seriesKey(m.Label)], m.Histogram
		if from == nil {
			continue
		}
		to.SampleCount, to.SampleSum = from.SampleCount, from.SampleSum
		to.Schema, to.ZeroThreshold, to.ZeroCount = from.Schema, from.ZeroThreshold, from.ZeroCount
		to.PositiveSpan, to.PositiveDelta = from.PositiveSpan, from.PositiveDelta
		to.NegativeSpan, to.NegativeDelta = from.NegativeSpan, from.NegativeDelta
		to.Exemplars, to.CreatedTimestamp = from.Exemplars, from.CreatedTimestamp
	}
}

// isNative reports whether a histogram has native buckets. An empty native
// histogram has a span of none, to be told from a classic one.
func isNative(h *dto.Histogram) bool {
	return h.GetZeroThreshold() > 0 || h.GetZeroCount() > 0 || len(h.GetPositiveSpan()) > 0 || len(h.GetNegativeSpan()) > 0
}

// seriesKey is made of labels in their sorted order.
func seriesKey(labels []*dto.LabelPair) string {
	var key strings.Builder
	for _, l := range labels {
		key.WriteString(l.GetName())
		key.WriteByte(0xff) // in no UTF-8 text
		key.WriteString(l.GetValue())
		key.WriteByte(0xff)
	}
	return key.String()
}

// created says when counters and histograms began at 0, if nobody has: the
// exporter of OpenTelemetry says so of native histograms only. All of them began
// with the process, so that is true whenever a series appeared. A Prometheus that
// knows it can count what happened before its first scrape.
func created(families []*dto.MetricFamily) {
	start := processStart(families)
	if start == nil {
		return
	}
	for _, family := range families {
		for _, m := range family.Metric {
			switch {
			case m.Counter != nil && m.Counter.CreatedTimestamp == nil:
				m.Counter.CreatedTimestamp = start
			case m.Histogram != nil && m.Histogram.CreatedTimestamp == nil:
				m.Histogram.CreatedTimestamp = start
			}
		}
	}
}

// processStart is nil on systems where it is not known.
func processStart(families []*dto.MetricFamily) *timestamppb.Timestamp {
	name := catalog.ProcessStartTime.PrometheusName()
	for _, family := range families {
		if family.GetName() == name && len(family.Metric) == 1 {
			seconds := family.Metric[0].GetGauge().GetValue()
			return &timestamppb.Timestamp{Seconds: int64(seconds), Nanos: int32((seconds - float64(int64(seconds))) * 1e9)}
		}
	}
	return nil
}
