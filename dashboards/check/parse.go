package check

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// rawBoard follows the classic dashboard schema, versions 16 and up, as far as
// queries go: "rows" hold the panels up to Grafana 5.
type rawBoard struct {
	UID    text       `json:"uid"`
	Title  text       `json:"title"`
	Panels []rawPanel `json:"panels"`
	Rows   []struct {
		Panels []rawPanel `json:"panels"`
	} `json:"rows"`
	Templating maybe[struct {
		List []rawVariable `json:"list"`
	}] `json:"templating"`
	Annotations maybe[struct {
		List []rawAnnotation `json:"list"`
	}] `json:"annotations"`
	Inputs maybe[[]struct {
		Name, Type, PluginID text
	}] `json:"__inputs"`
	// Spec and Dashboard are what a board is wrapped in: by a resource of
	// Grafana's newer API, and by an answer of its older one.
	Spec      json.RawMessage `json:"spec"`
	Dashboard json.RawMessage `json:"dashboard"`
}

type rawVariable struct {
	Name       text    `json:"name"`
	Type       text    `json:"type"`
	Query      any     `json:"query"`
	Definition text    `json:"definition"`
	AllValue   text    `json:"allValue"`
	IncludeAll boolean `json:"includeAll"`
	Datasource source  `json:"datasource"`
}

type rawAnnotation struct {
	Name       text   `json:"name"`
	Expr       text   `json:"expr"`
	Datasource source `json:"datasource"`
	Target     maybe[struct {
		Expr text `json:"expr"`
	}] `json:"target"`
}

// ErrNoBoard says that JSON is not a dashboard.
var ErrNoBoard = errors.New("parse dashboard: there are no panels in it; is it a dashboard?")

// Parse reads a dashboard: classic JSON of schema version 16 and up, also
// exported for sharing or wrapped by Grafana's API, or the queries of a v2
// dashboard resource.
func Parse(raw []byte) (Board, error) {
	var r rawBoard
	if err := json.Unmarshal(raw, &r); err != nil {
		return Board{}, fmt.Errorf("parse dashboard: %w", err)
	}
	switch {
	case r.Panels != nil || r.Rows != nil:
		return newReader(raw, r).board(), nil
	case len(r.Dashboard) > 2 && r.Dashboard[0] == '{':
		return parseInner(raw, r.Dashboard)
	case r.Spec != nil:
		return parseResource(raw, r.Spec)
	}
	return Board{}, ErrNoBoard
}

// parseInner reads a classic board inside something else; whole is the file.
func parseInner(whole, raw []byte) (Board, error) {
	var r rawBoard
	if err := json.Unmarshal(raw, &r); err != nil {
		return Board{}, fmt.Errorf("parse dashboard: %w", err)
	}
	if r.Panels == nil && r.Rows == nil {
		return Board{}, ErrNoBoard
	}
	return newReader(whole, r).board(), nil
}

// parseResource reads the spec of a dashboard resource: a classic board in
// v0alpha1 and v1beta1, elements in v2.
func parseResource(whole, spec []byte) (Board, error) {
	var v2 struct {
		Elements maybe[map[string]json.RawMessage] `json:"elements"`
	}
	if json.Unmarshal(spec, &v2) == nil && v2.Elements.value != nil {
		return parseV2(whole, spec)
	}
	b, err := parseInner(whole, spec)
	if errors.Is(err, ErrNoBoard) {
		err = errors.New("parse dashboard: this is a resource (apiVersion, kind, spec) without panels or elements; export it in the classic format")
	}
	return b, err
}

// reader turns the raw form of a board into what is checked.
type reader struct {
	raw rawBoard
	// foreign are the names of datasources that are not Prometheus: variables,
	// inputs and the names of other plugins.
	foreign map[string]bool
	lines   lines
}

func newReader(whole []byte, r rawBoard) *reader {
	rd := &reader{raw: r, foreign: map[string]bool{}, lines: lines{text: whole, line: 1}}
	for _, v := range r.Templating.value.List {
		if v.Type == "datasource" && queryText(v.Query) != "prometheus" {
			rd.foreign[string(v.Name)] = true
		}
	}
	for _, in := range r.Inputs.value {
		if in.PluginID != "" && in.PluginID != "prometheus" {
			rd.foreign[string(in.Name)] = true
		}
	}
	return rd
}

func (r *reader) board() Board {
	b := Board{UID: string(r.raw.UID), Title: string(r.raw.Title), Panels: []Panel{}, Skipped: map[string]int{}}
	for _, row := range r.raw.Rows {
		r.panels(&b, row.Panels)
	}
	r.panels(&b, r.raw.Panels)
	for _, in := range r.raw.Inputs.value {
		b.inputs = append(b.inputs, string(in.Name))
	}
	r.lines.rewind()
	for _, v := range r.raw.Templating.value.List {
		r.variable(&b, v)
	}
	for _, a := range r.raw.Annotations.value.List {
		expr := string(a.Expr)
		if expr == "" {
			expr = string(a.Target.value.Expr)
		}
		if expr != "" && r.prometheus(a.Datasource) {
			b.Annotations = append(b.Annotations, Annotation{Name: string(a.Name), Expr: expr, line: r.lines.of(expr)})
		}
	}
	return b
}

func (r *reader) variable(b *Board, v rawVariable) {
	out := Variable{
		Name: string(v.Name), Type: string(v.Type), Query: queryText(v.Query),
		AllValue: string(v.AllValue), IncludeAll: bool(v.IncludeAll),
	}
	if out.Type == "query" && !r.prometheus(v.Datasource) {
		// Its values come from elsewhere, and stand for anything.
		out.Type = "foreign"
	}
	if out.Type == "query" && out.Query == "" {
		out.Query = string(v.Definition)
	}
	out.line = r.lines.of(out.Query)
	b.Variables = append(b.Variables, out)
}

// prometheus tells whether a query goes to Prometheus, as far as can be told: a
// reference that names no other kind of source does.
func (r *reader) prometheus(s source) bool {
	if s.kind != "" && s.kind != "datasource" && !strings.HasPrefix(s.kind, "$") {
		return strings.Contains(s.kind, "prometheus")
	}
	if s.name == "-- Grafana --" || s.name == "grafana" || strings.Contains(strings.ToLower(s.name), "loki") {
		return false
	}
	return !r.foreign[strings.Trim(s.name, "${}[]")]
}

// queryText is a variable's query: a text, or since Grafana 8.3 an object that
// holds it.
func queryText(q any) string {
	switch q := q.(type) {
	case string:
		return q
	case map[string]any:
		for _, key := range []string{"query", "expr", "__legacyStringValue"} {
			if text, ok := q[key].(string); ok && text != "" {
				return text
			}
		}
	}
	return ""
}
