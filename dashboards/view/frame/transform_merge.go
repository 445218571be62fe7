package frame

import (
	"encoding/json"
	"slices"
	"strings"
)

// merge makes one table of all: columns of one name become one, and rows that
// agree in the columns that all frames have become one where they do not
// contradict each other.
func merge(frames []Frame, _ json.RawMessage) ([]Frame, error) {
	frames = slices.DeleteFunc(slices.Clone(frames), func(f Frame) bool { return len(f.Fields) == 0 })
	if len(frames) < 2 {
		return frames, nil
	}
	t := newTable(frames)
	for _, fr := range frames {
		if !t.add(fr) {
			return nil, errTooLarge
		}
	}
	return []Frame{t.frame(frames[0])}, nil
}

// table collects rows under columns named by the titles of fields.
type table struct {
	columns []*Field
	places  map[string]int
	shared  []int // the columns that all frames have
	rows    [][]ref
	byKey   map[string][]int
}

func newTable(frames []Frame) *table {
	t := &table{places: map[string]int{}, byKey: map[string][]int{}}
	count := map[string]int{}
	for _, fr := range frames {
		for _, f := range fr.Fields {
			if _, ok := t.places[f.Title]; !ok {
				t.places[f.Title] = len(t.columns)
				t.columns = append(t.columns, f)
			}
			count[f.Title]++
		}
	}
	for i, c := range t.columns {
		if count[c.Title] == len(frames) {
			t.shared = append(t.shared, i)
		}
	}
	return t
}

// add takes the rows of a frame; false is too much.
func (t *table) add(fr Frame) bool {
	for i := range fr.Len() {
		row := make([]ref, len(t.columns))
		for _, f := range fr.Fields {
			row[t.places[f.Title]] = f.at(i)
		}
		t.put(row)
		if len(t.rows)*len(t.columns) > maxCells {
			return false
		}
	}
	return true
}

func (t *table) put(row []ref) {
	if len(t.shared) == 0 {
		t.rows = append(t.rows, row)
		return
	}
	key := t.key(row)
	for _, i := range t.byKey[key] {
		if fits(t.rows[i], row) {
			for j, r := range row {
				if r.field != nil {
					t.rows[i][j] = r
				}
			}
			return
		}
	}
	t.byKey[key] = append(t.byKey[key], len(t.rows))
	t.rows = append(t.rows, row)
}

func (t *table) key(row []ref) string {
	var b strings.Builder
	for _, i := range t.shared {
		b.WriteString(keyOf(row[i]))
	}
	return b.String()
}

// keyOf is a text that only equal values have, also beside others.
func keyOf(r ref) string {
	if r.field == nil {
		return "\x00-"
	}
	return strings.ReplaceAll(r.field.text(r.row), "\x00", "\x00\x00") + "\x00."
}

// fits tells whether two rows do not contradict each other.
func fits(a, b []ref) bool {
	for i := range a {
		if a[i].field != nil && b[i].field != nil && keyOf(a[i]) != keyOf(b[i]) {
			return false
		}
	}
	return true
}

func (t *table) frame(like Frame) Frame {
	out := Frame{RefID: like.RefID, Name: like.Name, Instant: like.Instant, Expr: like.Expr}
	for i, c := range t.columns {
		refs := make([]ref, len(t.rows))
		for j, row := range t.rows {
			refs[j] = row[i]
		}
		out.Fields = append(out.Fields, gather(c, refs))
	}
	return out
}
