package model

import (
	"encoding/json"
	"slices"
	"strings"
)

type oldGraph struct {
	Lines                 *boolean
	Bars, Points          boolean
	SteppedLine, Stack    boolean
	Percentage            boolean
	LineWidth, Fill       number
	PointRadius, Decimals number
	NullPointMode         text
	YAxes                 []oldAxis
	AliasColors           map[string]text
	SeriesOverrides       []oldSeries
	Thresholds            []oldThreshold
	XAxis                 struct{ Mode text }
	Legend                oldLegend
	Tooltip               struct{ Shared *boolean }
}

type oldAxis struct {
	Format, Label text
	Min, Max      number
	LogBase       number
	Decimals      number
}

type oldThreshold struct {
	Value                    number
	ColorMode, LineColor, Op text
	Fill, Line               boolean
}

type oldLegend struct {
	Show                 *boolean
	Values, AlignAsTable boolean
	RightSide, SortDesc  boolean
	Min, Max, Avg        boolean
	Current, Total       boolean
	Sort                 text
}

type oldSeries struct {
	Alias           text
	YAxis           number
	Lines, Bars     *boolean
	Points, Dashes  *boolean
	Fill, LineWidth number
	Color           text
	Transform       text
	Stack           json.RawMessage
}

func modernGraph(p *Panel, raw []byte) {
	var old oldGraph
	_ = read(raw, &old)
	p.Type = "timeseries"
	if old.XAxis.Mode == "histogram" {
		p.Type = "histogram"
	}
	custom := old.custom()
	defaults := fields{"custom": custom, "color": fields{"mode": "palette-classic"}}
	set(defaults, "decimals", old.Decimals.value)
	var left, right oldAxis
	if len(old.YAxes) > 0 {
		left = old.YAxes[0]
	}
	if len(old.YAxes) > 1 {
		right = old.YAxes[1]
	}
	for name, v := range left.settings() {
		if key, ok := strings.CutPrefix(name, "custom."); ok {
			custom[key] = v
		} else {
			defaults[name] = v
		}
	}
	if steps, style := modernThresholds(old.Thresholds); style != "" {
		defaults["thresholds"] = fields{"mode": "absolute", "steps": steps}
		custom["thresholdsStyle"] = fields{"mode": style}
	}
	p.Defaults = defaults.json()
	p.Overrides = old.overrides(right)
	tooltip := "multi"
	if old.Tooltip.Shared != nil && !bool(*old.Tooltip.Shared) {
		tooltip = "single"
	}
	p.Options = fields{"legend": old.Legend.modern(), "tooltip": fields{"mode": tooltip, "sort": "none"}}.json()
}

func (o oldGraph) custom() fields {
	draw := "line"
	switch {
	case o.Lines != nil && !bool(*o.Lines) && bool(o.Bars):
		draw = "bars"
	case o.Lines != nil && !bool(*o.Lines) && bool(o.Points):
		draw = "points"
	}
	stacking := "none"
	if o.Stack {
		stacking = "normal"
		if o.Percentage {
			stacking = "percent"
		}
	}
	interpolation, points := "linear", "never"
	if o.SteppedLine {
		interpolation = "stepAfter"
	}
	if o.Points {
		points = "always"
	}
	return fields{
		"drawStyle": draw, "lineInterpolation": interpolation, "lineWidth": o.LineWidth.within(0, 10, 1), "fillOpacity": o.Fill.within(0, 10, 1) * 10,
		"showPoints": points, "pointSize": o.PointRadius.within(0, 20, 2) * 2, "spanNulls": o.NullPointMode == "connected",
		"stacking": fields{"mode": stacking, "group": "A"},
	}
}

// settings are those of an axis, as properties.
func (a oldAxis) settings() fields {
	out := fields{}
	set(out, "unit", string(a.Format))
	set(out, "min", a.Min.value)
	set(out, "max", a.Max.value)
	set(out, "decimals", a.Decimals.value)
	set(out, "custom.axisLabel", string(a.Label))
	if base := a.LogBase.within(1, 100, 1); base > 1 {
		out["custom.scaleDistribution"] = fields{"type": "log", "log": base}
	}
	return out
}

// oldLevels are the colours of thresholds by their level.
var oldLevels = map[string]string{"critical": "red", "warning": "orange", "ok": "green"}

// modernThresholds are steps and how they are drawn; "" is not at all.
func modernThresholds(list []oldThreshold) (steps []fields, style string) {
	steps = []fields{{"color": "transparent", "value": nil}}
	for _, t := range list {
		if t.Value.value == nil {
			continue
		}
		color := nonempty(oldLevels[string(t.ColorMode)], nonempty(string(t.LineColor), "red"))
		if t.Op == "lt" { // the colour is for what lies below
			steps[len(steps)-1]["color"] = color
			color = "transparent"
		}
		steps = append(steps, fields{"color": color, "value": *t.Value.value})
		switch {
		case bool(t.Fill) && bool(t.Line):
			style = "line+area"
		case bool(t.Fill):
			style = "area"
		case bool(t.Line):
			style = "line"
		}
	}
	return steps, style
}

func (l oldLegend) modern() fields {
	calcs := []string{}
	for _, c := range []struct {
		on   boolean
		name string
	}{{l.Min, "min"}, {l.Max, "max"}, {l.Avg, "mean"}, {l.Current, "lastNotNull"}, {l.Total, "sum"}} {
		if bool(c.on) && bool(l.Values) {
			calcs = append(calcs, c.name)
		}
	}
	mode, placement := "list", "bottom"
	if l.AlignAsTable {
		mode = "table"
	}
	if l.RightSide {
		placement = "right"
	}
	out := fields{"displayMode": mode, "placement": placement, "calcs": calcs, "showLegend": l.Show == nil || bool(*l.Show)}
	if l.Sort != "" {
		names := map[text]string{"avg": "Mean", "current": "Last *", "min": "Min", "max": "Max", "total": "Total"}
		set(out, "sortBy", names[l.Sort])
		out["sortDesc"] = bool(l.SortDesc)
	}
	return out
}

// overrides are those of single series: colours by name, and settings by name or
// by pattern.
func (o oldGraph) overrides(right oldAxis) []Override {
	var out []Override
	names := make([]string, 0, len(o.AliasColors))
	for name := range o.AliasColors {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		out = append(out, overrideFor(name, fields{"color": fields{"mode": "fixed", "fixedColor": o.AliasColors[name]}}))
	}
	for _, s := range o.SeriesOverrides {
		if properties := s.properties(right); s.Alias != "" && len(properties) > 0 {
			out = append(out, overrideFor(string(s.Alias), properties))
		}
	}
	return out
}

// overrideFor matches a name, or /a pattern/.
func overrideFor(name string, properties fields) Override {
	m := Matcher{ID: "byName", Options: quoted(text(name))}
	if len(name) > 2 && name[0] == '/' {
		m.ID = "byRegexp"
	}
	out := Override{Matcher: m}
	ids := make([]string, 0, len(properties))
	for id := range properties {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		value, err := json.Marshal(properties[id])
		if err == nil {
			out.Properties = append(out.Properties, Property{ID: id, Value: value})
		}
	}
	return out
}

func (s oldSeries) properties(right oldAxis) fields {
	out := fields{}
	if s.YAxis.within(0, 2, 1) == 2 {
		out = right.settings()
		out["custom.axisPlacement"] = "right"
	}
	for _, style := range []struct {
		on   *boolean
		name string
	}{{s.Lines, "line"}, {s.Points, "points"}, {s.Bars, "bars"}} {
		if style.on != nil && bool(*style.on) {
			out["custom.drawStyle"] = style.name
		}
	}
	if s.Fill.value != nil {
		out["custom.fillOpacity"] = s.Fill.within(0, 10, 0) * 10
	}
	if s.LineWidth.value != nil {
		out["custom.lineWidth"] = s.LineWidth.within(0, 10, 1)
	}
	if s.Dashes != nil && bool(*s.Dashes) {
		out["custom.lineStyle"] = fields{"fill": "dash", "dash": []int{10, 10}}
	}
	if s.Color != "" {
		out["color"] = fields{"mode": "fixed", "fixedColor": string(s.Color)}
	}
	set(out, "custom.transform", string(s.Transform))
	if string(s.Stack) == "false" {
		out["custom.stacking"] = fields{"mode": "none", "group": "A"}
	}
	return out
}
