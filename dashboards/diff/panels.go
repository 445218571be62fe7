package diff

import (
	"fmt"
	"strconv"
	"strings"
)

// panels compares the panels of two boards, in the order of the new page.
func (c *comparison) panels(old, new []*panel) {
	was := match(old, new)
	kept := map[*panel]bool{}
	for _, before := range was {
		kept[before] = true
	}
	label := labels(new)
	for _, p := range new {
		if before := was[p]; before != nil {
			c.panel(label(p), before, p, was)
			continue
		}
		c.add(Change{Kind: Added, Of: label(p), New: p.summary()})
	}
	label = labels(old)
	for _, p := range old {
		if !kept[p] {
			c.add(Change{Kind: Removed, Of: label(p), Old: p.summary()})
		}
	}
	c.rowOrder(old, new, was)
}

func (c *comparison) panel(of string, old, new *panel, was map[*panel]*panel) {
	for _, field := range []struct{ name, old, new string }{
		{"title", old.title, new.title},
		{"type", old.kind, new.kind},
		{"id", number(old.id), number(new.id)},
		{"size", old.size(), new.size()},
	} {
		if field.old != field.new {
			c.add(Change{Kind: Changed, Of: of, Field: field.name, Old: field.old, New: field.new})
		}
	}
	if before, after := old.row, new.row; !new.isRow() {
		switch {
		case before != was[after]:
			c.add(Change{Kind: Moved, Of: of, Field: "row", Old: before.name(), New: after.name()})
		case old.place() != new.place():
			c.add(Change{Kind: Moved, Of: of, Field: "place", Old: old.place(), New: new.place()})
		}
	}
	c.walk(of, "", nil, old.fields, new.fields)
	c.walkList(of, "query", old.queries, new.queries, false)
	c.walkList(of, "override", old.overrides, new.overrides, false)
	c.walkList(of, "transformation", old.steps, new.steps, false)
	c.walkList(of, "link", old.links, new.links, true)
}

// rowOrder tells of rows that both boards have in another order.
func (c *comparison) rowOrder(old, new []*panel, was map[*panel]*panel) {
	is := map[*panel]*panel{}
	for after, before := range was {
		is[before] = after
	}
	var a, b keyed
	for _, p := range old {
		if p.isRow() && is[p] != nil {
			a.add(is[p].title, true)
		}
	}
	for _, p := range new {
		if p.isRow() && was[p] != nil {
			b.add(p.title, true)
		}
	}
	c.order("", "row", a, b)
}

// match finds for the new panels the old ones that they come from. A panel keeps
// its id in Grafana, and its title in code, where the id is derived from it.
func match(old, new []*panel) map[*panel]*panel {
	was, taken := map[*panel]*panel{}, map[*panel]bool{}
	for _, key := range []func(*panel) string{
		func(p *panel) string { return number(p.id) },
		func(p *panel) string { return p.row.name() + "\x00" + p.title },
		func(p *panel) string { return p.title },
		func(p *panel) string { return p.queriesKey() },
	} {
		free := map[string][]*panel{}
		for _, p := range old {
			if k := key(p); !taken[p] && k != "" {
				k = strconv.FormatBool(p.isRow()) + k
				free[k] = append(free[k], p)
			}
		}
		for _, p := range new {
			k := strconv.FormatBool(p.isRow()) + key(p)
			if was[p] != nil || len(free[k]) == 0 {
				continue
			}
			was[p], taken[free[k][0]] = free[k][0], true
			free[k] = free[k][1:]
		}
	}
	matchRows(new, was, taken)
	return was
}

// matchRows finds renamed rows by the panels in them.
func matchRows(new []*panel, was map[*panel]*panel, taken map[*panel]bool) {
	for _, p := range new {
		before := was[p]
		if before == nil || p.row == nil || before.row == nil || was[p.row] != nil || taken[before.row] {
			continue
		}
		was[p.row], taken[before.row] = before.row, true
	}
}

// queriesKey tells panels with queries by what they ask.
func (p *panel) queriesKey() string {
	if len(p.queries.names) == 0 {
		return ""
	}
	return p.kind + "\x00" + word(p.queries.items)
}

func (p *panel) name() string {
	if p == nil {
		return ""
	}
	return p.title
}

func (p *panel) summary() string {
	if p.isRow() {
		return ""
	}
	text := p.kind + ", " + p.size()
	if p.row != nil {
		text += " in row " + quote(p.row.title)
	}
	return text
}

// labels returns a function that names panels, by their id too where the title
// alone would not do.
func labels(all []*panel) func(*panel) string {
	count := map[string]int{}
	for _, p := range all {
		count[p.title]++
	}
	return func(p *panel) string {
		noun := "panel"
		if p.isRow() {
			noun = "row"
		}
		if p.title != "" && (count[p.title] == 1 || p.isRow()) {
			return noun + " " + quote(p.title)
		}
		return fmt.Sprintf("%s %s (id %s)", noun, quote(p.title), number(p.id))
	}
}

func number(f float64) string {
	if f == 0 {
		return ""
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func plural(noun string) string {
	if stem, y := strings.CutSuffix(noun, "y"); y {
		return stem + "ies"
	}
	return noun + "s"
}
