package bound

import (
	"sync"
	"time"

	"go.opentelemetry.io/otel/attribute"
)

type number interface{ int64 | float64 }

// overflow is the attribute set of everything beyond an instrument's limit.
var overflow = attribute.NewSet(attribute.Bool("otel.metric.overflow", true))

// point is one series. D is what a reader gets of it.
type point[D any] interface {
	// read fills in the data, or reports that there is none. It is called by
	// one collection at a time.
	read(s *span, into *D) bool
}

// points are the series of one instrument.
type points[D any, P point[D]] struct {
	limit int
	make  func(attribute.Set) P

	mu      sync.RWMutex
	byAttrs map[attribute.Distinct]P
	all     []P // only appended to

	collecting sync.Mutex
	since      []time.Time // when the interval began that each stream reads next
}

func (p *points[D, P]) init(limit int, create func(attribute.Set) P) {
	p.limit, p.make = limit, create
	p.byAttrs, p.since = map[attribute.Distinct]P{}, []time.Time{time.Now()}
}

// get returns the series of an attribute set, or the overflow's if the set is
// new and the limit is reached.
func (p *points[D, P]) get(attrs attribute.Set) P {
	p.mu.RLock()
	found, ok := p.byAttrs[attrs.Equivalent()]
	p.mu.RUnlock()
	if ok {
		return found
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, known := p.byAttrs[attrs.Equivalent()]; !known && p.limit > 0 && len(p.all) >= p.limit-1 {
		attrs = overflow
	}
	found, ok = p.byAttrs[attrs.Equivalent()]
	if !ok {
		found = p.make(attrs)
		p.byAttrs[attrs.Equivalent()] = found
		p.all = append(p.all, found)
	}
	return found
}

func (p *points[D, P]) size() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.all)
}

// read collects the data of all series that have some.
func (p *points[D, P]) read(streams, stream int, delta bool) []D {
	p.collecting.Lock()
	defer p.collecting.Unlock()
	p.mu.RLock()
	all := p.all
	p.mu.RUnlock()

	for len(p.since) < streams {
		p.since = append(p.since, p.since[0])
	}
	s := span{streams: streams, stream: stream, delta: delta, start: p.since[stream], end: time.Now()}
	if delta {
		p.since[stream] = s.end
	}
	data := make([]D, len(all))
	n := 0
	for _, one := range all {
		if one.read(&s, &data[n]) {
			n++
		}
	}
	return data[:n]
}
