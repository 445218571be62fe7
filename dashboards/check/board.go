package check

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Board is what the check reads of a dashboard.
type Board struct {
	UID       string
	Title     string
	Panels    []Panel
	Variables []Variable
}

// Panel is a panel with queries for Prometheus.
type Panel struct {
	ID      int64
	Title   string
	Type    string
	Unit    string
	Targets []Target
}

// Target is one query of a panel.
type Target struct {
	RefID string
	Expr  string
}

// Variable is a template variable.
type Variable struct {
	Name       string
	Type       string
	Query      string
	AllValue   string
	IncludeAll bool
}

// rawBoard follows the classic dashboard schema, versions 16 and up, as far as
// queries go.
type rawBoard struct {
	UID        string          `json:"uid"`
	Title      string          `json:"title"`
	Panels     []rawPanel      `json:"panels"`
	Spec       json.RawMessage `json:"spec"`
	Templating struct {
		List []rawVariable `json:"list"`
	} `json:"templating"`
}

type rawPanel struct {
	ID          int64      `json:"id"`
	Title       string     `json:"title"`
	Type        string     `json:"type"`
	Datasource  any        `json:"datasource"`
	Panels      []rawPanel `json:"panels"`
	Targets     []rawQuery `json:"targets"`
	FieldConfig struct {
		Defaults struct {
			Unit string `json:"unit"`
		} `json:"defaults"`
	} `json:"fieldConfig"`
}

type rawQuery struct {
	RefID string `json:"refId"`
	Expr  string `json:"expr"`
	Hide  bool   `json:"hide"`
}

type rawVariable struct {
	Name       string `json:"name"`
	Type       string `json:"type"`
	Query      any    `json:"query"`
	AllValue   string `json:"allValue"`
	IncludeAll bool   `json:"includeAll"`
}

// Parse reads a dashboard in the classic format.
func Parse(raw []byte) (Board, error) {
	var r rawBoard
	if err := json.Unmarshal(raw, &r); err != nil {
		return Board{}, fmt.Errorf("parse dashboard: %w", err)
	}
	if r.Panels == nil {
		if r.Spec != nil {
			return Board{}, errors.New("parse dashboard: this is a dashboard resource (apiVersion, kind, spec); export it in the classic format")
		}
		return Board{}, errors.New("parse dashboard: there are no panels in it; is it a dashboard?")
	}
	b := Board{UID: r.UID, Title: r.Title, Panels: panels(r.Panels)}
	for _, v := range r.Templating.List {
		b.Variables = append(b.Variables, Variable{
			Name: v.Name, Type: v.Type, Query: queryText(v.Query), AllValue: v.AllValue, IncludeAll: v.IncludeAll,
		})
	}
	return b, nil
}

// panels flattens rows and leaves out panels that ask Prometheus nothing.
func panels(raw []rawPanel) []Panel {
	var out []Panel
	for _, r := range raw {
		p := Panel{ID: r.ID, Title: r.Title, Type: r.Type, Unit: r.FieldConfig.Defaults.Unit}
		for _, q := range r.Targets {
			if q.Expr != "" && !q.Hide {
				p.Targets = append(p.Targets, Target{q.RefID, q.Expr})
			}
		}
		if len(p.Targets) > 0 {
			out = append(out, p)
		}
		out = slices.Concat(out, panels(r.Panels))
	}
	return out
}

// queryText is a variable's query: a text, or since Grafana 8.3 an object that
// holds it.
func queryText(q any) string {
	switch q := q.(type) {
	case string:
		return q
	case map[string]any:
		text, _ := q["query"].(string)
		return text
	}
	return ""
}
