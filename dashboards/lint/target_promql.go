package lint

func targetPromQL() Rule {
	return Rule{
		ID:   "target-promql",
		What: "Every query for Prometheus parses.",
		Why:  "One that does not shows an error, or in an alert rule nothing at all.",
		How:  "Correct the query at the position in the message.",
		check: func(b *Board, report report) {
			for _, p := range b.panels {
				for _, t := range p.targets {
					if t.promQL != nil && t.promQL.err != nil {
						report(t.place().at(t.get("expr")), t.promQL.err.Error())
					}
				}
			}
		},
	}
}
