package diff

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
)

// panel is a panel or a row in the normal form.
type panel struct {
	id          float64
	kind, title string
	row         *panel // that it lies in; nil above the first one
	x, y, w, h  float64
	fields      object // of everything but queries
	queries     keyed
	overrides   keyed
	links       keyed
	steps       keyed // transformations
}

func (p *panel) isRow() bool { return p.kind == "row" }

// place is where a panel is within its row. Another row above moves all that
// follow, which is no difference of theirs.
func (p *panel) place() string {
	top := 0.0
	if p.row != nil {
		top = p.row.y + p.row.h
	}
	return fmt.Sprintf("column %v, line %v", p.x, p.y-top)
}

func (p *panel) size() string { return fmt.Sprintf("%v×%v", p.w, p.h) }

// notShown are the fields of a panel that do not show, or that are compared by
// themselves.
var notShown = []string{
	"id", "type", "title", "gridPos", "panels", "targets", "links", "transformations", "pluginVersion",
	"cachedPluginOptions", "scopedVars", "key", "isNew", "repeatPanelId", "repeatedByRow",
}

// panels flattens the panels of collapsed rows and sorts all by their position,
// as Grafana does whenever it saves.
func panels(raw []object) []*panel {
	var flat []object
	for _, p := range raw {
		flat = append(flat, p)
		flat = append(flat, loose.Objects(p["panels"])...)
	}
	var out []*panel
	for _, p := range flat {
		if p["repeatPanelId"] != nil || p["repeatedByRow"] != nil {
			continue // the copies that a repeated panel left behind
		}
		out = append(out, normalPanel(p))
	}
	slices.SortStableFunc(out, func(a, b *panel) int { return cmp.Or(cmp.Compare(a.y, b.y), cmp.Compare(a.x, b.x)) })
	var row *panel
	for _, p := range out {
		if p.isRow() {
			row = p
		} else {
			p.row = row
		}
	}
	return out
}

var quietPanel = object{"transparent": false, "hideTimeOverride": false}

func normalPanel(raw object) *panel {
	p := &panel{kind: text(raw["type"]), title: text(raw["title"]), fields: object{}}
	p.id, _ = raw["id"].(float64)
	grid := object{"x": 0.0, "y": 0.0, "w": 6.0, "h": 3.0}
	if given, is := raw["gridPos"].(object); is {
		for k := range grid {
			grid[k], _ = given[k].(float64)
		}
	}
	p.x, p.y, p.w, p.h = grid["x"].(float64), grid["y"].(float64), grid["w"].(float64), grid["h"].(float64)
	for k, v := range raw {
		if !slices.Contains(notShown, k) {
			p.fields[k] = v
		}
	}
	p.fields["datasource"] = source(raw["datasource"])
	fill(p.fields, quietPanel)
	if p.fields["repeat"] != nil {
		fill(p.fields, object{"repeatDirection": "h"})
	}
	fillPlugin(p.kind, p.fields)
	if p.isRow() {
		fill(p.fields, object{"collapsed": false})
		delete(p.fields, "datasource") // left over from old rows
		delete(p.fields, "fieldConfig")
	}
	p.queries = queries(loose.Objects(raw["targets"]), p.fields["datasource"])
	p.links = links(loose.Objects(raw["links"]))
	p.fieldConfig()
	for i, t := range loose.Objects(raw["transformations"]) {
		p.steps.add(fmt.Sprintf("%d (%s)", i+1, text(t["id"])), prune(t))
	}
	p.fields = prune(p.fields).(object)
	return p
}

// fieldConfig words the thresholds and names the overrides.
func (p *panel) fieldConfig() {
	defaults, _ := loose.At(p.fields, "fieldConfig", "defaults").(object)
	if t, is := defaults["thresholds"].(object); is {
		defaults["thresholds"] = thresholds(t)
	}
	config, _ := p.fields["fieldConfig"].(object)
	for _, o := range loose.Objects(config["overrides"]) {
		properties := object{}
		for _, property := range loose.Objects(o["properties"]) {
			v := property["value"]
			if t, is := v.(object); is && property["id"] == "thresholds" {
				v = thresholds(t)
			}
			properties[text(property["id"])] = v
		}
		p.overrides.add(matcher(o["matcher"]), prune(properties))
	}
	delete(config, "overrides")
}

func matcher(v any) string {
	id, of := text(loose.At(v, "id")), loose.At(v, "options")
	if id == "byName" {
		return quote(text(of))
	}
	return strings.TrimSpace(id + " " + word(of))
}

// thresholds words thresholds: "green, orange from 0.8". The first step starts
// at minus infinity whatever it says: JSON has null for that, the browser saves
// 0, and the server drops it.
func thresholds(t object) string {
	unit := ""
	if t["mode"] == "percentage" {
		unit = "%"
	}
	var steps []string
	for i, s := range loose.Objects(t["steps"]) {
		step := text(s["color"])
		if i > 0 {
			step += " from " + word(s["value"]) + unit
		}
		steps = append(steps, step)
	}
	return strings.Join(steps, ", ")
}

// quietQuery are the values of a query that its editor spells out.
var quietQuery = object{
	"hide": false, "exemplar": false, "format": "time_series", "intervalFactor": 1.0,
	"useBackend": false, "disableTextWrap": false, "fullMetaSearch": false, "includeNullMetadata": true,
}

func queries(raw []object, panelSource any) keyed {
	var out keyed
	for i, q := range raw {
		name := cmp.Or(text(q["refId"]), string(rune('A'+i%26)))
		delete(q, "refId")
		for _, editor := range []string{"editorMode", "key", "requestId"} {
			delete(q, editor)
		}
		if q["datasource"] = source(q["datasource"]); q["datasource"] == nil || q["datasource"] == panelSource {
			delete(q, "datasource")
		}
		if _, promQL := q["expr"]; promQL {
			q["kind"] = queryKind(q["range"], q["instant"])
			delete(q, "range")
			delete(q, "instant")
			fill(q, quietQuery)
		}
		if q = prune(q).(object); len(q) > 0 { // Grafana gives a panel without queries an empty one
			out.add(name, q)
		}
	}
	return out
}

// queryKind words the two flags of a Prometheus query; neither means a range.
func queryKind(ranged, instant any) string {
	switch {
	case instant == true && ranged == true:
		return "range and instant"
	case instant == true:
		return "instant"
	}
	return "range"
}

var quietVariable = object{
	"hide": 0.0, "multi": false, "includeAll": false, "skipUrlSync": false, "sort": 0.0,
	"allowCustomValue": true, "regexApplyTo": "value",
}

// found are the fields of a variable that it fills in by itself.
var found = map[string][]string{
	"query":      {"options", "definition"},
	"datasource": {"options", "refresh"},
	"interval":   {"options"},
	"custom":     {"options"},
	"textbox":    {"options"},
	"constant":   {"options", "hide"},
}

func variable(v object) any {
	delete(v, "name")
	delete(v, "index")
	v["datasource"] = source(v["datasource"])
	if query, is := v["query"].(object); is && query["query"] != nil {
		v["query"] = query["query"] // what is beside it is derived from it
	}
	if _, has := v["query"]; !has {
		v["query"] = v["definition"]
	}
	for _, field := range found[text(v["type"])] {
		delete(v, field)
	}
	fill(v, quietVariable)
	v["current"] = selected(v["current"])
	return prune(v)
}

// selected is what a variable starts on. Its wording is not looked at, and one
// value is the same alone and in a list.
func selected(v any) any {
	v = loose.At(v, "value")
	if values, is := v.([]any); is && len(values) == 1 {
		return values[0]
	}
	if reflect.DeepEqual(v, []any{}) {
		return nil
	}
	return v
}
