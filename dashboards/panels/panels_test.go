package panels_test

import (
	"strings"
	"testing"

	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

func good() panels.Spec {
	return panels.Spec{
		Title: "T", Help: "H", Unit: "short",
		Queries: []panels.Query{{Expr: query.Value(catalog.GoGoroutines), Legend: "{{instance}}"}},
	}
}

func board(list ...panels.Panel) panels.Board {
	return panels.Board{UID: "x", Title: "B", Rows: []panels.Row{{Title: "R", Panels: list}}}
}

func TestEveryKindBuilds(t *testing.T) {
	for name, kind := range map[string]func(panels.Spec) panels.Panel{
		"timeseries": panels.Lines, "stack": panels.Stacked, "latency": panels.Latency,
		"stat": panels.Number, "fact": panels.Fact,
	} {
		t.Run(name, func(t *testing.T) {
			raw, err := board(kind(good())).JSON()
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{`"title": "T"`, `"description": "H"`, `"expr": "` + catalog.GoGoroutines.PrometheusName() + `"`, `"unit": "short"`, `"legendFormat": "{{instance}}"`} {
				if !strings.Contains(string(raw), want) {
					t.Errorf("%s is missing in\n%s", want, raw)
				}
			}
		})
	}
}

func TestMistakesAreErrors(t *testing.T) {
	for _, tc := range []struct {
		name   string
		mutate func(*panels.Spec)
		want   string
	}{
		{"no title", func(s *panels.Spec) { s.Title = "" }, "a title is missing"},
		{"no help", func(s *panels.Spec) { s.Help = "" }, "a help is missing"},
		{"no unit", func(s *panels.Spec) { s.Unit = "" }, "a unit is missing"},
		{"no query", func(s *panels.Spec) { s.Queries = nil }, "a query is missing"},
		{"a query that asks for a label its metric lacks", func(s *panels.Spec) {
			s.Queries[0].Expr = query.Value(catalog.GoGoroutines, query.Is(catalog.Route, "/"))
		}, catalog.GoGoroutines.PrometheusName() + " has no label http_route"},
		{"a legend of a label that is aggregated away", func(s *panels.Spec) {
			s.Queries[0].Expr = query.Value(catalog.GoGoroutines).Sum()
		}, `legend "{{instance}}": the result has no label instance`},
		{"thresholds that fall", func(s *panels.Spec) {
			s.Thresholds = []panels.Threshold{{From: 2, Color: "red"}, {From: 1, Color: "green"}}
		}, "thresholds must ascend"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := good()
			tc.mutate(&s)
			_, err := board(panels.Lines(s)).JSON()
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q in it", err, tc.want)
			}
		})
	}
}

func TestPanelsOfARowHaveDifferentTitles(t *testing.T) {
	_, err := board(panels.Lines(good()), panels.Number(good())).JSON()
	if err == nil || !strings.Contains(err.Error(), `two panels are called "T"`) {
		t.Errorf("got %v", err)
	}
}

func TestVariableOfALabelThatIsNotThere(t *testing.T) {
	b := board(panels.Lines(good()))
	b.Variables = []panels.Variable{{
		Variable: query.Variable{Name: "route", Label: catalog.Route}, From: catalog.Up.Instant(),
	}}
	if _, err := b.JSON(); err == nil || !strings.Contains(err.Error(), "no such label") {
		t.Errorf("got %v", err)
	}
}

// A table joins its queries by the keys; what Grafana calls "Value #A" must get
// the column's name.
func TestTable(t *testing.T) {
	by := []catalog.Label{catalog.Instance}
	raw, err := board(panels.Table(panels.TableSpec{
		Title: "T", Help: "H", Keys: []panels.Key{{Label: catalog.Instance, Title: "Instance"}},
		Columns: []panels.Column{
			{Title: "Up", Unit: "none", Expr: query.Value(catalog.Up).Sum(by...)},
			{Title: "Goroutines", Unit: "short", Expr: query.Value(catalog.GoGoroutines).Sum(by...),
				Thresholds: []panels.Threshold{{From: 100, Color: "red"}}},
		},
	})).JSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"Value #A": "Up"`, `"Value #B": "Goroutines"`, `"instance": "Instance"`, `"instant": true`, `"format": "table"`} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("%s is missing in\n%s", want, raw)
		}
	}
}
