package bound_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/exemplar"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"
	"go.opentelemetry.io/otel/trace"

	"github.com/ginsight/ginsight/telemetry/internal/bound"
)

// allDelta wants deltas even of up-down counters.
func allDelta(sdkmetric.InstrumentKind) metricdata.Temporality { return metricdata.DeltaTemporality }

// preference is how a reader wants its metrics.
type preference struct {
	temporality sdkmetric.TemporalitySelector
	histogram   sdkmetric.Aggregation // nil for what the instrument says
}

func (p preference) aggregation(kind sdkmetric.InstrumentKind) sdkmetric.Aggregation {
	if kind == sdkmetric.InstrumentKindHistogram && p.histogram != nil {
		return p.histogram
	}
	return sdkmetric.DefaultAggregationSelector(kind)
}

// TestConformance makes the same random records with the SDK's instruments and
// with those of this package, and has every reader see the same.
func TestConformance(t *testing.T) {
	small := sdkmetric.AggregationBase2ExponentialHistogram{MaxSize: 8, MaxScale: 20}
	coarse := sdkmetric.AggregationBase2ExponentialHistogram{MaxSize: 4, MaxScale: 0, NoMinMax: true}
	plain := sdkmetric.AggregationExplicitBucketHistogram{Boundaries: []float64{1, 5, 10}, NoMinMax: true}
	cumulative := func(histogram sdkmetric.Aggregation) preference {
		return preference{sdkmetric.CumulativeTemporalitySelector, histogram}
	}
	delta := func(histogram sdkmetric.Aggregation) preference { return preference{allDelta, histogram} }
	for name, tc := range map[string]struct {
		readers []preference
		config  bound.Config
	}{
		"cumulative": {readers: []preference{cumulative(nil)}},
		"delta":      {readers: []preference{{sdkmetric.DeltaTemporalitySelector, nil}}},
		"four readers": {readers: []preference{
			cumulative(nil), delta(nil), cumulative(nil), {sdkmetric.LowMemoryTemporalitySelector, nil},
		}},
		"no extrema":          {readers: []preference{cumulative(plain)}},
		"exponential":         {readers: []preference{cumulative(native)}},
		"exponential, small":  {readers: []preference{cumulative(small)}},
		"exponential, coarse": {readers: []preference{cumulative(coarse), delta(coarse)}},
		"exponential, delta":  {readers: []preference{delta(small)}},
		"exponential, both":   {readers: []preference{cumulative(native), delta(native), delta(native)}},
		"several forms":       {readers: []preference{cumulative(native), cumulative(nil), delta(small), delta(nil)}},
		"limit":               {readers: []preference{cumulative(nil)}, config: bound.Config{SeriesLimit: 3}},
		"limit of one":        {readers: []preference{cumulative(nil)}, config: bound.Config{SeriesLimit: 1}},
		"exemplars": {
			readers: []preference{cumulative(nil), delta(nil)}, config: bound.Config{Exemplars: exemplar.TraceBasedFilter},
		},
		"exemplars, exponential": {
			readers: []preference{cumulative(native), delta(native)}, config: bound.Config{Exemplars: exemplar.TraceBasedFilter},
		},
	} {
		t.Run(name, func(t *testing.T) {
			// In a bubble, time stands still while something is recorded, so
			// that times can be compared as well.
			synctest.Test(t, func(t *testing.T) {
				for seed := range uint64(20) {
					c := newComparison(t, tc.readers, tc.config)
					c.run(rand.New(rand.NewPCG(seed, 1)))
					if t.Failed() {
						t.Fatalf("seed %d", seed)
					}
				}
			})
		})
	}
}

// comparison has one set of instruments of the SDK's and one of ours, and the
// same readers of both.
type comparison struct {
	*testing.T
	sdk, ours         instruments
	limited           bool
	everyInterval     bool // whether to compare after every interval
	wanted, delivered []*sdkmetric.ManualReader
}

type instruments struct {
	requests metric.Int64Counter
	bytes    metric.Float64Counter
	active   metric.Int64UpDownCounter
	balance  metric.Float64UpDownCounter
	size     metric.Int64Histogram
	duration metric.Float64Histogram
}

func newComparison(t *testing.T, readers []preference, config bound.Config) *comparison {
	t.Helper()
	c := &comparison{T: t, limited: config.SeriesLimit > 0, everyInterval: config.Exemplars != nil}
	provider := bound.New(config)
	for _, r := range readers {
		c.wanted = append(c.wanted, sdkmetric.NewManualReader(
			sdkmetric.WithTemporalitySelector(r.temporality), sdkmetric.WithAggregationSelector(r.aggregation)))
		c.delivered = append(c.delivered, sdkmetric.NewManualReader(
			sdkmetric.WithProducer(provider.Producer(r.temporality, r.aggregation))))
	}
	scope := instrumentation.Scope{Name: "test", Version: "v1", SchemaURL: "https://example.com"}
	meter := func(readers []*sdkmetric.ManualReader) metric.Meter {
		return sdkmetric.NewMeterProvider(options(config, readers)...).Meter(scope.Name,
			metric.WithInstrumentationVersion(scope.Version), metric.WithSchemaURL(scope.SchemaURL))
	}
	c.sdk = newInstruments(t, meter(c.wanted))
	c.ours = newInstruments(t, provider.Meter(meter(c.delivered), scope))
	return c
}

func options(config bound.Config, readers []*sdkmetric.ManualReader) []sdkmetric.Option {
	filter := config.Exemplars
	if filter == nil {
		filter = exemplar.AlwaysOffFilter
	}
	options := []sdkmetric.Option{sdkmetric.WithExemplarFilter(filter), sdkmetric.WithCardinalityLimit(config.SeriesLimit)}
	for _, r := range readers {
		options = append(options, sdkmetric.WithReader(r))
	}
	return options
}

func newInstruments(t *testing.T, m metric.Meter) (i instruments) {
	t.Helper()
	var errs [6]error
	i.requests, errs[0] = m.Int64Counter("requests", metric.WithUnit("{request}"), metric.WithDescription("Requests."))
	i.bytes, errs[1] = m.Float64Counter("bytes", metric.WithUnit("By"))
	i.active, errs[2] = m.Int64UpDownCounter("active")
	i.balance, errs[3] = m.Float64UpDownCounter("balance")
	i.size, errs[4] = m.Int64Histogram("size")
	i.duration, errs[5] = m.Float64Histogram("duration", metric.WithExplicitBucketBoundaries(.5, 1, 2, 4, 1000))
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	return i
}

func (c *comparison) run(random *rand.Rand) {
	for range 6 {
		time.Sleep(time.Second)
		for range random.IntN(60) {
			c.each(context.Background(), random, random.IntN(6))
		}
		// One exemplar per interval: of more, reservoirs keep a random choice.
		c.each(sampled(random), random, 7)
		for i := range c.wanted {
			if c.everyInterval || random.IntN(3) > 0 {
				c.compare(i)
			}
		}
	}
	for i := range c.wanted {
		c.compare(i)
	}
}

// each records with every instrument, for one of the attribute sets, which ours
// are given in one of several ways.
func (c *comparison) each(ctx context.Context, random *rand.Rand, which int) {
	route, number := attribute.String("route", "/x"), attribute.Int("which", which)
	set := attributeSet(route, number)
	n, f := value(random)
	if random.IntN(2) > 0 {
		n, f = -n, -f
	}
	c.sdk.record(ctx, n, f, set)
	ways := 4
	if c.limited {
		ways = 2 // the others bind sets in passing, which take the place of others
	}
	switch random.IntN(ways) {
	case 0:
		c.ours.record(ctx, n, f, set)
	case 1:
		c.ours.bind(route, number).record(ctx, n, f)
	case 2:
		c.ours.bind(number, attribute.String("route", "/y")).record(ctx, n, f, metric.WithAttributes(route))
	case 3:
		c.ours.bind(number, route).record(ctx, n, f, metric.WithAttributes(number))
	}
}

// option is an option of both kinds of records.
type option interface {
	metric.AddOption
	metric.RecordOption
}

func (i *instruments) record(ctx context.Context, n int64, f float64, options ...option) {
	var adds []metric.AddOption
	var records []metric.RecordOption
	for _, o := range options {
		adds, records = append(adds, o), append(records, o)
	}
	i.requests.Add(ctx, max(n, -n), adds...)
	i.bytes.Add(ctx, math.Abs(f), adds...)
	i.active.Add(ctx, n, adds...)
	i.balance.Add(ctx, f, adds...)
	i.size.Record(ctx, n, records...)
	i.duration.Record(ctx, f, records...)
}

// bind needs every instrument to be what metric/x calls a binder of its kind.
func (i *instruments) bind(attrs ...attribute.KeyValue) *instruments {
	return &instruments{
		requests: i.requests.(interface {
			Bind(...attribute.KeyValue) metric.Int64Counter
		}).Bind(attrs...),
		bytes: i.bytes.(interface {
			Bind(...attribute.KeyValue) metric.Float64Counter
		}).Bind(attrs...),
		active: i.active.(interface {
			Bind(...attribute.KeyValue) metric.Int64UpDownCounter
		}).Bind(attrs...),
		balance: i.balance.(interface {
			Bind(...attribute.KeyValue) metric.Float64UpDownCounter
		}).Bind(attrs...),
		size: i.size.(interface {
			Bind(...attribute.KeyValue) metric.Int64Histogram
		}).Bind(attrs...),
		duration: i.duration.(interface {
			Bind(...attribute.KeyValue) metric.Float64Histogram
		}).Bind(attrs...),
	}
}

// value is one of a wide range. Its fraction is short enough for sums to be
// exact, whatever the order.
func value(random *rand.Rand) (int64, float64) {
	if random.IntN(10) == 0 {
		return 0, 0
	}
	n := random.Int64N(1 << random.IntN(31))
	return n, math.Ldexp(float64(n), -16)
}

func (c *comparison) compare(reader int) {
	c.Helper()
	equal(c.T, collect(c.T, c.wanted[reader]), collect(c.T, c.delivered[reader]))
}

func equal(t *testing.T, want, got []metricdata.ScopeMetrics, options ...metricdatatest.Option) {
	t.Helper()
	if len(want) != len(got) {
		t.Fatalf("%d scopes, want %d", len(got), len(want))
	}
	for i := range want {
		metricdatatest.AssertEqual(t, want[i], got[i], options...)
	}
}

func collect(t *testing.T, r *sdkmetric.ManualReader) []metricdata.ScopeMetrics {
	t.Helper()
	var rm metricdata.ResourceMetrics
	if err := r.Collect(context.Background(), &rm); err != nil {
		t.Fatal(err)
	}
	return rm.ScopeMetrics
}

func sampled(random *rand.Rand) context.Context {
	config := trace.SpanContextConfig{TraceFlags: trace.FlagsSampled}
	copy(config.TraceID[:], fmt.Sprintf("%016x", random.Uint64()))
	copy(config.SpanID[:], fmt.Sprintf("%08x", random.Uint32()))
	return trace.ContextWithSpanContext(context.Background(), trace.NewSpanContext(config))
}

func attributeSet(attrs ...attribute.KeyValue) option {
	return metric.WithAttributeSet(attribute.NewSet(attrs...))
}

// compareBuckets leaves out sums, which differ in the last bit by the order of
// additions.
func (c *comparison) compareBuckets(reader int) {
	c.Helper()
	want, got := collect(c.T, c.wanted[reader]), collect(c.T, c.delivered[reader])
	for _, scopes := range [][]metricdata.ScopeMetrics{want, got} {
		for _, s := range scopes {
			for _, m := range s.Metrics {
				if h, ok := m.Data.(metricdata.ExponentialHistogram[float64]); ok {
					for i := range h.DataPoints {
						h.DataPoints[i].Sum = 0
					}
				}
			}
		}
	}
	equal(c.T, want, got, metricdatatest.IgnoreTimestamp())
}
