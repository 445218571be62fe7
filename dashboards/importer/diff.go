package importer

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
)

// object is a JSON object; its numbers are [json.Number].
type object = map[string]any

// diff is the merge patch (RFC 7396) that turns one object into another.
func diff(from, to object) object {
	patch := object{}
	for key, want := range to {
		have, there := from[key]
		haveObject, isObject := have.(object)
		wantObject, wantsObject := want.(object)
		switch {
		case isObject && wantsObject:
			if d := diff(haveObject, wantObject); len(d) > 0 {
				patch[key] = d
			}
		case !there || !reflect.DeepEqual(have, want):
			patch[key] = want
		}
	}
	for key := range from {
		if _, stays := to[key]; !stays {
			patch[key] = nil
		}
	}
	return patch
}

// withoutNulls drops members that are null, which a merge patch cannot set and
// Grafana reads as if they were left out. In lists nothing is dropped: there, a
// patch holds every element as it is.
func withoutNulls(o object) object {
	for key, v := range o {
		switch v := v.(type) {
		case nil:
			delete(o, key)
		case object:
			withoutNulls(v)
		}
	}
	return o
}

// without copies an object's first level, leaving out some keys.
func without(o object, keys ...string) object {
	out := maps.Clone(o)
	for _, k := range keys {
		delete(out, k)
	}
	return out
}

// decode reads a JSON object, keeping numbers as they are written.
func decode(raw []byte) (object, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var o object
	err := dec.Decode(&o)
	return o, err
}

// encode writes JSON for a reader of Go code; empty for an empty object.
func encode(o object) string {
	if len(o) == 0 {
		return ""
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(o); err != nil {
		return "" // what was decoded can be encoded
	}
	return string(bytes.TrimSpace(out.Bytes()))
}

// text is the string at a path of keys; empty if there is none.
func text(o object, path ...string) string {
	s, _ := loose.At(o, path...).(string)
	return s
}

// whole is a JSON number as an int; 0 if it is none.
func whole(v any) int {
	n, _ := v.(json.Number)
	f, _ := n.Float64()
	return int(f)
}

// float is a JSON number, or nil if it is none.
func float(v any) *float64 {
	n, ok := v.(json.Number)
	f, err := n.Float64()
	if !ok || err != nil {
		return nil
	}
	return &f
}
