package check

import "math"

// quantity is what a number measures: so many seconds, bytes and counted
// things, each to a power. A rate of bytes is bytes to the power 1 and time to
// the power -1; a ratio is nothing to any power.
type quantity struct {
	known              bool
	time, data, things int
	// other is a physical unit that is only compared, such as "celsius".
	other string
	// scale is how much one is in the base unit, such as 0.001 for a
	// millisecond; 0 if that is not known.
	scale float64
	// counted says that it was told to be a number of things by its help text or
	// by the absence of a unit, not by a unit.
	counted bool
	// share says that it is seconds per second: a share of time.
	share bool
	// zero says that the values are 0, which fits every unit: x * 0 fills gaps.
	zero bool
}

var (
	unknownQuantity = quantity{}
	seconds1        = quantity{known: true, time: 1, scale: 1}
	bytes1          = quantity{known: true, data: 1, scale: 1}
	things1         = quantity{known: true, things: 1, scale: 1, counted: true}
	ratio1          = quantity{known: true, scale: 1}
	joules1         = quantity{known: true, other: "joules", scale: 1}
	hertz1          = quantity{known: true, time: -1, scale: 1}
)

func (q quantity) times(factor float64) quantity { q.scale *= factor; return q }

// mul multiplies, div divides.
func (q quantity) mul(r quantity) quantity { return q.combine(r, 1) }
func (q quantity) div(r quantity) quantity { return q.combine(r, -1) }

func (q quantity) combine(r quantity, sign int) quantity {
	if q.zero || r.zero && sign > 0 {
		return quantity{zero: true}
	}
	if !q.known || !r.known || r.other != "" && (sign > 0 || q.other != r.other) {
		return unknownQuantity
	}
	out := quantity{known: true, time: q.time + sign*r.time, data: q.data + sign*r.data, things: q.things + sign*r.things,
		other: q.other, scale: q.scale * math.Pow(r.scale, float64(sign)), counted: q.counted || r.counted}
	if r.other != "" {
		out.other = ""
	}
	if r.scale == 0 {
		out.scale = 0
	}
	return out
}

// perSecond is what a rate makes of it.
func (q quantity) perSecond() quantity {
	out := q.div(seconds1)
	out.share = q.time == 1 && out.dimensionless()
	return out
}

// same tells whether two measure the same, whatever the scale. Things are left
// out: a duration per request is a duration.
func (q quantity) same(r quantity) bool {
	return q.time == r.time && q.data == r.data && q.other == r.other
}

// dimensionless tells whether it is a plain number.
func (q quantity) dimensionless() bool { return q.time == 0 && q.data == 0 && q.other == "" }

// either is what alternatives or summands measure.
func either(x, y quantity) quantity {
	switch {
	case x.zero:
		return y
	case y.zero:
		return x
	case !x.known || !y.known || !x.same(y) || x.things != y.things:
		return unknownQuantity
	case x.scale != y.scale:
		x.scale = 0
	}
	return x
}

// factors are numbers that turn a unit into another one. Any other number may
// do anything, and leaves the scale unknown; so does one below 1, which is as
// likely the share that an objective allows.
var factors = toSet64(1, 8, 60, 100, 1000, 1024, 3600, 86400, 1e6, 1e9, 1<<20, 1<<30)

func toSet64(list ...float64) map[float64]bool {
	out := map[float64]bool{}
	for _, v := range list {
		out[v] = true
	}
	return out
}

// multiplied is what a value measures after it was multiplied with a number,
// divided what after a division.
func (q quantity) multiplied(by float64) quantity {
	switch {
	case by == 0:
		return quantity{zero: true}
	case q.counted && q.things == 1 && by > 1 && by != 60 && by != 100:
		return unknownQuantity // pages, times their size
	case !factors[by] || q.dimensionless() && by != 100 && by != 1:
		return q.times(0)
	}
	return q.times(1 / by)
}

func (q quantity) divided(by float64) quantity {
	if !factors[by] || q.dimensionless() && by != 100 && by != 1 {
		return q.times(0)
	}
	return q.times(by)
}

// sameScale tells whether two scales are equal, also if one is unknown. Powers
// of 1000 and 1024 are not told apart: people mix them.
func sameScale(x, y float64) bool {
	if x == 0 || y == 0 {
		return true
	}
	ratio := x / y
	return ratio > 0.85 && ratio < 1.18
}
