package check

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strings"
)

type rawPanel struct {
	ID          number                           `json:"id"`
	Title       text                             `json:"title"`
	Type        text                             `json:"type"`
	Datasource  source                           `json:"datasource"`
	Panels      []rawPanel                       `json:"panels"`
	Targets     maybe[[]rawQuery]                `json:"targets"`
	FieldConfig maybe[rawFields]                 `json:"fieldConfig"`
	Transforms  maybe[[]rawTransform]            `json:"transformations"`
	Library     maybe[*struct{ Name, UID text }] `json:"libraryPanel"`
	Options     maybe[rawOptions]                `json:"options"`
	// Panels of Grafana up to 7 have their units elsewhere.
	Format   text `json:"format"`
	Interval text `json:"interval"`
	Yaxes    maybe[[]struct {
		Format text `json:"format"`
	}] `json:"yaxes"`
	Overrides maybe[[]struct {
		Yaxis number `json:"yaxis"`
	}] `json:"seriesOverrides"`
}

type rawQuery struct {
	RefID      text    `json:"refId"`
	Expr       text    `json:"expr"`
	Legend     text    `json:"legendFormat"`
	Format     text    `json:"format"`
	Hide       boolean `json:"hide"`
	Datasource source  `json:"datasource"`
}

type rawFields struct {
	Defaults struct {
		Unit     text `json:"unit"`
		Min, Max number
	} `json:"defaults"`
	Overrides []struct {
		Matcher struct {
			ID      text `json:"id"`
			Options text `json:"options"`
		} `json:"matcher"`
		Properties []struct {
			ID    text            `json:"id"`
			Value json.RawMessage `json:"value"`
		} `json:"properties"`
	} `json:"overrides"`
}

// rawOptions has the units of a heatmap: of its buckets and of its cells.
type rawOptions struct {
	YAxis struct {
		Unit text `json:"unit"`
	} `json:"yAxis"`
	CellValues struct {
		Unit text `json:"unit"`
	} `json:"cellValues"`
}

type rawTransform struct {
	ID      text `json:"id"`
	Options maybe[struct {
		Rename map[string]text `json:"renameByName"`
	}] `json:"options"`
}

// panels flattens rows and leaves out panels that ask Prometheus nothing.
func (r *reader) panels(b *Board, raw []rawPanel) {
	for _, p := range raw {
		if lib := p.Library.value; lib != nil {
			b.Library = append(b.Library, strings.TrimSpace(string(p.Title)+" ("+string(lib.Name)+")"))
		}
		if out := r.panel(b, p); len(out.Targets) > 0 {
			b.Panels = append(b.Panels, out)
		}
		r.panels(b, p.Panels)
	}
}

func (r *reader) panel(b *Board, p rawPanel) Panel {
	fields := p.FieldConfig.value
	out := Panel{Title: string(p.Title), Type: string(p.Type), Unit: p.unit(), Min: fields.Defaults.Min.value, Max: fields.Defaults.Max.value, interval: string(p.Interval),
		cellUnit: string(p.Options.value.CellValues.Unit)}
	if p.ID.value != nil {
		out.ID = int64(*p.ID.value)
	}
	for i, q := range p.Targets.value {
		if q.RefID == "" && i < 26 {
			q.RefID = text(rune('A' + i)) // as Grafana does when it loads the board
		}
		from := q.Datasource
		if from == (source{}) || from.name == "-- Mixed --" {
			from = p.Datasource
		}
		if q.Expr == "" {
			continue
		}
		if !r.prometheus(from) {
			b.Skipped[cmp.Or(from.kind, from.name)]++
			continue
		}
		out.Targets = append(out.Targets, Target{
			RefID: string(q.RefID), Expr: string(q.Expr), Legend: string(q.Legend), Format: string(q.Format),
			Hidden: bool(q.Hide), Unit: p.unitOf(q, out.Unit), Line: r.lines.of(string(q.Expr)),
		})
	}
	return out
}

// unit is the unit of the panel's values. Older graphs have one for each axis:
// with two axes in use nobody can tell which query is on which.
func (p rawPanel) unit() string {
	if unit := p.FieldConfig.value.Defaults.Unit; unit != "" {
		return string(unit)
	}
	if unit := p.Options.value.YAxis.Unit; unit != "" && p.Type == "heatmap" {
		return string(unit)
	}
	if p.Type == "singlestat" {
		return string(p.Format)
	}
	for _, o := range p.Overrides.value {
		if o.Yaxis.value != nil && *o.Yaxis.value == 2 {
			return ""
		}
	}
	if len(p.Yaxes.value) > 0 {
		return string(p.Yaxes.value[0].Format)
	}
	return ""
}

// unitOf is the unit of one query's values: that of an override which is for
// this query, or the panel's. An override by a pattern may be for it or not, so
// that the unit is unknown.
func (p rawPanel) unitOf(q rawQuery, unit string) string {
	for _, o := range p.FieldConfig.value.Overrides {
		for _, property := range o.Properties {
			if property.ID != "unit" {
				continue
			}
			var value text
			_ = value.UnmarshalJSON(property.Value)
			switch {
			case p.named(q, string(o.Matcher.ID), string(o.Matcher.Options)):
				unit = string(value)
			case o.Matcher.ID != "byName" && o.Matcher.ID != "byFrameRefID":
				return ""
			case strings.Contains(string(q.Legend), "{{") && o.Matcher.ID == "byName":
				return ""
			}
		}
	}
	return unit
}

// named tells whether an override's matcher is for a query: by its letter, its
// legend, or the name that a table gives to its column.
func (p rawPanel) named(q rawQuery, matcher, name string) bool {
	if matcher == "byFrameRefID" {
		return name == string(q.RefID)
	}
	column := "Value #" + string(q.RefID)
	if matcher != "byName" {
		return false
	}
	for _, t := range p.Transforms.value {
		if to := t.Options.value.Rename[column]; to != "" && string(to) == name {
			return true
		}
	}
	single := len(p.Targets.value) == 1 && (name == "Value" || p.renamedValue(name))
	return name == string(q.Legend) || name == column || single
}

func (p rawPanel) renamedValue(name string) bool {
	for _, t := range p.Transforms.value {
		if string(t.Options.value.Rename["Value"]) == name {
			return true
		}
	}
	return false
}

// lines finds the lines of texts in a file that stand there in order.
type lines struct {
	text   []byte
	offset int
	line   int
}

func (l *lines) rewind() { l.offset, l.line = 0, 1 }

// of returns the line of the next place where the string stands as JSON, or 0.
func (l *lines) of(s string) int {
	if s == "" {
		return 0
	}
	i := bytes.Index(l.text[l.offset:], encoded(s))
	if i < 0 {
		return 0
	}
	l.line += bytes.Count(l.text[l.offset:l.offset+i], []byte("\n"))
	l.offset += i
	return l.line
}

// encoded is the string as Grafana writes it, without escapes for HTML.
func encoded(s string) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string can always be encoded
	return bytes.TrimSpace(out.Bytes())
}
