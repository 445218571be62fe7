package bound_test

import (
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"

	"github.com/ginsight/ginsight/telemetry/catalog"
	"github.com/ginsight/ginsight/telemetry/internal/bound"
)

// BenchmarkHistogram is one record, here, with the SDK and with client_golang,
// by one goroutine and by all processors at the same series.
func BenchmarkHistogram(b *testing.B) {
	ctx, buckets := bound.Unlinked(), catalog.RequestDuration.Buckets
	attrs := []attribute.KeyValue{
		attribute.String("method", "GET"), attribute.String("route", "/items/:id"), attribute.Int("status", 200),
		attribute.String("scheme", "http"), attribute.String("version", "1.1"),
	}
	explicit := newHistogram(b, nil).Bind(attrs...)
	exponential := newHistogram(b, &native).Bind(attrs...)
	sdk, err := sdkmetric.NewMeterProvider(sdkmetric.WithReader(sdkmetric.NewManualReader())).Meter("").
		Float64Histogram("h", metric.WithExplicitBucketBoundaries(buckets...))
	if err != nil {
		b.Fatal(err)
	}
	set := []metric.RecordOption{metric.WithAttributeSet(attribute.NewSet(attrs...))}
	classic := prometheus.NewHistogram(prometheus.HistogramOpts{Name: "h", Buckets: buckets})
	for _, bench := range []struct {
		name   string
		record func(float64)
	}{
		{"explicit", func(v float64) { explicit.Record(ctx, v) }},
		{"exponential", func(v float64) { exponential.Record(ctx, v) }},
		{"sdk", func(v float64) { sdk.Record(ctx, v, set...) }},
		{"client_golang", classic.Observe},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				bench.record(.0123)
			}
		})
		b.Run(bench.name+"-parallel", func(b *testing.B) {
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					bench.record(.0123)
				}
			})
		})
	}
}
