package source

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// What was recorded of a real Prometheus is answered again, at any width, the
// same, and equal answers make equal files.
func TestRecord(t *testing.T) {
	src := ask(t, server(t))
	vars := variable.Of(map[string][]string{"job": {"api"}})
	asked := []Query{
		{Panel: panel(model.Target{Expr: `rate(requests_total{job="$job"}[$__rate_interval])`}, model.Target{Expr: "up", Exemplar: true}), Range: hour, Width: 300, Vars: vars},
		{Panel: panel(model.Target{Expr: "took_seconds_bucket", Format: "heatmap"}), Range: hour, Width: 300},
		{Panel: panel(model.Target{Expr: "requests_total / 0", Instant: true, Format: "table"}), Range: hour},
		{Panel: panel(model.Target{Expr: "up{"}), Range: hour},
	}
	record := func(path string) [][]frame.Frame {
		r := NewRecorder(src)
		var out [][]frame.Frame
		for _, q := range asked {
			frames, _ := r.Query(t.Context(), q)
			out = append(out, frames)
		}
		if _, err := r.LabelValues(t.Context(), "job", "", hour); err != nil {
			t.Fatal(err)
		}
		if _, err := r.LabelNames(t.Context(), "up", hour); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Results(t.Context(), "up", hour); err != nil {
			t.Fatal(err)
		}
		if err := r.WriteFile(path); err != nil {
			t.Fatal(err)
		}
		return out
	}
	dir := t.TempDir()
	for _, name := range []string{"a.json", "a.json.gz"} {
		want := record(filepath.Join(dir, name))
		record(filepath.Join(dir, "again-"+name))
		first, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if again, err := os.ReadFile(filepath.Join(dir, "again-"+name)); err != nil || !bytes.Equal(first, again) {
			t.Errorf("%s differs from one time to the next, %v", name, err)
		}
		replay, err := OpenRecording(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := replay.Range(); !got.From.Equal(hour.From) || !got.To.Equal(hour.To) {
			t.Errorf("the range is %v", got)
		}
		for i, q := range asked {
			q.Width = 1000
			got, err := replay.Query(t.Context(), q)
			if (err != nil) != (i == 3) {
				t.Error(err)
			}
			if diff := cmp.Diff(want[i], got, bitwise); diff != "" {
				t.Errorf("%s, query %d:\n%s", name, i, diff)
			}
		}
		if list, err := replay.LabelValues(t.Context(), "job", "", hour); err != nil || cmp.Diff([]string{"api"}, list) != "" {
			t.Errorf("label values are %v, %v", list, err)
		}
		if list, err := replay.Results(t.Context(), "up", hour); err != nil || list[0] != `up{instance="a:80", job="api"} 1 3600000` {
			t.Errorf("results are %q, %v", list, err)
		}
		other := asked[1]
		other.Panel = panel(model.Target{Expr: "other"})
		var missing *NotRecordedError
		if _, err := replay.Query(t.Context(), other); !errors.As(err, &missing) || !strings.Contains(err.Error(), "record again") {
			t.Errorf("of what was not recorded: %v", err)
		}
		if _, err := replay.LabelNames(t.Context(), "other", hour); !errors.As(err, &missing) {
			t.Errorf("of what was not recorded: %v", err)
		}
	}
	if raw, err := os.ReadFile(filepath.Join(dir, "a.json.gz")); err != nil || raw[0] != 0x1f {
		t.Errorf("the file is not compressed, %v", err)
	}
}

// bitwise compares numbers by their bits, so that what is absent is no NaN.
var bitwise = cmp.Comparer(func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) })

func TestPack(t *testing.T) {
	for _, c := range []struct{ times, packed []int64 }{
		{nil, nil}, {[]int64{5}, []int64{5, 0, 1}}, {[]int64{1, 2, 3, 10, 12}, []int64{1, 1, 3, 10, 2, 2}}, {[]int64{7, 7, 3}, []int64{7, 0, 2, 3, 0, 1}},
	} {
		if diff := cmp.Diff(c.packed, pack(c.times)); diff != "" {
			t.Error(diff)
		}
		if got, err := unpack(c.packed); err != nil || cmp.Diff(c.times, got) != "" {
			t.Errorf("%v became %v, %v", c.times, got, err)
		}
	}
}

func TestBrokenRecordings(t *testing.T) {
	for _, text := range []string{
		``, `{`, `[]`, `{"queries":{"x":{"frames":[{"fields":[{"times":[1]}]}]}}}`, `{"queries":{"x":{"frames":[{"fields":[{"times":[0,1,9223372036854775807]}]}]}}}`,
		`{"queries":{"x":{"frames":[{"fields":[{"kind":9,"numbers":[1]}]}]}}}`, `{"queries":{"x":{"frames":[{"fields":[{"kind":1,"numbers":[1,2]},{"times":[1,1,1]}]}]}}}`, "\x1f\x8bx",
	} {
		if _, err := ReadRecording(strings.NewReader(text)); err == nil {
			t.Errorf("%q is a recording", text)
		}
	}
	if _, err := OpenRecording(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("of no file: %v", err)
	}
}

func FuzzRecording(f *testing.F) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	text := `{"from":1,"to":2,"queries":{"k":{"frames":[{"fields":[{"name":"t","kind":0,"times":[0,1,3]},{"kind":1,"numbers":[1,"NaN",null]}]}]}},"lists":{"l":{"values":["a"]}}}`
	if _, err := w.Write([]byte(text)); err != nil {
		f.Fatal(err)
	}
	if err := w.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(text))
	f.Add(packed.Bytes())
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := ReadRecording(bytes.NewReader(raw))
		if err != nil {
			return
		}
		for _, reply := range r.data.Queries {
			if _, err := frame.Apply(model.Panel{}, reply.Frames); err != nil {
				t.Error(err)
			}
		}
		_, _ = r.Query(context.Background(), Query{})
	})
}
