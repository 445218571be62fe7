package bound

import (
	"context"
	"math"
	"sync"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/metric/embedded"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// exponential aggregates histograms with base-2 exponential buckets.
type exponential[N number] struct {
	points[metricdata.ExponentialHistogramDataPoint[N], *exponentialPoint[N]]
}

func newExponential[N number](p *Provider, a sdkmetric.AggregationBase2ExponentialHistogram) *exponential[N] {
	sampler := newSampler(p, a)
	// One bucket could not hold two values at any scale.
	size, scale := max(int(a.MaxSize), 2), min(a.MaxScale, maxScale)
	e := &exponential[N]{}
	e.init(p.config.SeriesLimit, func(attrs attribute.Set) *exponentialPoint[N] {
		series := &exponentialPoint[N]{
			target: target[N]{e, attrs}, noMinMax: a.NoMinMax, size: size, scale: scale, exemplars: exemplars[N]{sampler: sampler},
		}
		series.prepare(&series.cells.first)
		return series
	})
	return e
}

func (e *exponential[N]) series(attrs attribute.Set) recorder[N] { return e.get(attrs) }

func (e *exponential[N]) collect(streams, stream int, delta bool) metricdata.Aggregation {
	data := e.read(streams, stream, delta)
	if len(data) == 0 {
		return nil
	}
	return metricdata.ExponentialHistogram[N]{DataPoints: data, Temporality: temporalityOf(delta)}
}

// exponentialPoint is a series of a histogram with exponential buckets.
type exponentialPoint[N number] struct {
	target[N]
	embedded.Int64Histogram
	embedded.Float64Histogram
	noMinMax bool
	size     int   // how many buckets of one sign there may be
	scale    int32 // to begin with
	cells    cells[exponentialCell[N]]
	totals   []exponentialBuckets[N] // by stream
	exemplars[N]
}

type exponentialCell[N number] struct {
	mu sync.Mutex
	exponentialBuckets[N]
}

// Record implements [metric.Int64Histogram] and [metric.Float64Histogram].
func (p *exponentialPoint[N]) Record(ctx context.Context, v N, options ...metric.RecordOption) {
	if len(options) > 0 {
		p.observe(ctx, v, options)
		return
	}
	f := float64(v)
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return // no bucket could hold it, and the SDK does the same
	}
	c := p.cells.pick()
	if !c.mu.TryLock() {
		c = p.wait()
	}
	c.add(v)
	c.count1(f, p.size)
	c.mu.Unlock()
	if p.wanted(ctx) {
		p.keep(ctx, v, p.attrs)
	}
}

func (p *exponentialPoint[N]) record(ctx context.Context, v N) { p.Record(ctx, v) }

func (p *exponentialPoint[N]) prepare(c *exponentialCell[N]) { c.scale = p.scale }

// wait locks a cell that may be in use.
func (p *exponentialPoint[N]) wait() *exponentialCell[N] {
	p.cells.collided(p.prepare)
	c := p.cells.pick()
	c.mu.Lock()
	return c
}

func (p *exponentialPoint[N]) read(s *span, into *metricdata.ExponentialHistogramDataPoint[N]) bool {
	for len(p.totals) < s.streams {
		p.totals = append(p.totals, exponentialBuckets[N]{scale: p.scale})
	}
	p.cells.each(p.drain)
	total := &p.totals[s.stream]
	if total.count == 0 {
		return false
	}
	*into = metricdata.ExponentialHistogramDataPoint[N]{
		Attributes: p.attrs, StartTime: s.start, Time: s.end,
		Count: total.count, Sum: total.sum, Scale: total.scale, ZeroCount: total.zero,
		PositiveBucket: total.positive.read(&s.counts), NegativeBucket: total.negative.read(&s.counts),
		Exemplars: p.collected(s),
	}
	if !p.noMinMax {
		into.Min, into.Max = metricdata.NewExtrema(total.min), metricdata.NewExtrema(total.max)
	}
	if s.delta {
		total.clear(p.scale)
	}
	return true
}

// drain moves what a cell holds to the totals. A cell that only cumulative
// readers see goes on at the total's scale, which it would come to anyway; the
// interval of a delta begins with the finest.
func (p *exponentialPoint[N]) drain(c *exponentialCell[N]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.count == 0 {
		return
	}
	for i := range p.totals {
		p.totals[i].merge(&c.exponentialBuckets, p.size)
	}
	scale := p.scale
	if len(p.totals) == 1 {
		scale = p.totals[0].scale
	}
	c.clear(scale)
}
