package check

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/common/model"
)

// values are what variables stand for in a query.
type values map[string]string

// reference matches $name, ${name}, ${name:format} and [[name]], but not $1,
// which is a capture group of label_replace.
var reference = regexp.MustCompile(`\$([a-zA-Z_]\w*)|\$\{([a-zA-Z_]\w*)(?:\.[^}:]+)?(?::[^}]+)?\}|\[\[([a-zA-Z_]\w*?)(?::\w+)?\]\]`)

// replace puts the values in; a variable without one is an error.
func (v values) replace(text string) (string, error) {
	var missing []string
	out := reference.ReplaceAllStringFunc(text, func(match string) string {
		groups := reference.FindStringSubmatch(match)
		name := groups[1] + groups[2] + groups[3]
		value, ok := v[name]
		if !ok {
			missing = append(missing, "$"+name)
		}
		return value
	})
	if len(missing) > 0 {
		return "", fmt.Errorf("there is no variable %s", strings.Join(slices.Compact(missing), ", "))
	}
	return out, nil
}

// builtIns are Grafana's own variables for a time range.
// https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables
// and https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval
func builtIns(w window) values {
	rate := max(w.step+w.scrape, 4*w.scrape)
	length := w.to.Sub(w.from)
	return values{
		"__rate_interval":    promDuration(rate),
		"__rate_interval_ms": milliseconds(rate),
		"__interval":         promDuration(w.step),
		"__interval_ms":      milliseconds(w.step),
		"__range":            promDuration(length.Round(time.Second)),
		"__range_s":          strconv.Itoa(int(length.Seconds())),
		"__range_ms":         milliseconds(length),
		"__from":             strconv.FormatInt(w.from.UnixMilli(), 10),
		"__to":               strconv.FormatInt(w.to.UnixMilli(), 10),
	}
}

func promDuration(d time.Duration) string { return model.Duration(d).String() }

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// labelValuesOf matches label_values(label) and label_values(selector, label).
var labelValuesOf = regexp.MustCompile(`^\s*label_values\(\s*(?:(.+),\s*)?(\w+)\s*\)\s*$`)

// anything stands for a variable whose values cannot be found out.
const anything = ".*"

// resolve finds out what each of a board's variables stands for, in the order in
// which they may refer to each other: what is selected, or else everything.
func resolve(ctx context.Context, src Source, b Board, selected map[string][]string, w window) (values, []Finding, error) {
	known := builtIns(w)
	var findings []Finding
	for _, v := range b.Variables {
		if list := selected[v.Name]; len(list) > 0 {
			known[v.Name] = joined(list)
			continue
		}
		value, problem, err := resolveOne(ctx, src, b.asked(v), known, w)
		if err != nil {
			return nil, nil, err
		}
		if problem != "" {
			findings = append(findings, Finding{Board: b.Title, Where: "variable " + v.Name, State: Empty, Text: problem,
				Rule: ruleVariableQuery, Severity: severityOf(src, v), FileLine: v.line, Expr: v.Query})
		}
		known[v.Name] = value
	}
	return known, findings, nil
}

// severityOf tells a variable that matches nothing from one that is not
// understood, which may be fine. In an exposition the job is not called what it
// is called in Prometheus, and labels of the target are missing, so that a
// variable for these is fine too.
func severityOf(src Source, v Variable) Severity {
	_, exposition := src.(*Exposition)
	if m := labelValuesOf.FindStringSubmatch(v.Query); m != nil && exposition && discovered[m[2]] {
		return SeverityUndecided
	}
	if v.Type != "query" || !labelValuesOf.MatchString(v.Query) || exposition && strings.Contains(v.Query, "job=") {
		return SeverityUndecided
	}
	return SeverityError
}

// resolveOne returns the value, and what is wrong with it in words.
func resolveOne(ctx context.Context, src Source, v Variable, known values, w window) (value, problem string, err error) {
	switch v.Type {
	case "datasource", "adhoc":
		return "", "", nil
	case "foreign": // its values come from another kind of source
		return anything, "", nil
	case "constant", "textbox":
		return v.Query, "", nil
	case "custom", "interval":
		return choices(v), "", nil
	case "query":
		return queried(ctx, src, v, known, w)
	}
	return "", fmt.Sprintf("its type %q is not understood", v.Type), nil
}

// choices are a list that is written into the variable.
func choices(v Variable) string {
	list := strings.Split(v.Query, ",")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	if v.IncludeAll {
		return joined(list)
	}
	return list[0]
}

func queried(ctx context.Context, src Source, v Variable, known values, w window) (value, problem string, err error) {
	text, err := known.replace(v.Query)
	if err != nil {
		return anything, err.Error(), nil
	}
	m := labelValuesOf.FindStringSubmatch(text)
	if m == nil {
		return anything, fmt.Sprintf("its query %q is not understood, only label_values is", v.Query), nil
	}
	list, err := src.LabelValues(ctx, m[2], m[1], w.from, w.to)
	switch {
	case unreachable(err):
		return "", "", err
	case err != nil:
		return anything, err.Error(), nil
	case len(list) == 0:
		// One empty variable must not make every query that uses it silent too.
		problem = "it has no values to pick from: " + text + " matches nothing"
		list, v.AllValue = nil, cmp.Or(v.AllValue, anything)
	}
	switch {
	case v.single && len(list) > 0:
		return strings.ReplaceAll(list[0], `\`, `\\`), problem, nil
	case v.AllValue != "":
		return v.AllValue, problem, nil
	}
	return joined(list), problem, nil
}

// asked notes whether only one value of a variable can be picked at a time: a
// query that compares with = would match nothing with all of them.
func (b Board) asked(v Variable) Variable {
	equal := regexp.MustCompile(`[^!=~]=\s*["']\$\{?` + regexp.QuoteMeta(v.Name) + `\b`)
	for _, q := range b.queries() {
		v.single = v.single || equal.MatchString(q.Expr)
	}
	return v
}

// joined is how Grafana writes several values into a regular expression for
// Prometheus.
func joined(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		// The text stands inside a PromQL string, where a backslash is doubled.
		quoted[i] = strings.ReplaceAll(regexp.QuoteMeta(s), `\`, `\\`)
	}
	if len(quoted) == 1 {
		return quoted[0]
	}
	return "(" + strings.Join(quoted, "|") + ")"
}
