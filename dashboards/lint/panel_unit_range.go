package lint

import "fmt"

func panelUnitRange() Rule {
	return Rule{
		ID:   "panel-unit-range",
		What: "The axis fits the unit: percentunit ends at 1, percent at 100.",
		Why:  "The two are mixed up easily: a share of 0.5 on an axis to 100 looks like nothing, and 50 on an axis to 1 is off the chart.",
		How:  "Set max to 1 for percentunit (0.0 to 1.0) and to 100 for percent (0 to 100), or the other unit.",
		check: func(b *Board, report report) {
			for _, p := range b.panels {
				defaults := p.get("fieldConfig", "defaults")
				n := defaults.get("max")
				highest, ok := n.number()
				unit := defaults.get("unit").str()
				if ok && (unit == "percentunit" && highest >= 10 || unit == "percent" && highest > 0 && highest <= 1) {
					report(p.place().at(n), fmt.Sprintf("its unit is %s and its axis ends at %v", unit, highest))
				}
			}
		},
	}
}
