package lint

import (
	"fmt"
	"slices"
)

func panelStale() Rule {
	return Rule{
		ID:   "panel-stale",
		What: "A panel that shows one value without a sparkline asks for the value now, not for the last one in a range.",
		Why:  "The last value of a range is shown as if it were current: with six hours on the page, a service that died five hours ago still looks well. It also costs as much as a graph.",
		How:  "Set \"instant\": true and \"range\": false on the query, or show a sparkline, on which the gap is seen.",
		check: func(b *Board, report report) {
			for _, p := range b.dataPanels() {
				if !p.showsLast() {
					continue
				}
				for _, t := range p.targets {
					if t.promQL != nil && !t.get("instant").isTrue() {
						report(t.place(), fmt.Sprintf("the %s shows the last value of the time range, however old it is", p.kind))
					}
				}
			}
		},
	}
}

// showsLast reports whether the panel reduces to the last value and shows no
// course beside it.
func (p *panel) showsLast() bool {
	if !slices.Contains([]string{"stat", "gauge", "bargauge"}, p.kind) {
		return false
	}
	if p.kind == "stat" && p.get("options", "graphMode").str() != "none" {
		return false
	}
	for _, n := range p.get("options", "reduceOptions", "calcs").list() {
		if n.text == "lastNotNull" || n.text == "last" {
			return true
		}
	}
	return false
}
