package lint

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
)

// FuzzLint feeds anything: it is either refused or looked at, and a fix makes a
// dashboard that reads back, with nothing left to fix.
func FuzzLint(f *testing.F) {
	for _, name := range []string{"good.json", "loki.json"} {
		f.Add([]byte(readTestdata(f, name)))
	}
	for _, text := range []string{
		`{"panels":[{"targets":[{"expr":"rate(x[$a"}]}]}`,
		`{"panels":[1,null,{"type":"stat","id":"x","gridPos":[],"targets":{}}],"templating":[],"links":[{}]}`,
		`{"panels":[{"type":"row","panels":[{"id":1}]},{"id":1e400,"targets":[{"refId":""},{}]}]}`,
		`{"panels":[{"fieldConfig":{"defaults":{"thresholds":{"steps":[{"value":2},{"value":1},{}]}}}}]}`,
		`{"panels":[{"datasource":{"type":"loki"},"targets":[{"expr":"{a=\"b\"}[$"}]}]}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := Parse(raw)
		if err != nil {
			return
		}
		(Config{}).Lint(b)
		fixed, _, err := (Config{}).Fix(bytes.Clone(raw))
		if err != nil {
			t.Fatalf("it cannot be read any more: %v\n%s", err, fixed)
		}
		again, more, err := (Config{}).Fix(bytes.Clone(fixed))
		if err != nil || len(more) > 0 || !bytes.Equal(again, fixed) {
			t.Fatalf("a second time it does %v, %v\n%s", more, err, fixed)
		}
	})
}

// FuzzJSON reads what encoding/json reads, to the same values.
func FuzzJSON(f *testing.F) {
	f.Add([]byte(readTestdata(f, "good.json")))
	f.Add([]byte(` [ {"a\u0041\"": [ ] , "b":{}} , -1.5e3,true,null ,"\\" ] `))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var want any
		errWant := json.Unmarshal(raw, &want)
		n, err := parseJSON(raw)
		if (err == nil) != (errWant == nil) {
			t.Fatalf("got %v, want %v", err, errWant)
		}
		if err == nil && !reflect.DeepEqual(value(t, n), want) {
			t.Fatalf("got %v, want %v", value(t, n), want)
		}
	})
}

func value(t *testing.T, n *node) any {
	switch n.kind() {
	case '{':
		out := map[string]any{}
		for i, key := range n.keys {
			out[key] = value(t, n.items[i])
		}
		return out
	case '[':
		out := []any{}
		for _, item := range n.items {
			out = append(out, value(t, item))
		}
		return out
	case '"':
		return n.text
	}
	var out any
	if err := json.Unmarshal(n.raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// FuzzPromQL: whatever stands in for variables is as long as they are, so that
// positions stay right.
func FuzzPromQL(f *testing.F) {
	for _, text := range []string{
		`rate(x{a=~"$b"}[$__rate_interval])`, `sum by ($a) (x{$b}[${c}m] offset [[d]]) @ $e`, "`$a", `"\`, `${a:b}[$`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, numeric := range []bool{true, false} {
			if got := standIn(text, func(string) bool { return numeric }); len(got) != len(text) {
				t.Fatalf("%q became %q", text, got)
			}
		}
		q := parsePromQL(text, func(string) bool { return false })
		if (q.tree == nil) != (q.err != nil) {
			t.Fatalf("tree %v, error %v", q.tree, q.err)
		}
		parseLogQL(text, func(string) bool { return false }) //nolint:errcheck // it must not panic
	})
}
