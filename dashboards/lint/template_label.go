package lint

import (
	"fmt"
	"strings"
)

// templateLabel is what the rules for job and instance have in common.
func templateLabel(b *Board, name string, report report) {
	v := b.variable(name)
	if v == nil {
		report(b.place(), "it has no variable "+name)
		return
	}
	if v.kind != "query" {
		report(v.place(), fmt.Sprintf("it is of type %q, not query", v.kind))
		return
	}
	if !strings.EqualFold(v.label, name) {
		report(v.place(), fmt.Sprintf("its label is %q, not %q", v.label, name))
	}
	if only(v.source.id) != "datasource" {
		report(v.place(), fmt.Sprintf("its data source is %q, not ${datasource}", v.source.id))
	}
	if plugin := b.plugin(v.source); plugin != "prometheus" && plugin != "" && plugin != "loki" {
		report(v.place(), "it asks "+plugin+", not Prometheus")
	}
	if !v.get("multi").isTrue() {
		report(v.place(), "it takes one value only, not several")
	}
	if all := v.get("allValue").str(); all != ".+" {
		report(v.place().at(v.get("allValue")), fmt.Sprintf("its value for all is %q, not \".+\"", all))
	}
}
