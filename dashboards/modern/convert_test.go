package modern_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	grabana "github.com/K-Phoen/grabana/dashboard"
	"github.com/K-Phoen/grabana/gauge"
	"github.com/K-Phoen/grabana/heatmap"
	"github.com/K-Phoen/grabana/logs"
	"github.com/K-Phoen/grabana/row"
	"github.com/K-Phoen/grabana/stat"
	"github.com/K-Phoen/grabana/table"
	"github.com/K-Phoen/grabana/target/prometheus"
	"github.com/K-Phoen/grabana/text"
	"github.com/K-Phoen/grabana/timeseries"
	"github.com/K-Phoen/grabana/timeseries/axis"
	"github.com/K-Phoen/grabana/timeseries/fields"
	"github.com/K-Phoen/grabana/timeseries/threshold"
	"github.com/K-Phoen/grabana/variable/constant"
	"github.com/K-Phoen/grabana/variable/datasource"
	"github.com/K-Phoen/grabana/variable/query"
	"github.com/google/go-cmp/cmp"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"github.com/ginsight/ginsight/dashboards/modern"
)

var update = flag.Bool("update", false, "write the golden files anew")

// everyKind is a board with each kind of panel and variable that has a
// counterpart, as grabana writes them.
func everyKind(t *testing.T) grabana.Builder {
	t.Helper()
	b, err := grabana.New("Every kind",
		grabana.UID("every-kind"), grabana.Tags([]string{"b", "a"}),
		grabana.Time("now-6h", "now"), grabana.AutoRefresh("1m"), grabana.Timezone(grabana.UTC),
		grabana.DashboardLinks(grabana.DashboardLink{Title: "More", Tags: []string{"a"}, IncludeTimeRange: true}),
		grabana.VariableAsDatasource("datasource", datasource.Type("prometheus"), datasource.Label("Data source")),
		grabana.VariableAsQuery("job", query.Request("label_values(up, job)"),
			query.Multiple(), query.IncludeAll(), query.DefaultAll(), query.AllValue(".+")),
		grabana.VariableAsQuery("one", query.Request("label_values(up, instance)"), query.Hide()),
		grabana.Row("First",
			row.WithTimeSeries("Lines",
				timeseries.Description("how to read it"), timeseries.Span(8),
				timeseries.Legend(timeseries.Hide), timeseries.Stack(timeseries.PercentStack),
				timeseries.Axis(axis.Unit("s"), axis.Min(0), axis.SoftMax(3), axis.Scale(axis.Log10), axis.Label("time")),
				timeseries.Thresholds(threshold.Steps(threshold.Step{Color: "red", Value: .5})),
				timeseries.FieldOverride(fields.ByName("p99"), fields.FixedColorScheme("red")),
				timeseries.WithPrometheusTarget("up", prometheus.Legend("{{job}}")),
				timeseries.WithPrometheusTarget("up == 0", prometheus.Hide())),
			row.WithStat("Number", stat.Unit("reqps"), stat.SparkLine(), stat.ValueType(stat.LastNonNull),
				stat.WithPrometheusTarget("sum(up)")),
			row.WithGauge("Gauge", gauge.Unit("percentunit"), gauge.WithPrometheusTarget("avg(up)")),
			row.WithText("Words", text.Markdown("# Hello")),
		),
		grabana.Row("Second", row.Collapse(),
			row.WithHeatmap("Heat", heatmap.WithPrometheusTarget("sum by (le) (rate(h_bucket[5m]))",
				prometheus.Format(prometheus.FormatHeatmap))),
			row.WithTable("Table", table.WithPrometheusTarget("up", prometheus.Instant(), prometheus.Format(prometheus.FormatTable))),
		),
	)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func convert(t *testing.T) []byte {
	t.Helper()
	b := everyKind(t)
	got, err := modern.Convert(b.Internal(), modern.Page{
		Description: "what it is",
		Extras: map[modern.PanelKey]modern.Extra{
			{Row: "First", Title: "Lines"}: {Width: 24, Height: 6, Exemplars: true, SortBy: "Max",
				Links: []modern.Link{{Title: "Go", URL: "/d/x?var-job=${__field.labels.job}"}}},
			{Row: "Second", Title: "Table"}: {SortBy: "Value",
				Transformations: []dashboard.DataTransformerConfig{{Id: "merge", Options: map[string]any{}}},
				Overrides:       []dashboard.DashboardFieldConfigSourceOverrides{modern.Override("Value", modern.UnitProperty("s"))}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// The goldens hold what grabana writes beside what it becomes.
func TestConvert(t *testing.T) {
	got := convert(t)
	golden := filepath.Join("testdata", "every-kind.json")
	if *update {
		b := everyKind(t)
		before, err := b.MarshalIndentJSON()
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join("testdata", "every-kind.grabana.json"), before)
		write(t, golden, got)
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("run with -update if this is meant (-want +got):\n%s", diff)
	}
}

func write(t *testing.T, name string, body []byte) {
	t.Helper()
	if err := os.WriteFile(name, body, 0o644); err != nil {
		t.Fatal(err)
	}
}

// grabana numbers panels across the process and fills options from maps: ten
// conversions would differ if anything of that came through.
func TestConvertIsDeterministic(t *testing.T) {
	first := convert(t)
	for range 10 {
		if !bytes.Equal(first, convert(t)) {
			t.Fatal("two conversions of one board differ")
		}
	}
}

func TestConvertRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, tc := range []struct {
		name   string
		option grabana.Option
		want   string
	}{
		{"a panel", grabana.Row("R", row.WithLogs("Logs", logs.WithLokiTarget("{}"))), `panel "Logs": type "logs" has no counterpart`},
		{"a variable", grabana.VariableAsConst("c", constant.Values(map[string]string{"a": "b"})), `variable "c": type "constant" has no counterpart`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b, err := grabana.New("Board", tc.option)
			if err != nil {
				t.Fatal(err)
			}
			_, err = modern.Convert(b.Internal(), modern.Page{})
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q in it", err, tc.want)
			}
		})
	}
}
