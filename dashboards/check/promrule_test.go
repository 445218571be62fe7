package check

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// ruleGroup is a file with one group.
func ruleGroup(rules string) string { return "groups:\n- name: g\n  rules:\n" + rules }

func parsedRules(t testing.TB, text string) Board {
	t.Helper()
	b, err := ParseRules("r.yml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Each is the rules of a group, which begin at line 4, and what is found: the rule
// that is violated and the line.
var ruleFileCases = []struct {
	name, rules string
	want        []string
	text        string // in the first finding
}{
	{"in order", `
  - record: route:requests:rate5m
    expr: sum by (route) (rate(requests_total[5m]))
  - alert: Busy
    expr: route:requests:rate5m > 5
    for: 5m
    labels: {severity: page}
    annotations: {summary: "{{ $labels.route }} has {{ $value | humanize }}, {{ .ExternalURL }}"}`, nil, ""},
	{"a name with its line within the expression", `
  - alert: Errors
    expr: |
      sum(rate(errors_total[5m]))
        / sum(rate(request_total[5m])) > 0.1`, []string{"metric-unknown@8"},
		"r.yml:8: group g, alert Errors at 2:14: there is no metric request_total; did you mean requests_total?"},
	{"a folded expression has its first line", `
  - alert: Errors
    expr: >
      sum(rate(errors_total[5m]))
        / sum(rate(request_total[5m])) > 0.1`, []string{"metric-unknown@7"}, ""},
	{"a recorded name", `
  - record: route:requests:rate5m
    expr: sum by (route) (rate(requests_total[5m]))
  - alert: Busy
    expr: routes:requests:rate5m > other:requests:sum`, []string{"metric-unknown@8"}, "no rule that records routes:requests:rate5m; did you mean route:requests:rate5m?"},
	{"a label that the recording rule drops", `
  - alert: Busy
    expr: route:requests:rate5m{code="200"} > 5
  - record: route:requests:rate5m
    expr: sum by (route) (rate(requests_total[5m]))`, []string{"label-unknown@6"}, "there is no label code on route:requests:rate5m, used in a matcher"},
	{"labels that the recording rule sets and takes away", `
  - record: requests:rate5m
    expr: sum by (route) (rate(requests_total[5m]))
    labels: {team: web, route: ""}
  - alert: Busy
    expr: sum by (team, route) (requests:rate5m) > 5`, []string{"label-unknown@9"}, "there is no label route on requests:rate5m"},
	{"what a recorded value is", `
  - record: le:wait:rate5m
    expr: sum by (le) (rate(wait_seconds_bucket[5m]))
  - record: wait:rate5m
    expr: rate(le:wait:rate5m[5m])
  - alert: Slow
    expr: histogram_quantile(.9, le:wait:rate5m{le="0.6"}) > 1`, []string{"rate-of-gauge@8", "bucket-unknown@10", "quantile-of-no-histogram@10"}, ""},
	{"a sum of counters is recorded", `
  - record: requests:sum
    expr: sum(requests_total)
  - record: requests:rate5m
    expr: rate(requests:sum[5m])`, []string{"rate-of-sum@8"}, "a rate of requests:sum, which aggregates counters"},
	{"rules that build on each other for ever", `
  - record: a:b
    expr: a:c{x="1"}
  - record: a:c
    expr: a:b{y="1"}`, nil, ""},
	{"one name recorded twice", `
  - record: both:x
    expr: sum by (route) (rate(requests_total[5m]))
  - record: both:x
    expr: sum by (code) (rate(requests_total[5m]))
  - alert: Busy
    expr: sum by (route, code, shelf) (both:x) > 1`, []string{"label-unknown@10"}, "there is no label shelf on both:x"},
	{"a label that the expression drops", `
  - alert: Errors
    expr: sum by (route) (rate(errors_total[5m])) > 1
    labels: {severity: page, where: "{{ $labels.shelf }}"}
    annotations:
      summary: |
        {{ if gt $value 1.0 }}{{ $labels.rout }}{{ else }}{{ with .Labels.code }}{{ . }}{{ end }}{{ end }}
      other: "{{ range query \"up\" }}{{ .Labels.anything }}{{ end }}{{ index .Labels \"severity\" | title }}{{ $externalLabels.dc }}"`,
		[]string{"template-label@7", "template-label@9", "template-label@9", "template-label@11"},
		"the label where shows $labels.shelf, and the result has no such label"},
	{"a query in a template", `
  - alert: Errors
    expr: sum(rate(errors_total[5m])) > 1
    annotations: {summary: "{{ with query \"sum(error_total)\" }}{{ . | first | value }}{{ end }}"}`,
		[]string{"metric-unknown@7"}, "r.yml:7: group g, alert Errors, annotation summary at 1:5: there is no metric error_total; did you mean errors_total?"},
	{"absent has the labels that are asked for", `
  - alert: Gone
    expr: absent(up{job="shop"})
    annotations: {summary: "{{ $labels.job }} on {{ $labels.instance }}"}`, []string{"template-label@7"}, "shows $labels.instance"},
	{"nothing is compared", `
  - alert: Errors
    expr: rate(errors_total[5m])
  - alert: Bool
    expr: rate(errors_total[5m]) > bool 5
  - alert: Watchdog
    expr: vector(1)
  - alert: Firing
    expr: ALERTS{alertname="x"}
  - alert: Both
    expr: rate(errors_total[5m]) unless up`, []string{"alert-always@6", "alert-always@8"}, "the alert fires whenever errors_total has data"},
	{"a counter is compared", `
  - alert: Errors
    expr: errors_total > 5
  - alert: Boot
    expr: time() - boot_time_seconds < 60`, []string{"counter-without-rate@6"}, "errors_total only grows"},
	{"what Prometheus refuses", `
  - alert: Errors
    expr: sum(rate(errors_total[5m])) > 1
    annotations: {summary: "{{ $label.x }}"}
  - record: x:y
    expr: sum(stock
  - record: x:z
    expr: sum(stock)
    for: 5m`, []string{"rule-invalid@0", "rule-invalid@10", "query-syntax@9"}, `group g, rule 1 Errors: Prometheus refuses this: annotation "summary": `},
	{"an unknown field", `
  - alert: Errors
    expr: sum(rate(errors_total[5m])) > 1
    label: {a: b}`, []string{"rule-invalid@7"}, "r.yml:7: the file: Prometheus refuses this: yaml: unmarshal errors: field label not found"},
	{"a second document", `
  - record: x:y
    expr: sum(stock)
---
groups: []`, []string{"rule-invalid@0"}, "r.yml: the file: Prometheus refuses this: has more than one YAML document"},
	{"the same alert in two severities", `
  - alert: Errors
    expr: rate(error_total[5m]) > 1
  - alert: Errors
    expr: rate(error_total[5m]) > 5`, []string{"metric-unknown@6", "metric-unknown@8"}, ""},
	{"a range of two scrapes", `
  - record: x:y
    expr: sum(rate(requests_total[30s]))`, []string{"range-short@6"}, ""},
	{"an alias", `
  - alert: A
    expr: &e rate(error_total[5m]) > 1
  - alert: B
    expr: *e`, []string{"metric-unknown@6", "metric-unknown@8"}, ""},
}

// What is wrong with rules is found, with the line of the file, and nothing else.
func TestRuleFiles(t *testing.T) {
	s := ruleSchema(t)
	for _, tc := range ruleFileCases {
		t.Run(tc.name, func(t *testing.T) {
			b := parsedRules(t, ruleGroup(tc.rules))
			var got []string
			first := ""
			for _, f := range Static(s, []Board{b}, 0) {
				if f.Severity == SeverityUndecided {
					continue
				}
				if got = append(got, fmt.Sprintf("%s@%d", f.Rule, f.FileLine)); first == "" {
					first = f.String()
				}
				if f.File != "r.yml" || f.Board != "r.yml" || f.Where == "" || f.Group == "" && f.Where != "the file" {
					t.Errorf("incomplete: %+v", f)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if !strings.Contains(first, tc.text) {
				t.Errorf("%s\nwant %s", first, tc.text)
			}
		})
	}
}

// A board beside the rules may ask for what they record, and only with the labels
// that it has.
func TestBoardOnRecordedNames(t *testing.T) {
	s := ruleSchema(t)
	rules := parsedRules(t, ruleGroup("  - record: route:requests:rate5m\n    expr: sum by (route) (rate(requests_total[5m]))\n"))
	board := Board{Title: "B", Panels: []Panel{{Title: "P", Type: "timeseries", Unit: "bytes", Targets: []Target{
		{RefID: "A", Expr: "route:requests:rate5m", Legend: "{{code}}", Unit: "bytes"},
		{RefID: "B", Expr: `{__name__=~"route:.+"}`, Legend: "{{route}}"},
	}}}}
	if got, want := rulesOf(Static(s, []Board{board, rules}, 0)), []string{ruleLegend, ruleUnit}; !cmp.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
	if got, want := rulesOf(Static(s, []Board{board}, 0)), []string{ruleUndecidedMetric, ruleMetric}; !cmp.Equal(got, want) {
		t.Errorf("without the rules found %v, want %v: the schema must stay as it was", got, want)
	}
}

// The operator's resource is read like a file, and other YAML is told apart.
func TestParseRules(t *testing.T) {
	resource := "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: x}\nspec:\n  groups:\n" +
		"  - name: g\n    rules:\n    - alert: A\n      expr: up == 0\n    - record: bad name{}\n      expr: up\n"
	b := parsedRules(t, resource)
	if len(b.Rules) != 2 || b.Rules[0].line != 9 || len(b.invalid) != 1 {
		t.Errorf("read %+v, %v", b.Rules, b.invalid)
	}
	for name, text := range map[string]string{
		"nothing": "", "a list": "[1]", "a text": "x", "a configuration": "scrape_configs: []\nrule_files: [a.yml]\n",
		"Grafana's alerts": "apiVersion: 1\ngroups:\n- orgId: 1\n  name: g\n  rules: [{uid: a, data: []}]\n",
		"another resource": "apiVersion: v1\nkind: ConfigMap\ndata: {groups: a}\n", "groups of another kind": "groups: {a: b}\n",
	} {
		if b, err := ParseRules(name, []byte(text)); !errors.Is(err, ErrNoRules) {
			t.Errorf("%s: got %v, %v", name, b, err)
		}
	}
	if _, err := ParseRules("x", []byte("groups: [")); err == nil || errors.Is(err, ErrNoRules) {
		t.Errorf("broken YAML: got %v", err)
	}
}

func TestCompared(t *testing.T) {
	for expr, want := range map[string]string{
		`a > 5`:                                   `a`,
		`5 < a`:                                   `a`,
		`(a / b > .5) and on (x) b > 0`:           `(a / b) and on (x) b`,
		`a < on (x) group_left () b * .1`:         `a + on (x) group_left () b * 0.1`,
		`a unless b > 1`:                          `a`,
		`count(up == 0) > 1 or vector(1)`:         `count(up) or vector(1)`,
		`max_over_time((-a > 5)[1h:])`:            `max_over_time((-a)[1h:])`,
		`absent(up)`:                              `vector(1)`,
		`absent_over_time(up[5m]) or a >= bool 2`: `vector(1) or a >= bool 2`,
	} {
		tree, err := parse(expr)
		if err != nil {
			t.Fatal(err)
		}
		if got := compared(tree).String(); got != want {
			t.Errorf("%s: got %s, want %s", expr, got, want)
		}
	}
}

// Rules are evaluated on what was scraped, with what they record, whatever their
// order, and without the labels that only a server knows.
func TestRulesEvaluated(t *testing.T) {
	b := parsedRules(t, ruleGroup(`
  - alert: High
    expr: shelf:stock:double{job="shop", shelf="c"} > 9000
  - record: shelf:stock:double
    expr: 2 * sum by (shelf) (shop_stock:copy)
    labels: {team: web}
  - record: shop_stock:copy
    expr: shop_stock{cluster="eu"}
  - alert: Never
    expr: shop_stock{shelf="nowhere"} > 1
  - alert: Gone
    expr: absent(shop_stock)
  - record: nothing:x
    expr: shop_stock{shelf="nowhere"}
  - alert: Failing
    expr: shop_stock * on () shop_stock > 1
`))
	x := exposition(t, filepath.Join("testdata", "shop.txt"), 0)
	s, err := x.Schema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for strict, severity := range map[bool]Severity{false: SeverityUndecided, true: SeverityWarning} {
		r, err := Boards(t.Context(), x, []Board{b}, Options{Schema: s, Strict: strict})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]State{"alert High": OK, "record shelf:stock:double": OK, "record shop_stock:copy": OK,
			"alert Never": Empty, "alert Gone": OK, "record nothing:x": Empty, "alert Failing": Failed}
		if diff := cmp.Diff(want, states(r)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		found := map[string]Severity{}
		for _, f := range r.Findings {
			if f.State != OK {
				found[f.Panel+" "+f.Rule] = f.Severity
			}
		}
		wantFound := map[string]Severity{"alert Never alert-never": severity, "record nothing:x no-data": severity, "alert Failing evaluation": SeverityError}
		if diff := cmp.Diff(wantFound, found); diff != "" {
			t.Errorf("strict %v (-want +got):\n%s", strict, diff)
		}
	}
}

// server is a source that has one metric, and cannot record.
type server struct{ Source }

func (server) ScrapeInterval(context.Context) (time.Duration, error) { return 0, nil }

func (server) Range(_ context.Context, expr string, _, to time.Time, _ time.Duration) ([]Series, error) {
	switch expr {
	case "stock", "sum(stock)", "vector(1)":
		return []Series{{Points: []Point{{At: to, Value: 1}}}}, nil
	case "down":
		return nil, &UnreachableError{Address: "http://x", Err: io.EOF}
	}
	return nil, nil
}

func (server) LabelValues(context.Context, string, string, time.Time, time.Time) ([]string, error) {
	return []string{"shop", "stockroom"}, nil
}

// What a server does not record yet is no fault of who asks for it. A job that it
// does not have is one, other values may come.
func TestRulesNotRecordedYet(t *testing.T) {
	rules := parsedRules(t, ruleGroup("  - {record: 'stock:sum', expr: sum(stock)}\n  - {alert: A, expr: 'stock:sum > 1'}\n  - {alert: B, expr: 'absent(stock)'}\n  - {alert: C, expr: 'stock{job=\"shoq\"} > 1'}\n  - {alert: D, expr: 'stock{shelf=\"shoq\"} > 1'}\n"))
	board := Board{Title: "B", Panels: []Panel{{Title: "P", Targets: []Target{{RefID: "A", Expr: "stock:sum"}}}}}
	schema := ruleSchema(t)
	schema.scraped, schema.metrics["stock"].labels["job"] = false, 1 // as a server's
	r, err := Boards(t.Context(), server{}, []Board{rules, board}, Options{Schema: schema})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range r.Findings {
		got = append(got, fmt.Sprint(f.Severity, " ", f))
	}
	want := []string{
		"undecided r.yml:5: group g, alert A: was not evaluated: the server does not record stock:sum yet",
		`warning r.yml:7: group g, alert C: cannot fire: no series of stock has job="shoq"; did you mean shop?`,
		`undecided r.yml:8: group g, alert D: cannot fire: no series of stock has shelf="shoq"; did you mean shop?`,
		`undecided B: panel "P", query A: was not evaluated: the server does not record stock:sum yet`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	rules = parsedRules(t, ruleGroup("  - {alert: A, expr: down > 1}\n"))
	if _, err := Boards(t.Context(), server{}, []Board{rules}, Options{}); !unreachable(err) {
		t.Errorf("got %v", err)
	}
}

// An expression that is empty because of one value of a label says so, and which
// value there is.
func TestUnmatched(t *testing.T) {
	x := exposition(t, filepath.Join("testdata", "shop.txt"), 0)
	w := Options{}.window(x.interval)
	for expr, want := range map[string]string{
		`sum(rate(shop_requests_total{code="200"}[5m])) / sum(rate(shop_requests_total{code="501"}[5m]))`: `no series of shop_requests_total has code="501"; 500`,
		`shop_stock{shelf="nowhere"}`:              `no series of shop_stock has shelf="nowhere"; `,
		`shop_stock{shelf=~"nowhere", shelf!="c"}`: "; ",
		`shop_stock{shelf="c"} > 1e9`:              "; ",
		`shop_stocks{shelf="c"}`:                   "; ",
		`{__name__=~"shop_.+", shelf="nowhere"}`:   "; ",
		`shop_stock{shelf=""}`:                     "; ",
		`not promql`:                               "; ",
	} {
		if why := unmatched(t.Context(), x, expr, w); why.text+"; "+why.near != want {
			t.Errorf("%s: got %+v, want %s", expr, why, want)
		}
	}
	board := Board{Title: "B", Panels: []Panel{{Title: "P", Targets: []Target{{RefID: "A", Expr: `shop_requests_total{code="501"}`}}}}}
	r, err := Boards(t.Context(), x, []Board{board}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := `B: panel "P", query A: no data, now or before: no series of shop_requests_total has code="501": shop_requests_total{code="501"}; did you mean 500?`
	if len(r.Findings) != 1 || r.Findings[0].String() != want {
		t.Errorf("got %v\nwant %s", r.Findings, want)
	}
}
