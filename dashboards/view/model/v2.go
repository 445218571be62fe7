package model

import (
	"encoding/json"
	"errors"
	"strings"
)

var errResource = errors.New("parse dashboard: this resource (apiVersion, kind, spec) has no panels; export the dashboard in the classic format")

// v2Board is the spec of a v2 resource as far as a picture goes.
type v2Board struct {
	Title        text                 `json:"title"`
	Description  text                 `json:"description"`
	Tags         texts                `json:"tags"`
	Links        []rawLink            `json:"links"`
	Elements     map[string]v2Element `json:"elements"`
	Layout       v2Layout             `json:"layout"`
	TimeSettings struct {
		Timezone, From, To, AutoRefresh text
	} `json:"timeSettings"`
	Variables []struct {
		Kind text            `json:"kind"`
		Spec json.RawMessage `json:"spec"`
	} `json:"variables"`
}

type v2Element struct {
	Kind text `json:"kind"`
	Spec struct {
		ID                 number `json:"id"`
		Title, Description text
		Transparent        boolean
		Links              []rawLink
		Data               struct {
			Spec struct {
				Queries []struct {
					Spec struct {
						RefID      text `json:"refId"`
						Hidden     boolean
						Datasource reference
						Query      v2Query
					}
				}
				Transformations []struct {
					Kind, Group text
					Spec        json.RawMessage
				}
				QueryOptions struct {
					Interval, TimeFrom, TimeShift text
					MaxDataPoints                 number
				}
			}
		}
		VizConfig struct {
			Kind, Group text
			Spec        struct {
				Options     json.RawMessage
				FieldConfig json.RawMessage
			}
		}
	} `json:"spec"`
}

// v2Query is named by its kind in v2alpha1 ("prometheus"), and by its group from
// v2beta1 on.
type v2Query struct {
	Kind, Group text
	Datasource  struct{ Name text }
	Spec        json.RawMessage
}

func (q v2Query) plugin() string {
	if q.Kind == "DataQuery" || q.Kind == "" {
		return string(q.Group)
	}
	return string(q.Kind)
}

// v2Layout is a grid, or rows, tabs and automatic grids of more of them.
type v2Layout struct {
	Kind text
	Spec struct {
		Items []struct {
			Kind text
			Spec struct {
				X, Y, Width, Height number
				Element             struct{ Name text }
				Repeat              struct {
					Value, Direction text
					MaxPerRow        number
				}
			}
		}
		Rows, Tabs []struct {
			Spec struct {
				Title     text
				Collapse  boolean
				Collapsed boolean
				Layout    *v2Layout
				Repeat    struct{ Value text }
			}
		}
		MaxColumnCount number
	}
}

// parseResource reads the spec of a dashboard resource: a classic board in
// v1beta1 and before, elements and a layout in v2.
func parseResource(spec []byte, depth int) (Board, error) {
	var v2 v2Board
	if read(spec, &v2) == nil && v2.Elements != nil {
		return v2.board(), nil
	}
	b, err := parse(spec, depth+1)
	if errors.Is(err, ErrNoBoard) {
		err = errResource
	}
	return b, err
}

func (v v2Board) board() Board {
	b := Board{
		Title: string(v.Title), Description: string(v.Description), Tags: v.Tags, Links: links(v.Links), Timezone: string(v.TimeSettings.Timezone),
		From: string(v.TimeSettings.From), To: string(v.TimeSettings.To), Refresh: string(v.TimeSettings.AutoRefresh),
	}
	for _, one := range v.Variables {
		var raw rawVariable
		if read(one.Spec, &raw) != nil {
			continue
		}
		kind := strings.ToLower(strings.TrimSuffix(string(one.Kind), "Variable"))
		if kind == "text" {
			kind = "textbox"
		}
		raw.Type = text(kind)
		var spec struct {
			Query    v2Query
			PluginID text `json:"pluginId"`
		}
		if read(one.Spec, &spec) == nil && spec.Query.Spec != nil {
			raw.Query = spec.Query.Spec
		}
		if kind == "datasource" {
			raw.Query = quoted(spec.PluginID)
		}
		b.Variables = append(b.Variables, raw.variable(types{}))
	}
	b.Panels, _ = v.place(v.Layout, 0, 0)
	return b
}

// mostNested is how deep layouts may lie in each other.
const mostNested = 8

// place lays out from y on and returns where it ends. Tabs are drawn like rows,
// one below the other: a picture has nothing to click on.
func (v v2Board) place(l v2Layout, y, depth int) ([]Panel, int) {
	var out []Panel
	bottom := y
	columns := l.Spec.MaxColumnCount.within(1, 24, 3)
	for i, item := range l.Spec.Items {
		e, ok := v.Elements[string(item.Spec.Element.Name)]
		if !ok {
			continue
		}
		p := e.panel()
		s := item.Spec
		p.Repeat, p.RepeatDirection, p.MaxPerRow = string(s.Repeat.Value), string(s.Repeat.Direction), s.Repeat.MaxPerRow.within(0, 24, 0)
		p.Grid = (&rawGrid{s.X, s.Y, s.Width, s.Height}).grid()
		if item.Kind == "AutoGridLayoutItem" {
			w := 24 / columns
			p.Grid = Grid{X: i % columns * w, Y: i / columns * 9, W: w, H: 9}
		}
		p.Grid.Y += y
		bottom = max(bottom, p.Grid.Y+p.Grid.H)
		out = append(out, p)
	}
	sortByPlace(out)
	for _, row := range append(l.Spec.Rows, l.Spec.Tabs...) {
		if row.Spec.Layout == nil || depth > mostNested {
			continue
		}
		head := Panel{Type: "row", Title: string(row.Spec.Title), Repeat: string(row.Spec.Repeat.Value), Grid: Grid{Y: bottom, W: 24, H: 1}}
		head.Collapsed = bool(row.Spec.Collapse || row.Spec.Collapsed)
		inside, end := v.place(*row.Spec.Layout, bottom+1, depth+1)
		if head.Collapsed {
			head.Panels, inside, end = inside, nil, bottom+1
		}
		out = append(append(out, head), inside...)
		bottom = end
	}
	return out, bottom
}

func (e v2Element) panel() Panel {
	s := e.Spec
	var config struct {
		Defaults  json.RawMessage
		Overrides []Override
	}
	_ = read(s.VizConfig.Spec.FieldConfig, &config)
	o := s.Data.Spec.QueryOptions
	p := Panel{
		ID: int64(s.ID.within(-1<<31, 1<<31, 0)), Title: string(s.Title), Description: string(s.Description), Transparent: bool(s.Transparent),
		Type: string(s.VizConfig.Kind), Options: object(s.VizConfig.Spec.Options), Defaults: object(config.Defaults), Overrides: config.Overrides,
		Links: links(s.Links), Interval: string(o.Interval), TimeFrom: string(o.TimeFrom), TimeShift: string(o.TimeShift),
		MaxDataPoints: o.MaxDataPoints.within(0, 100_000, 0),
	}
	if p.Type == "VizConfig" {
		p.Type = string(s.VizConfig.Group)
	}
	if e.Kind == "LibraryPanel" {
		p.Type = LibraryPanel
	}
	for i, q := range s.Data.Spec.Queries {
		t, ok := parseTarget(q.Spec.Query.Spec, i, Datasource{}, types{})
		if !ok {
			continue
		}
		if q.Spec.RefID != "" {
			t.RefID = string(q.Spec.RefID)
		}
		t.Hide = bool(q.Spec.Hidden)
		t.Datasource = Datasource{Type: q.Spec.Query.plugin(), UID: nonempty(string(q.Spec.Query.Datasource.Name), q.Spec.Datasource.UID)}
		p.Targets = append(p.Targets, t)
	}
	for _, t := range s.Data.Spec.Transformations {
		var spec struct {
			ID       text
			Disabled boolean
			Options  json.RawMessage
			Filter   *Matcher
		}
		_ = read(t.Spec, &spec)
		id := nonempty(string(spec.ID), nonempty(string(t.Group), string(t.Kind)))
		p.Transformations = append(p.Transformations, Transformation{ID: id, Disabled: bool(spec.Disabled), Options: object(spec.Options), Filter: spec.Filter})
	}
	return p
}
