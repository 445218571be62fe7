package model

import "encoding/json"

type rawVariable struct {
	Name       text            `json:"name"`
	Label      text            `json:"label"`
	Type       text            `json:"type"`
	Query      json.RawMessage `json:"query"`
	Definition text            `json:"definition"`
	Regex      text            `json:"regex"`
	AllValue   text            `json:"allValue"`
	Multi      boolean         `json:"multi"`
	IncludeAll boolean         `json:"includeAll"`
	Hide       json.RawMessage `json:"hide"`
	Sort       number          `json:"sort"`
	Current    struct {
		Value, Text texts
	} `json:"current"`
	Options []struct {
		Text, Value texts
	} `json:"options"`
	Datasource reference   `json:"datasource"`
	Filters    []rawFilter `json:"filters"`
}

type rawFilter struct {
	Key      text  `json:"key"`
	Operator text  `json:"operator"`
	Value    text  `json:"value"`
	Values   texts `json:"values"`
}

func (r rawVariable) variable(kinds types) Variable {
	v := Variable{
		Name: string(r.Name), Label: string(r.Label), Type: string(r.Type), Query: r.query(), Regex: string(r.Regex), AllValue: string(r.AllValue),
		Multi: bool(r.Multi), IncludeAll: bool(r.IncludeAll), Hide: r.hide(), Sort: r.Sort.within(0, 8, 0),
		Current: r.Current.Value, Datasource: kinds.resolve(r.Datasource),
	}
	for _, o := range r.Options {
		// "All" is written into the list too: IncludeAll says it better.
		if len(o.Value) == 1 && o.Value[0] != "$__all" {
			v.Options = append(v.Options, Option{Text: nonempty(first(o.Text), o.Value[0]), Value: o.Value[0]})
		}
	}
	for _, f := range r.Filters {
		if f.Key != "" && v.Type == "adhoc" {
			v.Filters = append(v.Filters, Filter{string(f.Key), string(f.Operator), string(f.Value), f.Values})
		}
	}
	if v.Type == "query" && v.Query == "" {
		v.Query = string(r.Definition)
	}
	return v
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// hide is a number, in Grafana 4 a boolean, and a word in a v2 resource.
func (r rawVariable) hide() int {
	switch string(r.Hide) {
	case "true", `"hideVariable"`:
		return 2
	case `"hideLabel"`:
		return 1
	}
	var n number
	_ = n.UnmarshalJSON(r.Hide)
	return n.within(0, 3, 0)
}

// query is a text, or since Grafana 8.3 an object that holds it.
func (r rawVariable) query() string {
	var plain text
	if json.Unmarshal(r.Query, &plain) == nil && plain != "" {
		return string(plain)
	}
	var q struct {
		Query, Expr text
		Legacy      text `json:"__legacyStringValue"`
	}
	_ = read(r.Query, &q)
	return nonempty(string(q.Query), nonempty(string(q.Expr), string(q.Legacy)))
}

type rawAnnotation struct {
	Name            text      `json:"name"`
	Expr            text      `json:"expr"`
	Step            text      `json:"step"`
	TitleFormat     text      `json:"titleFormat"`
	TextFormat      text      `json:"textFormat"`
	TagKeys         texts     `json:"tagKeys"`
	Color           text      `json:"iconColor"`
	Enable          *boolean  `json:"enable"`
	Hide            boolean   `json:"hide"`
	UseValueForTime text      `json:"useValueForTime"`
	Datasource      reference `json:"datasource"`
	Target          struct {
		Expr text `json:"expr"`
	} `json:"target"`
}

func (r rawAnnotation) annotation(kinds types) Annotation {
	a := Annotation{
		Name: string(r.Name), Expr: nonempty(string(r.Expr), string(r.Target.Expr)), Step: string(r.Step),
		TitleFormat: string(r.TitleFormat), TextFormat: string(r.TextFormat), TagKeys: joined(r.TagKeys), Color: string(r.Color),
		Enable: r.Enable == nil || bool(*r.Enable), Hide: bool(r.Hide), UseValueForTime: r.UseValueForTime == "on" || r.UseValueForTime == "true",
		Datasource: kinds.resolve(r.Datasource),
	}
	return a
}

func joined(list []string) string {
	out := ""
	for i, s := range list {
		if i > 0 {
			out += ","
		}
		out += s
	}
	return out
}
