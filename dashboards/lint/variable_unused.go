package lint

func variableUnused() Rule {
	return Rule{
		ID:   "variable-unused",
		What: "Every variable is used.",
		Why:  "A picker that changes nothing misleads: people read the panels as if they were filtered.",
		How:  "Use the variable in the queries, or remove it.",
		check: func(b *Board, report report) {
			used := b.used()
			for _, v := range b.variables {
				// Ad hoc filters apply to every query without being named.
				if v.name != "" && v.kind != "adhoc" && !used[v.name] {
					report(v.place(), "nothing uses it")
				}
			}
		},
	}
}

// used are the variables that any text of the dashboard names, a variable's own
// text not counted for itself.
func (b *Board) used() map[string]bool {
	used := map[string]bool{}
	for i, key := range b.root.keys {
		if key != "templating" {
			b.root.items[i].strings(func(n *node) { mentions(n.text, func(name string) { used[name] = true }) })
		}
	}
	for _, v := range b.variables {
		v.strings(func(n *node) {
			mentions(n.text, func(name string) { used[name] = used[name] || name != v.name })
		})
	}
	for _, p := range b.panels {
		used[p.get("repeat").str()] = true
	}
	return used
}
