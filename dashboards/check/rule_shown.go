package check

import (
	"regexp"
	"strings"

	"github.com/prometheus/common/model"
)

// braces matches {{label}} in a legend.
var braces = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// legend looks at the labels that the legend shows.
func (a *analyzer) legend(f facts) {
	if !a.query.legend || a.query.Format == "table" || len(f.metrics) == 0 {
		return
	}
	for _, m := range braces.FindAllStringSubmatch(a.query.Legend, -1) {
		label := m[1]
		if label == "" || strings.ContainsAny(label, "$. ") || a.has(f, label) != missing {
			continue
		}
		text := "the legend shows {{" + label + "}}, and the result has no such label"
		if label == model.MetricNameLabel {
			continue
		}
		found := a.finding(ruleLegend, SeverityWarning, text)
		found.Nearest = nearest(label, sortedNames(f.labels))
		if found.Nearest == "" && len(f.labels) > 0 && f.grouped {
			found.Fix = "keep the label in the aggregation, or show one of " + strings.Join(sortedNames(f.labels), ", ")
		}
		a.found = append(a.found, found)
	}
}

// shown looks at what a panel makes of a result.
func (a *analyzer) shown(f facts) {
	if a.query.Hidden {
		return
	}
	a.ruleCounterNoRate(f)
	a.ruleUnit(f)
}

// overTime are panels that draw values over time; others may mean to show a
// total since the start.
var overTime = toSet("timeseries", "graph", "heatmap", "barchart", "trend")

// ruleCounterNoRate reports a counter that is drawn as it is.
func (a *analyzer) ruleCounterNoRate(f facts) {
	if !f.kind.cumulative() || f.fixed && f.kind == kindNative || meaningful(f) || !overTime[a.query.panel.Type] || a.query.Format == "table" {
		return
	}
	a.found = append(a.found, a.counterFinding(f))
}

func (a *analyzer) counterFinding(f facts) Finding {
	out := a.finding(ruleCounterNoRate, SeverityWarning, f.subject()+" only grows until the next restart; drawn as it is, it says little")
	out.Fix = "draw rate(...[$__rate_interval]) or increase(...)"
	return out
}
