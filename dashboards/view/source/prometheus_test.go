package source

import (
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// panel is one with a target for each expression.
func panel(targets ...model.Target) model.Panel {
	for i := range targets {
		targets[i].RefID = string(rune('A' + i))
		targets[i].Range = !targets[i].Instant
	}
	return model.Panel{Type: "timeseries", Targets: targets}
}

func query(t *testing.T, src Source, p model.Panel) []frame.Frame {
	t.Helper()
	frames, err := src.Query(t.Context(), Query{Panel: p, Range: hour, Width: 240})
	if err != nil {
		t.Fatal(err)
	}
	return frames
}

// titles are the titles of all fields but times.
func titles(t *testing.T, p model.Panel, frames []frame.Frame) []string {
	t.Helper()
	applied, err := frame.Apply(p, frames)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, fr := range applied {
		for _, f := range fr.Fields {
			if f.Kind != frame.Time {
				out = append(out, f.Title)
			}
		}
	}
	return out
}

func TestTimeSeries(t *testing.T) {
	src := ask(t, server(t))
	p := panel(model.Target{Expr: `sum by (code) (rate(requests_total[$__rate_interval]))`, Legend: "{{code}} of {{ job }}"})
	frames := query(t, src, p)
	if len(frames) != 2 || frames[0].RefID != "A" || frames[0].Expr != `sum by (code) (rate(requests_total[1m]))` {
		t.Fatalf("got %+v", frames)
	}
	value := frames[0].Fields[1]
	if got, _ := frame.Reduce(value, "lastNotNull"); math.Abs(got-1) > 1e-9 {
		t.Errorf("the last rate is %v, 15 in 15 s were counted", got)
	}
	if times := frames[0].Fields[0].Times; times[len(times)-1] != 3_600_000 || times[1]-times[0] != 15_000 {
		t.Errorf("the times are not those of steps of 15 s: %v", times)
	}
	if gaps, _ := frame.Reduce(frames[1].Fields[1], "allIsNull"); gaps != 0 {
		t.Error("there is nothing but gaps")
	}
	count, _ := frame.Reduce(frames[1].Fields[1], "count")
	present, _ := frame.Reduce(frames[1].Fields[1], "nonNullCount")
	if count != present+1 {
		t.Errorf("a series with one gap has %v values of which %v are there", count, present)
	}
}

// Titles follow Grafana's rules for a legend, for none and for an automatic one.
func TestTitles(t *testing.T) {
	src := ask(t, server(t))
	for _, c := range []struct {
		expr, legend string
		want         []string
	}{
		{`requests_total`, "", []string{`requests_total{code="200", job="api"}`, `requests_total{code="500", job="api"}`}},
		{`requests_total`, "{{code}}", []string{"200", "500"}},
		{`sum by (code) (requests_total)`, "__auto", []string{"200", "500"}},
		{`requests_total{code="200"}`, "__auto", []string{`{__name__="requests_total", code="200", job="api"}`}},
		{`sum(requests_total)`, "__auto", []string{"sum(requests_total)"}},
		{`sum(requests_total)`, "", []string{"sum(requests_total)"}},
		{`vector(1)`, "one", []string{"one"}},
		{`1 + 1`, "", []string{"1 + 1"}},
	} {
		for _, instant := range []bool{false, true} {
			p := panel(model.Target{Expr: c.expr, Legend: c.legend, Instant: instant})
			if diff := cmp.Diff(c.want, titles(t, p, query(t, src, p))); diff != "" {
				t.Errorf("%s, legend %q:\n%s", c.expr, c.legend, diff)
			}
		}
	}
}

// An order that was asked for stays.
func TestOrder(t *testing.T) {
	src := ask(t, server(t))
	for expr, want := range map[string][]string{"sort_desc(max by (code) (requests_total))": {"200", "500"}, "sort(max by (code) (requests_total))": {"500", "200"}, "max by (code) (requests_total)": {"200", "500"}} {
		p := panel(model.Target{Expr: expr, Legend: "__auto", Instant: true})
		if diff := cmp.Diff(want, titles(t, p, query(t, src, p))); diff != "" {
			t.Errorf("%s:\n%s", expr, diff)
		}
	}
}

func TestTable(t *testing.T) {
	src := ask(t, server(t))
	p := panel(model.Target{Expr: "requests_total", Instant: true, Format: "table"}, model.Target{Expr: "sum by (code) (requests_total)", Instant: true, Format: "table"})
	p.Transformations = []model.Transformation{
		{ID: "merge"},
		{ID: "organize", Options: []byte(`{"excludeByName":{"Time":true,"__name__":true},"renameByName":{"Value #A":"Requests"},"indexByName":{"Value #B":0}}`)},
	}
	frames := query(t, src, p)
	if len(frames) != 2 || len(frames[0].Fields) != 5 || !frames[0].Instant {
		t.Fatalf("got %+v", frames)
	}
	if got, want := titles(t, p, frames), []string{"Value #B", "Requests", "code", "job"}; cmp.Diff(sorted(want), sorted(got)) != "" || got[0] != want[0] {
		t.Errorf("the columns are %v", got)
	}
	applied, err := frame.Apply(p, frames)
	if err != nil || len(applied) != 1 || applied[0].Len() != 2 {
		t.Fatalf("got %+v, %v", applied, err)
	}
	one := query(t, src, panel(model.Target{Expr: "requests_total", Instant: true, Format: "table"}))
	if name := one[0].Fields[4].Name; name != "Value" {
		t.Errorf("the value of the only query is called %s", name)
	}
}

func sorted(list []string) map[string]bool {
	out := map[string]bool{}
	for _, s := range list {
		out[s] = true
	}
	return out
}

func TestHeatmap(t *testing.T) {
	src := ask(t, server(t))
	frames := query(t, src, panel(model.Target{Expr: "sum by (le) (increase(took_seconds_bucket[1m]))", Format: "heatmap", Legend: "{{le}}"}))
	if len(frames) != 1 || !frames[0].Heatmap {
		t.Fatalf("got %+v", frames)
	}
	got := map[string]float64{}
	var order []string
	for _, f := range frames[0].Fields[1:] {
		order = append(order, f.Name)
		got[f.Name], _ = frame.Reduce(f, "lastNotNull")
	}
	if diff := cmp.Diff([]string{"0.1", "1", "10", "+Inf"}, order); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]float64{"0.1": 40, "1": 16, "10": 4, "+Inf": 0}, got); diff != "" {
		t.Error(diff)
	}
}

// Plain numbers beside native histograms are not lost.
func TestMixedHistograms(t *testing.T) {
	frames := query(t, ask(t, server(t)), panel(model.Target{Expr: `{__name__=~"up|native_seconds"}`}))
	if len(frames) != 3 || !frames[0].Heatmap || frames[1].Heatmap || frames[2].Fields[1].Labels["instance"] == "" {
		t.Errorf("got %d frames: %+v", len(frames), frames)
	}
}

func TestNativeHeatmap(t *testing.T) {
	src := ask(t, server(t))
	frames := query(t, src, panel(model.Target{Expr: "native_seconds", Format: "heatmap"}))
	if len(frames) != 1 || !frames[0].Heatmap {
		t.Fatalf("got %+v", frames)
	}
	got := map[string]float64{}
	for _, f := range frames[0].Fields[1:] {
		got[f.Name], _ = frame.Reduce(f, "lastNotNull")
	}
	// The empty bucket up to 2 is not sent, but has a row.
	if diff := cmp.Diff(map[string]float64{"0.5": 4, "1": 6, "2": 0, "4": 2}, got); diff != "" {
		t.Error(diff)
	}
}

func TestExemplars(t *testing.T) {
	src := ask(t, server(t))
	frames := query(t, src, panel(model.Target{Expr: "rate(took_seconds_bucket[1m])", Exemplar: true}))
	last := frames[len(frames)-1]
	if !last.Exemplars || last.Len() != 3 {
		t.Fatalf("got %+v", last)
	}
	var names []string
	for _, f := range last.Fields {
		names = append(names, f.Name)
	}
	if diff := cmp.Diff([]string{"Time", "Value", "__name__", "job", "le", "trace_id"}, names); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]float64{.5, .9, .7}, last.Fields[1].Numbers); diff != "" {
		t.Error(diff)
	}
}

// A server that knows no exemplars has none.
func TestNoExemplars(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "query_exemplars") {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(matrix(1, 3))
	}))
	defer s.Close()
	if frames := query(t, ask(t, s), panel(model.Target{Expr: "x", Exemplar: true})); len(frames) != 1 {
		t.Errorf("got %+v", frames)
	}
}

// Variables of a board are asked of a real server.
func TestVariables(t *testing.T) {
	src := ask(t, server(t))
	b := model.Board{Variables: []model.Variable{
		{Name: "instance", Type: "query", Query: `label_values(up{job="$job"}, instance)`, Multi: true, IncludeAll: true, Current: []string{"$__all"}},
		{Name: "job", Type: "query", Query: `label_values(job)`, Current: []string{"gone"}},
		{Name: "metric", Type: "query", Query: `metrics(_total$)`},
		{Name: "label", Type: "query", Query: `label_names()`, Sort: 2},
		{Name: "down", Type: "query", Query: `query_result(up == 0)`, Regex: `/instance="([^"]+)"/`},
		{Name: "broken", Type: "query", Query: `label_values(up{, job)`},
	}}
	v, err := variable.Resolve(t.Context(), src, b, nil, hour)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"job": "api", "metric": "requests_total", "label": "trace", "down": "b.c:80"} {
		if got, _ := v.Get(name); name != "label" && cmp.Diff([]string{want}, got.Selected) != "" || got.Problem != "" {
			t.Errorf("%s is %v, %s", name, got.Selected, got.Problem)
		}
	}
	if got, _ := v.Get("broken"); !strings.Contains(got.Problem, "parse error") {
		t.Errorf("the problem of a broken selector is %q", got.Problem)
	}
	p := panel(model.Target{Expr: `up{instance=~"$instance"}`, Instant: true})
	frames, err := src.Query(t.Context(), Query{Panel: p, Range: hour, Vars: v})
	if err != nil || len(frames) != 2 {
		t.Fatalf("%d series, %v", len(frames), err)
	}
	p.Scope = map[string]string{"instance": "b.c:80"}
	frames, err = src.Query(t.Context(), Query{Panel: p, Range: hour, Vars: v})
	if err != nil || len(frames) != 1 || frames[0].Fields[1].Labels["instance"] != "b.c:80" {
		t.Fatalf("for one instance there is %+v, %v", frames, err)
	}
}

func TestCompletion(t *testing.T) {
	src := ask(t, server(t))
	names, err := src.Metrics(t.Context(), hour)
	if err != nil || len(names) != 4 {
		t.Errorf("metrics are %v, %v", names, err)
	}
	series, err := src.Series(t.Context(), "up", hour, 1)
	if err != nil || len(series) != 1 || series[0]["__name__"] != "up" {
		t.Errorf("series are %v, %v", series, err)
	}
	if _, err := src.Metadata(t.Context()); err != nil {
		t.Error(err)
	}
}
