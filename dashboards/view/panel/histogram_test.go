package panel

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

func TestHistogramCounts(t *testing.T) {
	five, two, many := 5.0, 2.0, 1e9
	a, b := numbersField("a", 1, 4.9, 5, 12, frame.Null), numbersField("b", 7)
	counted := []*frame.Field{numbersField("xMin", 0, 1, 10), numbersField("xMax", 1, 10, 100), numbersField("n", 4, -1, 6)}
	unordered := []*frame.Field{numbersField("xMin", 5, 1), numbersField("xMax", 6, 2), numbersField("n", 4, 6)}
	for _, c := range []struct {
		name   string
		o      histogramOptions
		fields []*frame.Field
		bounds []float64
		counts [][]float64
	}{
		{"by size", histogramOptions{BucketSize: &five}, []*frame.Field{a, b}, []float64{0, 5, 10, 15}, [][]float64{{2, 1, 1}, {0, 1, 0}}},
		{"shifted", histogramOptions{BucketSize: &five, BucketOffset: 1}, []*frame.Field{a}, []float64{1, 6, 11, 16}, [][]float64{{3, 0, 1}}},
		{"shifted by more than a bucket", histogramOptions{BucketSize: &five, BucketOffset: 21}, []*frame.Field{a}, []float64{1, 6, 11, 16}, [][]float64{{3, 0, 1}}},
		{"by count", histogramOptions{BucketCount: &two}, []*frame.Field{a}, []float64{0, 10, 20}, [][]float64{{3, 1}}},
		{"combined", histogramOptions{BucketSize: &five, Combine: true}, []*frame.Field{a, b}, []float64{0, 5, 10, 15}, [][]float64{{2, 2, 1}}},
		{"one bucket for all", histogramOptions{BucketSize: &many}, []*frame.Field{a}, []float64{0, 1e9}, [][]float64{{4}}},
		{"counted already", histogramOptions{}, counted, []float64{0, 1, 10, 100}, [][]float64{{4, 0, 6}}},
		{"counted out of order", histogramOptions{}, unordered, nil, nil},
		{"no numbers", histogramOptions{}, []*frame.Field{numbersField("a", frame.Null)}, nil, nil},
	} {
		d := newHistogramData(gridInput("histogram", "", c.fields...), c.o)
		var counts [][]float64
		for _, s := range d.series {
			counts = append(counts, s.counts)
		}
		if diff := cmp.Diff(c.bounds, d.bounds) + cmp.Diff(c.counts, counts); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestStepDecimals(t *testing.T) {
	for step, want := range map[float64]int{5: 0, 100: 0, 0.5: 1, 0.25: 2, 0.001: 3, 1.0 / 3: 3} {
		if got := stepDecimals(step); got != want {
			t.Errorf("%g: %d decimals, want %d", step, got, want)
		}
	}
}
