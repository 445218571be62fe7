package lint

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mutation is one of the two good dashboards with a text in it replaced. A want
// says what the rule has to find then; without one it must not find anything.
type mutation struct {
	rule, name string
	old, new   string
	want       string
}

func readTestdata(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func mustParse(t testing.TB, raw string) *Board {
	t.Helper()
	b, err := Parse([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func mustFind(t testing.TB, id string) Rule {
	t.Helper()
	r, err := Find(id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A good dashboard is free of problems; so it is a negative for every rule.
func TestGoodDashboards(t *testing.T) {
	for _, name := range []string{"good.json", "loki.json"} {
		for _, p := range (Config{}).Lint(mustParse(t, readTestdata(t, name))) {
			t.Errorf("%s: %v", name, p)
		}
	}
}

func allMutations() []mutation {
	var out []mutation
	for _, list := range [][]mutation{dashboardMutations, templateMutations, panelMutations, targetMutations} {
		out = append(out, list...)
	}
	return out
}

// apply makes the changed dashboard of whichever of the good ones has the text.
func (m mutation) apply(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"good.json", "loki.json"} {
		raw := readTestdata(t, name)
		if strings.Count(raw, m.old) == 1 {
			return strings.Replace(raw, m.old, m.new, 1)
		}
	}
	t.Fatalf("neither of the good dashboards has the text once: %s", m.old)
	return ""
}

func TestRules(t *testing.T) {
	for _, m := range allMutations() {
		t.Run(m.rule+"/"+m.name, func(t *testing.T) {
			found := mustFind(t, m.rule).Find(mustParse(t, m.apply(t)))
			var texts []string
			for _, p := range found {
				texts = append(texts, p.Where()+": "+p.Text)
			}
			got := strings.Join(texts, "\n")
			if m.want == "" && got != "" {
				t.Errorf("it is in order, but the rule says: %s", got)
			}
			if !strings.Contains(got, m.want) {
				t.Errorf("got  %q\nwant %q", got, m.want)
			}
		})
	}
}

// Every rule has both: something that it finds, and a change near to that which
// it lets pass.
func TestEveryRuleIsTested(t *testing.T) {
	positive, negative := map[string]bool{}, map[string]bool{}
	for _, m := range allMutations() {
		if m.want != "" {
			positive[m.rule] = true
		} else {
			negative[m.rule] = true
		}
	}
	for _, r := range Rules() {
		if !positive[r.ID] {
			t.Errorf("%s: no dashboard that it finds something in", r.ID)
		}
		if !negative[r.ID] {
			t.Errorf("%s: no dashboard that it lets pass", r.ID)
		}
	}
}

// A rule is in the file of its name, and says all that there is to say.
func TestEveryRuleHasAFileAndWords(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		name := strings.ReplaceAll(r.ID, "-", "_") + ".go"
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Errorf("%s: %v", r.ID, err)
		}
		if !strings.Contains(string(raw), `"`+r.ID+`"`) {
			t.Errorf("%s is not about %s", name, r.ID)
		}
		for _, text := range []string{r.What, r.Why, r.How} {
			if !strings.HasSuffix(text, ".") {
				t.Errorf("%s: %q is no sentence", r.ID, text)
			}
		}
		if seen[r.ID] {
			t.Errorf("%s is listed twice", r.ID)
		}
		seen[r.ID] = true
	}
}

// What says that it can be fixed is fixed: the rule is silent afterwards, no other
// rule has more to say, and there is nothing to do a second time.
func TestFixes(t *testing.T) {
	fixed := map[string]bool{}
	for _, m := range allMutations() {
		raw := m.apply(t)
		rule := mustFind(t, m.rule)
		fixable := 0
		for _, p := range rule.Find(mustParse(t, raw)) {
			if p.Fixable {
				fixable++
			}
		}
		if fixable == 0 {
			continue
		}
		fixed[m.rule] = true
		t.Run(m.rule+"/"+m.name, func(t *testing.T) { testFix(t, rule, raw) })
	}
	for _, r := range Rules() {
		if r.Fixes != fixed[r.ID] {
			t.Errorf("%s: says that it has a fix: %v; tests see one: %v", r.ID, r.Fixes, fixed[r.ID])
		}
	}
}

func testFix(t *testing.T, rule Rule, raw string) {
	before := (Config{}).Lint(mustParse(t, raw))
	after, done, err := (Config{}).Fix([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	if len(done) == 0 {
		t.Fatal("nothing is said to be done")
	}
	b := mustParse(t, string(after))
	for _, p := range rule.Find(b) {
		if p.Fixable {
			t.Errorf("still there: %v", p)
		}
	}
	// One edit may settle what two rules say.
	if left := (Config{}).Lint(b); len(left) > len(before)-len(done) {
		t.Errorf("%d problems, %d fixed, and there are %v", len(before), len(done), left)
	}
	again, more, err := (Config{}).Fix(after)
	if err != nil || len(more) > 0 || string(again) != string(after) {
		t.Errorf("a second time it does %v, %v", more, err)
	}
}
