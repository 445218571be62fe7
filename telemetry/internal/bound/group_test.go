package bound_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/metric/noop"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/exemplar"

	"github.com/ginsight/ginsight/telemetry/internal/bound"
)

// members are the instruments of a group.
type members struct {
	active         metric.Int64UpDownCounter
	duration       metric.Float64Histogram
	received, sent metric.Int64Histogram
}

func newMembers(t *testing.T, provider *bound.Provider, attrs ...attribute.KeyValue) members {
	t.Helper()
	meter := provider.Meter(noop.Meter{}, instrumentation.Scope{Name: "test"})
	var i instruments
	var errs [3]error
	i.duration, errs[0] = meter.Float64Histogram("duration", metric.WithExplicitBucketBoundaries(10))
	i.size, errs[1] = meter.Int64Histogram("received", metric.WithExplicitBucketBoundaries(1, 10))
	sent, err := meter.Int64Histogram("sent")
	active, alsoErr := meter.Int64UpDownCounter("active")
	for _, err := range append(errs[:], err, alsoErr) {
		if err != nil {
			t.Fatal(err)
		}
	}
	bindSize := func(h metric.Int64Histogram) metric.Int64Histogram {
		return h.(interface {
			Bind(...attribute.KeyValue) metric.Int64Histogram
		}).Bind(attrs...)
	}
	bindActive := active.(interface {
		Bind(...attribute.KeyValue) metric.Int64UpDownCounter
	})
	return members{bindActive.Bind(attrs...), i.duration.(binder).Bind(attrs...), bindSize(i.size), bindSize(sent)}
}

// TestTogether records to a group, and the same one by one, and has two kinds of
// readers see no difference.
func TestTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var providers [2]*bound.Provider
		var producers [2][2]sdkmetric.Producer
		for i := range providers {
			providers[i] = bound.New(bound.Config{Exemplars: exemplar.TraceBasedFilter})
			producers[i] = [2]sdkmetric.Producer{providers[i].Producer(nil, nil), providers[i].Producer(allDelta, nil)}
		}
		single, grouped := newMembers(t, providers[0]), newMembers(t, providers[1])
		group := bound.Together(grouped.active, grouped.duration, grouped.received, grouped.sent)
		random := rand.New(rand.NewPCG(1, 1))
		for n := range 100 {
			ctx := bound.Unlinked()
			if n%25 == 0 {
				ctx = sampled(random)
			}
			a, b := value(random)
			single.active.Add(bound.Unlinked(), 1)
			grouped.active.Add(bound.Unlinked(), 1)
			single.active.Add(bound.Unlinked(), -1)
			single.duration.Record(ctx, b)
			single.received.Record(ctx, a)
			single.sent.Record(ctx, -a)
			if n%3 == 0 { // a group does not stand in the way of its instruments
				grouped.active.Add(bound.Unlinked(), -1)
				grouped.duration.Record(ctx, b)
				grouped.received.Record(ctx, a)
				grouped.sent.Record(ctx, -a)
			} else {
				group.Record(ctx, b, a, -a)
			}
			if n%25 != 24 {
				continue
			}
			for reader := range producers[0] {
				want, err := producers[0][reader].Produce(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				got, err := producers[1][reader].Produce(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				equal(t, want, got)
			}
		}
	})
}

// TestTogetherUnderLoad has goroutines collide in a group.
func TestTogetherUnderLoad(t *testing.T) {
	provider := bound.New(bound.Config{})
	producer := provider.Producer(nil, nil)
	one := newMembers(t, provider)
	group := bound.Together(one.active, one.duration, one.received, one.sent)
	done := make(chan struct{})
	go func() {
		defer close(done)
		var all sync.WaitGroup
		for range writers {
			all.Go(func() {
				for n := range records {
					v := int64(1 + 99*(n%2))
					one.active.Add(bound.Unlinked(), 1)
					group.Record(context.Background(), float64(v), v, v)
				}
			})
		}
		all.Wait()
	}()
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
		}
		seen := check(t, producer)
		if seen.active < 0 || !running && seen.active != 0 {
			t.Errorf("%d in flight", seen.active)
		}
		if !running && seen.count != writers*records {
			t.Errorf("%d values, want %d", seen.count, writers*records)
		}
	}
}

// TestNotTogether is what has to be recorded one by one.
func TestNotTogether(t *testing.T) {
	exponential := bound.New(bound.Config{})
	exponential.Producer(nil, func(sdkmetric.InstrumentKind) sdkmetric.Aggregation { return native })
	full := bound.New(bound.Config{SeriesLimit: 1})
	for name, i := range map[string]members{
		"of the SDK":       {noop.Int64UpDownCounter{}, noop.Float64Histogram{}, noop.Int64Histogram{}, noop.Int64Histogram{}},
		"exponential":      newMembers(t, exponential),
		"beyond the limit": newMembers(t, full, attribute.Bool("more", true)),
	} {
		if bound.Together(i.active, i.duration, i.received, i.sent) != nil {
			t.Errorf("%s: they are together", name)
		}
	}
}
