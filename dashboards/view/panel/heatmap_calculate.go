package panel

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// heatmapCalculation says how values are counted into cells.
type heatmapCalculation struct {
	X heatmapBuckets `json:"xBuckets"`
	Y heatmapBuckets `json:"yBuckets"`
}

// heatmapBuckets is one direction: Mode "size" or "count"; on a logarithmic scale
// Value is the number of parts that each power of the base is split into.
type heatmapBuckets struct {
	Mode  string `json:"mode"`
	Value string `json:"value"`
	Scale struct {
		Type string  `json:"type"` // "linear" or "log"
		Log  float64 `json:"log"`  // 2 or 10
	} `json:"scale"`
}

// What is taken if the options do not say.
const (
	heatmapColumns = 30
	heatmapRows    = 10
	heatmapMostOf  = 1000 // buckets in one direction
)

// calculateHeatmap counts the values of all series into cells.
func calculateHeatmap(in Input, o heatmapCalculation) heatmapData {
	lo, hi := valueExtent(in.Frames, o.Y.base() > 0)
	if lo > hi {
		return heatmapData{}
	}
	wide := o.X.span(float64(in.Range.To.Sub(in.Range.From).Milliseconds()))
	rows := o.Y.rows(lo, hi)
	type key struct{ x, y int64 }
	counts := map[key]float64{}
	eachValue(in.Frames, func(t int64, v float64) {
		if rows.contains(v) {
			counts[key{int64(math.Floor(float64(t) / wide)), rows.of(v)}]++
		}
	})
	d := heatmapData{lo: rows.bound(rows.of(lo)), hi: rows.bound(rows.of(hi) + 1), log: rows.log}
	for k, n := range counts {
		d.cells = append(d.cells, heatmapCell{
			from: float64(k.x) * wide, to: float64(k.x+1) * wide,
			lo: rows.bound(k.y), hi: rows.bound(k.y + 1), count: n,
		})
	}
	// The order of a map must not reach the picture.
	slices.SortFunc(d.cells, func(a, b heatmapCell) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.lo, b.lo))
	})
	return d
}

// eachValue calls for all finite numbers of series.
func eachValue(frames []frame.Frame, call func(t int64, v float64)) {
	for times, field := range numbersOverTime(frames) {
		for i := range min(len(times.Times), len(field.Numbers)) {
			if v := field.Numbers[i]; !math.IsNaN(v) && !math.IsInf(v, 0) {
				call(times.Times[i], v)
			}
		}
	}
}

// valueExtent is the least and the largest value; lo > hi if there is none.
func valueExtent(frames []frame.Frame, positive bool) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	eachValue(frames, func(_ int64, v float64) {
		if v > 0 || !positive {
			lo, hi = min(lo, v), max(hi, v)
		}
	})
	return lo, hi
}

// base is the base of a logarithmic scale, 0 if it is linear.
func (b heatmapBuckets) base() float64 {
	switch {
	case b.Scale.Type != "log":
		return 0
	case b.Scale.Log > 1:
		return b.Scale.Log
	}
	return 2
}

// span is the length of the columns in milliseconds.
func (b heatmapBuckets) span(whole float64) float64 {
	least := max(whole/heatmapMostOf, 1)
	if b.Mode == "count" {
		if n, err := strconv.ParseFloat(b.Value, 64); err == nil && n >= 1 {
			return max(niceSpan(whole/n), least)
		}
	}
	if ms, ok := parseSpan(b.Value); ok && b.Mode != "count" {
		return max(ms, least)
	}
	return max(niceSpan(whole/heatmapColumns), least)
}

// parseSpan reads 5m, 1.5h, 1d or a number of milliseconds.
func parseSpan(text string) (ms float64, ok bool) {
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		return n, n > 0 && !math.IsInf(n, 0)
	}
	for unit, ms := range map[string]float64{"d": 864e5, "w": 7 * 864e5, "y": 365 * 864e5} {
		if n, err := strconv.ParseFloat(strings.TrimSuffix(text, unit), 64); err == nil && strings.HasSuffix(text, unit) {
			return n * ms, n > 0 && !math.IsInf(n, 0)
		}
	}
	d, err := time.ParseDuration(text)
	return float64(d.Milliseconds()), err == nil && d >= time.Millisecond
}

// niceSpans are lengths of columns that a person would choose, in seconds.
var niceSpans = []float64{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 604800}

// niceSpan is the first of them that is not shorter than a length in milliseconds.
func niceSpan(ms float64) float64 {
	for _, s := range niceSpans {
		if s*1000 >= ms {
			return s * 1000
		}
	}
	return math.Ceil(ms/86_400_000) * 86_400_000
}

// heatmapRowScale numbers the rows of a calculated heatmap.
type heatmapRowScale struct {
	size float64 // of a row, in values or in powers of the base
	log  float64 // the base, 0 on a linear scale
}

func (s heatmapRowScale) contains(v float64) bool { return s.log == 0 || v > 0 }

// of is the number of the row of a value.
func (s heatmapRowScale) of(v float64) int64 {
	if s.log > 0 {
		v = math.Log(v) / math.Log(s.log)
	}
	// A value on a bound that is a hair below it by rounding belongs above it.
	return int64(math.Floor(v/s.size + 1e-9))
}

// bound is the lower bound of a row.
func (s heatmapRowScale) bound(row int64) float64 {
	if s.log > 0 {
		return math.Pow(s.log, float64(row)*s.size)
	}
	return float64(row) * s.size
}

// rows chooses the height of rows for values from lo to hi.
func (b heatmapBuckets) rows(lo, hi float64) heatmapRowScale {
	n, err := strconv.ParseFloat(b.Value, 64)
	given := err == nil && n > 0 && !math.IsInf(n, 0)
	if base := b.base(); base > 0 {
		split := 1.0
		if given {
			split = clampTo(math.Floor(n), 1, 100)
		}
		return heatmapRowScale{1 / split, base}
	}
	least := math.Nextafter(max((hi-lo)/heatmapMostOf, math.Max(math.Abs(lo), math.Abs(hi))*1e-12, 1e-300), math.Inf(1))
	switch {
	case given && b.Mode == "size":
		return heatmapRowScale{size: max(n, least)}
	case given:
		return heatmapRowScale{size: max(niceStep((hi-lo)/n), least)}
	}
	return heatmapRowScale{size: max(niceStep((hi-lo)/heatmapRows), least)}
}

// niceStep is the first of 1, 2, 2.5 and 5 times a power of ten that is not
// smaller than a number; 1 if that is not positive.
func niceStep(v float64) float64 {
	if !(v > 0) || math.IsInf(v, 0) {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*power >= v*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}
