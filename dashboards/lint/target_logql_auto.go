package lint

import "fmt"

func targetLogQLAuto() Rule {
	return Rule{
		ID:   "target-logql-auto",
		What: "Ranges in queries for Loki are [$__auto].",
		Why:  "It is the step of a range query and the whole time of an instant one; a fixed range skips lines when the step is longer and counts them twice when it is shorter.",
		How:  "Write [$__auto]. A deliberate fixed range needs an exception.",
		check: func(b *Board, report report) {
			for _, p := range b.panels {
				for _, t := range p.targets {
					if !t.logQL {
						continue
					}
					q, err := parseLogQL(t.expr, b.isNumeric)
					if err != nil {
						continue // target-logql says so
					}
					for _, r := range q.ranges {
						if only(r) != "__auto" {
							report(t.place().at(t.get("expr")), fmt.Sprintf("it looks over [%s], not [$__auto]", r))
						}
					}
				}
			}
		},
	}
}
