package diff

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
)

// Kind says what happened to a part of a board.
type Kind string

// The kinds of changes.
const (
	Added   Kind = "added"
	Removed Kind = "removed"
	Changed Kind = "changed"
	Moved   Kind = "moved" // to another place or order, otherwise as it was
)

// Change is one difference between two boards.
type Change struct {
	Kind Kind `json:"kind"`
	// Of is what it is a change of, such as panel "Error ratio"; empty for the
	// board itself.
	Of string `json:"of,omitempty"`
	// Part narrows it down, such as query A.
	Part string `json:"part,omitempty"`
	// Field is what differs; empty for what was added or removed as a whole.
	Field string `json:"field,omitempty"`
	// Old and New are the values in words; empty where there is none.
	Old string `json:"old,omitempty"`
	New string `json:"new,omitempty"`
}

// Parse reads dashboard JSON for Compare and Equal.
func Parse(raw []byte) (map[string]any, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var out object
	if err := dec.Decode(&out); err != nil {
		return nil, fmt.Errorf("parse dashboard: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("parse dashboard: more than one JSON value")
	}
	if out == nil {
		return nil, errors.New("parse dashboard: null is not a dashboard")
	}
	return out, nil
}

// Compare lists what makes a board of the old one the new one, in the order of
// the page. Both are decoded dashboard JSON and are not changed.
func Compare(old, new map[string]any) []Change {
	a, b := normal(old), normal(new)
	var c comparison
	c.walk("", "", nil, a.fields, b.fields)
	c.walkList("", "link", a.links, b.links, true)
	c.walkList("", "annotation", a.annotations, b.annotations, true)
	ignoreUnstated(a.variables, b.variables)
	c.walkList("", "variable", a.variables, b.variables, true)
	c.panels(a.panels, b.panels)
	return c.changes
}

// Equal reports whether two boards differ in nothing that shows.
func Equal(old, new map[string]any) bool { return len(Compare(old, new)) == 0 }

// ignoreUnstated drops what a variable starts on where one of the boards leaves
// that to Grafana: the data source above all, which publishing fills in.
func ignoreUnstated(a, b keyed) {
	for name, item := range a.items {
		old, _ := item.(object)
		new, _ := b.items[name].(object)
		if old == nil || new == nil || old["current"] != nil && new["current"] != nil {
			continue
		}
		delete(old, "current")
		delete(new, "current")
	}
}

// comparison gathers changes.
type comparison struct{ changes []Change }

func (c *comparison) add(change Change) { c.changes = append(c.changes, change) }

// walk compares two values below the path of a part.
func (c *comparison) walk(of, part string, path []string, old, new any) {
	a, aIs := old.(object)
	b, bIs := new.(object)
	if (aIs || old == nil) && (bIs || new == nil) {
		for _, k := range slices.Sorted(maps.Keys(union(a, b))) {
			c.walk(of, part, append(slices.Clip(path), k), a[k], b[k])
		}
		return
	}
	if reflect.DeepEqual(old, new) {
		return
	}
	field := fieldName(path)
	c.add(Change{Kind: Changed, Of: of, Part: part, Field: field, Old: value(field, old), New: value(field, new)})
}

func union(a, b object) map[string]bool {
	out := map[string]bool{}
	for k := range a {
		out[k] = true
	}
	for k := range b {
		out[k] = true
	}
	return out
}

// walkList compares named elements. They are things of their own on a board, and
// parts of a thing on a panel.
func (c *comparison) walkList(of, noun string, a, b keyed, quoted bool) {
	label := func(name string) (string, string) {
		if quoted {
			name = quote(name)
		}
		if of == "" {
			return noun + " " + name, ""
		}
		return of, noun + " " + name
	}
	for _, name := range a.names {
		thing, part := label(name)
		if b.items[name] == nil {
			c.add(Change{Kind: Removed, Of: thing, Part: part, Old: summary(a.items[name])})
			continue
		}
		c.walk(thing, part, nil, a.items[name], b.items[name])
	}
	for _, name := range b.names {
		if thing, part := label(name); a.items[name] == nil {
			c.add(Change{Kind: Added, Of: thing, Part: part, New: summary(b.items[name])})
		}
	}
	c.order(of, noun, a, b)
}

// order tells of elements that both have in another order.
func (c *comparison) order(of, noun string, a, b keyed) {
	both := func(names []string, in keyed) []any {
		var out []any
		for _, n := range names {
			if in.items[n] != nil {
				out = append(out, n)
			}
		}
		return out
	}
	old, new := both(a.names, b), both(b.names, a)
	if !reflect.DeepEqual(old, new) {
		c.add(Change{Kind: Moved, Of: of, Field: "order of " + plural(noun), Old: word(old), New: word(new)})
	}
}
