package families_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
	"go.opentelemetry.io/otel/attribute"
	otelprometheus "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/exemplar"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/ginsight/ginsight/telemetry/internal/bound"
	"github.com/ginsight/ginsight/telemetry/internal/families"
)

// TestSameAsExporter has the exporter of OpenTelemetry read the same instruments
// and wants the same exposition, but for two improvements: everything says when
// it began, and gaps between native buckets are not written out.
func TestSameAsExporter(t *testing.T) {
	for name, form := range map[string]sdkmetric.Aggregation{
		"classic":    sdkmetric.AggregationDefault{},
		"native":     sdkmetric.AggregationBase2ExponentialHistogram{MaxSize: 160, MaxScale: 8},
		"few":        sdkmetric.AggregationBase2ExponentialHistogram{MaxSize: 4, MaxScale: 8},
		"too fine":   sdkmetric.AggregationBase2ExponentialHistogram{MaxSize: 160, MaxScale: 20},
		"no buckets": sdkmetric.AggregationExplicitBucketHistogram{},
	} {
		t.Run(name, func(t *testing.T) {
			// In a bubble all times are the same.
			synctest.Test(t, func(t *testing.T) {
				for seed := range uint64(5) {
					same(t, form, rand.New(rand.NewPCG(seed, 1)))
				}
			})
		})
	}
}

func same(t *testing.T, form sdkmetric.Aggregation, random *rand.Rand) {
	t.Helper()
	select1 := func(kind sdkmetric.InstrumentKind) sdkmetric.Aggregation {
		if kind == sdkmetric.InstrumentKindHistogram {
			return form
		}
		return sdkmetric.DefaultAggregationSelector(kind)
	}
	provider := bound.New(bound.Config{SeriesLimit: 5, Exemplars: exemplar.TraceBasedFilter})
	registry := prometheus.NewRegistry()
	exporter, err := otelprometheus.New(otelprometheus.WithRegisterer(registry), otelprometheus.WithoutScopeInfo(),
		otelprometheus.WithoutTargetInfo(), otelprometheus.WithProducer(provider.Producer(nil, select1)))
	if err != nil {
		t.Fatal(err)
	}
	sdk := sdkmetric.NewMeterProvider(sdkmetric.WithReader(exporter))
	gatherer := families.New(provider.Producer(nil, select1))
	record(t, provider.Meter(sdk.Meter("test"), instrumentation.Scope{Name: "test"}), random)
	for range 2 { // the second time from the cache
		time.Sleep(time.Second)
		want, err := registry.Gather()
		if err != nil {
			t.Fatal(err)
		}
		got, err := gatherer.Gather()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(normal(want), normal(got), protocmp.Transform(),
			protocmp.IgnoreFields(&dto.Counter{}, "created_timestamp"), protocmp.IgnoreFields(&dto.Histogram{}, "created_timestamp")); diff != "" {
			t.Fatalf("families (-exporter +ours):\n%s", diff)
		}
	}
}

func record(t *testing.T, m metric.Meter, random *rand.Rand) {
	t.Helper()
	var errs [5]error
	requests, err := m.Int64Counter("requests", metric.WithUnit("{request}"), metric.WithDescription("Requests."))
	errs[0] = err
	cost, err := m.Float64Counter("cost", metric.WithUnit("s"))
	errs[1] = err
	active, err := m.Int64UpDownCounter("active.requests")
	errs[2] = err
	size, err := m.Int64Histogram("body.size", metric.WithUnit("By"))
	errs[3] = err
	duration, err := m.Float64Histogram("duration", metric.WithUnit("s"))
	errs[4] = err
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	for n := range random.IntN(200) {
		ctx := context.Background()
		if n%20 == 0 {
			ctx = trace.ContextWithSpanContext(ctx, trace.NewSpanContext(trace.SpanContextConfig{
				TraceID: trace.TraceID{1, byte(n)}, SpanID: trace.SpanID{2, byte(n)}, TraceFlags: trace.FlagsSampled,
			}))
		}
		set := metric.WithAttributes(attribute.Int("http.status", 200+random.IntN(6)), attribute.String("a", "b\n\"c\""))
		v := math.Exp(5 * random.NormFloat64())
		requests.Add(ctx, 1, set)
		cost.Add(ctx, v, set)
		active.Add(context.Background(), random.Int64N(10)-5, set)
		size.Record(ctx, random.Int64N(1000)-100, set)
		duration.Record(ctx, v, set)
	}
}

// normal writes native buckets as one run and sorts what has no order.
func normal(list []*dto.MetricFamily) []*dto.MetricFamily {
	for _, family := range list {
		for _, m := range family.Metric {
			if h := m.Histogram; h != nil {
				h.PositiveSpan, h.PositiveDelta = oneRun(h.PositiveSpan, h.PositiveDelta)
				h.NegativeSpan, h.NegativeDelta = oneRun(h.NegativeSpan, h.NegativeDelta)
				for _, b := range h.Bucket {
					sortLabels(b.Exemplar)
				}
				for _, e := range h.Exemplars {
					sortLabels(e)
				}
			}
			if m.Counter != nil {
				sortLabels(m.Counter.Exemplar)
			}
		}
	}
	return list
}

func sortLabels(e *dto.Exemplar) {
	slices.SortFunc(e.GetLabel(), func(a, b *dto.LabelPair) int { return strings.Compare(a.GetName(), b.GetName()) })
}

// oneRun drops empty buckets at the ends and fills the gaps with them.
func oneRun(spans []*dto.BucketSpan, deltas []int64) ([]*dto.BucketSpan, []int64) {
	if len(deltas) == 0 {
		return spans, deltas
	}
	var counts []int64
	start, at, count := spans[0].GetOffset(), 0, int64(0)
	for n, s := range spans {
		if n > 0 {
			counts = append(counts, make([]int64, s.GetOffset())...)
		}
		for range s.GetLength() {
			count += deltas[at]
			counts = append(counts, count)
			at++
		}
	}
	length := uint32(len(counts))
	for i := len(counts) - 1; i > 0; i-- {
		counts[i] -= counts[i-1]
	}
	return []*dto.BucketSpan{{Offset: &start, Length: &length}}, counts
}

// TestCreated is the one thing that the exporter leaves out.
func TestCreated(t *testing.T) {
	provider := bound.New(bound.Config{})
	producer := provider.Producer(nil, nil)
	record(t, provider.Meter(sdkmetric.NewMeterProvider().Meter(""), instrumentation.Scope{}), rand.New(rand.NewPCG(1, 1)))
	scopes, err := producer.Produce(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := scopes[0].Metrics[0].Data.(metricdata.Sum[int64]).DataPoints[0].StartTime
	got, err := families.New(producer).Gather()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, family := range got {
		for _, m := range family.Metric {
			created := m.GetCounter().GetCreatedTimestamp()
			if m.Histogram != nil {
				created = m.Histogram.CreatedTimestamp
			}
			if created == nil {
				continue // a gauge
			}
			seen++
			if d := created.AsTime().Sub(want); d < 0 || d > time.Minute {
				t.Errorf("%s was created %s after the first instrument", family.GetName(), d)
			}
		}
	}
	if seen == 0 {
		t.Error("nothing says when it was created")
	}
}

// TestUnknown keeps an exposition from lacking something silently.
func TestUnknown(t *testing.T) {
	for name, m := range map[string]metricdata.Metrics{
		"kind": {Name: "gauge", Data: metricdata.Gauge[int64]{}}, "name": {Name: "...", Data: metricdata.Sum[int64]{}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := families.New(producerOf{m}).Gather()
			if err == nil || !strings.Contains(err.Error(), m.Name) {
				t.Errorf("Gather() = %v, want an error that names %q", err, m.Name)
			}
		})
	}
}

type producerOf struct{ metricdata.Metrics }

func (p producerOf) Produce(context.Context) ([]metricdata.ScopeMetrics, error) {
	return []metricdata.ScopeMetrics{{Metrics: []metricdata.Metrics{p.Metrics}}}, nil
}
