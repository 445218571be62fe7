package lint

import "fmt"

func annotationQuery() Rule {
	return Rule{
		ID:   "annotation-query",
		What: "Every annotation names its data source, and one for Prometheus has a query that parses.",
		Why:  "An annotation that fails shows nothing, which reads as \"nothing happened\".",
		How:  "Give the annotation a data source, and correct its query.",
		check: func(b *Board, report report) {
			for _, a := range b.annotations {
				at := b.place().at(a.node)
				if a.source.node == nil {
					report(at, fmt.Sprintf("annotation %q names no data source", a.name))
				}
				expr := a.get("expr").str()
				if expr == "" || b.plugin(a.source) != "prometheus" {
					continue
				}
				if q := parsePromQL(expr, b.isNumeric); q.err != nil {
					report(at.at(a.get("expr")), fmt.Sprintf("annotation %q: %v", a.name, q.err))
				}
			}
		},
	}
}
