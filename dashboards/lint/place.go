package lint

import (
	"fmt"
	"strings"
)

// place is where something is wrong: in a panel, in one of its queries, in a
// variable, or on the board as a whole.
type place struct {
	node                   *node
	panel, query, variable string
}

func (b *Board) place() place { return place{node: b.root} }

func (p *panel) place() place { return place{node: p.node, panel: p.name()} }

func (t *target) place() place {
	at := t.panel.place()
	at.node, at.query = t.node, t.id
	return at
}

func (v *variable) place() place { return place{node: v.node, variable: v.name} }

// at narrows the place to a value, if it is there.
func (p place) at(n *node) place {
	if n != nil {
		p.node = n
	}
	return p
}

// name is the panel's title, or its number if it has none.
func (p *panel) name() string {
	if p.title == "" {
		return "#" + string(p.get("id").literal())
	}
	return p.title
}

// literal is the value's own text.
func (n *node) literal() []byte {
	if n == nil {
		return []byte("?")
	}
	return n.raw
}

func describe(panel, query, variable string) string {
	var parts []string
	if panel != "" {
		parts = append(parts, fmt.Sprintf("panel %q", panel))
	}
	if query != "" {
		parts = append(parts, "query "+query)
	}
	if variable != "" {
		parts = append(parts, "variable "+variable)
	}
	if parts == nil {
		return "dashboard"
	}
	return strings.Join(parts, ", ")
}
