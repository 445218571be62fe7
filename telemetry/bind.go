package telemetry

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"

	"github.com/ginsight/ginsight/telemetry/internal/bound"
)

// bind returns an instrument with its attributes bound. Instruments of package
// bound can do that, and some day the SDK's will: this is how
// go.opentelemetry.io/otel/metric/x wants to be asked. For others, unbound makes
// one that passes the attributes on with every record.
func bind[I any](instrument I, attrs []attribute.KeyValue, unbound func(metric.MeasurementOption) I) I {
	if b, ok := any(instrument).(interface {
		Bind(...attribute.KeyValue) I
	}); ok {
		return b.Bind(attrs...)
	}
	return unbound(metric.WithAttributeSet(attribute.NewSet(attrs...)))
}

func bindCounter(i metric.Int64Counter, attrs []attribute.KeyValue) metric.Int64Counter {
	return bind(i, attrs, func(o metric.MeasurementOption) metric.Int64Counter {
		return counterWith{i, []metric.AddOption{o}}
	})
}

func bindUpDownCounter(i metric.Int64UpDownCounter, attrs []attribute.KeyValue) metric.Int64UpDownCounter {
	return bind(i, attrs, func(o metric.MeasurementOption) metric.Int64UpDownCounter {
		return upDownCounterWith{i, []metric.AddOption{o}}
	})
}

func bindDuration(i metric.Float64Histogram, attrs []attribute.KeyValue) metric.Float64Histogram {
	return bind(i, attrs, func(o metric.MeasurementOption) metric.Float64Histogram {
		return durationWith{i, []metric.RecordOption{o}}
	})
}

func bindSize(i metric.Int64Histogram, attrs []attribute.KeyValue) metric.Int64Histogram {
	return bind(i, attrs, func(o metric.MeasurementOption) metric.Int64Histogram {
		return sizeWith{i, []metric.RecordOption{o}}
	})
}

// Instruments that record with attributes of their own. Nobody gives them more.

type counterWith struct {
	metric.Int64Counter
	options []metric.AddOption
}

func (c counterWith) Add(ctx context.Context, v int64, _ ...metric.AddOption) {
	c.Int64Counter.Add(ctx, v, c.options...)
}

type upDownCounterWith struct {
	metric.Int64UpDownCounter
	options []metric.AddOption
}

func (c upDownCounterWith) Add(ctx context.Context, v int64, _ ...metric.AddOption) {
	c.Int64UpDownCounter.Add(ctx, v, c.options...)
}

type durationWith struct {
	metric.Float64Histogram
	options []metric.RecordOption
}

func (h durationWith) Record(ctx context.Context, v float64, _ ...metric.RecordOption) {
	h.Float64Histogram.Record(ctx, v, h.options...)
}

type sizeWith struct {
	metric.Int64Histogram
	options []metric.RecordOption
}

func (h sizeWith) Record(ctx context.Context, v int64, _ ...metric.RecordOption) {
	h.Int64Histogram.Record(ctx, v, h.options...)
}

// noSpan is what a context without a span has.
var noSpan = trace.SpanFromContext(context.Background())

// linked is the context for records: the request's if it has a span that an
// exemplar can lead to, and one that says that there is none otherwise, so that
// the span is looked for once and not by every instrument.
func linked(ctx context.Context) context.Context {
	if trace.SpanFromContext(ctx) == noSpan {
		return bound.Unlinked()
	}
	return ctx
}
