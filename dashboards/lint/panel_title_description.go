package lint

import "strings"

func panelTitleDescription() Rule {
	return Rule{
		ID:   "panel-title-description",
		What: "Every panel with data has a title and a description.",
		Why:  "The person who reads it at night did not write it.",
		How:  "Say in the title what is shown, and in the description how to read it.",
		check: func(b *Board, report report) {
			for _, p := range b.dataPanels() {
				for _, key := range []string{"title", "description"} {
					if strings.TrimSpace(p.get(key).str()) == "" {
						report(p.place().at(p.get(key)), "it has no "+key)
					}
				}
			}
		},
	}
}
