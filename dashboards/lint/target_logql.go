package lint

func targetLogQL() Rule {
	return Rule{
		ID:   "target-logql",
		What: "Every query for Loki is well formed: quotes and brackets close, ranges are durations, and there is a stream selector with a matcher that is not empty.",
		Why:  "One that is not shows an error instead of the logs.",
		How:  "Correct the query at the position in the message. Names of functions and stages are not looked at.",
		check: func(b *Board, report report) {
			for _, p := range b.panels {
				for _, t := range p.targets {
					if !t.logQL {
						continue
					}
					if _, err := parseLogQL(t.expr, b.isNumeric); err != nil {
						report(t.place().at(t.get("expr")), err.Error())
					}
				}
			}
		},
	}
}
