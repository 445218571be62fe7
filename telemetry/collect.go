package telemetry

import (
	"fmt"
	"sync"

	dto "github.com/prometheus/client_model/go"
)

// collection is one reading of all metrics. Everybody who waits for done shares
// what was read, and must not change it.
type collection struct {
	done     chan struct{} // closed when the other fields are set
	families []*dto.MetricFamily
	err      error
}

// Gather implements [prometheus.Gatherer] once the collection is done.
func (c *collection) Gather() ([]*dto.MetricFamily, error) { return c.families, c.err }

// collections share the work of concurrent scrapes: one collection runs at a
// time, and one more, which begins right after it, serves everybody who came in
// the meantime. So no scrape gets figures from before it began, and however many
// scrapers there are and however long a collection takes, they do not pile up.
//
// client_golang's CoalesceGather differs in both: a scrape joins a collection
// that runs already, and as long as anybody is still reading the result, so that
// one slow reader, or two whose scrapes overlap, keep everybody at old figures.
type collections struct {
	gather func() ([]*dto.MetricFamily, error)

	mu            sync.Mutex
	running, next *collection // nil if there is none
}

// join returns a collection that begins after the call.
func (c *collections) join() *collection {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running == nil {
		c.running = newCollection()
		go c.run(c.running)
		return c.running
	}
	if c.next == nil {
		c.next = newCollection()
	}
	return c.next
}

func newCollection() *collection { return &collection{done: make(chan struct{})} }

// run goes on until nobody waits for a collection.
func (c *collections) run(now *collection) {
	for now != nil {
		c.fill(now)
		c.mu.Lock()
		now, c.running, c.next = c.next, c.next, nil
		c.mu.Unlock()
	}
}

// fill collects. A panic would end the whole process here, where no server
// recovers it, and metrics are not worth that.
func (c *collections) fill(to *collection) {
	defer close(to.done)
	defer func() {
		if p := recover(); p != nil {
			to.err = fmt.Errorf("collecting metrics panicked: %v", p)
		}
	}()
	to.families, to.err = c.gather()
}
