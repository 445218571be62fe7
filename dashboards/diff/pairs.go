package diff

// PanelChange is a panel that is not as it was, by its ids on the old and the new
// board; 0 is where it is not.
type PanelChange struct {
	Kind     Kind
	Old, New int64
}

// Panels lists the panels that differ between two boards, rows left out, in the
// order of the new page and then those that are gone. It finds what [Compare]
// words.
func Panels(old, new map[string]any) []PanelChange {
	a, b := normal(old), normal(new)
	was := match(a.panels, b.panels)
	var out []PanelChange
	kept := map[*panel]bool{}
	for _, p := range b.panels {
		before := was[p]
		kept[before] = true
		switch {
		case p.isRow():
		case before == nil:
			out = append(out, PanelChange{Kind: Added, New: int64(p.id)})
		default:
			if kind := difference(before, p, was); kind != "" {
				out = append(out, PanelChange{kind, int64(before.id), int64(p.id)})
			}
		}
	}
	for _, p := range a.panels {
		if !kept[p] && !p.isRow() {
			out = append(out, PanelChange{Kind: Removed, Old: int64(p.id)})
		}
	}
	return out
}

// difference is Moved if a panel is otherwise as it was, "" if all is.
func difference(before, after *panel, was map[*panel]*panel) Kind {
	var c comparison
	c.panel("", before, after, was)
	kind := Kind("")
	for _, change := range c.changes {
		if change.Kind != Moved {
			return Changed
		}
		kind = Moved
	}
	return kind
}
