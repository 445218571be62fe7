package lint

import "strings"

func targetDuplicate() Rule {
	return Rule{
		ID:   "target-duplicate",
		What: "No two queries of a panel ask for the same; space aside.",
		Why:  "One of the two was meant to be something else, and the lines lie on top of each other so that nobody sees it.",
		How:  "Correct one, or remove it.",
		check: func(b *Board, report report) {
			type key struct {
				query           string
				instant, hidden bool
				source          string
			}
			for _, p := range b.panels {
				first := map[key]string{}
				for _, t := range p.targets {
					if t.expr == "" {
						continue
					}
					k := key{t.canonical(), t.get("instant").isTrue(), t.get("hide").isTrue(), t.source.id}
					if id, twice := first[k]; twice {
						report(t.place().at(t.get("expr")), "it asks for the same as query "+id)
						continue
					}
					first[k] = t.id
				}
			}
		},
	}
}

// canonical is the query without the space between its parts. Space in quotes
// stays.
func (t *target) canonical() string {
	var out strings.Builder
	for i := 0; i < len(t.expr); i++ {
		switch c := t.expr[i]; c {
		case ' ', '\t', '\n', '\r':
		case '"', '\'', '`':
			end := endOfQuote(t.expr, i)
			if end < 0 {
				end = len(t.expr)
			}
			out.WriteString(t.expr[i:end])
			i = end - 1
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}
