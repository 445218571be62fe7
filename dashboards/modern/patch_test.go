package modern_test

import (
	"encoding/json"
	"strings"
	"testing"

	grabana "github.com/K-Phoen/grabana/dashboard"
	"github.com/K-Phoen/grabana/row"
	"github.com/K-Phoen/grabana/timeseries"
	"github.com/K-Phoen/grabana/variable/query"

	"github.com/ginsight/ginsight/dashboards/modern"
)

// patched is a board of one panel with one query and one variable.
func patched(t *testing.T, extra modern.Extra, page modern.Page) (map[string]any, error) {
	t.Helper()
	b, err := grabana.New("B",
		grabana.VariableAsQuery("v", query.Request("label_values(up, job)")),
		grabana.Row("R", row.WithTimeSeries("P", timeseries.WithPrometheusTarget("up"))))
	if err != nil {
		t.Fatal(err)
	}
	page.Extras = map[modern.PanelKey]modern.Extra{{Row: "R", Title: "P"}: extra}
	raw, err := modern.Convert(b.Internal(), page)
	if err != nil {
		return nil, err
	}
	var board map[string]any
	if err := json.Unmarshal(raw, &board); err != nil {
		t.Fatal(err)
	}
	return board, nil
}

func TestPatches(t *testing.T) {
	board, err := patched(t,
		modern.Extra{
			Patch:        json.RawMessage(`{"type":"barchart","options":{"legend":{"placement":"right"},"tooltip":null}}`),
			QueryPatches: []json.RawMessage{json.RawMessage(`{"refId":"C"}`)},
		},
		modern.Page{
			Patch:           json.RawMessage(`{"refresh":"5s"}`),
			VariablePatches: map[string]json.RawMessage{"v": json.RawMessage(`{"multi":true}`)},
		})
	if err != nil {
		t.Fatal(err)
	}
	panel := at(board, "panels", 1).(map[string]any)
	for what, got := range map[string]any{
		"a field replaced":         panel["type"] == "barchart",
		"an object merged":         at(panel, "options", "legend", "placement") == "right" && at(panel, "options", "legend", "calcs") != nil,
		"null removes":             at(panel, "options", "tooltip") == nil,
		"the rest stays":           panel["title"] == "P",
		"a query":                  at(panel, "targets", 0, "refId") == "C" && at(panel, "targets", 0, "expr") == "up",
		"a variable":               at(board, "templating", "list", 0, "multi") == true,
		"the board":                board["refresh"] == "5s",
		"the schema is untouched ": board["schemaVersion"] == float64(modern.SchemaVersion),
	} {
		if got != true {
			t.Errorf("%s: not so", what)
		}
	}
}

// at follows keys and positions into decoded JSON; nil if there is nothing.
func at(v any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := v.(map[string]any)
			v = object[step]
		case int:
			list, _ := v.([]any)
			if step >= len(list) {
				return nil
			}
			v = list[step]
		}
	}
	return v
}

func TestPatchesThatCannotBe(t *testing.T) {
	bad := json.RawMessage(`[1]`)
	for _, tc := range []struct {
		name  string
		extra modern.Extra
		page  modern.Page
		want  string
	}{
		{"of a panel", modern.Extra{Patch: bad}, modern.Page{}, `panel "P": its patch is no JSON object`},
		{"of a query", modern.Extra{QueryPatches: []json.RawMessage{bad}}, modern.Page{}, `panel "P": query A: its patch`},
		{"of a query that is not there", modern.Extra{QueryPatches: []json.RawMessage{nil, bad}}, modern.Page{}, `2 query patches for 1 queries`},
		{"of a variable", modern.Extra{}, modern.Page{VariablePatches: map[string]json.RawMessage{"v": bad}}, `variable "v": its patch`},
		{"of the board", modern.Extra{}, modern.Page{Patch: bad}, `board "B": its patch`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := patched(t, tc.extra, tc.page)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q in it", err, tc.want)
			}
		})
	}
}
