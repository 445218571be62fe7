package diff

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
)

// recorded returns a dashboard out of a recorded exchange with a real Grafana.
func recorded(t *testing.T, file, side string) map[string]any {
	t.Helper()
	files, err := filepath.Glob("testdata/contract/" + file + "-*.json")
	if err != nil || len(files) != 1 {
		t.Fatalf("%s: %v, %v", file, files, err)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	exchange, err := Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{"dashboard", "spec"} {
		if b, is := loose.At(exchange, side, "body", field).(object); is {
			return b
		}
	}
	t.Fatalf("%s has no dashboard in its %s", file, side)
	return nil
}

// TestWhatGrafanaDoesIsNoDifference compares what was sent to a real Grafana
// with what it gave back, through every API that it has.
func TestWhatGrafanaDoesIsNoDifference(t *testing.T) {
	for name, tt := range map[string]struct{ file, side, from, fromSide string }{
		"read back":                             {"080", "response", "079", "request"},
		"moved to another folder":               {"178", "response", "127", "request"},
		"read through v1beta1":                  {"179", "response", "127", "request"},
		"rewritten by a patch through v1beta1":  {"257", "response", "127", "request"},
		"created through v1beta1":               {"189", "response", "189", "request"},
		"and read by the old API":               {"202", "response", "189", "request"},
		"created without a schema version":      {"199", "response", "199", "request"},
		"v0alpha1 read through v1beta1":         {"249", "response", "248", "response"},
		"put through v1beta1 once more":         {"355", "response", "355", "request"},
		"and three times, read by the old API":  {"358", "response", "354", "request"},
		"from a file, read through v1beta1":     {"276", "response", "276", "response"},
		"created through v1beta1, other answer": {"354", "response", "354", "request"},
	} {
		t.Run(name, func(t *testing.T) {
			sent, got := recorded(t, tt.from, tt.fromSide), recorded(t, tt.file, tt.side)
			if diff := Compare(sent, got); diff != nil {
				t.Errorf("%+v", diff)
			}
			if !Equal(got, sent) {
				t.Error("not the same the other way round")
			}
		})
	}
}

// TestNewerSchemaIsTold: Grafana cannot convert it, and the board does not open.
func TestNewerSchemaIsTold(t *testing.T) {
	got := Compare(recorded(t, "184", "response"), recorded(t, "185", "response"))
	want := []Change{
		{Kind: Changed, Field: "schema version", New: "43"},
		{Kind: Changed, Field: "title", Old: "Schema 0", New: "Schema 43"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func load(t testing.TB, file string) map[string]any {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestNothingButASaveInTheBrowser compares a board of every panel type with
// what the browser makes of it when it is opened and saved: every default
// spelt out, what is empty dropped, unknown fields of the board dropped.
func TestNothingButASaveInTheBrowser(t *testing.T) {
	before, after := load(t, "testdata/before.json"), load(t, "testdata/after.json")
	if diff := Compare(before, after); diff != nil {
		raw, _ := json.MarshalIndent(diff, "", "  ")
		t.Errorf("%s", raw)
	}
}

// silent are the leaves of testdata/after.json that do not show, with * for any
// element of a list.
var silent = []string{
	"id", "version", "uid", "timepicker.time_options.0",
	"panels.0.gridPos.x", // a row begins where the page does
	"panels.*.pluginVersion",
	"panels.*.targets.0.editorMode",
	"panels.[1345678].targets.0.range",                       // a query that is not instant is over a range, whatever it says
	"panels.8.targets.0.refId",                               // a text has no queries
	"panels.*.fieldConfig.defaults.thresholds.steps.0.value", // it is minus infinity
	"panels.1.fieldConfig.defaults.thresholds.mode",          // there is nothing to be a percentage of
	// The uid says which data source it is.
	"panels.*.datasource.type", "panels.*.targets.0.datasource.type", "annotations.list.0.datasource.type", "templating.list.1.datasource.type",
	"templating.list.0.current.text", "templating.list.0.refresh",
	"templating.list.1.current.text.0", "templating.list.1.definition",
	"templating.list.1.query.qryType", "templating.list.1.query.refId",
}

// TestEveryOtherLeafShows changes every single value of a board in turn.
func TestEveryOtherLeafShows(t *testing.T) {
	base := load(t, "testdata/after.json")
	n := 0
	for _, leaf := range leaves(base, nil) {
		mutant := clone(base).(object)
		mutate(mutant, leaf)
		n++
		if told := !Equal(base, mutant); told == isSilent(pathOf(leaf)) {
			t.Errorf("%s: told %v", pathOf(leaf), told)
		}
	}
	if n < 150 {
		t.Errorf("only %d leaves", n)
	}
}

func isSilent(leaf string) bool {
	return slices.ContainsFunc(silent, func(pattern string) bool {
		matched, err := path.Match(strings.ReplaceAll(pattern, ".", "/"), strings.ReplaceAll(leaf, ".", "/"))
		return err == nil && matched
	})
}

// What an annotation by tag leaves out is what Grafana takes it for; which tags it
// asks for is a difference.
func TestAnnotationByTag(t *testing.T) {
	with := func(target object) object {
		return object{"annotations": object{"list": []any{object{"name": "Releases", "datasource": object{"type": "grafana", "uid": "-- Grafana --"}, "target": target}}}}
	}
	short := with(object{"type": "tags", "tags": []any{"a"}})
	if diff := Compare(short, with(object{"type": "tags", "tags": []any{"a"}, "limit": 100.0, "matchAny": false})); diff != nil {
		t.Errorf("%+v", diff)
	}
	for name, other := range map[string]object{
		"another tag": {"type": "tags", "tags": []any{"b"}}, "any of them": {"type": "tags", "tags": []any{"a"}, "matchAny": true}, "of the board": {"type": "dashboard"},
	} {
		if Equal(short, with(other)) {
			t.Errorf("%s is no difference", name)
		}
	}
}
