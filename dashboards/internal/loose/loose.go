// Package loose reads decoded JSON of which nobody knows whether it has the shape
// that it should have: what is not there, or is something else, counts as empty.
package loose

// At follows a path of keys through objects; nil if it leads nowhere.
func At(v any, path ...string) any {
	for _, key := range path {
		o, _ := v.(map[string]any)
		v = o[key]
	}
	return v
}

// Objects are the objects in a list, without what else is in it; none for what is
// no list.
func Objects(v any) []map[string]any {
	list, _ := v.([]any)
	var out []map[string]any
	for _, e := range list {
		if o, is := e.(map[string]any); is {
			out = append(out, o)
		}
	}
	return out
}
