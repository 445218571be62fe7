package shop

import (
	"sync"
	"time"
)

// Samples is the number of orders that every store opens with. They have the ids
// 1 to Samples and are never dropped, so that a client can count on them.
const Samples = 50

// Store keeps orders in memory: the samples and, of those placed since, the
// latest. It is safe for concurrent use.
type Store struct {
	mu      sync.RWMutex
	samples []Order
	// ring holds the placed order with id i at i modulo its length. Ids are
	// handed out in sequence, so a new order overwrites the oldest one.
	ring []Order
	last int64
}

// NewStore returns a store with the sample orders that has room for capacity
// more, at least one.
func NewStore(capacity int, now time.Time) *Store {
	s := &Store{ring: make([]Order, max(capacity, 1)), last: Samples}
	for i := range Samples {
		sample := NewOrder{
			Item:     items[i%len(items)],
			Quantity: 1 + i%4,
			Channel:  channels[i%len(channels)],
		}
		age := time.Duration(Samples-i) * time.Minute
		s.samples = append(s.samples, sample.placed(int64(i+1), now.Add(-age)))
	}
	return s
}

// Place takes an order that is valid and returns it with its id.
func (s *Store) Place(n NewOrder, now time.Time) Order {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	order := n.placed(s.last, now)
	*s.slot(order.ID) = order
	return order
}

// Order returns the order with an id, and false if there is none or none any more.
func (s *Store) Order(id int64) (Order, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if id >= 1 && id <= Samples {
		return s.samples[id-1], true
	}
	if id < 1 || s.slot(id).ID != id {
		return Order{}, false
	}
	return *s.slot(id), true
}

// Latest returns up to limit orders, the latest first.
func (s *Store) Latest(limit int) []Order {
	s.mu.RLock()
	defer s.mu.RUnlock()
	orders := make([]Order, 0, max(limit, 0))
	for order := range s.all {
		if len(orders) >= limit {
			break
		}
		orders = append(orders, order)
	}
	return orders
}

// Placed is the number of orders taken since the store was opened, also of those
// it has dropped.
func (s *Store) Placed() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.last - Samples
}

func (s *Store) slot(id int64) *Order { return &s.ring[id%int64(len(s.ring))] }

// all yields the orders that are kept, the latest first. The caller holds the lock.
func (s *Store) all(yield func(Order) bool) {
	oldest := max(Samples, s.last-int64(len(s.ring)))
	for id := s.last; id > oldest; id-- {
		if !yield(*s.slot(id)) {
			return
		}
	}
	for i := len(s.samples) - 1; i >= 0; i-- {
		if !yield(s.samples[i]) {
			return
		}
	}
}
