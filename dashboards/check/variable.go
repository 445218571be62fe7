package check

import (
	"regexp"
	"strings"

	"github.com/prometheus/common/model"
)

// The queries of template variables.
// https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#query-options
var (
	labelValuesQuery = regexp.MustCompile(`^\s*label_values\(\s*(?:(.+?)\s*,\s*)?([^,\s{}()"]+)\s*\)\s*$`)
	metricsQuery     = regexp.MustCompile(`^\s*metrics\((.+)\)\s*$`)
	resultQuery      = regexp.MustCompile(`^\s*query_result\(((?s).+)\)\s*$`)
	labelNamesQuery  = regexp.MustCompile(`^\s*label_names\((.*)\)\s*$`)
)

// variable looks at the query of a variable; false if it is none, but PromQL.
func (a *analyzer) variable() bool {
	text := a.query.Expr
	switch {
	case !strings.HasPrefix(a.query.where, "variable "):
		return false
	case labelNamesQuery.MatchString(text):
	case labelValuesQuery.MatchString(text):
		a.labelValues(text, labelValuesQuery.FindStringSubmatchIndex(text))
	case metricsQuery.MatchString(text):
		m := metricsQuery.FindStringSubmatchIndex(text)
		if pattern := a.masker.mask(text[m[2]:m[3]], "").text; !vague(pattern) && len(a.schema.matching(".*(?:"+pattern+").*")) == 0 {
			a.masked = masked{text: text}
			a.report(ruleMetric, SeverityError, m[2], "no metric's name matches "+pattern, "", "")
		}
	case resultQuery.MatchString(text):
		m := resultQuery.FindStringSubmatchIndex(text)
		a.base = m[2]
		a.expression(text[m[2]:m[3]])
	default:
		a.plain(text)
	}
	return true
}

// labelValues looks for the label on what the selector matches.
func (a *analyzer) labelValues(text string, m []int) {
	label := text[m[4]:m[5]]
	if m[2] < 0 {
		a.masked = masked{text: text}
		if strings.Contains(label, "$") || label == model.MetricNameLabel || a.schema.anywhere(label) {
			return
		}
		a.missingLabel(facts{labels: map[string]bool{}, raw: true}, label, m[4], "the variable")
		return
	}
	a.base = m[2]
	f, ok := a.expression(text[m[2]:m[3]])
	if !ok || strings.Contains(label, "$") {
		return
	}
	// The label stands behind the selector, which is all that was masked.
	a.base, a.masked = 0, masked{text: text}
	a.missingLabel(f, label, m[4], "the variable")
}

// plain is a query that is none of Grafana's functions: a selector or PromQL,
// or nothing that can be read.
func (a *analyzer) plain(text string) {
	if strings.TrimSpace(text) == "" || strings.HasPrefix(strings.TrimSpace(text), "{") {
		return
	}
	if _, _, err := a.masker.parse(text); err != nil {
		a.found = append(a.found, a.finding(ruleVariableQuery, SeverityUndecided, "was not checked: its query is not understood: "+text))
		return
	}
	a.expression(text)
}
