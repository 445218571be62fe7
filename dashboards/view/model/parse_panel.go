package model

import (
	"bytes"
	"encoding/json"
)

type rawPanel struct {
	ID              number            `json:"id"`
	Type            text              `json:"type"`
	Title           text              `json:"title"`
	Description     text              `json:"description"`
	Transparent     boolean           `json:"transparent"`
	Grid            *rawGrid          `json:"gridPos"`
	Collapsed       boolean           `json:"collapsed"`
	Panels          []json.RawMessage `json:"panels"`
	Repeat          text              `json:"repeat"`
	RepeatDirection text              `json:"repeatDirection"`
	MaxPerRow       number            `json:"maxPerRow"`
	Datasource      reference         `json:"datasource"`
	Targets         []json.RawMessage `json:"targets"`
	Transformations []struct {
		ID       text            `json:"id"`
		Disabled boolean         `json:"disabled"`
		Options  json.RawMessage `json:"options"`
		Filter   *Matcher        `json:"filter"`
	} `json:"transformations"`
	Options     json.RawMessage `json:"options"`
	FieldConfig struct {
		Defaults  json.RawMessage `json:"defaults"`
		Overrides []Override      `json:"overrides"`
	} `json:"fieldConfig"`
	Links         []rawLink `json:"links"`
	Interval      text      `json:"interval"`
	MaxDataPoints number    `json:"maxDataPoints"`
	TimeFrom      text      `json:"timeFrom"`
	TimeShift     text      `json:"timeShift"`
	Library       *struct {
		Name text `json:"name"`
	} `json:"libraryPanel"`
	// Span is the width of a panel in a row of twelve, up to Grafana 5.
	Span   number `json:"span"`
	Height number `json:"height"`
}

type rawGrid struct{ X, Y, W, H number }

// maxCells bounds places and sizes, so that a sum of them cannot overflow.
const maxCells = 100_000

func (g *rawGrid) grid() Grid {
	if g == nil {
		return Grid{W: 12, H: 8}
	}
	w := g.W.within(1, 24, 12)
	return Grid{X: g.X.within(0, 24-w, 0), Y: g.Y.within(0, maxCells, 0), W: w, H: g.H.within(1, maxCells, 8)}
}

// LibraryPanel is the type of a panel whose content is kept in Grafana and not
// in the dashboard.
const LibraryPanel = "library-panel"

// parsePanel reads one panel; false if it is none.
func parsePanel(raw []byte, kinds types) (Panel, bool) {
	var r rawPanel
	if !bytes.HasPrefix(raw, []byte("{")) || read(raw, &r) != nil {
		return Panel{}, false
	}
	p := Panel{
		ID: int64(r.ID.within(-1<<31, 1<<31, 0)), Type: string(r.Type), Title: string(r.Title), Description: string(r.Description),
		Transparent: bool(r.Transparent), Grid: r.Grid.grid(), Collapsed: bool(r.Collapsed), Panels: panels(r.Panels, kinds),
		Repeat: string(r.Repeat), RepeatDirection: string(r.RepeatDirection), MaxPerRow: r.MaxPerRow.within(0, 24, 0),
		Datasource: kinds.resolve(r.Datasource), Options: object(r.Options), Defaults: object(r.FieldConfig.Defaults),
		Overrides: r.FieldConfig.Overrides, Links: links(r.Links), Interval: string(r.Interval),
		MaxDataPoints: r.MaxDataPoints.within(0, 100_000, 0), TimeFrom: string(r.TimeFrom), TimeShift: string(r.TimeShift),
	}
	if p.Type == "" && len(r.Panels) > 0 {
		p.Type = "row"
	}
	if p.Type == "row" {
		p.Grid.X, p.Grid.W, p.Grid.H = 0, 24, 1
	}
	for i, t := range r.Targets {
		if target, ok := parseTarget(t, i, p.Datasource, kinds); ok {
			p.Targets = append(p.Targets, target)
		}
	}
	for _, t := range r.Transformations {
		p.Transformations = append(p.Transformations, Transformation{ID: string(t.ID), Disabled: bool(t.Disabled), Options: object(t.Options), Filter: t.Filter})
	}
	if r.Library != nil && len(r.Targets) == 0 && p.Options == nil {
		p.Type = LibraryPanel
		p.Title = nonempty(p.Title, string(r.Library.Name))
		p.Description = nonempty(p.Description, "A library panel: its content is kept in Grafana, not in the dashboard. Unlink it there to have it here.")
	}
	modernize(&p, raw)
	return p, true
}

func nonempty(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

type rawTarget struct {
	RefID          text      `json:"refId"`
	Expr           text      `json:"expr"`
	Legend         text      `json:"legendFormat"`
	Format         text      `json:"format"`
	Interval       text      `json:"interval"`
	Instant        boolean   `json:"instant"`
	Range          *boolean  `json:"range"`
	Exemplar       boolean   `json:"exemplar"`
	Hide           boolean   `json:"hide"`
	IntervalFactor number    `json:"intervalFactor"`
	Datasource     reference `json:"datasource"`
}

func parseTarget(raw json.RawMessage, i int, from Datasource, kinds types) (Target, bool) {
	var r rawTarget
	if object(raw) == nil || read(raw, &r) != nil {
		return Target{}, false
	}
	t := Target{
		RefID: string(r.RefID), Expr: string(r.Expr), Legend: string(r.Legend), Format: string(r.Format), Interval: string(r.Interval),
		Instant: bool(r.Instant), Exemplar: bool(r.Exemplar), Hide: bool(r.Hide), Factor: r.IntervalFactor.within(1, 100, 1), Datasource: kinds.resolve(r.Datasource), Raw: raw,
	}
	// Up to Grafana 8 a query was one or the other, and only "instant" was written.
	t.Range = !t.Instant
	if r.Range != nil {
		t.Range = bool(*r.Range) || !t.Instant
	}
	if t.RefID == "" && i < 26 {
		t.RefID = string(rune('A' + i)) // as Grafana does when it loads the board
	}
	if t.Datasource == (Datasource{}) && from.UID != "-- Mixed --" {
		t.Datasource = from
	}
	return t, true
}

type rawLink struct {
	Title       text    `json:"title"`
	URL         text    `json:"url"`
	Type        text    `json:"type"`
	Tooltip     text    `json:"tooltip"`
	Tags        texts   `json:"tags"`
	KeepTime    boolean `json:"keepTime"`
	IncludeVars boolean `json:"includeVars"`
	TargetBlank boolean `json:"targetBlank"`
	AsDropdown  boolean `json:"asDropdown"`
}

func links(raw []rawLink) []BoardLink {
	var out []BoardLink
	for _, l := range raw {
		out = append(out, BoardLink{
			Title: string(l.Title), URL: string(l.URL), Type: string(l.Type), Tooltip: string(l.Tooltip), Tags: l.Tags,
			KeepTime: bool(l.KeepTime), IncludeVars: bool(l.IncludeVars), TargetBlank: bool(l.TargetBlank), AsDropdown: bool(l.AsDropdown),
		})
	}
	return out
}
