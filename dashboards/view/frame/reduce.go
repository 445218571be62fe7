package frame

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Reduce makes one number of a field by a calculation of Grafana's, such as
// "lastNotNull", "mean", "max" or "p95"; ok is false if the calculation is not
// known. It is [Null] where there is nothing to calculate with. Texts can only be
// counted.
func Reduce(f *Field, calculation string) (v float64, ok bool) {
	if f.Kind == String {
		return reduceTexts(f.Strings, calculation)
	}
	all := f.Numbers
	if f.Kind == Time {
		all = make([]float64, len(f.Times))
		for i, t := range f.Times {
			all[i] = float64(t)
		}
	}
	if calc := ofAll[calculation]; calc != nil {
		return calc(all), true
	}
	calc := ofPresent[calculation]
	if calc == nil {
		if calc = percentile(calculation); calc == nil {
			return Null, false
		}
	}
	present := withoutNull(all)
	if len(present) == 0 {
		return Null, true
	}
	return calc(present), true
}

func withoutNull(all []float64) []float64 {
	if !slices.ContainsFunc(all, IsNull) {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), IsNull)
}

// ofAll are the calculations that look at what is absent too.
var ofAll = map[string]func([]float64) float64{
	"last": func(v []float64) float64 {
		if len(v) == 0 {
			return Null
		}
		return v[len(v)-1]
	},
	"first": func(v []float64) float64 {
		if len(v) == 0 {
			return Null
		}
		return v[0]
	},
	"count":         func(v []float64) float64 { return float64(len(v)) },
	"nonNullCount":  func(v []float64) float64 { return float64(len(withoutNull(v))) },
	"allIsNull":     func(v []float64) float64 { return truth(len(withoutNull(v)) == 0) },
	"allIsZero":     func(v []float64) float64 { return truth(len(v) > 0 && !slices.ContainsFunc(v, nonzero)) },
	"changeCount":   func(v []float64) float64 { return changes(bits(v)) },
	"distinctCount": func(v []float64) float64 { return distinct(bits(v)) },
}

// ofPresent are the calculations with numbers, of which there is at least one.
var ofPresent = map[string]func([]float64) float64{
	"lastNotNull":  func(v []float64) float64 { return v[len(v)-1] },
	"firstNotNull": func(v []float64) float64 { return v[0] },
	"sum":          sum,
	"mean":         mean,
	"min":          func(v []float64) float64 { return fold(v, math.Min) },
	"max":          func(v []float64) float64 { return fold(v, math.Max) },
	"range":        func(v []float64) float64 { return fold(v, math.Max) - fold(v, math.Min) },
	"diff":         func(v []float64) float64 { return v[len(v)-1] - v[0] },
	"diffperc":     func(v []float64) float64 { return (v[len(v)-1] - v[0]) / v[0] },
	"delta":        delta,
	"step":         step,
	"logmin":       logmin,
	"variance":     variance,
	"stdDev":       func(v []float64) float64 { return math.Sqrt(variance(v)) },
	"median":       median,
}

func reduceTexts(list []string, calculation string) (float64, bool) {
	switch calculation {
	case "count", "nonNullCount":
		return float64(len(list)), true
	case "changeCount":
		return changes(list), true
	case "distinctCount":
		return distinct(list), true
	}
	_, ok := Reduce(&Field{Kind: Number}, calculation)
	return Null, ok
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func nonzero(v float64) bool { return v != 0 }

func sum(v []float64) float64 {
	total := 0.0
	for _, x := range v {
		total += x
	}
	return total
}

func mean(v []float64) float64 { return sum(v) / float64(len(v)) }

// fold skips NaN, as comparisons do.
func fold(v []float64, pick func(a, b float64) float64) float64 {
	out := math.NaN()
	for _, x := range v {
		switch {
		case math.IsNaN(x):
		case math.IsNaN(out):
			out = x
		default:
			out = pick(out, x)
		}
	}
	return out
}

// delta is how much a counter grew; where it fell it had started again from 0.
func delta(v []float64) float64 {
	total := 0.0
	for i := 1; i < len(v); i++ {
		if v[i] < v[i-1] {
			total += v[i]
		} else {
			total += v[i] - v[i-1]
		}
	}
	return total
}

// step is the smallest distance between neighbours.
func step(v []float64) float64 {
	least := math.Inf(1)
	for i := 1; i < len(v); i++ {
		if d := math.Abs(v[i] - v[i-1]); d > 0 {
			least = min(least, d)
		}
	}
	if math.IsInf(least, 1) {
		return Null
	}
	return least
}

// logmin is the smallest number that has a logarithm.
func logmin(v []float64) float64 {
	out := Null
	for _, x := range v {
		if x > 0 && !(x >= out) {
			out = x
		}
	}
	return out
}

func variance(v []float64) float64 {
	m, total := mean(v), 0.0
	for _, x := range v {
		total += (x - m) * (x - m)
	}
	return total / float64(len(v))
}

func median(v []float64) float64 {
	sorted := slices.Sorted(slices.Values(v))
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}

// percentile is the calculation of p1 to p99: the number at the nearest rank.
func percentile(calculation string) func([]float64) float64 {
	digits, ok := strings.CutPrefix(calculation, "p")
	p, err := strconv.Atoi(digits)
	if !ok || err != nil || p < 1 || p > 99 {
		return nil
	}
	return func(v []float64) float64 {
		sorted := slices.Sorted(slices.Values(v))
		return sorted[int(math.Round(float64(len(sorted)-1)*float64(p)/100))]
	}
}

// bits are numbers as what can be compared: no NaN equals itself.
func bits(v []float64) []uint64 {
	out := make([]uint64, len(v))
	for i, x := range v {
		out[i] = math.Float64bits(x)
	}
	return out
}

func changes[T comparable](v []T) float64 {
	n := 0
	for i := 1; i < len(v); i++ {
		if v[i] != v[i-1] {
			n++
		}
	}
	return float64(n)
}

func distinct[T comparable](v []T) float64 {
	seen := map[T]bool{}
	for _, x := range v {
		seen[x] = true
	}
	return float64(len(seen))
}
