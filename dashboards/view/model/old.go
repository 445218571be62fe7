package model

import (
	"encoding/json"
	"strings"
)

// Panels that newer Grafanas replaced are read as what they became, as far as a
// picture goes. What is set the new way already is left alone.

// fields is a JSON object that is being built.
type fields map[string]any

func (f fields) json() json.RawMessage {
	out, err := json.Marshal(f)
	if err != nil {
		return nil // what was read as JSON can be written as such
	}
	return out
}

// set adds a value unless it is the zero value of its type.
func set[T comparable](f fields, name string, v T) {
	var zero T
	if v != zero {
		f[name] = v
	}
}

// modernize turns an old panel into what it became.
func modernize(p *Panel, raw []byte) {
	switch {
	case p.Type == "graph":
		modernGraph(p, raw)
	case p.Type == "singlestat" || p.Type == "grafana-singlestat-panel":
		modernSinglestat(p, raw)
	case p.Type == "table-old" || p.Type == "table" && p.Options == nil && p.Defaults == nil:
		modernTable(p, raw)
	case p.Type == "heatmap" && p.Options == nil:
		modernHeatmap(p, raw)
	case p.Type == "text" && p.Options == nil:
		var old struct{ Content, Mode text }
		_ = read(raw, &old)
		p.Options = fields{"content": string(old.Content), "mode": nonempty(string(old.Mode), "markdown")}.json()
	case p.Type == "grafana-piechart-panel":
		modernPie(p, raw)
	}
	modernFieldOptions(p)
}

// modernFieldOptions moves what Grafana 6 kept in the options of gauges.
func modernFieldOptions(p *Panel) {
	var old struct {
		FieldOptions *struct {
			Defaults  json.RawMessage
			Overrides []Override
			Calcs     []string
			Values    bool
		} `json:"fieldOptions"`
	}
	if read(p.Options, &old) != nil || old.FieldOptions == nil {
		return
	}
	var options fields
	_ = json.Unmarshal(p.Options, &options) // it was an object a moment ago
	delete(options, "fieldOptions")
	options["reduceOptions"] = fields{"calcs": old.FieldOptions.Calcs, "values": old.FieldOptions.Values}
	p.Options = options.json()
	if p.Defaults == nil {
		p.Defaults, p.Overrides = object(old.FieldOptions.Defaults), old.FieldOptions.Overrides
	}
}

// oldCalcs are calculations by their names in singlestat and in legends.
var oldCalcs = map[string]string{
	"avg": "mean", "current": "lastNotNull", "total": "sum", "min": "min", "max": "max", "first": "firstNotNull", "delta": "delta",
	"diff": "diff", "range": "range", "name": "lastNotNull", "last_time": "lastNotNull",
}

type oldSinglestat struct {
	Format, ValueName, NullText text
	Decimals                    number
	Thresholds                  text
	Colors                      []string
	ColorBackground, ColorValue boolean
	Sparkline                   struct{ Show boolean }
	Gauge                       struct {
		Show               boolean
		MinValue, MaxValue number
	}
	ValueMaps []struct{ Value, Text text }
	RangeMaps []struct{ From, To, Text text }
}

func modernSinglestat(p *Panel, raw []byte) {
	var old oldSinglestat
	_ = read(raw, &old)
	p.Type = "stat"
	color := "none"
	if old.ColorValue {
		color = "value"
	}
	if old.ColorBackground {
		color = "background"
	}
	graph := "none"
	if old.Sparkline.Show {
		graph = "area"
	}
	defaults := fields{"mappings": old.mappings(), "thresholds": old.thresholds(), "color": fields{"mode": "thresholds"}}
	set(defaults, "unit", string(old.Format))
	set(defaults, "noValue", string(old.NullText))
	set(defaults, "decimals", old.Decimals.value)
	if old.Gauge.Show {
		p.Type = "gauge"
		set(defaults, "min", old.Gauge.MinValue.value)
		set(defaults, "max", old.Gauge.MaxValue.value)
	}
	p.Defaults = defaults.json()
	calc := nonempty(oldCalcs[string(old.ValueName)], "mean") // what an unset one was
	p.Options = fields{
		"colorMode": color, "graphMode": graph, "reduceOptions": fields{"calcs": []string{calc}}, "showThresholdMarkers": true,
	}.json()
}

// thresholds are two numbers in a text, with three colours.
func (o oldSinglestat) thresholds() fields {
	colors := o.Colors
	if len(colors) == 0 {
		colors = []string{"#299c46", "rgba(237, 129, 40, 0.89)", "#d44a3a"}
	}
	steps := []fields{{"color": colors[0], "value": nil}}
	for i, s := range strings.Split(string(o.Thresholds), ",") {
		var n number
		_ = n.UnmarshalJSON([]byte(`"` + strings.TrimSpace(s) + `"`))
		if n.value != nil && i+1 < len(colors) {
			steps = append(steps, fields{"color": colors[i+1], "value": *n.value})
		}
	}
	return fields{"mode": "absolute", "steps": steps}
}

func (o oldSinglestat) mappings() []fields {
	out := []fields{}
	for _, m := range o.ValueMaps {
		if m.Value == "null" {
			out = append(out, fields{"type": "special", "options": fields{"match": "null", "result": fields{"text": m.Text}}})
			continue
		}
		out = append(out, fields{"type": "value", "options": fields{string(m.Value): fields{"text": m.Text}}})
	}
	for _, m := range o.RangeMaps {
		var from, to number
		_ = from.UnmarshalJSON(quoted(m.From))
		_ = to.UnmarshalJSON(quoted(m.To))
		if from.value != nil || to.value != nil {
			out = append(out, fields{"type": "range", "options": fields{"from": from.value, "to": to.value, "result": fields{"text": m.Text}}})
		}
	}
	return out
}

func quoted(s text) []byte {
	out, _ := json.Marshal(string(s)) // a string can always be encoded
	return out
}

func modernPie(p *Panel, raw []byte) {
	var old struct{ Format, ValueName, PieType text }
	_ = read(raw, &old)
	p.Type = "piechart"
	p.Defaults = fields{"unit": string(old.Format)}.json()
	kind := "pie"
	if old.PieType == "donut" {
		kind = "donut"
	}
	calc := nonempty(oldCalcs[string(old.ValueName)], "lastNotNull")
	p.Options = fields{
		"pieType": kind, "reduceOptions": fields{"calcs": []string{calc}}, "legend": fields{"showLegend": true, "displayMode": "list", "placement": "right"},
	}.json()
}

func modernHeatmap(p *Panel, raw []byte) {
	var old struct {
		DataFormat text
		YAxis      struct{ Format text }
		Color      struct{ Mode, ColorScheme, CardColor text }
	}
	_ = read(raw, &old)
	color := fields{"mode": "scheme", "scheme": strings.TrimPrefix(nonempty(string(old.Color.ColorScheme), "Oranges"), "interpolate"), "steps": 64}
	if old.Color.Mode == "opacity" {
		color = fields{"mode": "opacity", "fill": nonempty(string(old.Color.CardColor), "#b4ff00")}
	}
	p.Options = fields{"calculate": old.DataFormat != "tsbuckets", "color": color, "yAxis": fields{"unit": string(old.YAxis.Format)}}.json()
}
