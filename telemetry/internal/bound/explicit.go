package bound

import (
	"context"
	"slices"
	"sync"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/metric/embedded"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// explicit aggregates histograms with explicit buckets.
type explicit[N number] struct {
	points[metricdata.HistogramDataPoint[N], *explicitPoint[N]]
}

func newExplicit[N number](p *Provider, aggregation sdkmetric.AggregationExplicitBucketHistogram) *explicit[N] {
	bounds := slices.Sorted(slices.Values(aggregation.Boundaries))
	sampler := newSampler(p, sdkmetric.AggregationExplicitBucketHistogram{Boundaries: bounds})
	e := &explicit[N]{}
	e.init(p.config.SeriesLimit, func(attrs attribute.Set) *explicitPoint[N] {
		series := &explicitPoint[N]{
			target: target[N]{e, attrs}, bounds: bounds, noMinMax: aggregation.NoMinMax, exemplars: exemplars[N]{sampler: sampler},
		}
		series.prepare(&series.cells.first)
		return series
	})
	return e
}

func (e *explicit[N]) series(attrs attribute.Set) recorder[N] { return e.get(attrs) }

func (e *explicit[N]) collect(streams, stream int, delta bool) metricdata.Aggregation {
	data := e.read(streams, stream, delta)
	if len(data) == 0 {
		return nil
	}
	return metricdata.Histogram[N]{DataPoints: data, Temporality: temporalityOf(delta)}
}

// explicitPoint is a series of a histogram with explicit buckets.
type explicitPoint[N number] struct {
	target[N]
	embedded.Int64Histogram
	embedded.Float64Histogram
	bounds   []float64
	noMinMax bool
	cells    cells[explicitCell[N]]
	totals   []explicitBuckets[N] // by stream
	exemplars[N]
	feeders
}

type explicitCell[N number] struct {
	mu sync.Mutex
	explicitBuckets[N]
}

// explicitBuckets counts values by bucket; the last has no upper bound.
type explicitBuckets[N number] struct {
	distribution[N]
	counts []uint64
}

// Record implements [metric.Int64Histogram] and [metric.Float64Histogram].
func (p *explicitPoint[N]) Record(ctx context.Context, v N, options ...metric.RecordOption) {
	if len(options) > 0 {
		p.observe(ctx, v, options)
		return
	}
	i := bucket(p.bounds, float64(v))
	c := p.cells.pick()
	if !c.mu.TryLock() {
		c = p.wait()
	}
	c.add(v)
	c.counts[i]++
	c.mu.Unlock()
	if p.wanted(ctx) {
		p.keep(ctx, v, p.attrs)
	}
}

func (p *explicitPoint[N]) record(ctx context.Context, v N) { p.Record(ctx, v) }

func (p *explicitPoint[N]) prepare(c *explicitCell[N]) { c.counts = make([]uint64, len(p.bounds)+1) }

// wait locks a cell that may be in use.
func (p *explicitPoint[N]) wait() *explicitCell[N] {
	p.cells.collided(p.prepare)
	c := p.cells.pick()
	c.mu.Lock()
	return c
}

// bucket is the index of the first bound that is not below v; like the SDK, it
// puts what is not a number above all of them. Most values are small, and most
// histograms have few bounds, so that a loop beats a binary search.
func bucket(bounds []float64, v float64) int {
	for i, bound := range bounds {
		if v <= bound {
			return i
		}
	}
	return len(bounds)
}

func (p *explicitPoint[N]) read(s *span, into *metricdata.HistogramDataPoint[N]) bool {
	for len(p.totals) < s.streams {
		p.totals = append(p.totals, explicitBuckets[N]{counts: make([]uint64, len(p.bounds)+1)})
	}
	p.cells.each(p.drain)
	p.drainFeeders()
	total := &p.totals[s.stream]
	if total.count == 0 {
		return false
	}
	*into = metricdata.HistogramDataPoint[N]{
		Attributes: p.attrs, StartTime: s.start, Time: s.end,
		Count: total.count, Sum: total.sum, Bounds: p.bounds,
		BucketCounts: s.counts.take(len(total.counts)), Exemplars: p.collected(s),
	}
	copy(into.BucketCounts, total.counts)
	if !p.noMinMax {
		into.Min, into.Max = metricdata.NewExtrema(total.min), metricdata.NewExtrema(total.max)
	}
	if s.delta {
		total.clear()
	}
	return true
}

// drain moves what a cell holds to the totals.
func (p *explicitPoint[N]) drain(c *explicitCell[N]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p.take(&c.explicitBuckets)
}

func (p *explicitPoint[N]) take(from *explicitBuckets[N]) {
	if from.count == 0 {
		return
	}
	for i := range p.totals {
		p.totals[i].merge(from)
	}
	from.clear()
}

func (b *explicitBuckets[N]) merge(o *explicitBuckets[N]) {
	b.distribution.merge(&o.distribution)
	for i, n := range o.counts {
		b.counts[i] += n
	}
}

func (b *explicitBuckets[N]) clear() {
	b.distribution = distribution[N]{}
	clear(b.counts)
}
