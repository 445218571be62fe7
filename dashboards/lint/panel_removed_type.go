package lint

import "fmt"

func panelRemovedType() Rule {
	successor := map[string]string{
		"graph": "timeseries", "singlestat": "stat", "table-old": "table", "grafana-singlestat-panel": "stat",
		"grafana-piechart-panel": "piechart", "grafana-worldmap-panel": "geomap", "natel-discrete-panel": "state-timeline",
	}
	return Rule{
		ID:   "panel-removed-type",
		What: "No panel is of a type that Grafana has removed: graph, singlestat, the old table, and the Angular plugins.",
		Why:  "Since Grafana 12 they are replaced by a guess when the dashboard is opened, or not shown at all.",
		How:  "Open the dashboard in Grafana 11 or later, check what became of the panel, and save.",
		check: func(b *Board, report report) {
			for _, p := range b.panels {
				if now := successor[p.kind]; now != "" {
					report(p.place().at(p.get("type")), fmt.Sprintf("its type %s was removed from Grafana: %s took its place", p.kind, now))
				}
			}
		},
	}
}
