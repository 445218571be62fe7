package bound_test

import (
	"context"
	"sync"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/metric/noop"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/ginsight/ginsight/telemetry/internal/bound"
)

const (
	writers = 4
	records = 5_000 // by each of them
)

// TestNothingIsTorn collects all the time while several goroutines record two
// values, of which each leaves its trace in a bucket, the count and the sum, to
// the same series. Every collection has to see them fit, and together all have
// to see everything once. Enough of the goroutines collide for the series to get
// more cells.
func TestNothingIsTorn(t *testing.T) {
	for name, temporality := range map[string]sdkmetric.TemporalitySelector{
		"cumulative": sdkmetric.CumulativeTemporalitySelector, "delta": allDelta,
	} {
		for form, histogram := range map[string]sdkmetric.Aggregation{
			"explicit": sdkmetric.AggregationDefault{}, "exponential": native,
		} {
			t.Run(name+" "+form, func(t *testing.T) {
				provider := bound.New(bound.Config{})
				producer := provider.Producer(temporality, func(sdkmetric.InstrumentKind) sdkmetric.Aggregation { return histogram })
				done := make(chan struct{})
				go func() { defer close(done); load(t, provider) }()
				var seen totals
				for running := true; running; {
					select {
					case <-done:
						running = false
					default:
					}
					now := check(t, producer)
					if name == "delta" {
						now.plus(seen)
					}
					seen = now
				}
				if want := (totals{count: writers * records, requests: writers * records, bytes: writers * records / 2}); seen != want {
					t.Errorf("seen %+v, want %+v", seen, want)
				}
			})
		}
	}
}

// load records 1 and 100 in turn.
func load(t *testing.T, provider *bound.Provider) {
	i := newInstruments(t, provider.Meter(noop.Meter{}, instrumentation.Scope{Name: "test"}))
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			ctx, b := context.Background(), i.bind(attribute.String("route", "/x"))
			for n := range records {
				v := int64(1 + 99*(n%2))
				b.size.Record(ctx, v)
				b.duration.Record(ctx, float64(v))
				b.requests.Add(ctx, 1)
				b.bytes.Add(ctx, .5)
				b.active.Add(ctx, 1)
				b.active.Add(ctx, -1)
			}
		})
	}
	all.Wait()
}

// totals are of one collection or of several.
type totals struct {
	count    uint64 // of the durations
	requests int64
	bytes    float64
	active   int64
}

func (s *totals) plus(o totals) {
	s.count += o.count
	s.requests += o.requests
	s.bytes += o.bytes
	s.active += o.active
}

// check collects once.
func check(t *testing.T, producer sdkmetric.Producer) (seen totals) {
	scopes, err := producer.Produce(context.Background())
	if err != nil || len(scopes) > 1 {
		t.Fatalf("%d scopes, %v", len(scopes), err)
	}
	for _, s := range scopes {
		for _, m := range s.Metrics {
			switch data := m.Data.(type) {
			case metricdata.Histogram[int64]:
				one := data.DataPoints[0]
				fit(t, m.Name, one.Count, float64(one.Sum), one.BucketCounts)
			case metricdata.Histogram[float64]:
				one := data.DataPoints[0]
				fit(t, m.Name, one.Count, one.Sum, one.BucketCounts)
				seen.count = one.Count
			case metricdata.ExponentialHistogram[int64]:
				one := data.DataPoints[0]
				fit(t, m.Name, one.Count, float64(one.Sum), one.PositiveBucket.Counts)
			case metricdata.ExponentialHistogram[float64]:
				one := data.DataPoints[0]
				fit(t, m.Name, one.Count, one.Sum, one.PositiveBucket.Counts)
				seen.count = one.Count
			case metricdata.Sum[int64]:
				switch m.Name {
				case "requests":
					seen.requests = data.DataPoints[0].Value
				case "active":
					seen.active = data.DataPoints[0].Value
				}
			case metricdata.Sum[float64]:
				seen.bytes = data.DataPoints[0].Value
			}
		}
	}
	return seen
}

// fit checks a histogram of 1 and 100, of which each value has a bucket, the
// former the lower one.
func fit(t *testing.T, name string, count uint64, sum float64, buckets []uint64) {
	t.Helper()
	var values []uint64
	total := uint64(0)
	for _, n := range buckets {
		total += n
		if n > 0 {
			values = append(values, n)
		}
	}
	if total != count {
		t.Errorf("%s: the buckets have %d values, the count is %d", name, total, count)
	}
	if len(values) == 2 && sum != float64(values[0]+100*values[1]) {
		t.Errorf("%s: the sum is %g with %d times 1 and %d times 100", name, sum, values[0], values[1])
	}
}

// TestLimitUnderLoad has goroutines bind more sets than there may be, at once.
func TestLimitUnderLoad(t *testing.T) {
	const limit = 10
	provider := bound.New(bound.Config{SeriesLimit: limit})
	producer := provider.Producer(nil, nil)
	counter, err := provider.Meter(noop.Meter{}, instrumentation.Scope{}).Int64Counter("requests")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for n := range 100 {
				counter.Add(context.Background(), 1, metric.WithAttributes(attribute.Int("n", n)))
			}
		})
	}
	all.Wait()
	scopes, err := producer.Produce(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	points := scopes[0].Metrics[0].Data.(metricdata.Sum[int64]).DataPoints
	total := int64(0)
	for _, p := range points {
		total += p.Value
	}
	if len(points) != limit || provider.Series()["requests"] != limit {
		t.Errorf("%d series, and %d are reported, want %d", len(points), provider.Series()["requests"], limit)
	}
	if total != writers*100 {
		t.Errorf("%d records, want %d", total, writers*100)
	}
}
