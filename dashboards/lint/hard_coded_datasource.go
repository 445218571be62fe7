package lint

import "fmt"

func hardCodedDatasource() Rule {
	return Rule{
		ID:    "hard-coded-datasource",
		What:  "Queries, variables and annotations follow the variable for the data source too, not only panels.",
		Why:   "A query that names its own source wins over its panel's: the picker says one source, the panel shows another, and on any other Grafana it shows nothing.",
		How:   "Set the \"uid\" to ${datasource}. The fix does so where one variable of that type is there and all fixed references are to the same source.",
		Fixes: true,
		check: func(b *Board, report report) {
			look := func(at place, r reference, who string) {
				if r.node == nil || r.id == "" || r.builtIn() || b.picked(r) {
					return
				}
				text, fix := b.hardCoded(r)
				report(at.at(r.node), who+text, fix...)
			}
			for _, p := range b.panels {
				for _, t := range p.targets {
					look(t.place(), t.source, "")
				}
			}
			for _, v := range b.variables {
				look(v.place(), v.source, "")
			}
			for _, a := range b.annotations {
				look(b.place(), a.source, fmt.Sprintf("annotation %q: ", a.name))
			}
		},
	}
}
