package frame

import (
	"encoding/json"
	"slices"
)

// joinByField puts the fields of all frames beside each other, with the rows that
// have the same value in one field: the one named, or else the time.
func joinByField(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	var o struct{ ByField, Mode string }
	readLoosely(raw, &o)
	var parts []keyed
	for _, fr := range frames {
		key := fr.timeField()
		if o.ByField != "" {
			key = fr.column(o.ByField)
		}
		if key != nil {
			parts = append(parts, newKeyed(fr, key))
		}
	}
	if len(parts) < 2 {
		return frames, nil
	}
	return join(parts, o.Mode == "inner")
}

// keyed is a frame with the field it is joined by.
type keyed struct {
	frame Frame
	key   *Field
	rows  map[string]int
}

func newKeyed(fr Frame, key *Field) keyed {
	k := keyed{fr, key, make(map[string]int, key.Len())}
	for i := range key.Len() {
		k.rows[keyOf(key.at(i))] = i
	}
	return k
}

func join(parts []keyed, inner bool) ([]Frame, error) {
	keys := joinKeys(parts, inner)
	width := 1
	for _, p := range parts {
		width += len(p.frame.Fields) - 1
	}
	if width*len(keys) > maxCells {
		return nil, errTooLarge
	}
	out := Frame{RefID: "joinByField", Fields: []*Field{gather(parts[0].key, keys)}}
	for _, p := range parts {
		rows := make([]ref, len(keys))
		for _, f := range p.frame.Fields {
			if f == p.key {
				continue
			}
			for i, k := range keys {
				rows[i] = ref{}
				if row, ok := p.rows[keyOf(k)]; ok {
					rows[i] = f.at(row)
				}
			}
			joined := gather(f, rows)
			if joined.Name == valueName {
				// What told the fields apart was partly the name of their frame.
				joined.Config.DisplayNameFromDS = f.Title
			}
			out.Fields = append(out.Fields, joined)
		}
	}
	return []Frame{out}, nil
}

// joinKeys are the values of the common field, each once: times and numbers in
// ascending order, texts as they come. Inner keeps those that all frames have.
func joinKeys(parts []keyed, inner bool) []ref {
	count := map[string]int{}
	var keys []ref
	for _, p := range parts {
		for i := range p.key.Len() {
			r := p.key.at(i)
			k := keyOf(r)
			if p.rows[k] != i {
				continue // the last of several rows stands for them
			}
			if count[k] == 0 {
				keys = append(keys, r)
			}
			count[k]++
		}
	}
	if inner {
		keys = slices.DeleteFunc(keys, func(r ref) bool { return count[keyOf(r)] < len(parts) })
	}
	if parts[0].key.Kind != String {
		slices.SortStableFunc(keys, compareRefs)
	}
	return keys
}

// concatenate puts the fields of all frames beside each other as they are.
func concatenate(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	o := struct{ FrameNameMode, FrameNameLabel string }{FrameNameLabel: "frame"}
	readLoosely(raw, &o)
	if len(frames) < 2 {
		return frames, nil
	}
	out := Frame{RefID: frames[0].RefID}
	rows := 0
	for _, fr := range frames {
		rows = max(rows, fr.Len())
	}
	for _, fr := range frames {
		for _, f := range fr.Fields {
			if (len(out.Fields)+1)*rows > maxCells {
				return nil, errTooLarge
			}
			refs := make([]ref, rows)
			for i := range refs {
				refs[i] = f.at(i)
			}
			c := gather(f, refs)
			nameAfter(c, fr.Name, o.FrameNameMode, o.FrameNameLabel)
			out.Fields = append(out.Fields, c)
		}
	}
	return []Frame{out}, nil
}

// nameAfter keeps the name of the frame a field came from.
func nameAfter(f *Field, frame, mode, label string) {
	switch {
	case frame == "" || mode == "drop":
	case mode == "label":
		f.Labels = withLabel(f.Labels, label, frame)
	default:
		f.Name = frame + " · " + f.Name
	}
}
