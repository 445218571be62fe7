package check

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// rawV2 is the part of a v2 dashboard that holds queries. The kind of a query
// is the plugin in v2alpha1 ("prometheus"), and the group names it from v2beta1.
type rawV2 struct {
	Title     text                    `json:"title"`
	Elements  map[string]rawV2Element `json:"elements"`
	Variables maybe[[]struct {
		Kind text `json:"kind"`
		Spec struct {
			Name       text            `json:"name"`
			Query      json.RawMessage `json:"query"`
			AllValue   text            `json:"allValue"`
			IncludeAll boolean         `json:"includeAll"`
			PluginID   text            `json:"pluginId"`
		} `json:"spec"`
	}] `json:"variables"`
	Annotations maybe[[]struct {
		Spec struct {
			Name  text       `json:"name"`
			Query rawV2Query `json:"query"`
		} `json:"spec"`
	}] `json:"annotations"`
}

type rawV2Element struct {
	Kind text `json:"kind"`
	Spec struct {
		ID    number `json:"id"`
		Title text   `json:"title"`
		Data  maybe[struct {
			Spec struct {
				Queries []struct {
					Spec struct {
						RefID  text       `json:"refId"`
						Hidden boolean    `json:"hidden"`
						Query  rawV2Query `json:"query"`
					} `json:"spec"`
				} `json:"queries"`
			} `json:"spec"`
		}] `json:"data"`
		Viz maybe[struct {
			Kind, Group text
			Spec        struct {
				FieldConfig maybe[rawFields] `json:"fieldConfig"`
			} `json:"spec"`
		}] `json:"vizConfig"`
	} `json:"spec"`
}

type rawV2Query struct {
	Kind, Group text
	Spec        maybe[rawV2Prom] `json:"spec"`
}

type rawV2Prom struct {
	Expr   text `json:"expr"`
	Legend text `json:"legendFormat"`
	Format text `json:"format"`
	Query  text `json:"query"`
	Legacy text `json:"__legacyStringValue"`
}

// parseV2 reads the queries of a v2 dashboard, panels in the order of their
// numbers.
func parseV2(whole, spec []byte) (Board, error) {
	var r rawV2
	if err := json.Unmarshal(spec, &r); err != nil {
		return Board{}, fmt.Errorf("parse dashboard: %w", err)
	}
	b := Board{Title: string(r.Title), Panels: []Panel{}, Skipped: map[string]int{}}
	var meta struct {
		Metadata maybe[struct{ Name text }] `json:"metadata"`
	}
	_ = json.Unmarshal(whole, &meta) // it was an object before
	b.UID = string(meta.Metadata.value.Name)
	for _, name := range slices.Sorted(maps.Keys(r.Elements)) {
		e := r.Elements[name]
		if e.Kind == "LibraryPanel" {
			b.Library = append(b.Library, string(e.Spec.Title))
			continue
		}
		if p := e.panel(&b, whole); len(p.Targets) > 0 {
			b.Panels = append(b.Panels, p)
		}
	}
	slices.SortStableFunc(b.Panels, func(x, y Panel) int { return int(x.ID - y.ID) })
	r.rest(&b)
	return b, nil
}

func (r rawV2) rest(b *Board) {
	for _, v := range r.Variables.value {
		kind := strings.ToLower(strings.TrimSuffix(string(v.Kind), "Variable"))
		b.Variables = append(b.Variables, Variable{
			Name: string(v.Spec.Name), Type: kind, Query: v2Text(v.Spec.Query),
			AllValue: string(v.Spec.AllValue), IncludeAll: bool(v.Spec.IncludeAll),
		})
	}
	for _, a := range r.Annotations.value {
		if expr := a.Spec.Query.Spec.value.Expr; expr != "" && a.Spec.Query.prometheus() {
			b.Annotations = append(b.Annotations, Annotation{Name: string(a.Spec.Name), Expr: string(expr)})
		}
	}
}

// v2Text is the query of a variable: a text, or a query object.
func v2Text(raw []byte) string {
	var s text
	_ = s.UnmarshalJSON(raw)
	if s != "" {
		return string(s)
	}
	var q rawV2Query
	if json.Unmarshal(raw, &q) != nil {
		return ""
	}
	for _, t := range []text{q.Spec.value.Query, q.Spec.value.Expr, q.Spec.value.Legacy} {
		if t != "" {
			return string(t)
		}
	}
	return ""
}

func (q rawV2Query) prometheus() bool {
	if q.Group != "" {
		return q.Group == "prometheus"
	}
	return q.Kind == "prometheus" || q.Kind == "DataQuery"
}

func (e rawV2Element) panel(b *Board, whole []byte) Panel {
	viz, at := e.Spec.Viz.value, lines{text: whole, line: 1}
	// A panel of the classic form has the same fields, and the same overrides.
	classic := rawPanel{FieldConfig: viz.Spec.FieldConfig}
	p := Panel{Title: string(e.Spec.Title), Type: string(viz.Kind), Unit: classic.unit(),
		Min: viz.Spec.FieldConfig.value.Defaults.Min.value, Max: viz.Spec.FieldConfig.value.Defaults.Max.value}
	if viz.Group != "" {
		p.Type = string(viz.Group)
	}
	if e.Spec.ID.value != nil {
		p.ID = int64(*e.Spec.ID.value)
	}
	for _, q := range e.Spec.Data.value.Spec.Queries {
		prom := q.Spec.Query.Spec.value
		if prom.Expr == "" {
			continue
		}
		if !q.Spec.Query.prometheus() {
			b.Skipped[string(cmp.Or(q.Spec.Query.Group, q.Spec.Query.Kind))]++
			continue
		}
		at.rewind()
		raw := rawQuery{RefID: q.Spec.RefID, Legend: prom.Legend}
		p.Targets = append(p.Targets, Target{
			RefID: string(q.Spec.RefID), Expr: string(prom.Expr), Legend: string(prom.Legend), Format: string(prom.Format),
			Hidden: bool(q.Spec.Hidden), Unit: classic.unitOf(raw, p.Unit), Line: at.of(string(prom.Expr)),
		})
	}
	return p
}
