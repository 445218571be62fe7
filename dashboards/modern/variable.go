package modern

import (
	"fmt"

	"github.com/K-Phoen/sdk"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// variables converts the template variables. grabana builds their options from
// maps, in random order, and leaves the query a bare string.
func variables(old []sdk.TemplateVar) ([]dashboard.VariableModel, error) {
	out := []dashboard.VariableModel{}
	for _, v := range old {
		query, ok := v.Query.(string)
		if !ok {
			return nil, fmt.Errorf("variable %q: its query is no text", v.Name)
		}
		m := dashboard.VariableModel{
			Type:    dashboard.VariableType(v.Type),
			Name:    v.Name,
			Label:   optional(v.Label),
			Hide:    pointer(dashboard.VariableHide(v.Hide)),
			Options: []dashboard.VariableOption{},
			Refresh: pointer(dashboard.VariableRefreshOnTimeRangeChanged),
			Regex:   pointer(v.Regex),
			Multi:   pointer(v.Multi),
		}
		switch v.Type {
		case "datasource":
			// The options are the server's data sources; it fills them in.
			m.Query = &dashboard.StringOrMap{String: &query}
			m.Refresh = pointer(dashboard.VariableRefreshOnDashboardLoad)
			m.IncludeAll = pointer(v.IncludeAll)
		case "query":
			queryVariable(&m, v, query)
		default:
			return nil, fmt.Errorf("variable %q: type %q has no counterpart here", v.Name, v.Type)
		}
		out = append(out, m)
	}
	return out, nil
}

// labelValuesQuery is the kind of a label_values query in Grafana's Prometheus
// variable editor.
const labelValuesQuery = 1

func queryVariable(m *dashboard.VariableModel, v sdk.TemplateVar, query string) {
	m.Datasource = variableSource()
	m.Definition = &query
	m.Query = &dashboard.StringOrMap{Map: map[string]any{
		"query":   query,
		"qryType": labelValuesQuery,
		"refId":   "PrometheusVariableQueryEditor-VariableQuery",
	}}
	m.Sort = pointer(dashboard.VariableSortAlphabeticalAsc)
	m.IncludeAll = pointer(v.IncludeAll)
	m.AllValue = optional(v.AllValue)
	if v.IncludeAll {
		m.Current = &dashboard.VariableOption{
			Selected: pointer(true),
			Text:     all(v.Multi, "All"),
			Value:    all(v.Multi, "$__all"),
		}
	}
}

// all is the choice "All": a list for a variable that takes several values.
func all(multi bool, text string) dashboard.StringOrArrayOfString {
	if multi {
		return dashboard.StringOrArrayOfString{ArrayOfString: []string{text}}
	}
	return dashboard.StringOrArrayOfString{String: &text}
}
