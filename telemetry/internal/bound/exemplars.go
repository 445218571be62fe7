package bound

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/attribute"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/exemplar"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// sampler chooses exemplars for the series of one instrument, as the SDK does:
// the filter first, and then a reservoir of the kind that suits the aggregation.
type sampler struct {
	filter   exemplar.Filter
	unlinked bool // what the filter says to an unlinked context
	provider exemplar.ReservoirProvider
	streams  *atomic.Int32 // the Provider's
}

// newSampler returns nil if there is no filter, that is, if nothing is sampled.
func newSampler(p *Provider, aggregation sdkmetric.Aggregation) *sampler {
	if p.config.Exemplars == nil {
		return nil
	}
	return &sampler{
		filter: p.config.Exemplars, unlinked: p.config.Exemplars(Unlinked()), streams: &p.streams,
		provider: sdkmetric.DefaultExemplarReservoirProviderSelector(aggregation),
	}
}

// exemplars are those of one series. Reservoirs are large, so that a series has
// none before the filter lets something in.
type exemplars[N number] struct {
	sampler *sampler
	kept    atomic.Pointer[reservoirs]
}

type reservoirs struct {
	mu       sync.Mutex
	byStream []exemplar.Reservoir
}

// Unlinked returns an empty context. A caller who knows that no span is active,
// or does not care for an exemplar, records with it: looking for the span in any
// other context costs half as much as all the rest of a record, and there are
// several records for one request.
func Unlinked() context.Context { return &empty }

type unlinked struct{ context.Context }

var empty = unlinked{context.Background()}

// wanted reports whether the filter, which sees whether the span in the context
// is sampled, lets a value become an exemplar.
func (e *exemplars[N]) wanted(ctx context.Context) bool {
	if e.sampler == nil {
		return false
	}
	if _, known := ctx.(*unlinked); known {
		return e.sampler.unlinked
	}
	return e.sampler.filter(ctx)
}

// keep takes a value as an exemplar, if the reservoirs choose it.
func (e *exemplars[N]) keep(ctx context.Context, v N, attrs attribute.Set) {
	kept := e.kept.Load()
	if kept == nil {
		e.kept.CompareAndSwap(nil, &reservoirs{byStream: make([]exemplar.Reservoir, e.sampler.streams.Load())})
		kept = e.kept.Load()
	}
	now := time.Now()
	kept.mu.Lock()
	defer kept.mu.Unlock()
	for i, r := range kept.byStream {
		if r == nil {
			r = e.sampler.provider(attrs)
			kept.byStream[i] = r
		}
		r.Offer(ctx, now, exemplar.NewValue(v), nil)
	}
}

// collected returns the exemplars for a reader. They stay for later readers of
// a cumulative stream, and belong to one interval of a delta.
func (e *exemplars[N]) collected(s *span) []metricdata.Exemplar[N] {
	kept := e.kept.Load()
	if kept == nil {
		return nil
	}
	kept.mu.Lock()
	defer kept.mu.Unlock()
	if s.stream >= len(kept.byStream) || kept.byStream[s.stream] == nil {
		return nil
	}
	var found []exemplar.Exemplar
	kept.byStream[s.stream].Collect(&found)
	if s.delta {
		kept.byStream[s.stream] = nil
	}
	return convert[N](found)
}

func convert[N number](found []exemplar.Exemplar) []metricdata.Exemplar[N] {
	out := make([]metricdata.Exemplar[N], len(found))
	for i, e := range found {
		out[i] = metricdata.Exemplar[N]{
			FilteredAttributes: e.FilteredAttributes, Time: e.Time, SpanID: e.SpanID, TraceID: e.TraceID,
		}
		switch e.Value.Type() {
		case exemplar.Int64ValueType:
			out[i].Value = N(e.Value.Int64())
		case exemplar.Float64ValueType:
			out[i].Value = N(e.Value.Float64())
		}
	}
	return out
}
