package frame

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// settings copy one property of a configuration.
var settings = map[string]func(to, from *Config){
	"displayName":       func(to, from *Config) { to.DisplayName = from.DisplayName },
	"displayNameFromDS": func(to, from *Config) { to.DisplayNameFromDS = from.DisplayNameFromDS },
	"description":       func(to, from *Config) { to.Description = from.Description },
	"unit":              func(to, from *Config) { to.Unit = from.Unit },
	"decimals":          func(to, from *Config) { to.Decimals = from.Decimals },
	"min":               func(to, from *Config) { to.Min = from.Min },
	"max":               func(to, from *Config) { to.Max = from.Max },
	"fieldMinMax":       func(to, from *Config) { to.FieldMinMax = from.FieldMinMax },
	"noValue":           func(to, from *Config) { to.NoValue = from.NoValue },
	"mappings":          func(to, from *Config) { to.Mappings = from.Mappings },
	"thresholds":        func(to, from *Config) { to.Thresholds = from.Thresholds },
	"color":             func(to, from *Config) { to.Color = from.Color },
	"links":             func(to, from *Config) { to.Links = from.Links },
}

// configure gives every field its configuration and its title: what the source
// set, then the panel's defaults where the source set nothing, then overrides.
func configure(p model.Panel, frames []Frame) {
	defaults := defaultsOf(p)
	rules := make([]override, len(p.Overrides))
	for i, o := range p.Overrides {
		rules[i] = newOverride(o)
	}
	name := namer(frames)
	for i := range frames {
		for _, f := range frames[i].Fields {
			f.Title = name(&frames[i], f) // what overrides match
		}
	}
	for i := range frames {
		for _, f := range frames[i].Fields {
			f.Config = f.Config.over(defaults)
			for _, o := range rules {
				if o.match != nil && o.match(&frames[i], f) {
					f.Config = f.Config.with(o.properties)
				}
			}
		}
	}
	for i := range frames {
		for _, f := range frames[i].Fields {
			f.Title = name(&frames[i], f)
		}
	}
}

// defaultsOf are the panel's defaults, and under them those of Grafana.
func defaultsOf(p model.Panel) Config {
	c := readConfig(p.Defaults)
	if len(c.Thresholds.Steps) == 0 {
		eighty := 80.0
		c.Thresholds.Steps = []Step{{Color: "green"}, {Color: "red", Value: &eighty}}
	}
	if c.Color.Mode == "" {
		c.Color.Mode = colorMode(p.Type)
	}
	return c
}

// colorMode is how a type of panel colours values unless told otherwise.
func colorMode(kind string) string {
	switch kind {
	case "timeseries", "barchart", "piechart", "histogram", "trend", "xychart":
		return "palette-classic"
	case "state-timeline":
		return "continuous-GrYlRd"
	}
	return "thresholds"
}

// over fills what is not set from the defaults.
func (c Config) over(defaults Config) Config {
	out := defaults
	if c.DisplayName != "" {
		out.DisplayName = c.DisplayName
	}
	if c.DisplayNameFromDS != "" {
		out.DisplayNameFromDS = c.DisplayNameFromDS
	}
	if c.Unit != "" {
		out.Unit = c.Unit
	}
	if c.Decimals != nil {
		out.Decimals = c.Decimals
	}
	if c.Color.Mode != "" {
		out.Color = c.Color
	}
	return out
}

// override is a compiled [model.Override]; a matcher that is not understood
// matches nothing.
type override struct {
	match      matcher
	properties []model.Property
}

func newOverride(o model.Override) override {
	m, err := newMatcher(o.Matcher)
	if err != nil {
		m = nil
	}
	return override{m, o.Properties}
}

// with sets properties one by one.
func (c Config) with(properties []model.Property) Config {
	for _, p := range properties {
		if path, ok := strings.CutPrefix(p.ID, "custom."); ok {
			c.Custom = setPath(c.Custom, strings.Split(path, "."), p.Value)
		} else {
			c.set(p.ID, p.Value)
		}
	}
	return c
}

// readConfig reads a configuration property by property, so that one that is
// broken costs only itself.
func readConfig(raw json.RawMessage) Config {
	var c Config
	var properties map[string]json.RawMessage
	_ = json.Unmarshal(raw, &properties) // what is no object sets nothing
	for id, value := range properties {
		c.set(id, value)
	}
	c.Custom = properties["custom"]
	return c
}

// set sets one property; null unsets it. One of a plugin or of a newer Grafana is
// left out, and so is a number that is none.
func (c *Config) set(id string, value json.RawMessage) {
	set := settings[id]
	if set == nil {
		return
	}
	number := id == "min" || id == "max" || id == "decimals"
	if number {
		value = bytes.Trim(value, `"`) // some editors write numbers as texts
	}
	var from Config
	raw, err := json.Marshal(map[string]json.RawMessage{id: value})
	if err != nil || !readLoosely(raw, &from) || number && json.Unmarshal(raw, &from) != nil {
		return
	}
	set(c, &from)
}

// setPath returns the object with one value changed; the object given stays as
// it is, since fields share it.
func setPath(object json.RawMessage, path []string, value json.RawMessage) json.RawMessage {
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(object, &fields) // what is no object is replaced
	fields = maps.Clone(fields)
	if fields == nil {
		fields = map[string]json.RawMessage{}
	}
	if len(path) > 1 {
		value = setPath(fields[path[0]], path[1:], value)
	}
	if len(value) == 0 {
		value = json.RawMessage("null")
	}
	fields[path[0]] = slices.Clone(value)
	out, err := json.Marshal(fields)
	if err != nil {
		return object // the value is no JSON
	}
	return out
}

// readLoosely decodes what it can; a value of another type than expected is left
// out. False is JSON that is broken.
func readLoosely(raw json.RawMessage, into any) bool {
	if len(raw) == 0 {
		return false
	}
	err := json.Unmarshal(raw, into)
	_, wrongType := errors.AsType[*json.UnmarshalTypeError](err)
	return err == nil || wrongType
}

// CustomInto decodes the field's custom options, skipping values of another type
// than expected, so that into keeps what it had there: the defaults.
func (f *Field) CustomInto(into any) { readLoosely(f.Config.Custom, into) }
