package bound

import (
	"context"
	"math"
	"sync/atomic"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/metric/embedded"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// sum aggregates counters and up-down counters.
type sum[N number] struct {
	points[metricdata.DataPoint[N], *sumPoint[N]]
	monotonic bool
}

func newSum[N number](p *Provider, monotonic bool) *sum[N] {
	sampler := newSampler(p, nil)
	s := &sum[N]{monotonic: monotonic}
	s.init(p.config.SeriesLimit, func(attrs attribute.Set) *sumPoint[N] {
		return &sumPoint[N]{target: target[N]{s, attrs}, isFloat: isFloat[N](), exemplars: exemplars[N]{sampler: sampler}}
	})
	return s
}

func (s *sum[N]) series(attrs attribute.Set) recorder[N] { return s.get(attrs) }

func (s *sum[N]) collect(streams, stream int, delta bool) metricdata.Aggregation {
	data := s.read(streams, stream, delta)
	if len(data) == 0 {
		return nil
	}
	return metricdata.Sum[N]{DataPoints: data, Temporality: temporalityOf(delta), IsMonotonic: s.monotonic}
}

// sumPoint is a series of a sum.
type sumPoint[N number] struct {
	target[N]
	embedded.Int64Counter
	embedded.Float64Counter
	embedded.Int64UpDownCounter
	embedded.Float64UpDownCounter
	isFloat bool
	cells   cells[sumCell]
	totals  []sumTotal[N] // by stream
	exemplars[N]
	feeders
}

// sumCell is a number of either type, in its bits.
type sumCell struct {
	bits atomic.Uint64
	// used tells a sum of nothing from one that is 0.
	used atomic.Bool
}

type sumTotal[N number] struct {
	value N
	used  bool
}

// Add implements counters and up-down counters of both types.
func (p *sumPoint[N]) Add(ctx context.Context, v N, options ...metric.AddOption) {
	if len(options) > 0 {
		p.add(ctx, v, options)
		return
	}
	for c := p.cells.pick(); ; c = p.cells.pick() {
		old := c.bits.Load()
		if c.bits.CompareAndSwap(old, p.plus(old, v)) {
			if !c.used.Load() {
				c.used.Store(true)
			}
			break
		}
		p.cells.collided(func(*sumCell) {})
	}
	if p.wanted(ctx) {
		p.keep(ctx, v, p.attrs)
	}
}

func (p *sumPoint[N]) record(ctx context.Context, v N) { p.Add(ctx, v) }

// plus adds to the bits of a number, whose zero is 0 in both types.
func (p *sumPoint[N]) plus(bits uint64, v N) uint64 {
	if p.isFloat {
		return math.Float64bits(math.Float64frombits(bits) + float64(v))
	}
	return bits + uint64(int64(v))
}

func (p *sumPoint[N]) number(bits uint64) N {
	if p.isFloat {
		return N(math.Float64frombits(bits))
	}
	return N(int64(bits))
}

func (p *sumPoint[N]) read(s *span, into *metricdata.DataPoint[N]) bool {
	for len(p.totals) < s.streams {
		p.totals = append(p.totals, sumTotal[N]{})
	}
	// The groups come first, so that what they take away has been added: nothing
	// is ever less than none. Added and taken away in between, it counts until
	// the next collection.
	p.drainFeeders()
	p.cells.each(p.drain)
	total := &p.totals[s.stream]
	if !total.used {
		return false
	}
	*into = metricdata.DataPoint[N]{
		Attributes: p.attrs, StartTime: s.start, Time: s.end, Value: total.value, Exemplars: p.collected(s),
	}
	if s.delta {
		*total = sumTotal[N]{}
	}
	return true
}

// drain moves what a cell holds to the totals.
func (p *sumPoint[N]) drain(c *sumCell) {
	p.take(c.used.Swap(false), p.number(c.bits.Swap(0)))
}

func (p *sumPoint[N]) take(used bool, value N) {
	for i := range p.totals {
		p.totals[i].value += value
		p.totals[i].used = p.totals[i].used || used || value != 0
	}
}

func isFloat[N number]() bool {
	_, is := any(N(0)).(float64)
	return is
}
