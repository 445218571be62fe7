package lint

import "fmt"

func panelTitleUnique() Rule {
	return Rule{
		ID:   "panel-title-unique",
		What: "No two panels of a row have the same title.",
		Why:  "In a message, in a screenshot and in a report of this tool, a panel is known by its title.",
		How:  "Say in the title how the panels differ.",
		check: func(b *Board, report report) {
			type key struct {
				row   int
				title string
			}
			seen := map[key]bool{}
			for _, p := range b.panels {
				if p.kind == "row" || p.title == "" {
					continue
				}
				k := key{p.inRow, p.title}
				if seen[k] {
					row := "above the first row"
					if p.inRow > 0 {
						row = fmt.Sprintf("in row %q", p.row)
					}
					report(p.place().at(p.get("title")), "another panel "+row+" has the same title")
				}
				seen[k] = true
			}
		},
	}
}
