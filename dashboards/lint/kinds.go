package lint

import "slices"

// showsData reports whether a panel of that type draws the answers of queries.
// Plugins that are not part of Grafana are not judged.
func showsData(kind string) bool {
	return showsNumbers(kind) || slices.Contains([]string{
		"heatmap", "histogram", "logs", "nodeGraph", "state-timeline", "status-history", "traces", "xychart", "candlestick", "geomap",
	}, kind)
}

// showsNumbers reports whether the panel writes values, which need a unit.
func showsNumbers(kind string) bool {
	return slices.Contains([]string{
		"timeseries", "stat", "gauge", "bargauge", "barchart", "piechart", "table", "trend", "graph", "singlestat", "table-old",
	}, kind)
}

// dataPanels are the panels that draw the answers of queries. A library panel
// is only named here; its content is elsewhere.
func (b *Board) dataPanels() []*panel {
	var out []*panel
	for _, p := range b.panels {
		if showsData(p.kind) && p.get("libraryPanel") == nil {
			out = append(out, p)
		}
	}
	return out
}

// promQueries are all queries for Prometheus that parse.
func (b *Board) promQueries() []*target {
	var out []*target
	for _, p := range b.panels {
		for _, t := range p.targets {
			if t.promQL != nil && t.promQL.tree != nil {
				out = append(out, t)
			}
		}
	}
	return out
}
