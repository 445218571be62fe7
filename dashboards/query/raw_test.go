package query_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

func TestRaw(t *testing.T) {
	for _, tc := range []struct {
		name   string
		in     string
		labels []catalog.Label
		want   string   // empty: as it came
		has    []string // labels of the result
	}{
		{"as it is", `up`, nil, "", nil},
		{"labels that only the caller knows", `up`, []catalog.Label{"device"}, "", []string{"device"}},
		{"labels that the text fixes", `sum by(a,b)(rate(x[5m]))`, nil, `sum by (a, b) (rate(x[5m]))`, []string{"a", "b"}},
		{"a quantile takes le away", `histogram_quantile(0.9, sum by (le, a) (rate(x_bucket[5m])))`, nil, "", []string{"a"}},
		{"the k largest keep their labels", `topk(3, sum by (a) (x))`, nil, "", []string{"a"}},
		{"values that become a label", `count_values by (a) ("v", x)`, nil, "", []string{"a", "v"}},
		{"one to one", `sum by (a) (x) / sum by (a) (y)`, nil, "", []string{"a"}},
		{"one to one, on a label", `sum by (a, b) (x) / on (a) sum by (a) (y)`, nil, "", []string{"a"}},
		{"either side of or", `sum by (a) (x) or sum by (b) (y)`, nil, "", []string{"a", "b"}},
		{"times a number", `-sum by (a) (x) * 2`, nil, "", []string{"a"}},
		{"many to one is not known", `x * on (i) group_left (v) y`, []catalog.Label{"v"}, "", []string{"v"}},
		{"without is not known", `sum without (a) (x)`, []catalog.Label{"b"}, "", []string{"b"}},
		{"a replaced label is not known", `label_replace(sum by (a) (x), "b", "$1", "a", "(.*)")`, []catalog.Label{"b"}, "", []string{"b"}},
		{"windows", `rate(x[$__rate_interval]) + rate(x[${n}m]) + rate(x[$__range:$__interval])`, nil, "", nil},
		{"an offset", `x offset $before`, nil, "", nil},
		{"names and parts of names", `rate(${metric}_total[5m]) / $other`, nil, "", nil},
		{"a grouping", `sum by ($by) (x)`, []catalog.Label{"a"}, "", []string{"a"}},
		{"a number", `topk($k, x > $limit)`, nil, "", nil},
		{"whole matchers", `x{job="a", $filter}`, nil, `x{$filter,job="a"}`, nil},
		{"in strings nothing is replaced", `x{job=~"$job|[[old]]",a="}[5m"}`, nil, `x{a="}[5m",job=~"$job|[[old]]"}`, nil},
		{"a comment goes", "x # what $it is\n+ y", nil, "x + y", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			e := query.Raw(tc.in, tc.labels...)
			got, err := e.PromQL()
			if err != nil {
				t.Fatal(err)
			}
			if tc.want == "" {
				tc.want = tc.in
			}
			if got != tc.want {
				t.Errorf("got\n%s\nwant\n%s", got, tc.want)
			}
			if !slices.Equal(e.Labels(), tc.has) {
				t.Errorf("labels %v, want %v", e.Labels(), tc.has)
			}
		})
	}
}

func TestRawComposes(t *testing.T) {
	raw := query.Raw(`sum by (http_route) (x) + sum by (http_route) (y)`)
	got, err := raw.Per(query.Rate(catalog.RequestDuration.Count()).Sum(catalog.Route)).PromQL()
	want := `(sum by (http_route) (x) + sum by (http_route) (y)) / sum by (http_route) (rate(http_server_request_duration_seconds_count[$__rate_interval]))`
	if err != nil || got != want {
		t.Errorf("got\n%s, %v, want\n%s", got, err, want)
	}
}

func TestRawMistakes(t *testing.T) {
	for _, tc := range []struct {
		name string
		expr query.Expr
		want string
	}{
		{"no PromQL", query.Raw(`sum(`), "parse error"},
		{"a label that is gone", query.Raw(`sum by (a) (x)`, "b"), "the result has no label b, it has [a]"},
		{"by a label that is gone", query.Raw(`sum by (a) (x)`).Sum("b"), "the result has no such label"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := tc.expr.PromQL(); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q in it", err, tc.want)
			}
		})
	}
}

// What is printed parses again, and prints the same.
func FuzzRaw(f *testing.F) {
	for _, seed := range []string{`rate(x[${n}m:$s]) offset $o`, `x{$f,a=~"[[b]]"} # $c`, "sum by ($b) (`$`)", `topk([[k]], $a_$b)`, `[`, `x[$`, `"\`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once, err := query.Raw(text).PromQL()
		if err != nil {
			return
		}
		twice, err := query.Raw(once).PromQL()
		if err != nil || once != twice {
			t.Fatalf("%q prints as %q, and that as %q, %v", text, once, twice, err)
		}
	})
}
