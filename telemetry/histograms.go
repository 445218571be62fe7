package telemetry

import (
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
)

// Histograms is a form of histograms on the endpoint. It concerns those of this
// package and those that a service records through MeterProvider, but not
// go.schedule.duration, whose buckets the Go runtime chooses.
type Histograms uint8

const (
	// Classic histograms have the buckets that the catalogue or the service
	// chose, one series for each. Every format carries them.
	Classic Histograms = iota
	// Native histograms have exponential buckets that follow the data, all in
	// one series. Only the protobuf format carries the buckets, and Prometheus
	// asks for that if scrape_native_histograms is set; the text formats are
	// left with count and sum.
	Native
	// Both is for the time in which queries move from one form to the other:
	// one histogram has both kinds of buckets. A Prometheus that scrapes native
	// histograms keeps the classic buckets as well only with
	// always_scrape_classic_histograms.
	//
	// Recording costs more, because every value is counted twice, and the two
	// halves are read one after the other. Count and sum are the later, native
	// ones, so a value that comes in between is missing from the classic buckets
	// below +Inf until the next scrape.
	Both
)

// Native histograms have at most this many buckets on either side of zero; the
// SDK halves their resolution before there are more. The scale is the finest
// that Prometheus knows, bounds 0.3 % apart.
const (
	nativeBuckets  = 160
	nativeMaxScale = 8
)

// classicForm and nativeForm choose the SDK's aggregations for a reader.

func classicForm(kind sdkmetric.InstrumentKind) sdkmetric.Aggregation {
	return sdkmetric.DefaultAggregationSelector(kind)
}

func nativeForm(kind sdkmetric.InstrumentKind) sdkmetric.Aggregation {
	if kind == sdkmetric.InstrumentKindHistogram {
		return sdkmetric.AggregationBase2ExponentialHistogram{MaxSize: nativeBuckets, MaxScale: nativeMaxScale}
	}
	return sdkmetric.DefaultAggregationSelector(kind)
}
