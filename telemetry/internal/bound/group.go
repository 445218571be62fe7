package bound

import (
	"context"
	"sync"

	"go.opentelemetry.io/otel/metric"
)

// Group records the end of a request: one value each to three histograms, and one
// less to the requests in flight. That costs a third of doing it one by one: there
// is one lock, and one question about the exemplar. The instruments keep what they
// are; a collection of one of them takes its share.
type Group struct {
	active         *sumPoint[int64]
	duration       *explicitPoint[float64]
	received, sent *explicitPoint[int64]
	cells          cells[groupCell]
}

type groupCell struct {
	mu             sync.Mutex
	ended          int64
	duration       explicitBuckets[float64]
	received, sent explicitBuckets[int64]
}

// Together returns a group of bound instruments, or nil if they are not all
// series, the histograms' with explicit buckets: what the SDK made, what records
// in two forms and what is beyond the limit has to be recorded one by one.
func Together(active metric.Int64UpDownCounter, duration metric.Float64Histogram, received, sent metric.Int64Histogram) *Group {
	g := &Group{}
	var are [4]bool
	g.active, are[0] = active.(*sumPoint[int64])
	g.duration, are[1] = duration.(*explicitPoint[float64])
	g.received, are[2] = received.(*explicitPoint[int64])
	g.sent, are[3] = sent.(*explicitPoint[int64])
	if are != [4]bool{true, true, true, true} {
		return nil
	}
	g.prepare(&g.cells.first)
	g.active.feed(func() { g.cells.each(g.drainEnded) })
	g.duration.feed(func() { g.cells.each(g.drainDuration) })
	g.received.feed(func() { g.cells.each(g.drainReceived) })
	g.sent.feed(func() { g.cells.each(g.drainSent) })
	return g
}

// Record records a duration in seconds and two sizes in bytes, and takes one off
// the requests in flight.
func (g *Group) Record(ctx context.Context, duration float64, received, sent int64) {
	d, r, s := bucket(g.duration.bounds, duration), bucket(g.received.bounds, float64(received)), bucket(g.sent.bounds, float64(sent))
	c := g.cells.pick()
	if !c.mu.TryLock() {
		c = g.wait()
	}
	c.ended++
	c.duration.add(duration)
	c.duration.counts[d]++
	c.received.add(received)
	c.received.counts[r]++
	c.sent.add(sent)
	c.sent.counts[s]++
	c.mu.Unlock()
	if g.duration.wanted(ctx) {
		g.keep(ctx, duration, received, sent)
	}
}

// keep offers exemplars. That of the requests in flight would say nothing of this
// one, so it has no context.
func (g *Group) keep(ctx context.Context, duration float64, received, sent int64) {
	g.duration.keep(ctx, duration, g.duration.attrs)
	g.received.keep(ctx, received, g.received.attrs)
	g.sent.keep(ctx, sent, g.sent.attrs)
	if none := Unlinked(); g.active.wanted(none) {
		g.active.keep(none, -1, g.active.attrs)
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

func (g *Group) drainEnded(c *groupCell) {
	c.mu.Lock()
	defer c.mu.Unlock()
	g.active.take(c.ended != 0, -c.ended)
	c.ended = 0
}

func (g *Group) drainDuration(c *groupCell) { drainPart(&c.mu, &c.duration, g.duration) }
func (g *Group) drainReceived(c *groupCell) { drainPart(&c.mu, &c.received, g.received) }
func (g *Group) drainSent(c *groupCell)     { drainPart(&c.mu, &c.sent, g.sent) }

func drainPart[N number](mu *sync.Mutex, from *explicitBuckets[N], to *explicitPoint[N]) {
	mu.Lock()
	defer mu.Unlock()
	to.take(from)
}
