package lint

import (
	"fmt"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

func targetMultiValue() Rule {
	return Rule{
		ID:   "target-multi-value",
		What: "A variable with several values is compared with =~ or !~.",
		Why:  "Grafana writes several values as (a|b), and = looks for a label with just that text: the panel is empty as soon as somebody picks two values or all.",
		How:  "Write label=~\"$variable\".",
		check: func(b *Board, report report) {
			for _, t := range b.promQueries() {
				t.promQL.selectors(func(s *parser.VectorSelector, _ []parser.Node) {
					for _, m := range s.LabelMatchers {
						if m.Type != labels.MatchEqual && m.Type != labels.MatchNotEqual {
							continue
						}
						mentions(m.Value, func(name string) {
							if v := b.variable(name); v != nil && v.several() {
								report(t.place().at(t.get("expr")), fmt.Sprintf("%s%s%q compares with one value, and variable %s can have several", m.Name, m.Type, m.Value, name))
							}
						})
					}
				})
			}
		},
	}
}

// several reports whether more than one value can be picked.
func (v *variable) several() bool {
	return v.get("multi").isTrue() || v.get("includeAll").isTrue()
}
