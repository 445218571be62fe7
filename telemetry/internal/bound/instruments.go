package bound

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/metric/embedded"
)

// source has the series of an instrument.
type source[N number] interface {
	// series returns where the records of an attribute set go.
	series(attribute.Set) recorder[N]
}

// aggregation is how an instrument's series aggregate.
type aggregation[N number] interface {
	aggregator
	source[N]
}

// recorder takes the records of one series.
type recorder[N number] interface{ record(context.Context, N) }

// several aggregate the same records in different ways.
type several[N number] []aggregation[N]

func (s several[N]) series(attrs attribute.Set) recorder[N] {
	var all recorders[N]
	for _, a := range s {
		all = append(all, a.series(attrs))
	}
	return all
}

type recorders[N number] []recorder[N]

func (all recorders[N]) record(ctx context.Context, v N) {
	for _, r := range all {
		r.record(ctx, v)
	}
}

// target is what the instruments of all kinds have in common: the attributes
// bound to them, and where records with these attributes go.
type target[N number] struct {
	source source[N]
	attrs  attribute.Set
	bound  recorder[N] // nil before Bind: an instrument nobody uses has no series
}

func unbound[N number](a source[N]) target[N] { return target[N]{source: a} }

// bind adds attributes. One that is bound already gets the new value.
func (t *target[N]) bind(attrs []attribute.KeyValue) target[N] {
	// The set is made of a copy, because making it sorts in place.
	set := attribute.NewSet(append(t.attrs.ToSlice(), attrs...)...)
	return target[N]{source: t.source, attrs: set, bound: t.source.series(set)}
}

// recordWith records with more attributes than the bound ones.
func (t *target[N]) recordWith(ctx context.Context, v N, attrs attribute.Set) {
	if t.attrs.Len() > 0 {
		attrs = attribute.NewSet(append(t.attrs.ToSlice(), attrs.ToSlice()...)...)
	}
	t.source.series(attrs).record(ctx, v)
}

// add records with the attributes of options on top.
func (t *target[N]) add(ctx context.Context, v N, options []metric.AddOption) {
	config := metric.NewAddConfig(options)
	t.recordWith(ctx, v, config.Attributes())
}

// observe is the same for histograms.
func (t *target[N]) observe(ctx context.Context, v N, options []metric.RecordOption) {
	config := metric.NewRecordConfig(options)
	t.recordWith(ctx, v, config.Attributes())
}

// Enabled implements the API's instruments.
func (t *target[N]) Enabled(context.Context) bool { return true }

// int64Counter is a [metric.Int64Counter] that can be bound.
type int64Counter struct {
	embedded.Int64Counter
	target[int64]
}

// Add implements [metric.Int64Counter].
func (i *int64Counter) Add(ctx context.Context, v int64, options ...metric.AddOption) {
	if t := i.bound; t != nil && len(options) == 0 {
		t.record(ctx, v)
		return
	}
	i.add(ctx, v, options)
}

// Bind implements Int64CounterBinder of go.opentelemetry.io/otel/metric/x.
func (i *int64Counter) Bind(attrs ...attribute.KeyValue) metric.Int64Counter {
	return &int64Counter{target: i.bind(attrs)}
}

// int64UpDownCounter is a [metric.Int64UpDownCounter] that can be bound.
type int64UpDownCounter struct {
	embedded.Int64UpDownCounter
	target[int64]
}

// Add implements [metric.Int64UpDownCounter].
func (i *int64UpDownCounter) Add(ctx context.Context, v int64, options ...metric.AddOption) {
	if t := i.bound; t != nil && len(options) == 0 {
		t.record(ctx, v)
		return
	}
	i.add(ctx, v, options)
}

// Bind implements Int64UpDownCounterBinder of go.opentelemetry.io/otel/metric/x.
func (i *int64UpDownCounter) Bind(attrs ...attribute.KeyValue) metric.Int64UpDownCounter {
	return &int64UpDownCounter{target: i.bind(attrs)}
}

// int64Histogram is a [metric.Int64Histogram] that can be bound.
type int64Histogram struct {
	embedded.Int64Histogram
	target[int64]
}

// Record implements [metric.Int64Histogram].
func (i *int64Histogram) Record(ctx context.Context, v int64, options ...metric.RecordOption) {
	if t := i.bound; t != nil && len(options) == 0 {
		t.record(ctx, v)
		return
	}
	i.observe(ctx, v, options)
}

// Bind implements Int64HistogramBinder of go.opentelemetry.io/otel/metric/x.
func (i *int64Histogram) Bind(attrs ...attribute.KeyValue) metric.Int64Histogram {
	return &int64Histogram{target: i.bind(attrs)}
}

// float64Counter is a [metric.Float64Counter] that can be bound.
type float64Counter struct {
	embedded.Float64Counter
	target[float64]
}

// Add implements [metric.Float64Counter].
func (i *float64Counter) Add(ctx context.Context, v float64, options ...metric.AddOption) {
	if t := i.bound; t != nil && len(options) == 0 {
		t.record(ctx, v)
		return
	}
	i.add(ctx, v, options)
}

// Bind implements Float64CounterBinder of go.opentelemetry.io/otel/metric/x.
func (i *float64Counter) Bind(attrs ...attribute.KeyValue) metric.Float64Counter {
	return &float64Counter{target: i.bind(attrs)}
}

// float64UpDownCounter is a [metric.Float64UpDownCounter] that can be bound.
type float64UpDownCounter struct {
	embedded.Float64UpDownCounter
	target[float64]
}

// Add implements [metric.Float64UpDownCounter].
func (i *float64UpDownCounter) Add(ctx context.Context, v float64, options ...metric.AddOption) {
	if t := i.bound; t != nil && len(options) == 0 {
		t.record(ctx, v)
		return
	}
	i.add(ctx, v, options)
}

// Bind implements Float64UpDownCounterBinder of go.opentelemetry.io/otel/metric/x.
func (i *float64UpDownCounter) Bind(attrs ...attribute.KeyValue) metric.Float64UpDownCounter {
	return &float64UpDownCounter{target: i.bind(attrs)}
}

// float64Histogram is a [metric.Float64Histogram] that can be bound.
type float64Histogram struct {
	embedded.Float64Histogram
	target[float64]
}

// Record implements [metric.Float64Histogram].
func (i *float64Histogram) Record(ctx context.Context, v float64, options ...metric.RecordOption) {
	if t := i.bound; t != nil && len(options) == 0 {
		t.record(ctx, v)
		return
	}
	i.observe(ctx, v, options)
}

// Bind implements Float64HistogramBinder of go.opentelemetry.io/otel/metric/x.
func (i *float64Histogram) Bind(attrs ...attribute.KeyValue) metric.Float64Histogram {
	return &float64Histogram{target: i.bind(attrs)}
}
