package lint

import (
	"fmt"
	"regexp"
	"strings"
)

func targetLegend() Rule {
	name := regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)
	return Rule{
		ID:   "target-legend",
		What: "The braces of a legend match: {{label}}.",
		Why:  "With a brace too few Grafana prints the text as it is, and all lines have the same name.",
		How:  "Write {{label}}, with two braces on each side.",
		check: func(b *Board, report report) {
			for _, p := range b.panels {
				for _, t := range p.targets {
					rest := name.ReplaceAllString(t.legend, "")
					// ${variable} is Grafana's other use of a brace.
					rest = variableIn.ReplaceAllString(rest, "")
					at := t.place().at(t.get("legendFormat"))
					if strings.ContainsAny(rest, "{}") {
						report(at, fmt.Sprintf("the braces in %q do not match", t.legend))
					}
					for _, m := range name.FindAllStringSubmatch(t.legend, -1) {
						if m[1] == "" {
							report(at, fmt.Sprintf("{{}} in %q names no label", t.legend))
						}
					}
				}
			}
		},
	}
}
