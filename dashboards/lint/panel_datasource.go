package lint

func panelDatasource() Rule {
	return Rule{
		ID:    "panel-datasource",
		What:  "Every panel with queries follows the variable for the data source.",
		Why:   "A fixed uid exists on one Grafana only; a panel that names nothing follows the default source, which somebody changes one day.",
		How:   "Set the panel's datasource to {\"type\": \"prometheus\", \"uid\": \"${datasource}\"}. The fix does so where one variable of that type is there and all fixed references are to the same source.",
		Fixes: true,
		check: func(b *Board, report report) {
			for _, p := range b.dataPanels() {
				if p.source.builtIn() || b.picked(p.source) || p.delegates() {
					continue
				}
				text, fix := b.hardCoded(p.source)
				report(p.place().at(p.source.node), text, fix...)
			}
		},
	}
}

// delegates reports whether the panel leaves it to each of its queries to name a
// source.
func (p *panel) delegates() bool {
	if p.source.node != nil || len(p.targets) == 0 {
		return false
	}
	for _, t := range p.targets {
		if t.source.id == "" {
			return false
		}
	}
	return true
}
