package lint

import "fmt"

func panelID() Rule {
	return Rule{
		ID:    "panel-id",
		What:  "Every panel has an id of its own.",
		Why:   "Links to a panel, alerts and panels that reuse another's data name the id; of two panels with one id, the wrong one is opened.",
		How:   "Number the panels. The fix gives the later ones new numbers and leaves the first alone.",
		Fixes: true,
		check: func(b *Board, report report) {
			taken := map[float64]bool{}
			for _, p := range b.panels {
				if id, ok := p.get("id").number(); ok {
					taken[id] = true
				}
			}
			free := 1.0
			seen := map[float64]string{}
			for _, p := range b.panels {
				id, ok := p.get("id").number()
				text := fmt.Sprintf("it has the id %v of panel %q", id, seen[id])
				if !ok || id <= 0 {
					text = "it has no id"
				} else if _, twice := seen[id]; !twice {
					seen[id] = p.name()
					continue
				}
				for taken[free] {
					free++
				}
				taken[free] = true
				report(p.place().at(p.get("id")), text, set(p.node, "id", free))
			}
		},
	}
}
