package query

import (
	"fmt"
	"regexp"
	"strings"
)

// Grafana replaces these before Prometheus sees the query.
const (
	rateInterval = "$__rate_interval"
	timeRange    = "$__range"
)

// canonical parses a query and prints it as Prometheus does.
func canonical(text string) (string, error) {
	tree, restore, err := parse(text)
	if err != nil {
		return "", err
	}
	return restore(tree.String()), nil
}

func quote(value string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(value) + `"`
}

var legendLabel = regexp.MustCompile(`{{\s*([^}]+?)\s*}}`)

// CheckLegend reports a label in a legend format ("{{http_route}}") that the
// result does not carry: Grafana would print it as nothing.
func (e Expr) CheckLegend(legend string) error {
	for _, m := range legendLabel.FindAllStringSubmatch(legend, -1) {
		if !e.Has(m[1]) {
			return fmt.Errorf("legend %q: the result has no label %s, it has %v", legend, m[1], e.Labels())
		}
	}
	return nil
}
