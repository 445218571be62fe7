package bound_test

import (
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/metric/noop"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/exemplar"

	"github.com/ginsight/ginsight/telemetry/catalog"
	"github.com/ginsight/ginsight/telemetry/internal/bound"
)

// native is the specification's default for exponential histograms.
var native = sdkmetric.AggregationBase2ExponentialHistogram{MaxSize: 160, MaxScale: 20}

type binder interface {
	Bind(...attribute.KeyValue) metric.Float64Histogram
}

func newHistogram(t testing.TB, exponential *sdkmetric.AggregationBase2ExponentialHistogram) binder {
	t.Helper()
	provider := bound.New(bound.Config{SeriesLimit: 2000, Exemplars: exemplar.TraceBasedFilter})
	if exponential != nil {
		provider.Producer(nil, func(sdkmetric.InstrumentKind) sdkmetric.Aggregation { return *exponential })
	}
	h, err := provider.Meter(noop.Meter{}, instrumentation.Scope{Name: "test"}).
		Float64Histogram("h", metric.WithExplicitBucketBoundaries(catalog.RequestDuration.Buckets...))
	if err != nil {
		t.Fatal(err)
	}
	return h.(binder)
}
