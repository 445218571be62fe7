package lint

import "fmt"

func targetRefID() Rule {
	return Rule{
		ID:    "target-ref-id",
		What:  "Every query of a panel has a refId of its own.",
		Why:   "Grafana matches answers to queries by it: of two with one refId, one is not shown.",
		How:   "Name them A, B, C and so on. The fix does so where none is given; of two that are equal, a person has to say which one others refer to.",
		Fixes: true,
		check: func(b *Board, report report) {
			for _, p := range b.panels {
				taken := map[string]bool{}
				for _, t := range p.targets {
					taken[t.id] = true
				}
				seen := map[string]bool{}
				for _, t := range p.targets {
					at := t.place().at(t.get("refId"))
					if t.id == "" {
						id := freeID(taken)
						taken[id] = true
						report(at, "a query has no refId", set(t.node, "refId", id))
					} else if seen[t.id] {
						report(at, fmt.Sprintf("another query has the refId %s too", t.id))
					}
					seen[t.id] = true
				}
			}
		},
	}
}

// freeID is the first of A to Z, A1 to Z1 and so on that is not taken.
func freeID(taken map[string]bool) string {
	for i := 0; ; i++ {
		id := string(rune('A' + i%26))
		if i >= 26 {
			id += fmt.Sprint(i / 26)
		}
		if !taken[id] {
			return id
		}
	}
}
