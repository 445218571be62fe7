package lint

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
)

// edit replaces a stretch of the file.
type edit struct {
	start, end int
	text       string
}

// set gives a key of an object a value, and writes the key if it is not there.
func set(object *node, key string, value any) edit {
	text := encode(value)
	at := slices.Index(object.keys, key)
	if at >= 0 {
		for i, k := range object.keys {
			if k == key {
				at = i // the last one counts
			}
		}
		return edit{object.items[at].start, object.items[at].end, text}
	}
	text = encode(key) + ": " + text
	start := object.start + 1
	if len(object.items) == 0 {
		return edit{start, start, text}
	}
	// The new key comes first, with the space that stands before the key that
	// was first.
	space := object.raw[1 : 1+bytes.IndexByte(object.raw[1:], '"')]
	return edit{start, start, string(space) + text + ","}
}

// replace writes another value in a value's place.
func replace(n *node, value any) edit { return edit{n.start, n.end, encode(value)} }

// encode writes JSON as Grafana does, without escapes for HTML.
func encode(value any) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(err) // texts, numbers and truth values can be written
	}
	return string(bytes.TrimSpace(out.Bytes()))
}

// collides reports whether two edits cannot be carried out at once. Two that begin
// at the same place would have to know of each other.
func (e edit) collides(o edit) bool {
	return e.start == o.start || e.start < o.end && o.start < e.end
}

// apply carries out edits that do not collide.
func apply(raw []byte, edits []edit) []byte {
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	var out []byte
	at := 0
	for _, e := range edits {
		out = append(append(out, raw[at:e.start]...), e.text...)
		at = e.end
	}
	return append(out, raw[at:]...)
}
