package lint

import (
	_ "embed" // for the list of units
	"fmt"
	"slices"
	"strings"
)

func panelUnits() Rule {
	known := strings.Fields(unitList)
	return Rule{
		ID:   "panel-units",
		What: "Every panel with numbers has a unit, and one that Grafana knows. Panels with value mappings, and stat panels that show text, need none.",
		Why:  "0.25 can be seconds, a share or requests. A unit that Grafana does not know is printed behind the number, unscaled.",
		How:  "Set fieldConfig.defaults.unit, or a unit for each column of a table; \"short\" or \"none\" if it is a bare number.",
		check: func(b *Board, report report) {
			for _, p := range b.dataPanels() {
				units := p.units()
				if len(units) == 0 && showsNumbers(p.kind) && !p.showsText() {
					report(p.place(), "it has no unit")
				}
				for _, n := range units {
					if !isUnit(known, n.text) {
						report(p.place().at(n), fmt.Sprintf("Grafana knows no unit %q%s", n.text, suggestion(known, n.text)))
					}
				}
			}
		},
	}
}

// unitList has the id of every unit in Grafana's own list, one a line. A test
// compares it with github.com/grafana/grafana-foundation-sdk/go/units.
//
//go:embed units.txt
var unitList string

// units are the panel's units, and those of single fields.
func (p *panel) units() []*node {
	var out []*node
	candidates := append([]*node{p.get("fieldConfig", "defaults", "unit")}, p.overrides("unit")...)
	if p.kind == "singlestat" {
		candidates = append(candidates, p.get("format"))
	}
	if p.kind == "graph" {
		for _, axis := range p.get("yaxes").objects() {
			candidates = append(candidates, axis.get("format"))
		}
	}
	for _, n := range candidates {
		if n.str() != "" {
			out = append(out, n)
		}
	}
	return out
}

// showsText reports whether the panel replaces its numbers by words, or shows
// fields that are none.
func (p *panel) showsText() bool {
	if len(p.get("fieldConfig", "defaults", "mappings").list()) > 0 || len(p.overrides("mappings")) > 0 {
		return true
	}
	return p.kind == "stat" && p.get("options", "reduceOptions", "fields").str() != ""
}

// isUnit reports whether a unit is in the list or made by one of the prefixes
// that Grafana has for own units.
func isUnit(known []string, unit string) bool {
	if slices.Contains(known, unit) {
		return true
	}
	for _, prefix := range []string{"suffix:", "prefix:", "time:", "si:", "count:", "currency:", "bool:"} {
		if strings.HasPrefix(unit, prefix) && len(unit) > len(prefix) {
			return true
		}
	}
	return false
}

// suggestion names the unit that differs in upper and lower case only.
func suggestion(known []string, unit string) string {
	for _, k := range known {
		if strings.EqualFold(k, unit) {
			return fmt.Sprintf(", but %q", k)
		}
	}
	return ""
}
