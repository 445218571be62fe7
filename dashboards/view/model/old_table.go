package model

type oldTable struct {
	Transform text
	Styles    []oldStyle
	Columns   []struct{ Text, Value text }
}

type oldStyle struct {
	Pattern, Alias, Type, Unit text
	Decimals                   number
	ColorMode                  text
	Colors                     []string
	Thresholds                 []text
	Link                       boolean
	LinkURL                    text `json:"linkUrl"`
	LinkTooltip                text
}

// modernTable reads the table of Grafana up to 6: its styles become overrides,
// its way to make a table of series becomes transformations.
func modernTable(p *Panel, raw []byte) {
	var old oldTable
	_ = read(raw, &old)
	p.Type = "table"
	for _, s := range old.Styles {
		if s.Pattern != "" {
			p.Overrides = append(p.Overrides, overrideFor(string(s.Pattern), s.properties()))
		}
	}
	var steps []Transformation
	switch old.Transform {
	case "table":
		steps = []Transformation{{ID: "merge"}}
	case "timeseries_to_columns":
		steps = []Transformation{{ID: "joinByField"}}
	case "timeseries_to_rows":
		steps = []Transformation{{ID: "seriesToRows"}}
	case "timeseries_aggregations":
		var calcs []string
		for _, c := range old.Columns {
			if calc := oldCalcs[string(c.Value)]; calc != "" {
				calcs = append(calcs, calc)
			}
		}
		steps = []Transformation{{ID: "reduce", Options: fields{"reducers": calcs}.json()}}
	}
	p.Transformations = append(steps, p.Transformations...)
}

func (s oldStyle) properties() fields {
	out := fields{}
	if s.Type == "hidden" {
		out["custom.hidden"] = true
		return out
	}
	set(out, "displayName", string(s.Alias))
	set(out, "decimals", s.Decimals.value)
	if s.Type == "number" {
		set(out, "unit", string(s.Unit))
	}
	if s.Type == "date" {
		out["unit"] = "dateTimeAsIso"
	}
	if s.Link {
		out["links"] = []fields{{"title": string(s.LinkTooltip), "url": string(s.LinkURL)}}
	}
	kinds := map[text]string{"cell": "color-background", "row": "color-background", "value": "color-text"}
	if kind := kinds[s.ColorMode]; kind != "" && len(s.Colors) > 0 {
		list := text("")
		for i, t := range s.Thresholds {
			if i > 0 {
				list += ","
			}
			list += t
		}
		out["custom.cellOptions"] = fields{"type": kind}
		out["thresholds"] = oldSinglestat{Thresholds: list, Colors: s.Colors}.thresholds()
	}
	return out
}
