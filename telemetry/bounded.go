package telemetry

import (
	"maps"
	"sync"
	"sync/atomic"
)

// valueID stands for a value of a bounded set.
type valueID uint16

const (
	noValue valueID = iota
	otherValue
	firstValue
)

// maxValues is how large a set can be. Adding copies it, and every value is
// multiplied by all the other attributes of a series.
const maxValues = 1000

// other is what the semantic conventions call a value that is not told.
const other = "_OTHER"

// bounded numbers the values of a set that must not grow beyond a limit. Reading
// takes no lock and allocates nothing.
type bounded[V comparable] struct {
	limit int
	keep  func(V) V // copies what is a part of a larger string

	ids    atomic.Pointer[map[V]valueID]
	mu     sync.Mutex // held while adding
	values []V        // by valueID, from firstValue
}

func (b *bounded[V]) init(limit int, keep func(V) V) {
	b.limit, b.keep = limit, keep
	b.ids.Store(&map[V]valueID{})
}

// id is the number of a value, otherValue if there is no room for it, and
// noValue if it is the zero value.
func (b *bounded[V]) id(v V) valueID {
	if v == *new(V) {
		return noValue
	}
	ids := *b.ids.Load()
	if id, ok := ids[v]; ok {
		return id
	}
	if len(ids) >= b.limit {
		return otherValue
	}
	return b.add(v)
}

func (b *bounded[V]) add(v V) valueID {
	b.mu.Lock()
	defer b.mu.Unlock()
	ids := *b.ids.Load()
	if id, ok := ids[v]; ok {
		return id
	}
	if len(ids) >= b.limit {
		return otherValue
	}
	v = b.keep(v)
	id := firstValue + valueID(len(b.values))
	b.values = append(b.values, v)
	next := maps.Clone(ids)
	next[v] = id
	b.ids.Store(&next)
	return id
}

// value is what an id stands for, if it is one of the set.
func (b *bounded[V]) value(id valueID) (v V, ok bool) {
	if id < firstValue {
		return v, false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.values[id-firstValue], true
}
