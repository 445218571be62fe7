package diff

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
)

var update = flag.Bool("update", false, "rewrite golden files")

// edits change testdata/after.json in the ways that people do.
var edits = []struct {
	name string
	edit func(b object)
}{
	{"title and time", func(b object) { b["title"] = "Renamed board"; b["time"] = object{"from": "now-3h", "to": "now"} }},
	{"tags", func(b object) { b["tags"] = []any{"ginsight", "http"} }},
	{"crosshair", func(b object) { b["graphTooltip"] = 0.0 }},
	{"refresh off, as old boards say it", func(b object) { b["refresh"] = false }},
	{"unit", func(b object) { set(find(b, "Rate"), "percent", "fieldConfig", "defaults", "unit") }},
	{"legend", func(b object) { set(find(b, "Rate"), "table", "options", "legend", "displayMode") }},
	{"lines", func(b object) { set(find(b, "Rate"), 2.0, "fieldConfig", "defaults", "custom", "lineWidth") }},
	{"thresholds", func(b object) {
		set(find(b, "Now"), object{"mode": "percentage", "steps": []any{object{"color": "green"}, object{"color": "red", "value": 90.0}}}, "fieldConfig", "defaults", "thresholds")
	}},
	{"expression", func(b object) {
		query(find(b, "Rate"))["expr"] = `sum by (code) (rate(http_requests_total{job="api"}[$__rate_interval]))`
	}},
	{"query added", func(b object) {
		p := find(b, "Rate")
		p["targets"] = append(p["targets"].([]any), object{"refId": "B", "expr": "rate(y[1m])"})
	}},
	{"query instant", func(b object) { query(find(b, "Rate"))["instant"] = true; query(find(b, "Rate"))["range"] = false }},
	{"override", func(b object) {
		set(find(b, "Rate"), []any{object{"matcher": object{"id": "byRegexp", "options": "/5../"}, "properties": []any{object{"id": "color", "value": object{"fixedColor": "red", "mode": "fixed"}}}}}, "fieldConfig", "overrides")
	}},
	{"panel renamed", func(b object) { find(b, "Rate")["title"] = "Requests" }},
	{"panel renamed in code, where its id follows", func(b object) { p := find(b, "Rate"); p["title"] = "Requests"; p["id"] = 99.0 }},
	{"panel moved", func(b object) { set(find(b, "States"), 13.0, "gridPos", "y") }},
	{"panel resized", func(b object) { set(find(b, "States"), 24.0, "gridPos", "w") }},
	{"panel removed", func(b object) { remove(b, "Heat") }},
	{"panel added", func(b object) {
		b["panels"] = append(b["panels"].([]any), object{"id": 50.0, "type": "piechart", "title": "Shares", "gridPos": object{"h": 4.0, "w": 4.0, "x": 0.0, "y": 20.0}})
	}},
	{"row put on top moves nothing else", func(b object) {
		for _, p := range loose.Objects(b["panels"]) {
			grid := p["gridPos"].(object)
			grid["y"] = grid["y"].(float64) + 1
		}
		b["panels"] = append([]any{object{"id": 60.0, "type": "row", "title": "Top", "gridPos": object{"h": 1.0, "w": 24.0, "x": 0.0, "y": 0.0}}}, b["panels"].([]any)...)
	}},
	{"row renamed", func(b object) { find(b, "One")["title"] = "First"; find(b, "First")["id"] = 77.0 }},
	{"panels in another order of the list", func(b object) {
		all := b["panels"].([]any)
		all[2], all[7] = all[7], all[2]
	}},
	{"variable", func(b object) {
		vars(b)[1]["query"] = object{"query": "label_values(x, job)", "refId": "A"}
		vars(b)[1]["multi"] = false
	}},
	{"variable added", func(b object) {
		t := b["templating"].(object)
		t["list"] = append(t["list"].([]any), object{"name": "route", "type": "query", "query": "label_values(x, route)"})
	}},
	{"variables in another order", func(b object) {
		l := loose.At(b, "templating", "list").([]any)
		l[0], l[1] = l[1], l[0]
	}},
	{"data source not chosen", func(b object) { delete(vars(b)[0], "current") }},
	{"data source chosen otherwise", func(b object) { vars(b)[0]["current"] = object{"value": "other"} }},
	{"link", func(b object) { loose.Objects(b["links"])[0]["keepTime"] = false }},
	{"annotation", func(b object) {
		set(b, []any{object{"name": "Deploys", "enable": true, "expr": "changes(x[1m]) > 0", "iconColor": "blue", "datasource": object{"uid": "prom"}}}, "annotations", "list")
	}},
	{"annotation by tag", func(b object) {
		set(b, []any{object{"name": "Deploys", "enable": true, "iconColor": "blue", "datasource": object{"uid": "-- Grafana --"},
			"target": object{"type": "tags", "tags": []any{"deployment"}, "limit": 100.0}}}, "annotations", "list")
	}},
	{"text in several lines", func(b object) {
		loose.Objects(b["panels"])[8]["options"].(object)["content"] = "# Read me\n\x1b[2Jand \"more\""
	}},
}

// TestInTheWordsOfTheBoard keeps what is told of each edit in a golden file.
func TestInTheWordsOfTheBoard(t *testing.T) {
	var got bytes.Buffer
	for _, e := range edits {
		base := load(t, "testdata/after.json")
		edited := load(t, "testdata/after.json")
		edited = clone(edited).(object)
		e.edit(edited)
		got.WriteString("# " + e.name + "\n")
		if err := (Printer{Out: &got}).Print("", Compare(base, edited)); err != nil {
			t.Fatal(err)
		}
	}
	golden(t, "testdata/words.golden", got.Bytes())
}

// TestColour keeps the word by word highlight in a golden file.
func TestColour(t *testing.T) {
	var got bytes.Buffer
	err := Printer{Out: &got, Colour: true}.Print("  ", []Change{
		{Kind: Changed, Of: `panel "Rate"`, Part: "query A", Field: "expr", Old: `sum by (code) (rate(requests_total{job="a"}[5m]))`, New: `sum by (route) (rate(requests_total{job="b"}[5m]))`},
		{Kind: Added, Of: `panel "New"`, New: "stat, 4×4"},
		{Kind: Removed, Of: `panel "Gone"`},
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/colour.golden", []byte(strings.ReplaceAll(got.String(), "\x1b", "^")))
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func find(b object, title string) object {
	for _, p := range loose.Objects(b["panels"]) {
		if p["title"] == title {
			return p
		}
	}
	panic(title)
}

func remove(b object, title string) {
	var kept []any
	for _, p := range loose.Objects(b["panels"]) {
		if p["title"] != title {
			kept = append(kept, p)
		}
	}
	b["panels"] = kept
}

func query(p object) object { return loose.Objects(p["targets"])[0] }

func vars(b object) []object { return loose.Objects(loose.At(b, "templating", "list")) }

func set(o object, v any, path ...string) {
	for _, key := range path[:len(path)-1] {
		o = o[key].(object)
	}
	o[path[len(path)-1]] = v
}

// FuzzCompare feeds whatever may be stored: no panic, a board equals itself, and
// what is told fits on its lines.
func FuzzCompare(f *testing.F) {
	for _, file := range []string{"testdata/before.json", "testdata/after.json"} {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw, []byte(`{"panels":[{"gridPos":{"x":"a"},"targets":[null,{}]}],"templating":[]}`))
	}
	f.Add([]byte(`{"panels":{},"links":[{"title":1}],"annotations":{"list":[{"builtIn":1}]}}`), []byte(`{"a":1e400,"timepicker":[],"time":1}`))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		old, err := Parse(a)
		if err != nil {
			return
		}
		new, err := Parse(b)
		if err != nil {
			return
		}
		if !Equal(old, old) {
			t.Errorf("%s differs from itself: %+v", a, Compare(old, old))
		}
		there, back := Compare(old, new), Compare(new, old)
		if (there == nil) != (back == nil) {
			t.Errorf("%+v one way, %+v the other", there, back)
		}
		for _, c := range there {
			line := Printer{}.lines("", c)
			if strings.Count(line, "\n") > 3 || strings.ContainsAny(line, "\r\x1b") {
				t.Errorf("%q", line)
			}
		}
	})
}

// BenchmarkCompare compares a board of eight panels with what the browser made
// of it.
func BenchmarkCompare(b *testing.B) {
	old, new := load(b, "testdata/before.json"), load(b, "testdata/after.json")
	b.ReportAllocs()
	for b.Loop() {
		if Compare(old, new) != nil {
			b.Fatal("they differ")
		}
	}
}
