package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/check"
	"github.com/ginsight/ginsight/dashboards/query"
)

// The expositions of the real service after eight seconds of its load
// generator (with GOMEMLIMIT and service.version set, so that every metric and
// label is there), and of a Prometheus that scraped something.
var ownMetrics = []string{"testdata/service.om.gz", "testdata/prometheus.om.gz"}

// The same two with native histograms, which only protobuf can say.
var nativeMetrics = []string{"testdata/service-native.pb.gz", "testdata/prometheus-native.pb.gz"}

func ownSchema(t testing.TB) *check.Schema { return schemaOf(t, ownMetrics) }

func schemaOf(t testing.TB, files []string) *check.Schema {
	t.Helper()
	s, err := check.LoadSchema(t.Context(), files...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func findings(s *check.Schema, list ...check.Board) []check.Finding {
	return slices.DeleteFunc(check.Static(s, list, 0), func(f check.Finding) bool { return f.Severity == check.SeverityUndecided })
}

// No false alarm: nothing is found on our boards in either form, and nothing is
// undecided. Against the other form's metrics there is something to find.
func TestOwnBoardsAreFound(t *testing.T) {
	for form, files := range map[query.Form][]string{query.Classic: ownMetrics, query.Native: nativeMetrics} {
		list, err := boards.CheckedIn(form)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range check.Static(schemaOf(t, files), list, 0) {
			t.Errorf("%v form: %v: %v", form, f.Severity, f)
		}
	}
	list, err := boards.CheckedIn(query.Native)
	if err != nil {
		t.Fatal(err)
	}
	if len(check.Static(ownSchema(t), list, 0)) == 0 {
		t.Error("native queries pass on classic histograms")
	}
}

// mutation is one way to break a query.
type mutation struct{ name, from, to string }

// TestEveryMutationIsFound breaks one thing in one query at a time: each metric
// is renamed, each label is renamed, each unit is swapped for another kind's.
func TestEveryMutationIsFound(t *testing.T) {
	s := ownSchema(t)
	count := map[string]int{}
	list, err := boards.JSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range list {
		for i, mutated := range mutatedBoards(t, s, raw) {
			count[mutated.kind]++
			b, err := check.Parse(mutated.raw)
			if err != nil {
				t.Fatal(err)
			}
			if len(findings(s, b)) == 0 {
				t.Errorf("%s, mutation %d: %s is not found", b.Title, i, mutated.name)
			}
		}
	}
	t.Logf("mutations found: %v", count)
	if count["metric"] < 100 || count["label"] < 200 || count["unit"] < 50 {
		t.Errorf("only %v mutations: the generator has lost something", count)
	}
}

type mutated struct {
	kind, name string
	raw        []byte
}

func mutatedBoards(t *testing.T, s *check.Schema, raw []byte) []mutated {
	t.Helper()
	var out []mutated
	for _, field := range fields(t, raw) {
		for _, m := range field.mutations(s) {
			change := bytes.Clone(raw[:field.start])
			change = append(change, encode(t, m.to)...)
			change = append(change, raw[field.end:]...)
			out = append(out, mutated{field.kind(m), fmt.Sprintf("%s to %s in %s", m.name, m.to, m.from), change})
		}
	}
	return out
}

func encode(t *testing.T, s string) []byte {
	t.Helper()
	out, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// field is a text of the board's JSON: a query, a legend or a unit.
type field struct {
	key, text  string
	start, end int
}

// The fields whose texts are mutated. A unit is one of the panel's or that of an
// override.
var fieldPattern = regexp.MustCompile(`"(expr|legendFormat|query|unit)":\s*("(?:[^"\\]|\\.)*")|"id":\s*"unit",\s*"(value)":\s*("(?:[^"\\]|\\.)*")`)

func fields(t *testing.T, raw []byte) []field {
	t.Helper()
	var out []field
	for _, m := range fieldPattern.FindAllSubmatchIndex(raw, -1) {
		key, value := m[2:4], m[4:6]
		if m[2] < 0 {
			key, value = m[6:8], m[8:10]
		}
		f := field{key: string(raw[key[0]:key[1]]), start: value[0], end: value[1]}
		if err := json.Unmarshal(raw[value[0]:value[1]], &f.text); err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

func (f field) kind(m mutation) string {
	switch {
	case f.key == "unit" || f.key == "value":
		return "unit"
	case strings.HasPrefix(m.name, "metric"):
		return "metric"
	}
	return "label"
}

func (f field) mutations(s *check.Schema) []mutation {
	switch f.key {
	case "unit", "value":
		if swaps[f.text] == nil && f.text != "" {
			panic("no unit to swap " + f.text + " with: add one to swaps")
		}
		return f.units()
	case "legendFormat":
		return f.legends()
	}
	return f.names(s)
}

// swaps are units that a unit is mistaken for: another size of the same, and
// something else altogether.
var swaps = map[string][]string{
	"s": {"ms", "bytes"}, "bytes": {"s", "bits"}, "binBps": {"bytes", "s"}, "percentunit": {"percent", "s"}, "percent": {"percentunit", "bytes"},
	"reqps": {"s", "bytes"}, "ops": {"s", "bytes"}, "short": {"s", "bytes"}, "none": {"s", "bytes"}, "dateTimeAsIso": {"s", "bytes"}, "dateTimeFromNow": {"s", "bytes"},
}

func (f field) units() []mutation {
	var out []mutation
	for _, to := range swaps[f.text] {
		out = append(out, mutation{"unit", f.text, to})
	}
	return out
}

var legendLabel = regexp.MustCompile(`\{\{\w+\}\}`)

func (f field) legends() []mutation {
	var out []mutation
	for _, m := range legendLabel.FindAllStringIndex(f.text, -1) {
		out = append(out, mutation{"label of a legend", f.text, f.text[:m[1]-2] + "x" + f.text[m[1]-2:]})
	}
	return out
}

var nameInQuery = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|\$\{?\w+|[a-zA-Z_:][a-zA-Z0-9_:]*`)

// names renames every metric and every label, one occurrence at a time, by
// adding a letter, as a typing mistake does.
func (f field) names(s *check.Schema) []mutation {
	labels := map[string]bool{"job": true, "instance": true}
	for _, name := range s.Names() {
		m, _ := s.Metric(name)
		for _, l := range m.Labels() {
			labels[l] = true
		}
	}
	var out []mutation
	for _, at := range nameInQuery.FindAllStringIndex(f.text, -1) {
		word := f.text[at[0]:at[1]]
		to := f.text[:at[1]] + "x" + f.text[at[1]:]
		if _, ok := s.Metric(word); ok {
			out = append(out, mutation{"metric " + word, f.text, to})
		} else if labels[word] {
			out = append(out, mutation{"label " + word, f.text, to})
		}
	}
	return out
}
