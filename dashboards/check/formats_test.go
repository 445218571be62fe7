package check

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// formatsReport has a finding of each severity, with all that can need escaping.
func formatsReport() Report {
	return Report{
		Rows: []Row{{Board: "A, 100%", Panel: "P", Answers: []Answer{{RefID: "A", Series: 2}}}},
		Findings: []Finding{
			{Board: "A, 100%", File: "dir/my board.json", FileLine: 7, Where: `panel "P", query A`, Panel: "P", RefID: "A", Line: 1, Column: 5, Rule: ruleMetric,
				Text: "there is no metric a\nb", Nearest: "ab", Expr: "sum(a)"},
			{Board: "A, 100%", File: "dir/my board.json", Where: `panel "P", query B`, Rule: ruleUnitRate, Severity: SeverityWarning, Text: "the unit is bytes", Fix: "use Bps"},
			{Board: "A, 100%", File: "dir/my board.json", Where: `panel "Q", query A`, Rule: ruleUnitRate, Severity: SeverityWarning, Text: "the unit is bytes", Fix: "use Bps"},
			{Board: "Live", Where: "variable x", Rule: ruleVariableQuery, Severity: SeverityUndecided, Text: "was not checked"},
		},
	}
}

func TestFormats(t *testing.T) {
	for _, format := range []string{"table", "json", "github", "sarif"} {
		t.Run(format, func(t *testing.T) {
			var out bytes.Buffer
			if err := formatsReport().WriteAs(&out, format); err != nil {
				t.Fatal(err)
			}
			golden(t, "format-"+format+".golden", out.Bytes())
		})
	}
	if err := (Report{}).WriteAs(&bytes.Buffer{}, "xml"); err == nil || KnownFormat("xml") {
		t.Error("xml passes for a format")
	}
}

// What the SARIF schema asks for and a Go struct does not see to by itself:
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, 3.27 and 3.49.
func TestSARIFIsWellFormed(t *testing.T) {
	var out bytes.Buffer
	if err := formatsReport().WriteAs(&out, "sarif"); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	d := json.NewDecoder(&out)
	d.DisallowUnknownFields()
	if err := d.Decode(&log); err != nil {
		t.Fatal(err)
	}
	rules, seen := log.Runs[0].Tool.Driver.Rules, map[string]bool{}
	for _, r := range rules {
		if seen[r.ID] {
			t.Errorf("rule %s twice: rules are a set", r.ID)
		}
		seen[r.ID] = true
	}
	for _, r := range log.Runs[0].Results {
		if r.RuleIndex < 0 || r.RuleIndex >= len(rules) || rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("%s has index %d", r.RuleID, r.RuleIndex)
		}
		for _, l := range r.Locations {
			if l.Physical != nil && (l.Physical.Region.StartLine < 1 || l.Physical.Artifact.URI != "dir/my%20board.json") {
				t.Errorf("location %+v", *l.Physical)
			}
		}
		if r.Level != "error" && r.Level != "warning" && r.Level != "note" {
			t.Errorf("level %q", r.Level)
		}
	}
	var empty bytes.Buffer
	if err := (Report{}).WriteAs(&empty, "sarif"); err != nil || !bytes.Contains(empty.Bytes(), []byte(`"results": []`)) {
		t.Errorf("no findings must be an empty list: %v %s", err, &empty)
	}
}

// sarifSchema is what OASIS published as sarif-schema-2.1.0.json, errata 01 of
// SARIF 2.1.0 (Copyright OASIS Open, which may be copied and implemented), taken
// from github.com/owenrumney/go-sarif v3.3.1 (Unlicense).
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(unpacked(t, filepath.Join("testdata", "sarif-schema-2.1.0.json.gz"))))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	const name = "sarif.json"
	if err := c.AddResource(name, document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestSARIFFollowsItsSchema(t *testing.T) {
	schema := sarifSchema(t)
	rules := parsedRules(t, ruleGroup("  - {alert: A, expr: 'rate(nothing[5m])', annotations: {a: '{{ $labels.x }}'}}\n  - {record: x, expr: 'sum('}\n---\n"))
	for name, report := range map[string]Report{
		"findings of all kinds": formatsReport(), "nothing": {}, "rules": {Findings: Static(ruleSchema(t), []Board{rules}, 0)},
	} {
		var out bytes.Buffer
		if err := report.WriteAs(&out, "sarif"); err != nil {
			t.Fatal(err)
		}
		for change, valid := range map[string]bool{"": true, `"version": "2.1.0"->"version": "2.0.0"`: false, `"results"->"result"`: false} {
			from, to, _ := strings.Cut(change, "->")
			log, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(out.String(), from, to, 1)))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(log); (err == nil) != valid {
				t.Errorf("%s, changed %q: %v", name, change, err)
			}
		}
	}
}
