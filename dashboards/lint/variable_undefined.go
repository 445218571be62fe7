package lint

import "strings"

func variableUndefined() Rule {
	return Rule{
		ID:   "variable-undefined",
		What: "Every variable that a query, a legend, a title, a repeat or a data source names is there.",
		Why:  "Grafana leaves the text as it is: $nmae in a matcher is then compared to a label's value, matches nothing, and the panel is empty without an error.", //nolint:misspell // on purpose
		How:  "Correct the name, or add the variable.",
		check: func(b *Board, report report) {
			look := func(at place, n *node) {
				mentions(n.str(), func(name string) {
					if b.variable(name) == nil && !strings.HasPrefix(name, "__") && b.inputs[name] == "" {
						report(at.at(n), "there is no variable "+name)
					}
				})
			}
			for _, p := range b.panels {
				look(p.place(), p.get("title"))
				look(p.place(), p.source.text())
				if name := p.get("repeat").str(); name != "" && b.variable(name) == nil {
					report(p.place().at(p.get("repeat")), "there is no variable "+name+" to repeat for")
				}
				for _, t := range p.targets {
					t.strings(func(n *node) { look(t.place(), n) })
				}
			}
			for _, v := range b.variables {
				look(v.place(), v.source.text())
				v.get("query").strings(func(n *node) { look(v.place(), n) })
			}
			for _, a := range b.annotations {
				a.strings(func(n *node) { look(b.place(), n) })
			}
		},
	}
}

// text is the node that names the source.
func (r reference) text() *node {
	if r.kind() == '{' {
		return r.get("uid")
	}
	return r.node
}
