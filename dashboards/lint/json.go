package lint

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
)

// node is a JSON value that remembers where it stands in the file, so that a
// problem has a line and a fix touches nothing around it. Its methods work on a
// nil node, which stands for a value that is not there.
type node struct {
	raw        []byte // the value's own text
	start, end int    // bytes of the file
	text       string // what a string says
	keys       []string
	items      []*node // elements of an array, or the values to keys
}

// parseJSON reads a document; the error says where it breaks off.
func parseJSON(raw []byte) (*node, error) {
	// Decoding decides what is JSON, and how deep it may be; what follows may
	// trust it.
	var document json.RawMessage
	if err := json.Unmarshal(raw, &document); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			return nil, fmt.Errorf("line %d: %w", lineOf(raw, int(syntax.Offset)), err)
		}
		return nil, err
	}
	r := reader{raw: raw}
	return r.value(), nil
}

// reader walks valid JSON.
type reader struct {
	raw []byte
	at  int
}

func (r *reader) space() {
	for r.at < len(r.raw) && bytes.IndexByte([]byte(" \t\r\n"), r.raw[r.at]) >= 0 {
		r.at++
	}
}

// next returns the next byte that is no space.
func (r *reader) next() byte {
	r.space()
	return r.raw[r.at]
}

func (r *reader) value() *node {
	first := r.next()
	n := &node{start: r.at}
	switch first {
	case '{':
		r.list('}', func() {
			key := r.value()
			r.next()
			r.at++ // the colon
			n.keys = append(n.keys, key.text)
			n.items = append(n.items, r.value())
		})
	case '[':
		r.list(']', func() { n.items = append(n.items, r.value()) })
	case '"':
		n.text = r.quoted()
	default:
		for r.at < len(r.raw) && bytes.IndexByte([]byte(",]} \t\r\n"), r.raw[r.at]) < 0 {
			r.at++
		}
	}
	n.end = r.at
	n.raw = r.raw[n.start:n.end]
	return n
}

// list reads what stands between brackets.
func (r *reader) list(end byte, element func()) {
	r.at++
	for r.next() != end {
		if r.raw[r.at] == ',' {
			r.at++
			continue
		}
		element()
	}
	r.at++
}

func (r *reader) quoted() string {
	start := r.at
	for r.at++; r.raw[r.at] != '"'; r.at++ {
		if r.raw[r.at] == '\\' {
			r.at++
		}
	}
	r.at++
	var text string
	json.Unmarshal(r.raw[start:r.at], &text) //nolint:errcheck // it is valid
	return text
}

func (n *node) kind() byte {
	if n == nil {
		return 0
	}
	return n.raw[0]
}

// get follows keys. Of a key that is there twice the last counts, as it does
// for a browser.
func (n *node) get(path ...string) *node {
	for _, key := range path {
		if n.kind() != '{' {
			return nil
		}
		var found *node
		for i, k := range n.keys {
			if k == key {
				found = n.items[i]
			}
		}
		n = found
	}
	if n.kind() == 'n' {
		return nil // null says that there is nothing
	}
	return n
}

// list returns the elements of an array.
func (n *node) list() []*node {
	if n.kind() != '[' {
		return nil
	}
	return n.items
}

// objects returns those elements of an array that are objects.
func (n *node) objects() []*node {
	var out []*node
	for _, item := range n.list() {
		if item.kind() == '{' {
			out = append(out, item)
		}
	}
	return out
}

// str is what a string says, or nothing.
func (n *node) str() string {
	if n == nil {
		return ""
	}
	return n.text
}

// number reads a number, also one that is written as text.
func (n *node) number() (v float64, ok bool) {
	if n == nil {
		return 0, false
	}
	text := string(n.raw)
	if n.kind() == '"' {
		text = n.text
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return 0, false
	}
	return v, true
}

func (n *node) isTrue() bool { return n.kind() == 't' }

// strings calls visit for every text below n, keys left out.
func (n *node) strings(visit func(*node)) {
	if n.kind() == '"' {
		visit(n)
	}
	if n != nil {
		for _, item := range n.items {
			item.strings(visit)
		}
	}
}

// lineOf counts from 1.
func lineOf(raw []byte, offset int) int {
	return 1 + bytes.Count(raw[:min(offset, len(raw))], []byte("\n"))
}
