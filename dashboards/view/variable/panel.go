package variable

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// Panel fills the variables into all of a panel that is shown: its title, its
// links, its options and its field configuration, with the values that a repeated
// panel has of its own. Queries stay as they are: a source fills them in.
func (v Values) Panel(p model.Panel) model.Panel {
	v = v.Scoped(p.Scope)
	p.Title, p.Description = v.Interpolate(p.Title, Text), v.Interpolate(p.Description, Text)
	p.Options, p.Defaults = v.json(p.Options), v.json(p.Defaults)
	p.Links = v.Links(p.Links)
	p.Overrides = slices.Clone(p.Overrides)
	for i, o := range p.Overrides {
		p.Overrides[i].Matcher.Options = v.json(o.Matcher.Options)
		p.Overrides[i].Properties = slices.Clone(o.Properties)
		for j, property := range o.Properties {
			p.Overrides[i].Properties[j].Value = v.json(property.Value)
		}
	}
	p.Transformations = slices.Clone(p.Transformations)
	for i, t := range p.Transformations {
		p.Transformations[i].Options = v.json(t.Options)
	}
	return p
}

// Links fills the variables into links.
func (v Values) Links(list []model.BoardLink) []model.BoardLink {
	list = slices.Clone(list)
	for i, l := range list {
		list[i].Title, list[i].Tooltip, list[i].URL = v.Interpolate(l.Title, Text), v.Interpolate(l.Tooltip, Text), v.Interpolate(l.URL, Glob)
	}
	return list
}

// json fills the variables into the texts of JSON; what is no JSON stays.
func (v Values) json(raw json.RawMessage) json.RawMessage {
	if !bytes.Contains(raw, []byte("$")) && !bytes.Contains(raw, []byte("[[")) {
		return raw
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var value any
	if d.Decode(&value) != nil {
		return raw
	}
	out, err := json.Marshal(v.within(value))
	if err != nil {
		return raw
	}
	return out
}

func (v Values) within(value any) any {
	switch value := value.(type) {
	case string:
		return v.Interpolate(value, Glob)
	case []any:
		for i, x := range value {
			value[i] = v.within(x)
		}
	case map[string]any:
		for k, x := range value {
			value[k] = v.within(x)
		}
	}
	return value
}
