package bound

import (
	"context"
	"sync"

	"go.opentelemetry.io/otel/metric"
)

// Group records one value each to the three histograms of a request, at a third
// of the cost: under one lock and with one question about the exemplar. The
// histograms keep what they are; a collection of one of them takes its share.
type Group struct {
	duration       *explicitPoint[float64]
	received, sent *explicitPoint[int64]
	cells          cells[groupCell]
}

type groupCell struct {
	mu             sync.Mutex
	duration       explicitBuckets[float64]
	received, sent explicitBuckets[int64]
}

// Together returns a group of bound instruments, or nil if they are not all
// series with explicit buckets: what the SDK made, what records in two forms and
// what is beyond the limit has to be recorded one by one.
func Together(duration metric.Float64Histogram, received, sent metric.Int64Histogram) *Group {
	d, ok := duration.(*explicitPoint[float64])
	r, alsoOK := received.(*explicitPoint[int64])
	s, evenOK := sent.(*explicitPoint[int64])
	if !ok || !alsoOK || !evenOK {
		return nil
	}
	g := &Group{duration: d, received: r, sent: s}
	g.prepare(&g.cells.first)
	d.feed(func() { g.cells.each(g.drainDuration) })
	r.feed(func() { g.cells.each(g.drainReceived) })
	s.feed(func() { g.cells.each(g.drainSent) })
	return g
}

// Record records a duration in seconds and two sizes in bytes.
func (g *Group) Record(ctx context.Context, duration float64, received, sent int64) {
	d, r, s := bucket(g.duration.bounds, duration), bucket(g.received.bounds, float64(received)), bucket(g.sent.bounds, float64(sent))
	c := g.cells.pick()
	if !c.mu.TryLock() {
		c = g.wait()
	}
	c.duration.add(duration)
	c.duration.counts[d]++
	c.received.add(received)
	c.received.counts[r]++
	c.sent.add(sent)
	c.sent.counts[s]++
	c.mu.Unlock()
	if g.duration.wanted(ctx) {
		g.duration.keep(ctx, duration, g.duration.attrs)
		g.received.keep(ctx, received, g.received.attrs)
		g.sent.keep(ctx, sent, g.sent.attrs)
	}
}

// wait locks a cell that may be in use.
func (g *Group) wait() *groupCell {
	g.cells.collided(g.prepare)
	c := g.cells.pick()
	c.mu.Lock()
	return c
}

// prepare puts the buckets of all three side by side.
func (g *Group) prepare(c *groupCell) {
	d, r, s := len(g.duration.bounds)+1, len(g.received.bounds)+1, len(g.sent.bounds)+1
	counts := make([]uint64, d+r+s)
	c.duration.counts, c.received.counts, c.sent.counts = counts[:d:d], counts[d:d+r:d+r], counts[d+r:]
}

func (g *Group) drainDuration(c *groupCell) { drainPart(&c.mu, &c.duration, g.duration) }
func (g *Group) drainReceived(c *groupCell) { drainPart(&c.mu, &c.received, g.received) }
func (g *Group) drainSent(c *groupCell)     { drainPart(&c.mu, &c.sent, g.sent) }

func drainPart[N number](mu *sync.Mutex, from *explicitBuckets[N], to *explicitPoint[N]) {
	mu.Lock()
	defer mu.Unlock()
	to.take(from)
}
