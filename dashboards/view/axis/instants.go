package axis

import (
	"iter"
	"time"
)

// instants are the moments of a step, in ascending order and without an end, the
// first of them at most a step after a time. They are whole in the time's zone.
func instants(from time.Time, unit float64, n int64) iter.Seq[time.Time] {
	switch unit {
	case day:
		first := midnight(from.Year(), int(from.Month()), from.Day(), from.Location())
		if first.Before(from) { // several days are counted from a midnight that is seen
			first = first.AddDate(0, 0, 1)
		}
		return repeat(func(i int) time.Time {
			return midnight(first.Year(), int(first.Month()), first.Day()+i*int(n), from.Location())
		})
	case month:
		start := (int(from.Month()) - 1) / int(n) * int(n)
		return repeat(func(i int) time.Time { return midnight(from.Year(), 1+start+i*int(n), 1, from.Location()) })
	case year:
		start := from.Year() / int(n) * int(n)
		return repeat(func(i int) time.Time { return midnight(start+i*int(n), 1, 1, from.Location()) })
	}
	return clock(from, int64(unit)*n)
}

func midnight(year, month, day int, zone *time.Location) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, zone)
}

func repeat(at func(i int) time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		for i := 0; yield(at(i)); i++ {
		}
	}
}

// clock steps by milliseconds from the nearest one that is whole on the zone's
// clock. Where that is put forward or back, the steps become whole again.
func clock(from time.Time, step int64) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		ms := from.UnixMilli()
		for {
			t := time.UnixMilli(ms).In(from.Location())
			_, offset := t.Zone()
			if over := modulo(ms+int64(offset)*1000, step); over > 0 {
				ms -= over
				if over > step/2 {
					ms += step
				}
				t = time.UnixMilli(ms).In(from.Location())
			}
			if !yield(t) {
				return
			}
			ms += step
		}
	}
}

// modulo is never negative.
func modulo(a, b int64) int64 { return (a%b + b) % b }
