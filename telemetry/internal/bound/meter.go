package bound

import (
	"strings"

	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
)

// meter makes the instruments of one scope. It has the SDK make each one as
// well, which validates the name and reports conflicts; those stay unused, and
// the SDK exports nothing of them.
type meter struct {
	metric.Meter
	provider *Provider
	scope    *scope
}

// Int64Counter implements [metric.Meter].
func (m *meter) Int64Counter(name string, options ...metric.Int64CounterOption) (metric.Int64Counter, error) {
	sdk, err := m.Meter.Int64Counter(name, options...)
	if err != nil {
		return sdk, err
	}
	c := metric.NewInt64CounterConfig(options...)
	d := m.describe(sdkmetric.InstrumentKindCounter, name, c.Unit(), c.Description())
	return instrumentOf(m, d, func() (metric.Int64Counter, []aggregator) {
		s := newSum[int64](m.provider, true)
		return &int64Counter{indirect: unbound[int64](s)}, []aggregator{s}
	}), nil
}

// Float64Counter implements [metric.Meter].
func (m *meter) Float64Counter(name string, options ...metric.Float64CounterOption) (metric.Float64Counter, error) {
	sdk, err := m.Meter.Float64Counter(name, options...)
	if err != nil {
		return sdk, err
	}
	c := metric.NewFloat64CounterConfig(options...)
	d := m.describe(sdkmetric.InstrumentKindCounter, name, c.Unit(), c.Description())
	return instrumentOf(m, d, func() (metric.Float64Counter, []aggregator) {
		s := newSum[float64](m.provider, true)
		return &float64Counter{indirect: unbound[float64](s)}, []aggregator{s}
	}), nil
}

// Int64UpDownCounter implements [metric.Meter].
func (m *meter) Int64UpDownCounter(name string, options ...metric.Int64UpDownCounterOption) (metric.Int64UpDownCounter, error) {
	sdk, err := m.Meter.Int64UpDownCounter(name, options...)
	if err != nil {
		return sdk, err
	}
	c := metric.NewInt64UpDownCounterConfig(options...)
	d := m.describe(sdkmetric.InstrumentKindUpDownCounter, name, c.Unit(), c.Description())
	return instrumentOf(m, d, func() (metric.Int64UpDownCounter, []aggregator) {
		s := newSum[int64](m.provider, false)
		return &int64UpDownCounter{indirect: unbound[int64](s)}, []aggregator{s}
	}), nil
}

// Float64UpDownCounter implements [metric.Meter].
func (m *meter) Float64UpDownCounter(name string, options ...metric.Float64UpDownCounterOption) (metric.Float64UpDownCounter, error) {
	sdk, err := m.Meter.Float64UpDownCounter(name, options...)
	if err != nil {
		return sdk, err
	}
	c := metric.NewFloat64UpDownCounterConfig(options...)
	d := m.describe(sdkmetric.InstrumentKindUpDownCounter, name, c.Unit(), c.Description())
	return instrumentOf(m, d, func() (metric.Float64UpDownCounter, []aggregator) {
		s := newSum[float64](m.provider, false)
		return &float64UpDownCounter{indirect: unbound[float64](s)}, []aggregator{s}
	}), nil
}

// Int64Histogram implements [metric.Meter].
func (m *meter) Int64Histogram(name string, options ...metric.Int64HistogramOption) (metric.Int64Histogram, error) {
	sdk, err := m.Meter.Int64Histogram(name, options...)
	if err != nil {
		return sdk, err
	}
	c := metric.NewInt64HistogramConfig(options...)
	d := m.describe(sdkmetric.InstrumentKindHistogram, name, c.Unit(), c.Description())
	return instrumentOf(m, d, func() (metric.Int64Histogram, []aggregator) {
		h, forms := newHistogram[int64](m.provider, c.ExplicitBucketBoundaries())
		return &int64Histogram{indirect: unbound(h)}, forms
	}), nil
}

// Float64Histogram implements [metric.Meter].
func (m *meter) Float64Histogram(name string, options ...metric.Float64HistogramOption) (metric.Float64Histogram, error) {
	sdk, err := m.Meter.Float64Histogram(name, options...)
	if err != nil {
		return sdk, err
	}
	c := metric.NewFloat64HistogramConfig(options...)
	d := m.describe(sdkmetric.InstrumentKindHistogram, name, c.Unit(), c.Description())
	return instrumentOf(m, d, func() (metric.Float64Histogram, []aggregator) {
		h, forms := newHistogram[float64](m.provider, c.ExplicitBucketBoundaries())
		return &float64Histogram{indirect: unbound(h)}, forms
	}), nil
}

// newHistogram returns what a histogram records to, and the same once more, as
// producers see it: an aggregator for each of the Provider's forms. Bounds that
// the instrument asks for come before those of a form, as in the SDK.
func newHistogram[N number](p *Provider, bounds []float64) (source[N], []aggregator) {
	forms := p.forms
	if len(forms) == 0 {
		forms = []sdkmetric.Aggregation{sdkmetric.DefaultAggregationSelector(sdkmetric.InstrumentKindHistogram)}
	}
	var all several[N]
	var seen []aggregator
	for _, form := range forms {
		a := newForm[N](p, form, bounds)
		all, seen = append(all, a), append(seen, a)
	}
	if len(all) == 1 {
		return all[0], seen
	}
	return all, seen
}

func newForm[N number](p *Provider, form sdkmetric.Aggregation, bounds []float64) aggregation[N] {
	if exponential, ok := form.(sdkmetric.AggregationBase2ExponentialHistogram); ok {
		return newExponential[N](p, exponential)
	}
	buckets := form.(sdkmetric.AggregationExplicitBucketHistogram)
	if bounds != nil {
		buckets.Boundaries = bounds
	}
	return newExplicit[N](p, buckets)
}

func (m *meter) describe(kind sdkmetric.InstrumentKind, name, unit, description string) sdkmetric.Instrument {
	return sdkmetric.Instrument{Kind: kind, Name: name, Unit: unit, Description: description, Scope: m.scope.Scope}
}

// instrumentOf returns the instrument of that description, and makes it if there
// is none. I is what the application gets: instruments that differ in it only
// are different ones.
func instrumentOf[I any](m *meter, d sdkmetric.Instrument, make func() (I, []aggregator)) I {
	m.provider.mu.Lock()
	defer m.provider.mu.Unlock()
	for _, known := range m.scope.instruments {
		value, same := known.value.(I)
		if same && known.Kind == d.Kind && known.Unit == d.Unit && known.Description == d.Description &&
			strings.EqualFold(known.Name, d.Name) {
			return value
		}
	}
	value, forms := make()
	m.scope.instruments = append(m.scope.instruments, &instrument{Instrument: d, value: value, forms: forms})
	return value
}
