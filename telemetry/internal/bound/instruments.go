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

// target is an attribute set of an instrument.
type target[N number] struct {
	source source[N]
	attrs  attribute.Set
}

// recordWith records with more attributes.
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

// is reports whether the target is that of a set.
func (t *target[N]) is(set attribute.Set) bool { return t.attrs.Equivalent() == set.Equivalent() }

// Enabled implements the API's instruments.
func (t *target[N]) Enabled(context.Context) bool { return true }

// indirect is what an instrument is made of that is not a series itself: one
// that is not bound, or bound to several series, or to the overflow's.
type indirect[N number] struct {
	target[N]
	bound recorder[N] // nil before Bind: an instrument nobody uses has no series
}

func unbound[N number](s source[N]) indirect[N] { return indirect[N]{target: target[N]{source: s}} }

// bind adds attributes, and returns what to record to: directly, if that is a
// series of just these attributes and so an instrument of type I.
func bind[I any, N number](i *indirect[N], attrs []attribute.KeyValue) (direct I, is bool, otherwise indirect[N]) {
	// The set is made of a copy, because making it sorts in place.
	set := attribute.NewSet(append(i.attrs.ToSlice(), attrs...)...)
	to := i.source.series(set)
	if one, ok := to.(interface{ is(attribute.Set) bool }); ok && one.is(set) {
		direct, is = to.(I)
	}
	return direct, is, indirect[N]{target: target[N]{source: i.source, attrs: set}, bound: to}
}

// int64Counter is a [metric.Int64Counter] that can be bound.
type int64Counter struct {
	embedded.Int64Counter
	indirect[int64]
}

// Add implements [metric.Int64Counter].
func (i *int64Counter) Add(ctx context.Context, v int64, options ...metric.AddOption) {
	if i.bound != nil && len(options) == 0 {
		i.bound.record(ctx, v)
		return
	}
	i.add(ctx, v, options)
}

// Bind implements Int64CounterBinder of go.opentelemetry.io/otel/metric/x.
func (i *int64Counter) Bind(attrs ...attribute.KeyValue) metric.Int64Counter {
	direct, is, otherwise := bind[metric.Int64Counter](&i.indirect, attrs)
	if is {
		return direct
	}
	return &int64Counter{indirect: otherwise}
}

// int64UpDownCounter is a [metric.Int64UpDownCounter] that can be bound.
type int64UpDownCounter struct {
	embedded.Int64UpDownCounter
	indirect[int64]
}

// Add implements [metric.Int64UpDownCounter].
func (i *int64UpDownCounter) Add(ctx context.Context, v int64, options ...metric.AddOption) {
	if i.bound != nil && len(options) == 0 {
		i.bound.record(ctx, v)
		return
	}
	i.add(ctx, v, options)
}

// Bind implements Int64UpDownCounterBinder of go.opentelemetry.io/otel/metric/x.
func (i *int64UpDownCounter) Bind(attrs ...attribute.KeyValue) metric.Int64UpDownCounter {
	direct, is, otherwise := bind[metric.Int64UpDownCounter](&i.indirect, attrs)
	if is {
		return direct
	}
	return &int64UpDownCounter{indirect: otherwise}
}

// int64Histogram is a [metric.Int64Histogram] that can be bound.
type int64Histogram struct {
	embedded.Int64Histogram
	indirect[int64]
}

// Record implements [metric.Int64Histogram].
func (i *int64Histogram) Record(ctx context.Context, v int64, options ...metric.RecordOption) {
	if i.bound != nil && len(options) == 0 {
		i.bound.record(ctx, v)
		return
	}
	i.observe(ctx, v, options)
}

// Bind implements Int64HistogramBinder of go.opentelemetry.io/otel/metric/x.
func (i *int64Histogram) Bind(attrs ...attribute.KeyValue) metric.Int64Histogram {
	direct, is, otherwise := bind[metric.Int64Histogram](&i.indirect, attrs)
	if is {
		return direct
	}
	return &int64Histogram{indirect: otherwise}
}

// float64Counter is a [metric.Float64Counter] that can be bound.
type float64Counter struct {
	embedded.Float64Counter
	indirect[float64]
}

// Add implements [metric.Float64Counter].
func (i *float64Counter) Add(ctx context.Context, v float64, options ...metric.AddOption) {
	if i.bound != nil && len(options) == 0 {
		i.bound.record(ctx, v)
		return
	}
	i.add(ctx, v, options)
}

// Bind implements Float64CounterBinder of go.opentelemetry.io/otel/metric/x.
func (i *float64Counter) Bind(attrs ...attribute.KeyValue) metric.Float64Counter {
	direct, is, otherwise := bind[metric.Float64Counter](&i.indirect, attrs)
	if is {
		return direct
	}
	return &float64Counter{indirect: otherwise}
}

// float64UpDownCounter is a [metric.Float64UpDownCounter] that can be bound.
type float64UpDownCounter struct {
	embedded.Float64UpDownCounter
	indirect[float64]
}

// Add implements [metric.Float64UpDownCounter].
func (i *float64UpDownCounter) Add(ctx context.Context, v float64, options ...metric.AddOption) {
	if i.bound != nil && len(options) == 0 {
		i.bound.record(ctx, v)
		return
	}
	i.add(ctx, v, options)
}

// Bind implements Float64UpDownCounterBinder of go.opentelemetry.io/otel/metric/x.
func (i *float64UpDownCounter) Bind(attrs ...attribute.KeyValue) metric.Float64UpDownCounter {
	direct, is, otherwise := bind[metric.Float64UpDownCounter](&i.indirect, attrs)
	if is {
		return direct
	}
	return &float64UpDownCounter{indirect: otherwise}
}

// float64Histogram is a [metric.Float64Histogram] that can be bound.
type float64Histogram struct {
	embedded.Float64Histogram
	indirect[float64]
}

// Record implements [metric.Float64Histogram].
func (i *float64Histogram) Record(ctx context.Context, v float64, options ...metric.RecordOption) {
	if i.bound != nil && len(options) == 0 {
		i.bound.record(ctx, v)
		return
	}
	i.observe(ctx, v, options)
}

// Bind implements Float64HistogramBinder of go.opentelemetry.io/otel/metric/x.
func (i *float64Histogram) Bind(attrs ...attribute.KeyValue) metric.Float64Histogram {
	direct, is, otherwise := bind[metric.Float64Histogram](&i.indirect, attrs)
	if is {
		return direct
	}
	return &float64Histogram{indirect: otherwise}
}
