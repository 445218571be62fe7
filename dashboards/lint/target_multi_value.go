package lint

import (
	"fmt"
	"regexp"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

func targetMultiValue() Rule {
	return Rule{
		ID:    "target-multi-value",
		What:  "A variable with several values is compared with =~ or !~.",
		Why:   "Grafana writes several values as (a|b), and = looks for a label with just that text: the panel is empty as soon as somebody picks two values or all.",
		How:   "Write label=~\"$variable\". The fix does it where the variable is all of the value.",
		Fixes: true,
		check: func(b *Board, report report) {
			for _, t := range b.promQueries() {
				t.promQL.selectors(func(s *parser.VectorSelector, _ []parser.Node) {
					for _, m := range s.LabelMatchers {
						if m.Type != labels.MatchEqual && m.Type != labels.MatchNotEqual {
							continue
						}
						mentions(m.Value, func(name string) {
							if v := b.variable(name); v != nil && v.several() {
								report(t.place().at(t.get("expr")), fmt.Sprintf("%s%s%q compares with one value, and variable %s can have several", m.Name, m.Type, m.Value, name), t.asRegexp(m)...)
							}
						})
					}
				})
			}
		},
	}
}

// asRegexp makes a matcher one for regular expressions, everywhere in the query.
// A variable with several values is escaped for that by Grafana; other text
// beside it is not, and may mean something else then.
func (t *target) asRegexp(m *labels.Matcher) []edit {
	if only(m.Value) == "" {
		return nil
	}
	written := regexp.MustCompile(`\b(` + regexp.QuoteMeta(m.Name) + `\s*)(=|!=)(\s*["'` + "`]" + regexp.QuoteMeta(m.Value) + `["'` + "`])")
	operator := map[labels.MatchType]string{labels.MatchEqual: "=~", labels.MatchNotEqual: "!~"}[m.Type]
	expr := written.ReplaceAllStringFunc(t.expr, func(text string) string {
		parts := written.FindStringSubmatch(text)
		if parts[2] != m.Type.String() {
			return text
		}
		return parts[1] + operator + parts[3]
	})
	if expr == t.expr {
		return nil
	}
	return []edit{replace(t.get("expr"), expr)}
}

// several reports whether more than one value can be picked.
func (v *variable) several() bool {
	return v.get("multi").isTrue() || v.get("includeAll").isTrue()
}
