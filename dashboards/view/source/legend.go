package source

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// auto is the legend that leaves naming to the panel.
const auto = "__auto"

var placeholder = regexp.MustCompile(`\{\{\s*(.+?)\s*\}\}`)

// seriesName is what the query calls a series: the legend with labels filled in,
// or the series as PromQL writes it. "" leaves it to [frame.Apply], which names
// series by their labels.
func seriesName(legend string, labels map[string]string, expr string) string {
	switch {
	case len(labels) == 0 && (legend == "" || legend == auto):
		return expr
	case legend == auto:
		return ""
	case legend == "":
		return selector(labels)
	}
	return placeholder.ReplaceAllStringFunc(legend, func(m string) string {
		return labels[placeholder.FindStringSubmatch(m)[1]]
	})
}

// selector writes a series as PromQL does: name{a="b", c="d"}.
func selector(labels map[string]string) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		if name != "__name__" {
			parts = append(parts, fmt.Sprintf("%s=%q", name, labels[name]))
		}
	}
	if len(parts) == 0 {
		return labels["__name__"]
	}
	return labels["__name__"] + "{" + strings.Join(parts, ", ") + "}"
}

// results writes frames as the query_result of a variable does.
func results(frames []frame.Frame) []string {
	var out []string
	for _, fr := range frames {
		at, value := fr.Fields[0], fr.Fields[len(fr.Fields)-1]
		for i, v := range value.Numbers {
			out = append(out, fmt.Sprintf("%s %v %d", selector(value.Labels), v, at.Times[i]))
		}
	}
	return out
}
