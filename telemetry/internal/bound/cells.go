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
	more  atomic.Pointer[[]padded[C]] // its length is a power of two
	// collisions are few in the life of a series that one processor at a time
	// records to: a collection may hold the cell.
	collisions atomic.Uint32
}

// padded keeps a cell off the cache lines of the next one: two, because
// processors fetch them in pairs.
type padded[C any] struct {
	cell C
	_    [128]byte
}

// tolerated is the number of collisions before a series gets more cells.
const tolerated = 16

// pick returns the cell that the calling goroutine is to use.
func (c *cells[C]) pick() *C {
	if more := c.more.Load(); more != nil {
		return &(*more)[place()&uint64(len(*more)-1)].cell
	}
	return &c.first
}

// collided is told of every collision. It may add cells, which prepare makes
// ready for use. The first one then rests, because it has no cache line of its
// own.
func (c *cells[C]) collided(prepare func(*C)) {
	if c.collisions.Add(1) != tolerated {
		return
	}
	// Twice as many as there are processors, because goroutines choose blindly.
	more := make([]padded[C], 1<<bits.Len(uint(2*runtime.GOMAXPROCS(0)-1)))
	for i := range more {
		prepare(&more[i].cell)
	}
	c.more.Store(&more)
}

// each calls f with every cell that can hold something.
func (c *cells[C]) each(f func(*C)) {
	f(&c.first)
	if more := c.more.Load(); more != nil {
		for i := range *more {
			f(&(*more)[i].cell)
		}
	}
}

// place tells goroutines apart, well enough to spread them and the same for as
// long as a goroutine's stack stays where it is: it is a hash of the stack's
// address. Go has no cheaper name for a goroutine or its processor.
func place() uint64 {
	var here byte
	// Stacks are at least 2 KiB apart. The multiplier is 2^64 over the golden
	// ratio, which spreads multiples of anything.
	return uint64(uintptr(unsafe.Pointer(&here))>>11) * 0x9e3779b97f4a7c15 >> 32
}
