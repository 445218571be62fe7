package panel

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

func TestStack(t *testing.T) {
	null := frame.Null
	for name, c := range map[string]struct {
		mode  string
		times [][]int64
		in    [][]float64
		want  [][]float64
		floor [][]float64
	}{
		"on each other": {
			"normal", [][]int64{{1, 2}, {1, 2}}, [][]float64{{1, 2}, {10, 20}},
			[][]float64{{1, 2}, {11, 22}}, [][]float64{{0, 0}, {1, 2}},
		},
		"a null adds nothing": {
			"normal", [][]int64{{1, 2}, {1, 2}}, [][]float64{{1, null}, {10, 20}},
			[][]float64{{1, null}, {11, 20}}, [][]float64{{0, 0}, {1, 0}},
		},
		"times of their own": {
			"normal", [][]int64{{1, 3}, {1, 2, 3}}, [][]float64{{1, 2}, {10, 20, 30}},
			[][]float64{{1, 2}, {11, 20, 32}}, [][]float64{{0, 0}, {1, 0, 2}},
		},
		"parts of the whole": {
			"percent", [][]int64{{1, 2}, {1, 2}}, [][]float64{{1, 0}, {3, 0}},
			[][]float64{{0.25, 0}, {1, 0}}, [][]float64{{0, 0}, {0.25, 0}},
		},
		"below zero downwards": {
			"normal", [][]int64{{1}, {1}, {1}, {1}}, [][]float64{{1}, {-2}, {4}, {-8}},
			[][]float64{{1}, {-2}, {5}, {-10}}, [][]float64{{0}, {0}, {1}, {-2}},
		},
		"not stacked": {"none", [][]int64{{1}, {1}}, [][]float64{{1}, {2}}, [][]float64{{1}, {2}}, [][]float64{nil, nil}},
	} {
		var all []*tsSeries
		for i := range c.in {
			f := &frame.Field{Kind: frame.Number, Numbers: c.in[i], Config: frame.Config{Custom: []byte(`{"stacking":{"mode":"` + c.mode + `","group":"A"}}`)}}
			all = append(all, newTSSeries(Input{}, c.times[i], f))
		}
		tsScales(all)
		tsStack(all)
		for i, s := range all {
			same := cmp.Comparer(func(a, b float64) bool { return a == b || a != a && b != b })
			if d := cmp.Diff(c.want[i], s.drawn, same); d != "" {
				t.Errorf("%s: series %d is drawn at %s", name, i, d)
			}
			if d := cmp.Diff(c.floor[i], s.floor, same); d != "" {
				t.Errorf("%s: series %d stands on %s", name, i, d)
			}
		}
	}
}
