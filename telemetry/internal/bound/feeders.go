package bound

import "sync"

// feeders are the groups that hold records of a series.
type feeders struct {
	mu     sync.Mutex
	drains []func() // each moves what a group holds to the series' totals
}

func (f *feeders) feed(drain func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.drains = append(f.drains, drain)
}

func (f *feeders) drainFeeders() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, drain := range f.drains {
		drain()
	}
}
