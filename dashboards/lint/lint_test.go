package lint

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseRefuses(t *testing.T) {
	for _, tc := range []struct{ name, raw, want string }{
		{"no JSON", "{\n\"panels\": [}", "line 2"},
		{"empty", "", "no valid JSON"},
		{"something else", `{"name": "left-pad"}`, "it has no panels"},
		{"a list", `[]`, "it has no panels"},
		{"panels of another kind", `{"panels": {}}`, "it has no panels"},
		{"schema v2", `{"kind": "Dashboard", "spec": {"elements": {}, "title": "x"}}`, "export it in the classic format"},
		{"rows of another kind", `{"rows": 3}`, "it has no panels"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Parse([]byte(tc.raw))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
			if got, want := IsNoBoard(err), tc.want == "it has no panels"; got != want {
				t.Errorf("IsNoBoard is %v", got)
			}
		})
	}
}

// The board is found where the API and a resource have it, and lines are those of
// the whole file.
func TestParseUnwraps(t *testing.T) {
	good := readTestdata(t, "good.json")
	for _, key := range []string{"dashboard", "spec"} {
		raw := "{\"meta\": {},\n\"" + key + "\": " + strings.Replace(good, `"editable": false`, `"editable": true`, 1) + "}"
		found := (Config{}).Lint(mustParse(t, raw))
		if len(found) != 1 || found[0].Line != 7 {
			t.Errorf("%s: got %v", key, found)
		}
	}
}

// Panels in rows, as before Grafana 5, are looked at like others.
func TestParseReadsOldRows(t *testing.T) {
	b := mustParse(t, `{"rows": [{"title": "R", "panels": [{"id": 1, "title": "P", "type": "graph"}, {"id": 1, "title": "P", "type": "text"}]}, {"panels": [{"id": 2, "title": "P"}]}]}`)
	for rule, want := range map[string]int{"panel-grid": 0, "panel-id": 1, "panel-title-unique": 1, "panel-removed-type": 1} {
		if found := mustFind(t, rule).Find(b); len(found) != want {
			t.Errorf("%s: %v", rule, found)
		}
	}
}

// A fix leaves every other byte alone: order, space, escapes and numbers.
func TestFixKeepsTheRest(t *testing.T) {
	const before = "{ \"z\": 1e3,\r\n\t\"panels\" : [ ],  \"tags\":[\"\\u0061\"], \"schemaVersion\":42,\"uid\":\"x\", \"big\":12345678901234567890,\n\"templating\":{\"list\":[{\"name\":\"job\", \"type\":\"query\"}]} }\n"
	want := strings.Replace(before, "{ \"z\"", "{ \"editable\": false, \"z\"", 1)
	want = strings.Replace(want, `{"name"`, `{"refresh": 2,"name"`, 1)
	got, done, err := (Config{}).Fix([]byte(before))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" || len(done) != 2 {
		t.Errorf("%v\n%s", done, diff)
	}
}

// An operator becomes the one for regular expressions, and nothing near it changes.
func TestFixOfSeveralValues(t *testing.T) {
	const query = `stock_ratio{job != '$job', instance =\"${instance}\", zone=\"$zone\"} or x{job=\"$job\", not_job=\"$job\"}`
	const want = `stock_ratio{job !~ '$job', instance =~\"${instance}\", zone=\"$zone\"} or x{job=~\"$job\", not_job=~\"$job\"}`
	good := readTestdata(t, "good.json")
	raw := strings.Replace(good, `stock_ratio{job=~\"$job\", instance=~\"$instance\"}`, query, 1)
	got, done, err := (Config{}).Fix([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(got), want) || len(done) != 4 {
		t.Errorf("%d done:\n%s", len(done), cmp.Diff(raw, string(got)))
	}
}

// What is excepted is not repaired either.
func TestFixHonoursExceptions(t *testing.T) {
	raw := strings.Replace(readTestdata(t, "good.json"), `"editable": false`, `"editable": true`, 1)
	c := Config{Exceptions: []Exception{{Rule: "uneditable-dashboard", Reason: "x"}}}
	got, done, err := c.Fix([]byte(raw))
	if err != nil || len(done) > 0 || string(got) != raw {
		t.Errorf("it did %v, %v", done, err)
	}
}

// Several fixed sources cannot all become the one that is picked.
func TestFixOfSourcesNeedsCertainty(t *testing.T) {
	raw := readTestdata(t, "good.json")
	raw = strings.Replace(raw, ordersSource, orders(`"datasource": {"type": "prometheus", "uid": "abc"},`), 1)
	one := mustFind(t, "panel-datasource").Find(mustParse(t, raw))
	if len(one) != 1 || !one[0].Fixable {
		t.Errorf("one source: %+v", one)
	}
	raw = strings.Replace(raw, `"refId": "A", "datasource": {"type": "prometheus", "uid": "${datasource}"}`, `"refId": "A", "datasource": {"type": "prometheus", "uid": "def"}`, 1)
	two := mustFind(t, "panel-datasource").Find(mustParse(t, raw))
	if len(two) != 1 || two[0].Fixable {
		t.Errorf("two sources: %+v", two)
	}
}

func TestExceptions(t *testing.T) {
	raw := strings.Replace(readTestdata(t, "good.json"), `stock_ratio{job=~\"$job\", `, `stock_ratio{`, 1)
	b := mustParse(t, raw)
	for _, tc := range []struct {
		name   string
		except Exception
		left   int
		unused int
	}{
		{"all", Exception{}, 0, 0},
		{"dashboard by uid", Exception{Dashboard: "shop"}, 0, 0},
		{"dashboard by title", Exception{Dashboard: "Shop"}, 0, 0},
		{"panel, query and text", Exception{Panel: "Stock", Query: "A", Text: "stock_ratio"}, 0, 0},
		{"other dashboard", Exception{Dashboard: "other"}, 1, 0},
		{"other panel", Exception{Panel: "Orders"}, 1, 1},
		{"other query", Exception{Query: "B"}, 1, 1},
		{"other variable", Exception{Variable: "job"}, 1, 1},
		{"other text", Exception{Text: "orders"}, 1, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.except.Rule, tc.except.Reason = "target-job", "a reason"
			c := Config{Exceptions: []Exception{tc.except}}
			seen := c.Coverage()
			seen.See(b)
			if left, unused := c.Lint(b), seen.Unused(); len(left) != tc.left || len(unused) != tc.unused {
				t.Errorf("left %v, unused %v", left, unused)
			}
		})
	}
}

func TestParseConfig(t *testing.T) {
	for _, tc := range []struct{ name, raw, want string }{
		{"fine", "exceptions:\n- rule: panel-grid\n  reason: It is art.\n", ""},
		{"empty", "", ""},
		{"no reason", "exceptions:\n- rule: panel-grid\n  reason: ' '\n", "the exception of rule panel-grid has no reason"},
		{"no such rule", "exceptions:\n- rule: panel-gird\n  reason: x\n", `there is no rule "panel-gird"`},
		{"no such key", "exceptions:\n- rule: panel-grid\n  pannel: x\n  reason: x\n", "pannel"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := ParseConfig([]byte(tc.raw))
			if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
		})
	}
}

// The embedded list of units is Grafana's.
func TestUnitsAreCurrent(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/grafana/grafana-foundation-sdk/go/units").Output()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var want []string
	for _, name := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			for _, v := range spec.Values {
				if text, err := strconv.Unquote(v.(*ast.BasicLit).Value); err == nil {
					want = append(want, text)
				}
			}
			return true
		})
	}
	slices.Sort(want)
	want = slices.Compact(want)
	if diff := cmp.Diff(want, strings.Fields(unitList)); diff != "" {
		t.Errorf("units.txt is out of date (-want +got):\n%s", diff)
	}
}

// generated is a dashboard of n panels like the good one's, each with one thing
// wrong.
func generated(t testing.TB, n int) []byte {
	var board map[string]any
	if err := json.Unmarshal([]byte(readTestdata(t, "good.json")), &board); err != nil {
		t.Fatal(err)
	}
	var panels []any
	for i := range n {
		panels = append(panels, map[string]any{
			"id": i + 1, "type": "timeseries", "title": fmt.Sprint("Panel ", i), "description": "short",
			"gridPos":     map[string]any{"x": i % 2 * 12, "y": i / 2 * 8, "w": 12, "h": 8},
			"datasource":  map[string]any{"type": "prometheus", "uid": "${datasource}"},
			"fieldConfig": map[string]any{"defaults": map[string]any{"unit": "reqps"}},
			"targets": []any{map[string]any{"refId": "A", "expr": fmt.Sprintf(
				`sum by (zone) (rate(orders_%d_total{job=~"$job", instance=~"$instance", zone="$zone"}[$__rate_interval]))`, i)}},
		})
	}
	board["panels"] = panels
	raw, err := json.Marshal(board)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// A thousand dashboards each say what they have to say, no more, no less.
func TestThousandDashboards(t *testing.T) {
	raw := generated(t, 2)
	for i := range 1000 {
		b, err := Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		// Two short descriptions and the variable n, which nothing uses any more.
		if found := (Config{}).Lint(b); len(found) != 3 {
			t.Fatalf("dashboard %d: %d problems: %v", i, len(found), found)
		}
	}
}

// Ten times the panels cost ten times the work, counted in allocations since time
// depends on the machine.
func TestCostIsLinear(t *testing.T) {
	work := func(n int) float64 {
		raw := generated(t, n)
		return testing.AllocsPerRun(1, func() {
			b, err := Parse(raw)
			if err != nil {
				t.Fatal(err)
			}
			(Config{}).Lint(b)
		})
	}
	if few, many := work(20), work(200); many > 11*few {
		t.Errorf("20 panels cost %v allocations, 200 cost %v", few, many)
	}
}

// BenchmarkLint is a board of that many panels, read and looked at by every rule.
func BenchmarkLint(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		raw := generated(b, n)
		b.Run(fmt.Sprint(n, "panels"), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				board, err := Parse(raw)
				if err != nil {
					b.Fatal(err)
				}
				(Config{}).Lint(board)
			}
		})
	}
}

func TestWriteFails(t *testing.T) {
	results := []Result{{Title: "x", Problems: []Problem{{Rule: "panel-grid"}}}}
	for _, format := range Formats() {
		if err := Write(broken{}, format, results); !errors.Is(err, errBroken) {
			t.Errorf("%s: got %v", format, err)
		}
	}
	if err := Write(broken{}, "xml", results); err == nil || !strings.Contains(err.Error(), "table, json, github") {
		t.Errorf("got %v", err)
	}
}

var errBroken = errors.New("broken pipe")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }
