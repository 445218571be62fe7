package query

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// Grafana replaces these before Prometheus sees the query; in a place where
// PromQL wants a duration, the parser does not know them.
const (
	rateInterval = "$__rate_interval"
	timeRange    = "$__range"
)

// standIns are durations that nobody writes, put in place of Grafana's while
// the parser looks at the text.
var standIns = map[string]string{
	rateInterval: stand(7919),
	timeRange:    stand(7907),
}

// stand is how the printer writes a duration of that many seconds.
func stand(seconds int64) string {
	return model.Duration(seconds * 1e9).String()
}

// canonical parses a query and prints it as Prometheus does.
func canonical(text string) (string, error) {
	for variable, duration := range standIns {
		text = strings.ReplaceAll(text, "["+variable+"]", "["+duration+"]")
	}
	tree, err := parser.NewParser(parser.Options{}).ParseExpr(text)
	if err != nil {
		return "", fmt.Errorf("query %s: %w", text, err)
	}
	text = tree.String()
	for variable, duration := range standIns {
		text = strings.ReplaceAll(text, "["+duration+"]", "["+variable+"]")
	}
	return text, nil
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
