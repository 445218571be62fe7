package axis

import "math"

// Limits are what bounds a value axis: nil is not set. Hard limits are the ends
// of the axis; soft ones are unless the data lie beyond.
type Limits struct {
	Min, Max, SoftMin, SoftMax *float64
	// Centered puts zero into the middle.
	Centered bool
}

// Range is the span of a value axis for data from lo to hi; without data (lo is
// greater than hi, or one of them is not a number) it is 0 to 100. What is
// returned is finite and ascending.
func Range(lo, hi float64, l Limits) (float64, float64) {
	if !(lo <= hi) {
		return l.ends(0, 100)
	}
	lo, hi = finite(lo), finite(hi)
	if l.Centered {
		hi = math.Max(math.Abs(lo), math.Abs(hi))
		lo = -hi
	}
	bottom, top := padded(lo, hi)
	if l.SoftMin != nil && lo >= *l.SoftMin {
		bottom = *l.SoftMin
	}
	if l.SoftMax != nil && hi <= *l.SoftMax {
		top = *l.SoftMax
	}
	return l.ends(bottom, top)
}

// ends applies the hard limits.
func (l Limits) ends(bottom, top float64) (float64, float64) {
	if l.Min != nil {
		bottom = *l.Min
	}
	if l.Max != nil {
		top = *l.Max
	}
	bottom, top = finite(bottom), finite(top)
	switch {
	case bottom < top:
		return bottom, top
	case l.Max != nil && l.Min == nil: // the data lie above the maximum
		return top - math.Max(1, math.Abs(top)), top
	}
	return bottom, bottom + math.Max(1, math.Abs(bottom))
}

// padded adds a tenth of the span at each end and rounds outwards, but does not
// cross zero if the data do not. A flat line at v lies in the middle of 0 to 2v,
// one at 0 at the bottom of 0 to 100.
func padded(lo, hi float64) (bottom, top float64) {
	span := hi - lo
	greatest := math.Max(math.Abs(lo), math.Abs(hi))
	pad := span / 10
	if span < greatest*1e-10 || span == 0 { // the noise of floating point is flat
		span, pad = greatest, greatest
	}
	if span == 0 {
		return 0, 100
	}
	unit := math.Pow(10, math.Floor(math.Log10(span))-1)
	bottom = multiple(math.Floor(nearly(lo-pad, unit)), unit)
	top = multiple(math.Ceil(nearly(hi+pad, unit)), unit)
	if lo >= 0 {
		bottom = math.Max(bottom, 0)
	}
	if hi <= 0 {
		top = math.Min(top, 0)
	}
	return bottom, top
}

// nearly is how many units there are in v, whole if floating point is all that
// keeps it from that.
func nearly(v, unit float64) float64 {
	n := v / unit
	if whole := math.Round(n); math.Abs(n-whole) < 1e-6 {
		return whole
	}
	return n
}

// multiple is n units without the noise of 3 * 0.1.
func multiple(n, unit float64) float64 {
	if unit >= 1 {
		return n * unit
	}
	scale := math.Pow10(decimalsOf(unit))
	if v := math.Round(n*unit*scale) / scale; !math.IsInf(v, 0) && !math.IsNaN(v) {
		return v
	}
	return n * unit
}

// most keeps a span between two numbers from becoming infinite.
const most = math.MaxFloat64 / 16

func finite(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return math.Min(math.Max(v, -most), most)
}

// LogRange is [Range] for a logarithmic axis to a base: it ends at whole powers
// of it. lo is the smallest positive value. Limits that are not positive do not
// count.
func LogRange(lo, hi, base float64, l Limits) (float64, float64) {
	base = sane(base)
	if !(hi > 0) {
		lo, hi = 1, 100
	}
	hi = math.Min(hi, 1e300)
	if !(lo > 0) || lo > hi {
		lo = hi
	}
	lo = math.Max(lo, 1e-300)
	if positive(l.SoftMin) {
		lo = math.Min(lo, *l.SoftMin)
	}
	if positive(l.SoftMax) {
		hi = math.Max(hi, *l.SoftMax)
	}
	if lo == hi {
		lo, hi = lo/base, hi*base
	}
	bottom := math.Pow(base, math.Floor(exponent(lo, base)))
	top := math.Min(math.Pow(base, math.Ceil(exponent(hi, base))), most)
	if positive(l.Min) {
		bottom = *l.Min
	}
	if positive(l.Max) {
		top = *l.Max
	}
	if !(bottom < top) {
		top = bottom * base
	}
	return bottom, top
}

func positive(v *float64) bool { return v != nil && *v > 1e-300 && *v < 1e300 }

// sane is the base of a logarithmic axis, 10 unless it is one.
func sane(base float64) float64 {
	if base > 1 && base <= 1e6 {
		return base
	}
	return 10
}

// exponent is the logarithm of v, whole if floating point is all that keeps it
// from that.
func exponent(v, base float64) float64 { return nearly(math.Log(v)/math.Log(base), 1) }
