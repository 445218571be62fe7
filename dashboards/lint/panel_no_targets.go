package lint

func panelNoTargets() Rule {
	return Rule{
		ID:   "panel-no-targets",
		What: "Every panel with data has a query.",
		Why:  "A panel without one shows \"No data\" for ever, and people learn to ignore it.",
		How:  "Add a query, or remove the panel.",
		check: func(b *Board, report report) {
			for _, p := range b.dataPanels() {
				if len(p.targets) == 0 {
					report(p.place(), "it has no query")
				}
			}
		},
	}
}
