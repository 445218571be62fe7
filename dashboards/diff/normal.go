package diff

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
)

type object = map[string]any

// keyed is a list whose elements have names. The order of the names is kept
// beside the elements, so that moving one is not a difference of all.
type keyed struct {
	names []string
	items object
}

func (k *keyed) add(name string, item any) {
	unique := name
	for n := 2; k.items[unique] != nil; n++ {
		unique = fmt.Sprintf("%s #%d", name, n)
	}
	if k.items == nil {
		k.items = object{}
	}
	k.names = append(k.names, unique)
	k.items[unique] = item
}

// board is a dashboard in the normal form.
type board struct {
	fields      object
	panels      []*panel // rows are panels too
	variables   keyed
	annotations keyed
	links       keyed
}

// storeFields are no part of what a board shows.
var storeFields = []string{
	"id", "uid", "version", "iteration", "gnetId", "meta", "ginsight", "schemaVersion",
	"panels", "templating", "annotations", "links", "time", "timepicker", "__requires",
}

// quiet are values that Grafana takes for granted on a board.
var quiet = object{
	"editable": true, "fiscalYearStartMonth": 0.0, "graphTooltip": 0.0, "refresh": "", "timezone": "", "weekStart": "",
	"liveNow": false, "preload": false, "style": "dark", "hideControls": false,
}

// normal brings a decoded dashboard into the normal form. It does not change
// raw.
func normal(raw object) board {
	raw = clone(raw).(object)
	b := board{fields: object{}}
	for k, v := range raw {
		if !slices.Contains(storeFields, k) {
			b.fields[k] = v
		}
	}
	if raw["refresh"] == false { // how old versions wrote that there is none
		b.fields["refresh"] = ""
	}
	fill(b.fields, quiet)
	for k, v := range timeFields(raw) {
		b.fields[k] = v
	}
	if newest, old := raw["schemaVersion"].(float64); old && newest > 42 {
		b.fields["schemaVersion"] = newest
	}
	b.fields = prune(b.fields).(object)
	b.panels = panels(loose.Objects(raw["panels"]))
	for _, v := range loose.Objects(loose.At(raw, "templating", "list")) {
		b.variables.add(text(v["name"]), variable(v))
	}
	b.annotations = annotations(loose.Objects(loose.At(raw, "annotations", "list")))
	b.links = links(loose.Objects(raw["links"]))
	return b
}

// defaultIntervals are what the refresh menu offers unless it is told otherwise.
var defaultIntervals = []any{"5s", "10s", "30s", "1m", "5m", "15m", "30m", "1h", "2h", "1d"}

// timeFields are the time range, in one field, and the settings of its picker.
func timeFields(raw object) object {
	from, to := cmp.Or(text(loose.At(raw, "time", "from")), "now-6h"), cmp.Or(text(loose.At(raw, "time", "to")), "now")
	out := object{"time range": from + " to " + to}
	picker, _ := raw["timepicker"].(object)
	for k, v := range picker {
		switch k {
		case "time_options", "collapse", "enable", "notice", "now", "status", "type": // of old versions, without effect
		case "refresh_intervals":
			if !reflect.DeepEqual(v, any(defaultIntervals)) {
				out["refresh intervals"] = v
			}
		default:
			if v != false {
				out["time picker "+k] = v
			}
		}
	}
	return out
}

// builtIn is the annotation query that Grafana adds to a board without one.
var builtIn = object{
	"builtIn": 1.0, "datasource": "-- Grafana --", "enable": true, "hide": true,
	"iconColor": "rgba(0, 211, 255, 1)", "type": "dashboard",
}

// quietTags is what an annotation that asks for tags leaves to Grafana.
var quietTags = object{"limit": 100.0, "matchAny": false}

func annotations(raw []object) keyed {
	var out keyed
	for _, a := range raw {
		a["datasource"] = source(a["datasource"])
		if target, is := a["target"].(object); is && target["type"] == "tags" {
			fill(target, quietTags)
		}
		if a["builtIn"] == 1.0 {
			delete(a, "target") // the browser spells out what the built-in one asks for
			fill(a, builtIn)
		}
		name := text(a["name"])
		delete(a, "name")
		a = prune(a).(object)
		if name != "Annotations & Alerts" || !reflect.DeepEqual(a, prune(builtIn)) {
			out.add(name, a)
		}
	}
	return out
}

// quietLink is a link with everything left out.
var quietLink = object{"asDropdown": false, "includeVars": false, "keepTime": false, "targetBlank": false, "icon": "", "tooltip": ""}

func links(raw []object) keyed {
	var out keyed
	for _, l := range raw {
		fill(l, quietLink)
		name := text(l["title"])
		delete(l, "title")
		out.add(name, prune(l))
	}
	return out
}

// source is a reference to a data source: its uid, or its name in old boards.
func source(v any) any {
	ref, is := v.(object)
	if !is {
		return v
	}
	return cmp.Or(text(ref["uid"]), text(ref["type"]))
}

// fill gives an object the fields that it lacks, at any depth. Lists are taken
// as a whole.
func fill(o, defaults object) {
	for k, d := range defaults {
		have, exists := o[k]
		inner, deep := d.(object)
		switch given, is := have.(object); {
		case !exists || have == nil:
			o[k] = clone(d)
		case is && deep:
			fill(given, inner)
		}
	}
}

// prune takes out of objects what is empty.
func prune(v any) any {
	switch v := v.(type) {
	case object:
		out := object{}
		for k, e := range v {
			if e = prune(e); !empty(e) {
				out[k] = e
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = prune(e)
		}
		return out
	}
	return v
}

func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case object:
		return len(v) == 0
	}
	return false
}

// clone copies a JSON value, with all numbers as float64.
func clone(v any) any {
	switch v := v.(type) {
	case object:
		out := make(object, len(v))
		for k, e := range v {
			out[k] = clone(e)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = clone(e)
		}
		return out
	case json.Number:
		if f, err := v.Float64(); err == nil {
			return f
		}
		return v.String()
	}
	return v
}

func text(v any) string { s, _ := v.(string); return strings.TrimSpace(s) }
