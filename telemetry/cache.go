package telemetry

import (
	"maps"
	"sync"
	"sync/atomic"
	"unsafe"
)

// cache remembers what make returned for a key. Reading takes no lock and
// allocates nothing, which a sync.Map would for a struct key. Adding copies the
// map: keys are few, and all of them are seen soon after the start.
//
// Hashing a key costs more than all the rest of recording it, so that each key is
// first looked for in a place of its own, where no other one has settled before.
type cache[K comparable, V any] struct {
	make func(K) V

	settled [cachePlaces]atomic.Pointer[remembered[K, V]]
	seen    atomic.Pointer[map[K]*remembered[K, V]]
	mu      sync.Mutex // held while adding
}

const cachePlaces = 256

type remembered[K comparable, V any] struct {
	key   K
	value V
}

// get returns the value of a key. The place spreads keys; it need not be the same
// for equal ones.
func (c *cache[K, V]) get(place uint64, key *K) V {
	settled := &c.settled[place%cachePlaces]
	if r := settled.Load(); r != nil && r.key == *key {
		return r.value
	}
	r := c.find(*key)
	settled.CompareAndSwap(nil, r)
	return r.value
}

func (c *cache[K, V]) find(key K) *remembered[K, V] {
	if seen := c.seen.Load(); seen != nil {
		if r, ok := (*seen)[key]; ok {
			return r
		}
	}
	return c.add(key)
}

func (c *cache[K, V]) add(key K) *remembered[K, V] {
	c.mu.Lock()
	defer c.mu.Unlock()
	next := map[K]*remembered[K, V]{}
	if seen := c.seen.Load(); seen != nil {
		if r, ok := (*seen)[key]; ok {
			return r
		}
		next = maps.Clone(*seen)
	}
	r := &remembered[K, V]{key, c.make(key)}
	next[key] = r
	c.seen.Store(&next)
	return r
}

// size is the number of keys.
func (c *cache[K, V]) size() int {
	if seen := c.seen.Load(); seen != nil {
		return len(*seen)
	}
	return 0
}

// spread moves the difference between two numbers to the low bits. The multiplier
// is 2^64 over the golden ratio.
func spread(n uint64) uint64 { return n * 0x9e3779b97f4a7c15 >> 40 }

// address tells strings apart that live as long as the process, such as routes
// and the names of methods, without reading them.
func address(s string) uint64 { return uint64(uintptr(unsafe.Pointer(unsafe.StringData(s)))) }
