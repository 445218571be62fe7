package lint

// onTimeChange is Grafana's number for "on time range change".
const onTimeChange = 2

func templateOnTimeChangeReload() Rule {
	return Rule{
		ID:    "template-on-time-change-reload",
		What:  "A variable with a query is filled anew when the time range changes.",
		Why:   "Otherwise it keeps what there was when the page was opened: an instance that came later, or that was gone before, cannot be picked.",
		How:   "Set \"refresh\": 2.",
		Fixes: true,
		check: func(b *Board, report report) {
			for _, v := range b.variables {
				n := v.get("refresh")
				if refresh, _ := n.number(); v.kind == "query" && refresh != onTimeChange {
					report(v.place().at(n), "it is not filled anew when the time range changes", set(v.node, "refresh", onTimeChange))
				}
			}
		},
	}
}
