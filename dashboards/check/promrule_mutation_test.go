package check

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/prometheus/promql/parser"
)

// mutations of a rule: each metric, label and label in a template is renamed.
func mutations(t *testing.T, r PromRule) (out []PromRule) {
	t.Helper()
	tree, err := parse(r.Expr)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	rename := func(name string) {
		word := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`)
		if at := word.FindStringIndex(r.Expr); at != nil && !seen[name] {
			seen[name] = true
			mutant := r
			mutant.Expr = r.Expr[:at[1]] + "x" + r.Expr[at[1]:]
			out = append(out, mutant)
		}
	}
	parser.Inspect(tree, func(n parser.Node, _ []parser.Node) error {
		switch n := n.(type) {
		case *parser.VectorSelector:
			rename(n.Name)
			for _, m := range n.LabelMatchers {
				rename(m.Name)
			}
		case *parser.AggregateExpr:
			for _, label := range n.Grouping {
				rename(label)
			}
		case *parser.BinaryExpr:
			if n.VectorMatching != nil {
				for _, label := range n.VectorMatching.MatchingLabels {
					rename(label)
				}
			}
		}
		return nil
	})
	for name, text := range r.Annotations {
		if mutant := r; strings.Contains(text, "$labels.") {
			mutant.Annotations = map[string]string{name: strings.Replace(text, "$labels.", "$labels.x", 1)}
			out = append(out, mutant)
		}
	}
	return out
}

// Every single mutation of the node exporter's rules is found, where the rule
// itself is in order.
func TestEveryMutationOfRulesIsFound(t *testing.T) {
	s, err := LoadSchema(t.Context(), publicFile("node-exporter.om"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := ParseRules("r.yml", unpacked(t, publicFile("node-mixin.yaml")))
	if err != nil {
		t.Fatal(err)
	}
	problems := func() (list []string) {
		for _, f := range Static(s, []Board{b}, 0) {
			if f.Severity != SeverityUndecided {
				list = append(list, f.Panel)
			}
		}
		return list
	}
	before, n := problems(), 0
	for i, r := range b.Rules {
		if slices.Contains(before, r.String()) {
			continue
		}
		for _, mutant := range mutations(t, r) {
			b.Rules[i] = mutant
			if n++; len(problems()) == len(before) {
				t.Errorf("%s: not found in %s %v", r, mutant.Expr, mutant.Annotations)
			}
			b.Rules[i] = r
		}
	}
	if t.Logf("%d mutations", n); n < 150 {
		t.Errorf("only %d mutations", n)
	}
}
