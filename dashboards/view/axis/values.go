package axis

import (
	"math"
	"strconv"
	"strings"
)

// px between labels: 30, or 15 where the plot is 150 px high or less.
func distance(height float64) float64 {
	if height <= 150 {
		return 15
	}
	return math.Max(30, height/maxTicks)
}

// Values are the ticks of a linear value axis of height px from lo to hi, by the
// ladder of steps of the unit: powers of two for what is counted in KiB, else 1,
// 2, 2.5 and 5 by powers of ten. Decimals are those of the step, for value.Tick
// to write the labels.
func Values(lo, hi, height float64, unit string) (ticks []float64, decimals int) {
	if !(lo < hi) || !(height > 0) || math.IsInf(hi-lo, 0) {
		return nil, 0
	}
	smallest := (hi - lo) * distance(height) / height
	step := decimalStep(smallest)
	if binary[unit] {
		step = math.Exp2(math.Ceil(exponent(smallest, 2)))
	}
	if !(step > 0) || math.IsInf(step, 0) {
		return nil, 0
	}
	first, last := math.Ceil(nearly(lo, step)), math.Floor(nearly(hi, step))
	for i := range maxTicks {
		n := first + float64(i)
		if n > last {
			break
		}
		v := math.Min(math.Max(multiple(n, step), lo), hi)
		if len(ticks) > 0 && v <= ticks[len(ticks)-1] {
			break // the numbers are too large to differ by a step
		}
		ticks = append(ticks, v)
	}
	return ticks, decimalsOf(step)
}

// decimalStep is the smallest step of the decimal ladder that is not below a number.
func decimalStep(smallest float64) float64 {
	power := math.Floor(math.Log10(smallest))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if step := scaled(m, power); step >= smallest*(1-1e-9) {
			return step
		}
	}
	return scaled(1, power+1)
}

// scaled is m times a power of ten, exactly what one would write.
func scaled(m, power float64) float64 {
	if power >= 0 {
		return m * math.Pow10(int(power))
	}
	return m / math.Pow10(int(-power))
}

// decimalsOf is how many decimals a step has.
func decimalsOf(step float64) int {
	text := strconv.FormatFloat(step, 'f', -1, 64)
	if dot := strings.IndexByte(text, '.'); dot >= 0 {
		return len(text) - dot - 1
	}
	return 0
}

// binary are the units by powers of 1024.
var binary = map[string]bool{
	"bytes": true, "kbytes": true, "mbytes": true, "gbytes": true, "tbytes": true, "pbytes": true,
	"bits": true, "binbps": true, "binBps": true,
	"KiBs": true, "MiBs": true, "GiBs": true, "TiBs": true, "PiBs": true,
	"Kibits": true, "Mibits": true, "Gibits": true, "Tibits": true, "Pibits": true,
}

// Log are the ticks of a logarithmic axis of height px to a base: its powers, and
// to the base of ten also what there is room for between them.
func Log(lo, hi, height, base float64) []float64 {
	if !(lo > 0) || !(lo < hi) || !(height > 0) || math.IsInf(hi, 0) {
		return nil
	}
	base = sane(base)
	perPower := height / ((math.Log(hi) - math.Log(lo)) / math.Log(base))
	first, last := math.Floor(exponent(lo, base)), math.Ceil(exponent(hi, base))
	every := math.Max(1, math.Ceil(crowded(base, height)/perPower))
	var ticks []float64
	for i := 0; i < maxTicks && first+float64(i)*every <= last; i++ {
		power := first + float64(i)*every
		for _, m := range between(base, perPower, height) {
			if v := math.Pow(base, power) * m; v >= lo*(1-1e-9) && v <= hi*(1+1e-9) {
				ticks = append(ticks, math.Min(math.Max(v, lo), hi))
			}
		}
	}
	return ticks
}

// crowded is how near powers may come to each other, px. Powers of ten may come
// nearer than their labels, as in Grafana: a decade is what one looks for.
func crowded(base, height float64) float64 {
	if base == 10 {
		return math.Max(6, height/maxTicks)
	}
	return distance(height)
}

// between are the multiples of a power that are labelled: as many as leave the
// distance up to the next power.
func between(base, perPower, height float64) []float64 {
	room := func(from float64) bool { return math.Log10(10/from)*perPower >= distance(height) }
	switch {
	case base != 10:
		return []float64{1}
	case room(9):
		return []float64{1, 2, 3, 4, 5, 6, 7, 8, 9}
	case room(7):
		return []float64{1, 2, 3, 5, 7}
	case room(5):
		return []float64{1, 2, 5}
	}
	return []float64{1}
}
