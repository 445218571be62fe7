package importer_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/importer"
	"github.com/ginsight/ginsight/dashboards/query"
)

// foreign are dashboards that others could have made.
func foreign(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(f), ".json")] = raw
	}
	return out
}

// run compiles the files of a package boards and returns the JSON that each of
// the boards, by the name of its function, generates.
func run(t *testing.T, files map[string][]byte, functions []string) map[string]json.RawMessage {
	t.Helper()
	var main strings.Builder
	main.WriteString("package main\n\nimport (\n\"encoding/json\"\n\"os\"\n\n\"github.com/ginsight/ginsight/dashboards/importer/imported/boards\"\n\"github.com/ginsight/ginsight/dashboards/panels\"\n)\n\nfunc main() {\nout := map[string]json.RawMessage{}\nfor name, b := range map[string]panels.Board{\n")
	for _, f := range functions {
		main.WriteString("\"" + f + "\": boards." + f + "(),\n")
	}
	main.WriteString("} {\nraw, err := b.JSON()\nif err != nil {\npanic(err)\n}\nout[name] = raw\n}\njson.NewEncoder(os.Stdout).Encode(out)\n}\n")

	// An overlay puts the files into the module for this one command.
	dir := t.TempDir()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	overlay := map[string]string{}
	add := func(name string, body []byte) {
		file := filepath.Join(dir, strings.ReplaceAll(name, "/", "_"))
		if err := os.WriteFile(file, body, 0o644); err != nil {
			t.Fatal(err)
		}
		overlay[filepath.Join(here, "imported", filepath.FromSlash(name))] = file
	}
	add("main.go", []byte(main.String()))
	for name, body := range files {
		add("boards/"+name+".go", body)
	}
	config, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "overlay.json"), config, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "run", "-overlay", filepath.Join(dir, "overlay.json"), "./imported")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("the imported boards do not run: %v\n%s", err, stderr.String())
	}
	var boards map[string]json.RawMessage
	if err := json.Unmarshal(out, &boards); err != nil {
		t.Fatal(err)
	}
	return boards
}

// The generated code of all imports compiles in one package. Ours generate the
// bytes that they were made of, and foreign ones keep every query.
func TestImportsGenerateWhatTheyWereMadeOf(t *testing.T) {
	files := map[string][]byte{}
	var functions []string
	taken := map[string]bool{}
	add := func(name string, raw []byte) importer.Result {
		r, err := importer.Import(raw, importer.Options{Taken: taken})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		files[r.Board] = r.Source
		functions = append(functions, r.Board)
		if err := importer.Declared(r.Source, taken); err != nil {
			t.Fatal(err)
		}
		return r
	}
	ours := map[string]json.RawMessage{}
	for _, b := range append(boards.All(), boards.In(query.Native)...) {
		raw, err := b.JSON()
		if err != nil {
			t.Fatal(err)
		}
		r := add(b.UID, raw)
		ours[r.Board] = raw
		if r.Raw > 0 || r.Patched > 0 {
			t.Errorf("%s: %d queries are raw and %d panels patched, though all of them were written in our own words: teach the importer the new ones", b.UID, r.Raw, r.Patched)
		}
		if !strings.Contains(string(r.Source), `Tags: []string{"deployment"}`) || strings.Contains(string(r.Source), `"annotations":`) {
			t.Errorf("%s: the annotations are patched:\n%s", b.UID, r.Source)
		}
		if len(r.Notes) > 0 {
			t.Errorf("%s: something is lost: %v", b.UID, r.Notes)
		}
	}
	theirs := map[string][]byte{}
	others := foreign(t)
	for _, name := range slices.Sorted(maps.Keys(others)) {
		r := add(name, others[name])
		theirs[r.Board] = others[name]
	}
	generated := run(t, files, functions)
	for name, want := range ours {
		// Decoding compacts the message; the canonical form is the same.
		var got, expected any
		if err := json.Unmarshal(generated[name], &got); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(want, &expected); err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(expected, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for name, raw := range theirs {
		want, got := look(t, raw), look(t, generated[name])
		if name == "Rows" {
			want = rowsLaidOut
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// rowsLaidOut is rows.json, whose rows and spans Grafana would lay out like this.
var rowsLaidOut = []seen{
	{Type: "row", Title: "One", W: 24, H: 1},
	{Type: "timeseries", Title: "A", Unit: "short", Queries: []string{"sum(up) as "}, W: 12, H: 7},
	{Type: "timeseries", Title: "B", Unit: "s", Queries: []string{"up as {{job}}"}, W: 12, H: 7},
	{Type: "table", Title: "C", Queries: []string{"up as "}, W: 24, H: 14},
	{Type: "row", Title: "Two", W: 24, H: 1},
	{Type: "stat", Title: "D", Unit: "none", Queries: []string{"count(up) as "}, W: 8, H: 7},
}

// What the code looks like.
func TestGoldens(t *testing.T) {
	for name, raw := range foreign(t) {
		r, err := importer.Import(raw, importer.Options{})
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name+".golden", r.Source)
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if flag.Lookup("update").Value.String() == "true" { // names_test.go has it
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("run with -update if this is meant (-want +got):\n%s", diff)
	}
}

// seen is what a user sees of a panel, wherever it is on the page.
type seen struct {
	Type, Title, Unit string
	Queries           []string
	W, H              int
}

// look reads a dashboard without the importer: its panels in reading order, the
// queries in canonical form.
func look(t *testing.T, raw []byte) []seen {
	t.Helper()
	type jsonPanel struct {
		Type, Title string
		Collapsed   bool
		GridPos     struct{ X, Y, W, H int }
		FieldConfig struct{ Defaults struct{ Unit string } }
		YAxes       []struct{ Format string }
		Format      string
		Targets     []struct{ Expr, LegendFormat string }
		Panels      []json.RawMessage
	}
	var board struct{ Panels []json.RawMessage }
	if err := json.Unmarshal(raw, &board); err != nil {
		t.Fatal(err)
	}
	replacer := strings.NewReplacer("$ds", "$datasource", "${DS_PROM}", "${datasource}")
	modernType := map[string]string{"graph": "timeseries", "singlestat": "stat"}
	var walk func([]json.RawMessage) []seen
	walk = func(list []json.RawMessage) []seen {
		var panels []jsonPanel
		for _, r := range list {
			var p jsonPanel
			if err := json.Unmarshal(r, &p); err != nil {
				t.Fatal(err)
			}
			panels = append(panels, p)
		}
		slices.SortStableFunc(panels, func(a, b jsonPanel) int {
			return cmp.Or(cmp.Compare(a.GridPos.Y, b.GridPos.Y), cmp.Compare(a.GridPos.X, b.GridPos.X))
		})
		var out []seen
		for _, p := range panels {
			s := seen{Type: cmp.Or(modernType[p.Type], p.Type), Title: p.Title, Unit: p.FieldConfig.Defaults.Unit, W: min(p.GridPos.W, 24), H: p.GridPos.H}
			if len(p.YAxes) > 0 {
				s.Unit = p.YAxes[0].Format
			}
			s.Unit = cmp.Or(s.Unit, p.Format)
			if p.Type == "row" {
				s.Title = cmp.Or(p.Title, "Row")
			}
			for _, q := range p.Targets {
				text, err := query.Raw(q.Expr).PromQL()
				if err != nil {
					text = q.Expr
				}
				s.Queries = append(s.Queries, replacer.Replace(text)+" as "+q.LegendFormat)
			}
			out = append(append(out, s), walk(p.Panels)...)
		}
		return out
	}
	return walk(board.Panels)
}

func TestImportRefuses(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"no JSON", `{`, "parse dashboard"},
		{"a list", `[]`, "parse dashboard"},
		{"something else", `{"a":1}`, "is it a dashboard?"},
		{"schema v2", `{"apiVersion":"dashboard.grafana.app/v2beta1","spec":{}}`, "export it in the classic format"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := importer.Import([]byte(tc.in), importer.Options{})
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q in it", err, tc.want)
			}
		})
	}
}

// The same dashboard, however it comes.
func TestEnvelopes(t *testing.T) {
	plain := `{"uid":"u","title":"T","panels":[],"schemaVersion":42}`
	want, err := importer.Import([]byte(plain), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]string{
		"an answer of the API": `{"meta":{"version":3},"dashboard":` + strings.Replace(plain, `{`, `{"id":7,"version":3,`, 1) + `}`,
		"a resource":           `{"apiVersion":"dashboard.grafana.app/v1beta1","kind":"Dashboard","metadata":{"name":"u"},"spec":{"title":"T","panels":[],"schemaVersion":42}}`,
	} {
		got, err := importer.Import([]byte(in), importer.Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := gocmp.Diff(string(want.Source), string(got.Source)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Whatever comes in, what comes out is Go.
func FuzzImport(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte(`{"panels":[{"type":"row"},{"type":"table","targets":[{"expr":"up"}],"transformations":[{"id":"merge"},{"id":"organize"}]}],"templating":{"list":[{"name":"*/"}]}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := importer.Import(raw, importer.Options{})
		if err != nil {
			return
		}
		if err := importer.Declared(r.Source, map[string]bool{}); err != nil {
			t.Fatalf("%v\n%s", err, r.Source)
		}
	})
}
