package lint

import (
	"fmt"
	"regexp"
	"strings"
)

func templateLabelPromQL() Rule {
	return Rule{
		ID:   "template-label-promql",
		What: "A variable that asks Prometheus has a query that parses.",
		Why:  "A variable that fails has no values, and then every panel that uses it is empty.",
		How:  "Write label_values(label), label_values(selector, label), label_names(regex), metrics(regex), query_result(query), or a selector.",
		check: func(b *Board, report report) {
			for _, v := range b.variables {
				if v.kind != "query" || b.plugin(v.source) != "prometheus" {
					continue
				}
				if v.query == "" {
					report(v.place(), "it has no query")
					continue
				}
				if err := variableQuery(v.query, b.isNumeric); err != nil {
					report(v.place().at(v.get("query")), err.Error())
				}
			}
		},
	}
}

var (
	macro      = regexp.MustCompile(`(?s)^\s*(label_values|label_names|metrics|query_result)\s*\((.*)\)\s*$`)
	lastOfList = regexp.MustCompile(`(?s)^(.*),\s*([^,{}()]+?)\s*$`)
	labelName  = regexp.MustCompile(`^[A-Za-z_]\w*$`)
)

// variableQuery parses a query in the small language that Grafana has for them.
func variableQuery(text string, numeric func(string) bool) error {
	m := macro.FindStringSubmatch(text)
	if m == nil {
		return parsePromQL(text, numeric).err
	}
	inner := strings.TrimSpace(m[2])
	switch m[1] {
	case "label_values":
		return labelValues(inner, numeric)
	case "query_result":
		return parsePromQL(inner, numeric).err
	}
	if _, err := regexp.Compile(inner); err != nil {
		return fmt.Errorf("%s: %w", m[1], err)
	}
	return nil
}

func labelValues(inner string, numeric func(string) bool) error {
	label := inner
	if m := lastOfList.FindStringSubmatch(inner); m != nil {
		label = m[2]
		if err := parsePromQL(m[1], numeric).err; err != nil {
			return err
		}
	}
	if !labelName.MatchString(strings.Trim(label, `"`)) && only(label) == "" {
		return fmt.Errorf("label_values: %q is no label", label)
	}
	return nil
}
