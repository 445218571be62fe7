package axis_test

import (
	"testing"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/axis"
	"github.com/ginsight/ginsight/dashboards/view/draw"
)

func BenchmarkTimes(b *testing.B) {
	from := time.Date(2026, 1, 1, 0, 7, 37, 0, time.UTC)
	to, width := from.Add(24*time.Hour), draw.Font{Size: 12}.Width
	b.ReportAllocs()
	for b.Loop() {
		axis.Times(from, to, time.UTC, 721, width)
	}
}

func BenchmarkValues(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		lo, hi := axis.Range(0.13, 0.48, axis.Limits{})
		axis.Values(lo, hi, 281, "s")
	}
}
