package check

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/common/model"
)

// ruleSchema has one metric of each kind, and a native histogram, which no text
// format can write.
func ruleSchema(t testing.TB) *Schema {
	t.Helper()
	s, err := LoadSchema(t.Context(), filepath.Join("testdata", "rules.om"))
	if err != nil {
		t.Fatal(err)
	}
	s.family("native_seconds").Type = model.MetricTypeHistogram
	m := s.add("native_seconds")
	m.Native, m.labels["route"] = true, 1
	return s
}

// ruleCase is a panel that violates a rule, or one next to it that does not.
type ruleCase struct {
	rule, bad, good string
	// unit and kind are those of both panels; timeseries if empty.
	unit, goodUnit, kind string
	legend, goodLegend   string
	// near is the name that must be suggested, "" for any.
	near string
	at   string // line:column of the bad one, "" for any
}

var ruleCases = []ruleCase{
	{rule: ruleSyntax, bad: `sum(requests_total`, good: `sum(rate(requests_total[5m]))`},
	{rule: ruleVariable, bad: `stock{shelf=~"$shelv"}`, good: `stock{shelf=~"$shelf"}`, near: "shelf", at: "1:15"},
	{rule: ruleMetric, bad: `sum(rate(request_total[5m]))`, good: `sum(rate(requests_total[5m]))`, near: "requests_total", at: "1:10"},
	{rule: ruleMetric, bad: `{__name__=~"nothing_.+"}`, good: `{__name__=~"sto.+"}`},
	{rule: ruleMetric, bad: `histogram_quantile(0.9, rate(wait_seconds[5m]))`, good: `histogram_quantile(0.9, rate(native_seconds[5m]))`},
	{rule: ruleLabel, bad: `stock{shelv="a"}`, good: `stock{shelf="a"}`, near: "shelf", at: "1:7"},
	{rule: ruleLabel, bad: "sum by (\n  code) (rate(errors_total[5m]))", good: `sum by (code) (rate(requests_total[5m]))`, at: "2:3"},
	{rule: ruleLabel, bad: `sum without (code) (rate(errors_total[5m]))`, good: `sum without (route) (rate(errors_total[5m]))`},
	{rule: ruleLabel, bad: `sum(sum by (route) (rate(requests_total[5m]))) by (code)`, good: `sum(sum by (route, code) (rate(requests_total[5m]))) by (code)`, at: "1:52"},
	{rule: ruleLabel, bad: `rate(requests_total[5m]) / on (code) group_left rate(errors_total[5m])`, good: `rate(requests_total[5m]) / on (route) group_left rate(errors_total[5m])`},
	{rule: ruleLabel, bad: `stock * on (shelf) group_left (color) temperature`, good: `stock * on (shelf) group_left (job) temperature`},
	{rule: ruleLabel, bad: `stock + ignoring (color) temperature`, good: `stock + ignoring (shelf) temperature`},
	{rule: ruleLabel, bad: `label_replace(stock, "x", "$1", "shelv", "(.*)")`, good: `label_replace(stock, "x", "$1", "shelf", "(.*)")`},
	{rule: ruleLabel, bad: `label_join(stock, "x", "-", "shelf", "shelv")`, good: `label_join(stock, "x", "-", "shelf", "job")`},
	{rule: ruleLabel, bad: `sum by (y) (label_replace(stock, "x", "$1", "shelf", "(.*)"))`, good: `sum by (x) (label_replace(stock, "x", "$1", "shelf", "(.*)"))`},
	{rule: ruleLabel, bad: `sum by (w) (count_values("v", stock))`, good: `sum by (v) (count_values("v", stock))`},
	{rule: ruleLegend, bad: `sum by (shelf) (stock)`, good: `sum by (shelf) (stock)`, legend: "{{shelv}}", goodLegend: "{{shelf}} {{ shelf }}", near: "shelf"},
	{rule: ruleLegend, bad: `absent(stock{shelf="a"})`, good: `absent(stock{shelf="a"})`, legend: "{{job}}", goodLegend: "{{shelf}}"},
	{rule: ruleLegend, bad: `stock / ignoring (shelf) memory_bytes`, good: `stock / memory_bytes`, legend: "{{shelf}}", goodLegend: "{{shelf}}"},
	{rule: ruleBucket, bad: `rate(wait_seconds_bucket{le="0.6"}[5m])`, good: `rate(wait_seconds_bucket{le="0.5"}[5m])`, near: "0.5"},
	{rule: ruleBucket, bad: `rate(wait_seconds_bucket{le=~"2|3"}[5m])`, good: `rate(wait_seconds_bucket{le="1"}[5m])`},
	{rule: ruleMatchNever, bad: `rate(requests_total[5m]) / sum(rate(requests_total[5m]))`, good: `sum(rate(errors_total[5m])) / sum(rate(requests_total[5m]))`},
	{rule: ruleMatchNever, bad: `sum by (route) (rate(errors_total[5m])) / sum by (code) (rate(requests_total[5m]))`, good: `sum by (route) (rate(errors_total[5m])) / sum by (route) (rate(requests_total[5m]))`},
	{rule: ruleRateOfGauge, bad: `rate(stock[5m])`, good: `deriv(stock[5m])`},
	{rule: ruleRateOfGauge, bad: `max_over_time(rate(rate(requests_total[5m])[1h:1m])[1h:])`, good: `max_over_time(rate(requests_total[5m])[1h:])`},
	{rule: ruleRateOfSum, bad: `rate(sum(requests_total)[5m:1m])`, good: `sum(rate(requests_total[5m]))`},
	{rule: ruleDeltaOfCounter, bad: `delta(requests_total[5m])`, good: `delta(stock[5m])`},
	{rule: ruleCounterNoRate, bad: `sum(requests_total)`, good: `sum(increase(requests_total[5m]))`},
	{rule: ruleCounterNoRate, bad: `requests_total > 5`, good: `requests_total - requests_total offset 5m`},
	{rule: ruleRange, bad: `rate(requests_total[30s])`, good: `rate(requests_total[1m])`, at: "1:21"},
	{rule: ruleRange, bad: `rate(requests_total[$__interval])`, good: `rate(requests_total[$__rate_interval])`},
	{rule: ruleNotHistogram, bad: `histogram_quantile(0.9, rate(wait_seconds_count[5m]))`, good: `histogram_quantile(0.9, rate(wait_seconds_bucket[5m]))`, near: "wait_seconds_bucket"},
	{rule: ruleNotHistogram, bad: `histogram_quantile(0.9, stock)`, good: `histogram_quantile(0.9, rate(native_seconds[5m]))`},
	{rule: ruleNotHistogram, bad: `histogram_quantile(0.9, rate(wait_seconds_bucket{le="0.5"}[5m]))`, good: `histogram_quantile(0.9, rate(wait_seconds_bucket{route="/a"}[5m]))`},
	{rule: ruleQuantileRange, bad: `histogram_quantile(95, rate(wait_seconds_bucket[5m]))`, good: `histogram_quantile(.95, rate(wait_seconds_bucket[5m]))`},
	{rule: ruleQuantileNoRate, bad: `histogram_quantile(.9, sum by (le) (wait_seconds_bucket))`, good: `histogram_quantile(.9, sum by (le) (increase(wait_seconds_bucket[5m])))`},
	{rule: ruleLeLost, bad: `histogram_quantile(.9, sum by (route) (rate(wait_seconds_bucket[5m])))`, good: `histogram_quantile(.9, sum by (le, route) (rate(wait_seconds_bucket[5m])))`},
	{rule: ruleLeLost, bad: `histogram_quantile(.9, sum without (le) (rate(wait_seconds_bucket[5m])))`, good: `histogram_quantile(.9, sum without (route) (rate(wait_seconds_bucket[5m])))`},
	{rule: ruleLeOnNative, bad: `histogram_quantile(.9, sum by (le) (rate(native_seconds[5m])))`, good: `histogram_quantile(.9, sum by (route) (rate(native_seconds[5m])))`},
	{rule: ruleBucketsSummed, bad: `sum by (route) (rate(wait_seconds_bucket[5m]))`, good: `sum by (route) (rate(wait_seconds_bucket{le="0.5"}[5m]))`},
	{rule: ruleBucketsSummed, bad: `sum by (route) (rate(wait_seconds_bucket[5m])) > 1`, good: `sum by (route) (rate(wait_seconds_bucket[5m])) > 0`},
	{rule: ruleNativeFunction, bad: `histogram_avg(rate(wait_seconds_count[5m]))`, good: `histogram_avg(rate(native_seconds[5m]))`},
	{rule: ruleSumOfRatio, bad: `sum(rate(wait_seconds_sum[5m]) / rate(wait_seconds_count[5m]))`, good: `sum(rate(wait_seconds_sum[5m])) / sum(rate(wait_seconds_count[5m]))`},
	{rule: ruleSumOfRatio, bad: `sum(rate(errors_total[5m]) / ignoring (code) rate(requests_total{code="200"}[5m]))`, good: `sum(rate(requests_total[5m]) / on () group_left sum(rate(requests_total[5m])))`},
	{rule: ruleMeanOfMeans, bad: `avg(rate(wait_seconds_sum[5m]) / rate(wait_seconds_count[5m]))`, good: `max(rate(wait_seconds_sum[5m]) / rate(wait_seconds_count[5m]))`},
	{rule: ruleQuantileSummed, bad: `avg(gc_seconds{quantile="0.5"})`, good: `max(gc_seconds{quantile="0.5"})`},
	{rule: ruleMixedUnits, bad: `memory_bytes + on () cpu_seconds_total`, good: `memory_bytes + on () memory_bytes`},
	{rule: ruleUnit, bad: `memory_bytes`, good: `memory_bytes`, unit: "s", goodUnit: "bytes"},
	{rule: ruleUnit, bad: `stock`, good: `stock / stock`, unit: "percentunit", goodUnit: "percentunit"},
	{rule: ruleUnit, bad: `stock`, good: `stock`, unit: "reqps", goodUnit: "short"},
	{rule: ruleUnitScale, bad: `lag_milliseconds`, good: `lag_milliseconds`, unit: "s", goodUnit: "ms"},
	{rule: ruleUnitScale, bad: `lag_milliseconds`, good: `lag_milliseconds / 1000`, unit: "s", goodUnit: "s"},
	{rule: ruleUnitScale, bad: `rate(sent_bytes_total[5m])`, good: `rate(sent_bytes_total[5m]) * 8`, unit: "bps", goodUnit: "bps"},
	{rule: ruleUnitScale, bad: `stock / stock`, good: `100 * stock / stock`, unit: "percent", goodUnit: "percent"},
	{rule: ruleUnitScale, bad: `boot_time_seconds`, good: `boot_time_seconds * 1000`, unit: "dateTimeAsIso", goodUnit: "dateTimeAsIso"},
	{rule: ruleUnitScale, bad: `histogram_quantile(.9, rate(wait_seconds_bucket[5m]))`, good: `histogram_quantile(.9, rate(wait_seconds_bucket[5m]))`, unit: "ms", goodUnit: "s"},
	{rule: ruleUnitRate, bad: `rate(sent_bytes_total[5m])`, good: `rate(sent_bytes_total[5m])`, unit: "bytes", goodUnit: "binBps"},
	{rule: ruleUnit, bad: `rate(sent_bytes_total[5m])`, good: `rate(requests_total[5m])`, unit: "hertz", goodUnit: "hertz"},
	{rule: ruleUnitRate, bad: `rate(cpu_seconds_total[5m])`, good: `rate(cpu_seconds_total[5m])`, unit: "s", goodUnit: "percentunit"},
	{rule: ruleUndecidedMetric, bad: `job:requests:rate5m`, good: `sum(stock)`},
	{rule: ruleUndecidedMetric, bad: `histogram_quantile(.9, rate(text_only_seconds[5m]))`, good: `histogram_quantile(.9, rate(native_seconds[5m]))`},
	{rule: ruleUndecidedMetric, bad: `sum($shelf)`, good: `sum(stock)`},
	{rule: ruleUndecidedLabel, bad: `stock{cluster="a"}`, good: `stock{job="a"}`},
	{rule: ruleUndecidedType, bad: `rate(odd[5m])`, good: `rate(requests_total[5m])`},
	{rule: ruleUndecidedUnit, bad: `temperature`, good: `memory_bytes`, unit: "bytes", goodUnit: "bytes"},
}

func found(s *Schema, c ruleCase, expr, unit, legend string) []Finding {
	kind := c.kind
	if kind == "" {
		kind = "timeseries"
	}
	b := Board{Title: "B", Variables: []Variable{{Name: "shelf", Type: "query", Query: "label_values(stock, shelf)"}},
		Panels: []Panel{{Title: "P", Type: kind, Targets: []Target{{RefID: "A", Expr: expr, Unit: unit, Legend: legend}}}}}
	return Static(s, []Board{b}, 0)
}

func rulesOf(list []Finding) []string {
	var out []string
	for _, f := range list {
		out = append(out, f.Rule)
	}
	return out
}

// Every rule finds its positive, at the right place and with the right name, and
// nothing at all is found on the negative beside it.
func TestRules(t *testing.T) {
	s := ruleSchema(t)
	for i, c := range ruleCases {
		t.Run(fmt.Sprintf("%s/%d", c.rule, i), func(t *testing.T) {
			list := found(s, c, c.bad, c.unit, c.legend)
			at := slices.IndexFunc(list, func(f Finding) bool { return f.Rule == c.rule })
			if at < 0 {
				t.Fatalf("%s: found %v, want %s", c.bad, rulesOf(list), c.rule)
			}
			f := list[at]
			if c.near != "" && f.Nearest != c.near {
				t.Errorf("%s: suggests %q, want %q", c.bad, f.Nearest, c.near)
			}
			if got := fmt.Sprintf("%d:%d", f.Line, f.Column); c.at != "" && got != c.at {
				t.Errorf("%s: at %s, want %s", c.bad, got, c.at)
			}
			if f.Board != "B" || f.Panel != "P" || f.RefID != "A" || f.Text == "" || strings.Contains(f.String(), marker) {
				t.Errorf("%s: incomplete or with inner names: %+v", c.bad, f)
			}
			for _, f := range found(s, c, c.good, c.goodUnit, c.goodLegend) {
				if f.Rule == c.rule || f.Severity != SeverityUndecided && c.rule != ruleMatchNever {
					t.Errorf("%s: a false alarm: %v", c.good, f)
				}
			}
		})
	}
}

// elsewhere are the rules whose tests are not in the table, since they are about
// more than one query.
var elsewhere = map[string]string{
	ruleVariableQuery: "TestStates", ruleNoData: "TestStates", ruleEvaluation: "TestStates", ruleLostData: "TestLostData",
	ruleInvalid: "TestRuleFiles", ruleTemplateLabel: "TestRuleFiles", ruleAlertAlways: "TestRuleFiles", ruleAlertNever: "TestRulesEvaluated",
	ruleValueRange: "TestValueRange", ruleLibrary: "TestUnread", ruleOtherSource: "TestUnread",
}

func TestEveryRuleIsTested(t *testing.T) {
	for _, r := range Rules() {
		tested := slices.ContainsFunc(ruleCases, func(c ruleCase) bool { return c.rule == r.ID })
		if !tested && elsewhere[r.ID] == "" {
			t.Errorf("%s has no case", r.ID)
		}
		if !strings.HasSuffix(r.Text, ".") {
			t.Errorf("%s: %q is no sentence", r.ID, r.Text)
		}
	}
}

// What is not looked at is said, and a board of which all is, says nothing.
func TestUnread(t *testing.T) {
	b, err := Parse([]byte(`{"title":"B","panels":[{"title":"P","libraryPanel":{"uid":"u","name":"Shared"}},
		{"datasource":{"type":"loki"},"targets":[{"expr":"{a=\"b\"}"},{"expr":"{}"}]},
		{"datasource":{"type":"prometheus"},"targets":[{"expr":"vector(1)"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	list := Static(newSchema(), []Board{b}, 0)
	if got := rulesOf(list); !slices.Equal(got, []string{ruleLibrary, ruleOtherSource}) || list[0].Severity != SeverityUndecided ||
		!strings.Contains(list[1].String(), "2 queries: are for a source of the kind loki") {
		t.Errorf("got %v", list)
	}
}

func TestValueRange(t *testing.T) {
	zero, one := 0.0, 1.0
	for _, tc := range []struct {
		name string
		p    Panel
		a    Answer
		want bool
	}{
		{"below", Panel{Min: &zero}, Answer{Low: -1, High: 1, measured: true}, true},
		{"on the limit", Panel{Min: &zero}, Answer{Low: 0, High: 1, measured: true}, false},
		{"no values", Panel{Min: &one}, Answer{}, false},
		{"above", Panel{Max: &one, Type: "timeseries"}, Answer{Low: 0, High: 2, measured: true}, true},
		{"above on a gauge, which shows it", Panel{Max: &one, Type: "gauge"}, Answer{Low: 0, High: 2, measured: true}, false},
		{"percent for a share", Panel{Unit: "percentunit"}, Answer{High: 250, measured: true}, true},
		{"many cores", Panel{Unit: "percentunit"}, Answer{High: 15.7, measured: true}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			row := Row{Answers: []Answer{tc.a}}
			if got := len(row.outOfRange(tc.p)) == 1; got != tc.want {
				t.Errorf("found: %v, want %v", got, tc.want)
			}
		})
	}
}
