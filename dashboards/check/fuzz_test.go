package check

import (
	"bytes"
	"io"
	"testing"
)

// FuzzStatic puts anything in as a query, a legend and a variable. What comes
// out does not matter here, only that it does.
func FuzzStatic(f *testing.F) {
	for _, c := range ruleCases {
		f.Add(c.bad, c.unit, c.legend)
		f.Add(c.good, c.goodUnit, c.goodLegend)
	}
	for _, q := range []string{
		`label_values(stock{shelf="$shelf"}, job)`, `label_values(up,)`, `metrics(sto.*)`, `query_result(topk($n, stock))`, `label_names()`,
		`sum by ($shelf) (${x:regex}_total{[[y]]="a"}[$__interval:])`, "stock # $shelf\n", `"\`, `stock offset -$x @ $__to`, `{__name__="stock", __name__!="x"}`,
		`histogram_quantile(scalar(stock), vector(1))`, `{"a.b", c="d"}`, `absent(absent(sum(stock)))`, `-stock ^ -1`, `label_replace(stock, "$x", "", "", "")`,
	} {
		f.Add(q, "s", "{{ $x }}{{")
	}
	s := ruleSchema(f)
	f.Fuzz(func(t *testing.T, expr, unit, legend string) {
		b := Board{
			Variables:   []Variable{{Name: "shelf", Type: "query", Query: expr}, {Name: "n", Type: "custom", Query: "1,2"}},
			Annotations: []Annotation{{Name: "a", Expr: expr}},
			Panels: []Panel{
				{Type: "timeseries", Targets: []Target{{RefID: "A", Expr: expr, Unit: unit, Legend: legend}}},
				{Type: "heatmap", cellUnit: unit, Targets: []Target{{RefID: "A", Expr: expr, Unit: unit}}},
			},
		}
		for _, finding := range Static(s, []Board{b}, 0) {
			if finding.Rule == "" || finding.Where == "" || finding.Line < 0 || finding.Column < 0 {
				t.Errorf("%q: an incomplete finding: %+v", expr, finding)
			}
		}
	})
}

// FuzzBoard reads anything as a dashboard, and looks at and prints what it has.
func FuzzBoard(f *testing.F) {
	f.Add([]byte(`{"title":"B","rows":[{"panels":[{"type":"graph","yaxes":[{"format":"s"}],"targets":[{"expr":"stock","refId":"A"}]}]}]}`))
	f.Add([]byte(`{"apiVersion":"dashboard.grafana.app/v2beta1","spec":{"title":"B","elements":{"p":{"kind":"Panel","spec":{"id":1,"data":{"spec":{"queries":[{"spec":{"query":{"kind":"DataQuery","group":"prometheus","spec":{"expr":"stock"}}}}]}}}}}}}`))
	f.Add([]byte(`{"__inputs":[{"name":"DS_X","pluginId":"loki"}],"panels":[{"datasource":"${DS_X}","targets":[{"expr":"{}"}]}],"templating":{"list":[{"name":"a","type":"query","query":{"query":"label_values(a)"}}]}}`))
	f.Add([]byte(`{"dashboard":{"panels":[{"fieldConfig":{"defaults":{"min":"0"},"overrides":[{"matcher":{"id":"byName","options":1},"properties":[{"id":"unit","value":{}}]}]},"targets":[{"expr":"a"}]}]}}`))
	s := ruleSchema(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := Parse(raw)
		if err != nil {
			return
		}
		r := Report{Findings: Static(s, []Board{b}, 0)}
		for format := range formats {
			if err := r.WriteAs(io.Discard, format); err != nil {
				t.Errorf("%s: %v", format, err)
			}
		}
	})
}

// FuzzExposition reads anything as an exposition, as each of the formats.
func FuzzExposition(f *testing.F) {
	f.Add([]byte("# TYPE a counter\n# UNIT a seconds\na_total{b=\"c\",le=\"1\"} 1\n# EOF\n"), uint8(0))
	f.Add([]byte("\x12\n\x01a\x12\x01b\x18\x00\"\x02\x08\x00"), uint8(3))
	kinds := []string{"", "text/plain", "application/openmetrics-text", "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"}
	f.Fuzz(func(t *testing.T, body []byte, kind uint8) {
		before := bytes.Clone(body)
		s, err := ReadExposition(body, kinds[int(kind)%len(kinds)])
		if !bytes.Equal(before, body) {
			t.Error("the exposition was changed")
		}
		if err == nil {
			for _, name := range s.Names() {
				m, _ := s.Metric(name)
				m.Labels()
			}
		}
	})
}

// FuzzRules reads anything as a file of rules, and looks at and prints what it has.
func FuzzRules(f *testing.F) {
	for _, tc := range ruleFileCases {
		f.Add([]byte(ruleGroup(tc.rules)))
	}
	f.Add([]byte("apiVersion: monitoring.coreos.com/v1\nspec:\n  groups:\n  - rules:\n    - alert: A\n      expr: up unless (absent(x) or -y[5m:] > 1)\n"))
	f.Add([]byte("groups:\n- &g {name: a, rules: [{record: x, expr: 1, labels: &l {a: *g}}]}\n- *g\n"))
	f.Add([]byte("groups:\n- {name: a, rules: [{alert: x, expr: y, annotations: {a: '{{ template \"x\" . }}{{ define \"x\" }}{{ $labels }}{{ end }}'}}]}\n"))
	s := ruleSchema(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := ParseRules("r.yml", raw)
		if err != nil {
			return
		}
		r := Report{Findings: Static(s, []Board{b}, 0)}
		for format := range formats {
			if err := r.WriteAs(io.Discard, format); err != nil {
				t.Errorf("%s: %v", format, err)
			}
		}
		for _, rule := range b.Rules {
			text, err := s.asked(&Exposition{}, rule)
			if err != nil {
				continue // it is no PromQL
			}
			if _, err := parse(text); err != nil {
				t.Errorf("%s is asked as %s: %v", rule.Expr, text, err)
			}
		}
	})
}
