package axis_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/axis"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// The labels are those on 800 x 400 px panels of Grafana 12.4, whose plots are
// 281 px high, or 313 px without a legend.
func TestLabelsAsGrafana(t *testing.T) {
	for _, c := range []struct {
		name   string
		lo, hi float64
		limits axis.Limits
		height float64
		unit   string
		want   string
	}{
		{"from zero", 0, 29.167, axis.Limits{}, 281, "", "0 5 10 15 20 25 30"},
		{"not across zero", 2, 90, axis.Limits{}, 281, "", "0 20 40 60 80"},
		{"nearly to zero", 2.81, 98.344, axis.Limits{}, 281, "", "0 20 40 60 80 100"},
		{"room above", 1.278, 119.344, axis.Limits{}, 281, "", "0 20 40 60 80 100 120 140"},
		{"away from zero", 25, 95, axis.Limits{}, 281, "", "20 30 40 50 60 70 80 90 100"},
		{"ends between ticks", 10, 80, axis.Limits{}, 281, "", "10 20 30 40 50 60 70 80"},
		{"soft limits", 36.033, 47.967, axis.Limits{SoftMin: new(0.), SoftMax: new(100.)}, 281, "", "0 20 40 60 80 100"},
		{"hard limits", 25.082, 85, axis.Limits{Min: new(0.), Max: new(100.)}, 281, "percent", "0% 20% 40% 60% 80% 100%"},
		{"percent of a stack", 0.2, 1, axis.Limits{Min: new(0.), Max: new(1.)}, 281, "percentunit", "0% 20% 40% 60% 80% 100%"},
		{"flat", 5, 5, axis.Limits{}, 313, "", "0 1 2 3 4 5 6 7 8 9 10"},
		{"seconds below one", 0.05, 0.6, axis.Limits{}, 281, "s", "0_s 100_ms 200_ms 300_ms 400_ms 500_ms 600_ms"},
	} {
		t.Run(c.name, func(t *testing.T) {
			lo, hi := axis.Range(c.lo, c.hi, c.limits)
			ticks, decimals := axis.Values(lo, hi, c.height, c.unit)
			var labels []string
			for _, v := range ticks {
				labels = append(labels, strings.ReplaceAll(value.Tick(c.unit, v, nil, decimals, nil), " ", "_"))
			}
			if diff := cmp.Diff(c.want, strings.Join(labels, " ")); diff != "" {
				t.Errorf("%v to %v (-want +got):\n%s", lo, hi, diff)
			}
		})
	}
}

func TestRange(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name         string
		lo, hi       float64
		limits       axis.Limits
		bottom, stop float64
	}{
		{"a tenth at each end", 0.13, 0.48, axis.Limits{}, 0.09, 0.52},
		{"both sides of zero", -3.5e6, 5e6, axis.Limits{}, -4.4e6, 5.9e6},
		{"below zero", -90, -2, axis.Limits{}, -99, 0},
		{"no data", inf, -inf, axis.Limits{}, 0, 100},
		{"not a number", nan, nan, axis.Limits{}, 0, 100},
		{"no data but limits", inf, -inf, axis.Limits{Min: new(-1.), Max: new(1.)}, -1, 1},
		{"all zero", 0, 0, axis.Limits{}, 0, 100},
		{"flat below zero", -5, -5, axis.Limits{}, -10, 0},
		{"noise is flat", 89.69999999999999, 89.7, axis.Limits{}, 0, 180},
		{"zero in the middle", -10, 40, axis.Limits{Centered: true}, -48, 48},
		{"data beyond a soft limit", 2, 90, axis.Limits{SoftMin: new(5.), SoftMax: new(50.)}, 0, 99},
		{"only one hard limit", 2, 90, axis.Limits{Max: new(50.)}, 0, 50},
		{"data above the maximum", 200, 300, axis.Limits{Max: new(50.)}, 0, 50},
		{"data below the minimum", 1, 2, axis.Limits{Min: new(50.)}, 50, 100},
		{"limits the wrong way round", 1, 2, axis.Limits{Min: new(9.), Max: new(3.)}, 9, 18},
		{"infinite data", -inf, 1, axis.Limits{Min: new(0.)}, 0, math.NaN()},
	} {
		t.Run(c.name, func(t *testing.T) {
			lo, hi := axis.Range(c.lo, c.hi, c.limits)
			if math.IsNaN(c.stop) {
				if !(hi > lo) || math.IsInf(hi, 0) {
					t.Errorf("%v to %v", lo, hi)
				}
				return
			}
			if lo != c.bottom || hi != c.stop {
				t.Errorf("%v to %v, want %v to %v", lo, hi, c.bottom, c.stop)
			}
		})
	}
}

func TestLogRange(t *testing.T) {
	for _, c := range []struct {
		name         string
		lo, hi, base float64
		limits       axis.Limits
		bottom, top  float64
		height       float64
		ticks        []float64
	}{
		{"whole powers", 3, 4000, 10, axis.Limits{}, 1, 10000, 200, []float64{1, 10, 100, 1000, 10000}},
		{"a flat line", 50, 50, 10, axis.Limits{}, 1, 1000, 200, []float64{1, 10, 100, 1000}},
		{"room for halves", 1, 100, 10, axis.Limits{}, 1, 100, 281, []float64{1, 2, 5, 10, 20, 50, 100}},
		{"base two", 3, 100, 2, axis.Limits{}, 2, 128, 281, []float64{2, 4, 8, 16, 32, 64, 128}},
		{"no base", 1, 100, 0, axis.Limits{}, 1, 100, 40, []float64{1, 10, 100}},
		{"nothing above zero", -5, -1, 10, axis.Limits{}, 1, 100, 40, []float64{1, 10, 100}},
		{"hard limits", 3, 4000, 10, axis.Limits{Min: new(5.), Max: new(5000.)}, 5, 5000, 90, []float64{10, 100, 1000}},
		{"soft limits", 30, 40, 10, axis.Limits{SoftMin: new(1.), SoftMax: new(1000.)}, 1, 1000, 90, []float64{1, 10, 100, 1000}},
		{"too many decades", 1e-200, 1e200, 10, axis.Limits{}, 1e-200, 1e200, 30, []float64{1e-200, 1e-120, 1e-40, 1e40, 1e120, 1e200}},
	} {
		t.Run(c.name, func(t *testing.T) {
			lo, hi := axis.LogRange(c.lo, c.hi, c.base, c.limits)
			got := append([]float64{lo, hi}, axis.Log(lo, hi, c.height, c.base)...)
			want := append([]float64{c.bottom, c.top}, c.ticks...)
			if diff := cmp.Diff(want, got, cmp.Comparer(same)); diff != "" {
				t.Errorf("ends and ticks (-want +got):\n%s", diff)
			}
		})
	}
}

// same leaves powers the noise of floating point.
func same(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Abs(b) }
