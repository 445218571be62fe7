package panel

import (
	"math"
	"slices"
)

// tsStackKey is what series must share to stand on each other.
type tsStackKey struct {
	scale        *tsScale
	group, mode  string
	style, join  string
	belowTheZero bool
}

// tsStack puts series of one group on each other, in their order: in mode
// "percent" as parts of 1. Series below zero are stacked downwards on their own.
func tsStack(all []*tsSeries) {
	groups := map[tsStackKey][]*tsSeries{}
	var order []tsStackKey
	for _, s := range all {
		mode := s.style.Stacking.Mode
		if s.hidden() || (mode != "normal" && mode != "percent") {
			continue
		}
		key := tsStackKey{s.scale, s.style.Stacking.Group, mode, s.style.DrawStyle, s.style.LineInterpolation, tsBelowZero(s.drawn)}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], s)
	}
	for _, key := range order {
		tsPile(groups[key], key.mode == "percent")
	}
}

func tsBelowZero(values []float64) bool {
	lo, hi, ok := tsExtent(values)
	return ok && lo < 0 && hi <= 0
}

// tsPile stacks one group. Series may have samples at times of their own: a
// series that has none at a time adds nothing to it.
func tsPile(group []*tsSeries, percent bool) {
	sums := map[int64]float64{}
	if percent {
		for _, s := range group {
			s.each(func(_ int, t int64, v float64) { sums[t] += math.Abs(v) })
		}
	}
	below := make(map[int64]float64, len(group[0].times))
	for _, s := range group {
		parts := s.drawn
		s.drawn, s.floor = slices.Clone(parts), make([]float64, len(parts))
		for i, v := range parts {
			t := s.times[i]
			s.floor[i] = below[t]
			if !tsFinite(v) {
				continue
			}
			if percent {
				v = tsShare(v, sums[t])
			}
			below[t] += v
			s.drawn[i] = below[t]
		}
	}
}

// tsShare is the part of a sum, 0 if all of it is 0.
func tsShare(v, sum float64) float64 {
	if sum == 0 {
		return 0
	}
	return v / sum
}

// each calls do for what can be drawn.
func (s *tsSeries) each(do func(i int, t int64, v float64)) {
	for i, v := range s.drawn {
		if tsFinite(v) {
			do(i, s.times[i], v)
		}
	}
}
