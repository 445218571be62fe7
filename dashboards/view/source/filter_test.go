package source

import (
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

func TestNarrowed(t *testing.T) {
	for name, c := range map[string]struct {
		expr    string
		filters []model.Filter
		want    string
		wrong   string
	}{
		"every selector": {
			expr:    `sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m] offset 1h))`,
			filters: []model.Filter{{Key: "job", Operator: "=", Value: "api"}},
			want:    `sum(rate(requests_total{code="500",job="api"}[5m])) / sum(rate(requests_total{job="api"}[5m] offset 1h))`,
		},
		"several operators": {
			expr:    `up`,
			filters: []model.Filter{{Key: "job", Operator: "!=", Value: `a"b`}, {Key: "zone", Operator: "=~", Value: "eu.*"}, {Key: "env", Operator: "!~", Value: "test"}},
			want:    `up{env!~"test",job!="a\"b",zone=~"eu.*"}`,
		},
		"one of": {
			expr:    `up`,
			filters: []model.Filter{{Key: "job", Operator: "=|", Value: "a", Values: []string{"a.b", "c"}}},
			want:    `up{job=~"a\\.b|c"}`,
		},
		"no selector":       {expr: `vector(1)`, filters: []model.Filter{{Key: "job", Value: "a"}}, want: `vector(1)`},
		"not an operator":   {expr: `up`, filters: []model.Filter{{Key: "job", Operator: "<", Value: "5"}}, wrong: `the filter job<"5": Prometheus has no operator <`},
		"not an expression": {expr: `up)`, filters: []model.Filter{{Key: "job", Value: "a"}}, wrong: "the filters of the board cannot be put into the query: 1:4: parse error: unexpected right parenthesis ')'"},
		"not a regular one": {expr: `up`, filters: []model.Filter{{Key: "job", Operator: "=~", Value: "("}}, wrong: "the filter job=~\"(\": error parsing regexp: missing closing ): `(`"},
	} {
		got, err := narrowed(c.expr, c.filters)
		if c.wrong != "" {
			if err == nil || err.Error() != c.wrong {
				t.Errorf("%s: error %v, want %s", name, err, c.wrong)
			}
			continue
		}
		if err != nil || got != c.want {
			t.Errorf("%s: %s, %v; want %s", name, got, err, c.want)
		}
	}
}

// A board's filters reach the queries, from its JSON on.
func TestFiltersOfBoard(t *testing.T) {
	b, err := model.Parse([]byte(`{"panels": [], "templating": {"list": [
		{"type": "adhoc", "name": "filters", "filters": [{"key": "job", "operator": "=", "value": "api"}, {"key": "", "value": "x"}]},
		{"type": "custom", "name": "c", "query": "a", "filters": [{"key": "not", "operator": "=", "value": "one"}]}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	values, err := variable.Resolve(t.Context(), nil, b, nil, hour)
	if err != nil {
		t.Fatal(err)
	}
	q := Query{Panel: model.Panel{Targets: []model.Target{{RefID: "A", Expr: "up", Range: true}}}, Vars: values, Range: hour}
	plans := q.plan(0)
	if len(plans) != 1 || plans[0].expr != `up{job="api"}` || plans[0].err != nil {
		t.Errorf("asks %+v", plans)
	}
}
