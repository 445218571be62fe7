package loadgen

import (
	"maps"
	"slices"
	"time"
)

// Delays tallies how often each delay occurred. It is exact, and small because a
// delay is a multiple of [fate.Resolution] and has an upper limit.
type Delays map[time.Duration]int64

// Sum adds all delays up.
func (d Delays) Sum() time.Duration {
	var sum time.Duration
	for delay, n := range d {
		sum += delay * time.Duration(n)
	}
	return sum
}

// Quantile returns the smallest delay that at least the fraction q (0 to 1) of
// the requests did not exceed; 0 if there were none.
func (d Delays) Quantile(q float64) time.Duration {
	var total, below int64
	for _, n := range d {
		total += n
	}
	delays := slices.Sorted(maps.Keys(d))
	for _, delay := range delays {
		below += d[delay]
		if float64(below) >= q*float64(total) {
			return delay
		}
	}
	return 0
}

// Merge adds another tally to this one.
func (d Delays) Merge(other Delays) {
	for delay, n := range other {
		d[delay] += n
	}
}
