package modern_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	grabana "github.com/K-Phoen/grabana/dashboard"
	"github.com/K-Phoen/grabana/heatmap"
	heataxis "github.com/K-Phoen/grabana/heatmap/axis"
	"github.com/K-Phoen/grabana/row"
	"github.com/K-Phoen/grabana/stat"
	"github.com/K-Phoen/grabana/target/prometheus"
	"github.com/K-Phoen/grabana/text"
	"github.com/K-Phoen/grabana/timeseries"
	"github.com/K-Phoen/grabana/timeseries/axis"
	"github.com/K-Phoen/grabana/timeseries/fields"
	"github.com/K-Phoen/grabana/timeseries/threshold"
	"github.com/K-Phoen/grabana/variable/datasource"
	"github.com/K-Phoen/grabana/variable/query"
	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/modern"
)

// step is one thing that the conversion does, seen on the part of a board that
// it is about. Paths are keys and positions, joined by dots; keep narrows the
// objects on both sides down to the keys that matter.
type step struct {
	name          string // of the golden
	option        grabana.Option
	extra         modern.Extra
	before, after string
	keep          []string
}

// lines is a board of one time series.
func lines(options ...timeseries.Option) grabana.Option {
	return grabana.Row("Row", row.WithTimeSeries("Panel", options...))
}

// Where the one panel of a board is.
const (
	oldPanel = "rows.0.panels.0"
	newPanel = "panels.1"
)

func steps() []step {
	up := prometheus.Legend("{{job}}")
	return []step{
		{"board", grabana.AutoRefresh("1m"), modern.Extra{}, "", "",
			[]string{"schemaVersion", "refresh", "graphTooltip", "sharedCrosshair", "weekStart", "fiscalYearStartMonth", "style", "hideControls", "slug"}},
		{"crosshair", grabana.SharedCrossHair(), modern.Extra{}, "", "", []string{"graphTooltip", "sharedCrosshair"}},
		{"annotations", grabana.UID("u"), modern.Extra{}, "annotations", "annotations", nil},
		{"annotations_by_tag", grabana.TagsAnnotation(grabana.TagAnnotation{Name: "Releases", IconColor: "blue", Tags: []string{"a", "b"}}), modern.Extra{},
			"annotations.list.0", "annotations.list.1", nil},
		{"links", grabana.DashboardLinks(grabana.DashboardLink{Title: "More", Tags: []string{"a"}}), modern.Extra{}, "links", "links", nil},
		{"rows", grabana.Row("Row", row.Collapse(), row.WithText("A", text.Span(6)), row.WithText("B", text.Span(12))), modern.Extra{},
			"rows", "panels", []string{"title", "type", "span", "gridPos", "collapse", "collapsed", "panels", "height"}},
		{"variable_datasource", grabana.VariableAsDatasource("datasource", datasource.Type("prometheus"), datasource.Label("Data source")),
			modern.Extra{}, "templating.list.0", "templating.list.0", nil},
		{"variable_query", grabana.VariableAsQuery("job", query.Request("label_values(up, job)"), query.Multiple(), query.IncludeAll(), query.DefaultAll(), query.AllValue(".+")),
			modern.Extra{}, "templating.list.0", "templating.list.0", nil},
		{"source", lines(timeseries.DataSource("Prometheus")), modern.Extra{}, oldPanel, newPanel, []string{"datasource"}},
		{"targets", lines(timeseries.WithPrometheusTarget("up", up), timeseries.WithPrometheusTarget("up == 0", prometheus.Hide())),
			modern.Extra{Exemplars: true}, oldPanel + ".targets", newPanel + ".targets", nil},
		{"legend", lines(timeseries.Legend(timeseries.AsTable, timeseries.Bottom, timeseries.Max)), modern.Extra{SortBy: "Max"},
			oldPanel + ".options", newPanel + ".options", nil},
		{"legend_hidden", lines(timeseries.Legend(timeseries.Hide)), modern.Extra{}, oldPanel + ".options.legend", newPanel + ".options.legend", nil},
		{"graph_field", lines(timeseries.Stack(timeseries.PercentStack), timeseries.Axis(axis.Scale(axis.Log10), axis.SoftMax(3))), modern.Extra{},
			oldPanel + ".fieldConfig.defaults.custom", newPanel + ".fieldConfig.defaults.custom", nil},
		{"fields", lines(timeseries.Axis(axis.Unit("s"), axis.Min(0), axis.Decimals(1)), timeseries.Thresholds(threshold.Steps(threshold.Step{Color: "red", Value: .5}))),
			modern.Extra{Links: []modern.Link{{Title: "Go", URL: "/d/x"}}},
			oldPanel + ".fieldConfig.defaults", newPanel + ".fieldConfig.defaults", []string{"unit", "min", "decimals", "thresholds", "color", "links", "mappings"}},
		{"overrides", lines(timeseries.FieldOverride(fields.ByName("p99"), fields.FixedColorScheme("red"))), modern.Extra{},
			oldPanel + ".fieldConfig.overrides", newPanel + ".fieldConfig.overrides", nil},
		{"stat", grabana.Row("Row", row.WithStat("Panel", stat.SparkLine(), stat.ValueType(stat.LastNonNull))), modern.Extra{Wide: true},
			oldPanel + ".options", newPanel + ".options", nil},
		{"gauge", grabana.Row("Row", row.WithGauge("Panel")), modern.Extra{}, oldPanel + ".options", newPanel + ".options", nil},
		{"heatmap", grabana.Row("Row", row.WithHeatmap("Panel", heatmap.YAxis(heataxis.Unit("s")))), modern.Extra{}, oldPanel, newPanel,
			[]string{"type", "options", "fieldConfig", "cards", "color", "dataFormat", "hideZeroBuckets", "highlightCards", "legend", "tooltip", "yAxis", "yBucketBound"}},
		{"table", grabana.Row("Row", row.WithTable("Panel")), modern.Extra{SortBy: "Value"}, oldPanel, newPanel,
			[]string{"type", "options", "columns", "styles", "transform", "fontSize", "scroll", "showHeader", "sort", "pageSize"}},
		{"text", grabana.Row("Row", row.WithText("Panel", text.Markdown("# Hello"))), modern.Extra{}, oldPanel, newPanel,
			[]string{"type", "options", "mode", "content", "datasource"}},
	}
}

// Each step of the conversion, before and after.
func TestSteps(t *testing.T) {
	for _, s := range steps() {
		t.Run(s.name, func(t *testing.T) {
			got := s.run(t)
			golden := filepath.Join("testdata", "steps", s.name+".golden")
			if *update {
				write(t, golden, []byte(got))
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("run with -update if this is meant (-want +got):\n%s", diff)
			}
		})
	}
}

// Every kind of panel that is converted has a step that shows it.
func TestEveryKindIsAStep(t *testing.T) {
	seen := map[any]bool{}
	for _, s := range steps() {
		_, after := s.convert(t)
		var board any
		if err := json.Unmarshal(after, &board); err != nil {
			t.Fatal(err)
		}
		seen[at(board, "panels", 1, "type")] = true
	}
	for _, kind := range modern.Kinds() {
		if !seen[kind] {
			t.Errorf("no step shows %s", kind)
		}
	}
}

func (s step) run(t *testing.T) string {
	t.Helper()
	before, after := s.convert(t)
	return "-- grabana --\n" + s.show(t, before, s.before) + "\n-- Grafana --\n" + s.show(t, after, s.after) + "\n"
}

func (s step) convert(t *testing.T) (before, after []byte) {
	t.Helper()
	b, err := grabana.New("Board", s.option)
	if err != nil {
		t.Fatal(err)
	}
	before, err = b.MarshalIndentJSON()
	if err != nil {
		t.Fatal(err)
	}
	after, err = modern.Convert(b.Internal(), modern.Page{
		Extras: map[modern.PanelKey]modern.Extra{{Row: "Row", Title: "Panel"}: s.extra},
	})
	if err != nil {
		t.Fatal(err)
	}
	return before, after
}

func (s step) show(t *testing.T, raw []byte, path string) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	for _, key := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' }) {
		if key == "0" || key == "1" {
			v = at(v, int(key[0]-'0'))
		} else {
			v = at(v, key)
		}
	}
	out, err := json.MarshalIndent(s.only(v), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// only drops what a step is not about, and the ids that grabana counts across
// the process.
func (s step) only(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = s.only(v[i])
		}
	case map[string]any:
		for key := range v {
			if _, counted := v[key].(float64); key == "id" && counted || s.keep != nil && !slices.Contains(s.keep, key) {
				delete(v, key)
			}
		}
		if list, ok := v["panels"].([]any); ok {
			s.only(list)
		}
	}
	return v
}
