package panel

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

func TestStepsHoldTheValueBeforeOrAfter(t *testing.T) {
	points := []tsPoint{{0, 10}, {10, 20}, {20, 5}}
	for interpolation, want := range map[string][]tsPoint{
		"linear":     {{10, 20}, {20, 5}},
		"stepBefore": {{0, 20}, {10, 20}, {10, 5}, {20, 5}},
		"stepAfter":  {{10, 10}, {10, 20}, {20, 20}, {20, 5}},
	} {
		var got []tsPoint
		for _, s := range tsJoin(points, interpolation).segments {
			got = append(got, s.to)
		}
		if d := cmp.Diff(want, got, cmp.AllowUnexported(tsPoint{})); d != "" {
			t.Errorf("%s: %s", interpolation, d)
		}
	}
}

// A smooth line may not show a value that is beyond both of its neighbours: on a
// graph of a ratio it would go over 100 %.
func TestSmoothLinesDoNotOvershoot(t *testing.T) {
	points := []tsPoint{{0, 50}, {10, 50}, {20, 0}, {30, 0}, {31, 80}, {60, 79}, {90, 100}, {91, 100}}
	for i, s := range tsJoin(points, "smooth").segments {
		from := points[i]
		lo, hi := math.Min(from.y, s.to.y)-1e-9, math.Max(from.y, s.to.y)+1e-9
		for u := 0.0; u <= 1; u += 0.01 {
			v := 1 - u
			y := v*v*v*from.y + 3*v*v*u*s.c1.y + 3*v*u*u*s.c2.y + u*u*u*s.to.y
			if y < lo || y > hi {
				t.Fatalf("from %v to %v the line is at %g", from, s.to, y)
			}
		}
	}
}

func TestReversedIsTheSameWay(t *testing.T) {
	there := tsJoin([]tsPoint{{0, 1}, {4, 9}, {7, 2}}, "smooth")
	back := there.reversed()
	if back.from != there.end() || back.end() != there.from {
		t.Fatalf("back goes from %v to %v", back.from, back.end())
	}
	if d := cmp.Diff(there, back.reversed(), cmp.AllowUnexported(tsPath{}, tsSegment{}, tsPoint{})); d != "" {
		t.Error(d)
	}
}

// Of many points in a column of pixels those stay that make its picture.
func TestThinKeepsWhatCanBeSeen(t *testing.T) {
	var points []tsPoint
	for i := range 10_000 {
		points = append(points, tsPoint{float64(i) / 100, math.Sin(float64(i)) * 40})
	}
	points[5050].y, points[5051].y = 1000, -1000
	keep := tsThin(points)
	if len(keep) > 4*101 || len(keep) < 2*100 {
		t.Fatalf("%d points are kept of a line of 100 px", len(keep))
	}
	kept := map[int]bool{}
	for i, k := range keep {
		if kept[k] = true; i > 0 && k <= keep[i-1] {
			t.Fatalf("point %d comes after %d", k, keep[i-1])
		}
	}
	for _, must := range []int{0, 5050, 5051, 9999} {
		if !kept[must] {
			t.Errorf("point %d is lost", must)
		}
	}
	if tsThin(points[:50]) == nil || tsThin([]tsPoint{{0, 0}, {10, 1}, {20, 0}, {30, 1}, {40, 0}}) != nil {
		t.Error("only what is too dense is thinned")
	}
}

func TestNullsBreakTheLine(t *testing.T) {
	null, nan := frame.Null, math.NaN()
	minute := int64(60_000)
	for name, c := range map[string]struct {
		custom string
		values []float64
		want   []int // the lengths of the runs
	}{
		"gap":                 {`{}`, []float64{1, 2, null, null, 3}, []int{2, 1}},
		"connected":           {`{"spanNulls":true}`, []float64{1, 2, null, null, 3}, []int{3}},
		"near enough":         {`{"spanNulls":180000}`, []float64{1, 2, null, null, 3}, []int{3}},
		"too far":             {`{"spanNulls":179999}`, []float64{1, 2, null, null, 3}, []int{2, 1}},
		"no number":           {`{"spanNulls":true}`, []float64{1, 2, nan, 3}, []int{2, 1}},
		"infinite":            {`{"spanNulls":true}`, []float64{1, math.Inf(1), 3}, []int{1, 1}},
		"nothing at the ends": {`{}`, []float64{null, 1, 2, null}, []int{2}},
		"no samples too long": {`{"insertNulls":30000}`, []float64{1, 2}, []int{1, 1}},
	} {
		f := &frame.Field{Kind: frame.Number, Numbers: c.values, Config: frame.Config{Custom: []byte(c.custom)}}
		times := make([]int64, len(c.values))
		for i := range times {
			times[i] = int64(i) * minute
		}
		s := newTSSeries(Input{}, times, f)
		s.scale = &tsScale{field: f, series: []*tsSeries{s}, lo: 0, hi: 10, height: 100}
		p := tsPlot{plotBox: plotBox{w: 100, h: 100}}
		var got []int
		for _, r := range p.runs(s) {
			got = append(got, len(r.top))
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}
