package diff

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
)

// shown are the fields whose JSON name is not what the editor calls them.
var shown = map[string]string{
	"datasource": "data source", "graphTooltip": "crosshair", "allValue": "all value", "includeAll": "include all",
	"weekStart": "week start", "fiscalYearStartMonth": "first month of the fiscal year", "schemaVersion": "schema version",
	"legendFormat": "legend", "current": "selection", "maxDataPoints": "max data points", "repeatDirection": "repeat direction",
}

// homes are where a panel keeps its settings; what is in them needs no address.
var homes = [][]string{{"fieldConfig", "defaults", "custom"}, {"fieldConfig", "defaults"}, {"options"}}

// fieldName words the path of a field.
func fieldName(path []string) string {
	for _, home := range homes {
		if len(path) > len(home) && slices.Equal(path[:len(home)], home) {
			path = path[len(home):]
			break
		}
	}
	name := strings.Join(path, ".")
	if better, is := shown[name]; is {
		return better
	}
	return name
}

var crosshairs = map[any]string{0.0: "off", 1.0: "shared crosshair", 2.0: "shared tooltip"}

// value words the value of a field; "" when there is none.
func value(field string, v any) string {
	if field == "crosshair" && crosshairs[v] != "" {
		return crosshairs[v]
	}
	return word(v)
}

// word writes a JSON value on one line.
func word(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case []any:
		if !slices.ContainsFunc(v, compound) {
			words := make([]string, len(v))
			for i, e := range v {
				words[i] = word(e)
			}
			return strings.Join(words, ", ")
		}
	}
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // it came from JSON
	return strings.TrimSpace(out.String())
}

func compound(v any) bool {
	switch v.(type) {
	case object, []any:
		return true
	}
	return false
}

// summary words an element that was added or removed by what matters most in
// it.
func summary(item any) string {
	o, is := item.(object)
	if !is {
		return ""
	}
	if tags := word(loose.At(o, "target", "tags")); tags != "" {
		return "tags " + tags
	}
	for _, field := range []string{"expr", "query", "url", "target"} {
		if s := word(o[field]); s != "" {
			return s
		}
	}
	return word(o)
}

func quote(s string) string { return `"` + s + `"` }
