package model

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrNoBoard says that JSON is not a dashboard.
var ErrNoBoard = errors.New("parse dashboard: there are no panels in it; is it a dashboard?")

// rawBoard follows the classic schema; "rows" hold the panels up to Grafana 5.
type rawBoard struct {
	UID         text            `json:"uid"`
	Title       text            `json:"title"`
	Description text            `json:"description"`
	Tags        texts           `json:"tags"`
	Timezone    text            `json:"timezone"`
	Refresh     json.RawMessage `json:"refresh"`
	Time        struct{ From, To text }
	Templating  struct{ List []rawVariable }
	Annotations struct{ List []rawAnnotation }
	Links       []rawLink         `json:"links"`
	Panels      []json.RawMessage `json:"panels"`
	Rows        []rawRow          `json:"rows"`
	Inputs      []rawInput        `json:"__inputs"`
	// Spec and Dashboard are what a board is wrapped in: by a resource of
	// Grafana's newer API, and by an answer of its older one.
	Spec      json.RawMessage `json:"spec"`
	Dashboard json.RawMessage `json:"dashboard"`
}

// rawInput is what a board exported for sharing asks for when it is imported.
type rawInput struct {
	Name     text `json:"name"`
	Type     text `json:"type"`
	PluginID text `json:"pluginId"`
	Value    text `json:"value"`
}

// Parse reads a dashboard: classic JSON of schema version 16 and up, also with
// panels that newer Grafanas replaced, exported for sharing, wrapped by
// Grafana's API, or a v2 resource. What has an unexpected type is left out; an
// error is JSON that is broken or no dashboard.
func Parse(raw []byte) (Board, error) { return parse(raw, 0) }

func parse(raw []byte, depth int) (Board, error) {
	var r rawBoard
	if err := read(raw, &r); err != nil {
		return Board{}, fmt.Errorf("parse dashboard: %w", err)
	}
	switch {
	case r.Panels != nil || r.Rows != nil:
		return r.board(raw)
	case depth > 1: // a wrapper holds a resource at most
		return Board{}, ErrNoBoard
	case object(r.Dashboard) != nil:
		return parse(r.Dashboard, depth+1)
	case object(r.Spec) != nil:
		return parseResource(r.Spec, depth)
	}
	return Board{}, ErrNoBoard
}

// board converts the raw form. Constants that an import would ask for are put
// in first, all over the text, as Grafana's import does.
func (r rawBoard) board(raw []byte) (Board, error) {
	if filled := fillInputs(raw, r.Inputs); filled != nil {
		r = rawBoard{}
		if err := read(filled, &r); err != nil {
			return Board{}, fmt.Errorf("parse dashboard: %w", err)
		}
	}
	kinds := r.datasourceTypes()
	b := Board{
		UID: string(r.UID), Title: string(r.Title), Description: string(r.Description), Tags: r.Tags,
		From: string(r.Time.From), To: string(r.Time.To), Timezone: string(r.Timezone), Links: links(r.Links),
	}
	_ = json.Unmarshal(r.Refresh, &b.Refresh) // false is how no refresh is written
	for _, v := range r.Templating.List {
		b.Variables = append(b.Variables, v.variable(kinds))
	}
	for _, a := range r.Annotations.List {
		b.Annotations = append(b.Annotations, a.annotation(kinds))
	}
	b.Panels = append(fromRows(r.Rows, kinds), panels(r.Panels, kinds)...)
	return b, nil
}

func fillInputs(raw []byte, inputs []rawInput) []byte {
	var filled []byte
	for _, in := range inputs {
		if in.Type != "constant" || in.Name == "" {
			continue
		}
		if filled == nil {
			filled = slices.Clone(raw)
		}
		quoted, _ := json.Marshal(string(in.Value)) // a string can always be encoded
		filled = bytes.ReplaceAll(filled, []byte("${"+string(in.Name)+"}"), quoted[1:len(quoted)-1])
	}
	return filled
}

// types are the plugins of datasources by the names of inputs and variables.
type types map[string]string

func (r rawBoard) datasourceTypes() types {
	out := types{}
	for _, in := range r.Inputs {
		out[string(in.Name)] = string(in.PluginID)
	}
	for _, v := range r.Templating.List {
		if v.Type == "datasource" {
			out[string(v.Name)] = v.query()
		}
	}
	return out
}

// resolve adds the type to a reference that is only a name.
func (t types) resolve(r reference) Datasource {
	if r.Type == "" || strings.HasPrefix(r.Type, "$") {
		r.Type = t[strings.Trim(r.UID, "${}[]")]
	}
	return r.Datasource
}

// panels reads panels in the order of the page, which is the order of their
// places: Grafana sorts them so when it loads a board.
func panels(raw []json.RawMessage, kinds types) []Panel {
	var out []Panel
	for _, one := range raw {
		if p, ok := parsePanel(one, kinds); ok {
			out = append(out, p)
		}
	}
	sortByPlace(out)
	return out
}

func sortByPlace(list []Panel) {
	slices.SortStableFunc(list, func(a, b Panel) int {
		if a.Grid.Y != b.Grid.Y {
			return a.Grid.Y - b.Grid.Y
		}
		return a.Grid.X - b.Grid.X
	})
}
