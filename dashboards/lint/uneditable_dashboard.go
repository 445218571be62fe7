package lint

func uneditableDashboard() Rule {
	return Rule{
		ID:    "uneditable-dashboard",
		What:  "The dashboard cannot be edited in the browser.",
		Why:   "The file is the source of truth: what somebody changes in the browser is lost with the next deployment.",
		How:   "Set \"editable\": false.",
		Fixes: true,
		check: func(b *Board, report report) {
			// Grafana takes a dashboard that says nothing as editable.
			if n := b.root.get("editable"); n.kind() != 'f' {
				report(b.place().at(n), "it can be edited in the browser", set(b.root, "editable", false))
			}
		},
	}
}
