package bound

import (
	"math/bits"
	"runtime"
	"sync/atomic"
	"unsafe"
)

// cells are where one series counts: a single cell, until processors are seen
// to collide there, and then several, of which each goroutine sticks to one.
type cells[C any] struct {
	first C
	more  atomic.Pointer[choice[C]]
	// collisions are few in the life of a series that one processor at a time
	// records to: a collection may hold the cell.
	collisions atomic.Uint32
}

// choice is several cells, of which the multiplier chooses. Their number is a
// power of two.
type choice[C any] struct {
	cells      []padded[C]
	multiplier uint64
}

// padded keeps a cell off the cache lines of the next one: two, because
// processors fetch them in pairs.
type padded[C any] struct {
	cell C
	_    [128]byte
}

// After so many collisions a series gets more cells, and after so many more the
// goroutines are given new ones to stick to, in case two of them got the same.
const (
	tolerated  = 16
	reshuffled = 1024
)

// golden is 2^64 over the golden ratio: whatever the distance between two numbers
// is, the highest bits of their products with it differ.
const golden = 0x9e3779b97f4a7c15

// pick returns the cell that the calling goroutine is to use.
func (c *cells[C]) pick() *C {
	if more := c.more.Load(); more != nil {
		return &more.cells[place()*more.multiplier>>56&uint64(len(more.cells)-1)].cell
	}
	return &c.first
}

// collided is told of every collision. It may add cells, which prepare makes
// ready for use. The first one then rests, because it has no cache line of its
// own.
func (c *cells[C]) collided(prepare func(*C)) {
	n := c.collisions.Add(1)
	switch more := c.more.Load(); {
	case n == tolerated:
		// Twice as many as there are processors, because goroutines choose
		// blindly.
		cells := make([]padded[C], 1<<bits.Len(uint(2*runtime.GOMAXPROCS(0)-1)))
		for i := range cells {
			prepare(&cells[i].cell)
		}
		c.more.Store(&choice[C]{cells, golden})
	case n%reshuffled == 0 && more != nil:
		c.more.Store(&choice[C]{more.cells, more.multiplier * golden})
	}
}

// each calls f with every cell that can hold something.
func (c *cells[C]) each(f func(*C)) {
	f(&c.first)
	if more := c.more.Load(); more != nil {
		for i := range more.cells {
			f(&more.cells[i].cell)
		}
	}
}

// place tells goroutines apart, and is the same for as long as a goroutine's stack
// stays where it is. Go has no cheaper name for a goroutine or its processor.
func place() uint64 {
	var here byte
	return uint64(uintptr(unsafe.Pointer(&here)) >> 11) // they are at least 2 KiB apart
}
