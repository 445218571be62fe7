package diff

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// leaves lists the paths of all scalars below v.
func leaves(v any, path []string) [][]string {
	var out [][]string
	switch v := v.(type) {
	case object:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			out = append(out, leaves(v[k], append(slices.Clone(path), k))...)
		}
	case []any:
		for i, e := range v {
			out = append(out, leaves(e, append(slices.Clone(path), strconv.Itoa(i)))...)
		}
	default:
		out = append(out, path)
	}
	return out
}

func pathOf(leaf []string) string { return strings.Join(leaf, ".") }

// mutate changes the value at the path to another one of its type.
func mutate(v any, path []string) {
	for len(path) > 1 {
		v, path = child(v, path[0]), path[1:]
	}
	switch parent := v.(type) {
	case object:
		parent[path[0]] = other(parent[path[0]])
	case []any:
		i, _ := strconv.Atoi(path[0])
		parent[i] = other(parent[i])
	}
}

func child(v any, key string) any {
	if o, is := v.(object); is {
		return o[key]
	}
	i, _ := strconv.Atoi(key)
	return v.([]any)[i]
}

func other(v any) any {
	switch v := v.(type) {
	case bool:
		return !v
	case float64:
		return v + 1
	case string:
		if v == "absolute" {
			return "percentage"
		}
		return v + "x"
	}
	return 17.0 // instead of null
}
