package axis_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/axis"
)

// good fails unless the ticks ascend inside a range, and are few.
func good(t *testing.T, ticks []float64, lo, hi float64) {
	t.Helper()
	if len(ticks) > 9000 {
		t.Errorf("%d ticks", len(ticks))
	}
	for i, v := range ticks {
		if !(v >= lo && v <= hi) || i > 0 && v <= ticks[i-1] {
			t.Fatalf("tick %d of %v in %v to %v", i, ticks, lo, hi)
		}
	}
}

func FuzzValues(f *testing.F) {
	f.Add(0.13, 0.48, 281., "s", 0., 0., uint8(0))
	f.Add(2e8, 9.5e8, 281., "bytes", 0., 1., uint8(3))
	f.Add(-math.MaxFloat64, math.MaxFloat64, 1e9, "", 3., 2., uint8(15))
	f.Add(1e-320, 2e-320, 100., "bits", 0., 0., uint8(16))
	f.Add(1e16, 1e16+2, 300., "none", 0., 0., uint8(0))
	f.Add(math.NaN(), math.Inf(1), math.Inf(1), "", math.NaN(), math.Inf(-1), uint8(12))
	f.Add(-2e307, math.MaxFloat64, 1e9, "0", 29970., -69., uint8(8))
	f.Fuzz(func(t *testing.T, lo, hi, height float64, unit string, first, second float64, set uint8) {
		var l axis.Limits
		for i, limit := range []**float64{&l.Min, &l.Max, &l.SoftMin, &l.SoftMax} {
			if set&(1<<i) != 0 {
				*limit = &[]float64{first, second}[i%2]
			}
		}
		l.Centered = set&16 != 0
		bottom, top := axis.Range(lo, hi, l)
		if !(bottom < top) || math.IsInf(bottom, 0) || math.IsInf(top, 0) {
			t.Fatalf("%v to %v", bottom, top)
		}
		ticks, decimals := axis.Values(bottom, top, height, unit)
		good(t, ticks, bottom, top)
		if decimals < 0 {
			t.Errorf("%d decimals", decimals)
		}
		ticks, _ = axis.Values(lo, hi, height, unit)
		good(t, ticks, lo, hi)

		for _, base := range []float64{10, 2, first} {
			bottom, top = axis.LogRange(lo, hi, base, l)
			if !(0 < bottom && bottom < top) || math.IsInf(top, 0) {
				t.Fatalf("%v to %v, base %v", bottom, top, base)
			}
			good(t, axis.Log(bottom, top, height, base), bottom, top)
			good(t, axis.Log(lo, hi, height, base), lo, hi)
		}
	})
}

func FuzzTimes(f *testing.F) {
	f.Add(int64(1767225600000), int64(3600000), 721., 32.)
	f.Add(int64(1767225600000), int64(1), 1e300, math.NaN())
	f.Add(int64(-62135596800000), int64(365*86400000*9999), 10., -5.)
	f.Add(int64(math.MaxInt64), int64(math.MaxInt64), 500., 0.)
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, from, span int64, width, text float64) {
		start, end := time.UnixMilli(from), time.UnixMilli(from+span)
		for _, zone := range []*time.Location{nil, berlin} {
			var ticks []float64
			for _, tick := range axis.Times(start, end, zone, width, func(string) float64 { return text }) {
				ticks = append(ticks, tick.Value)
			}
			good(t, ticks, float64(from), float64(from+span))
			if slices.ContainsFunc(ticks, math.IsNaN) {
				t.Error("a tick at no time")
			}
		}
	})
}
