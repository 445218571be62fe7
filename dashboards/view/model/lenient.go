package model

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// Dashboards in the wild come from two dozen versions of Grafana and from
// people's editors: a field with another type than usual must not keep the rest
// from being read.

// read decodes what it can. encoding/json goes on after a value of another type
// than expected and reports it at the end, so that leaving this error out skips
// just that value; false is JSON that is broken.
func read(raw []byte, into any) error {
	err := json.Unmarshal(raw, into)
	if _, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return nil
	}
	return err
}

// text is a string, also a number written as one; else "".
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	var s string
	var n json.Number
	switch {
	case json.Unmarshal(raw, &s) == nil:
		*t = text(s)
	case json.Unmarshal(raw, &n) == nil:
		*t = text(n)
	}
	return nil
}

// texts is a list of strings, or a single one.
type texts []string

func (t *texts) UnmarshalJSON(raw []byte) error {
	var list []text
	if read(raw, &list) == nil && list != nil {
		*t = make(texts, len(list))
		for i, s := range list {
			(*t)[i] = string(s)
		}
		return nil
	}
	var s text
	_ = s.UnmarshalJSON(raw)
	if s != "" {
		*t = texts{string(s)}
	}
	return nil
}

// number is a number, also one written as a string such as "250px"; nil if it is
// neither.
type number struct{ value *float64 }

func (n *number) UnmarshalJSON(raw []byte) error {
	var s text
	_ = s.UnmarshalJSON(raw)
	if v, err := strconv.ParseFloat(strings.TrimSuffix(string(s), "px"), 64); err == nil {
		n.value = &v
	}
	return nil
}

// within is the number as an integer between two bounds, or the fallback.
func (n number) within(low, high, fallback int) int {
	switch {
	case n.value == nil || *n.value != *n.value:
		return fallback
	case *n.value <= float64(low):
		return low
	case *n.value >= float64(high):
		return high
	}
	return int(*n.value)
}

// boolean is true or false, false if the field is something else.
type boolean bool

func (b *boolean) UnmarshalJSON(raw []byte) error {
	*b = string(raw) == "true"
	return nil
}

// reference is a datasource: a name, or since Grafana 8.3 an object.
type reference struct{ Datasource }

func (r *reference) UnmarshalJSON(raw []byte) error {
	var object struct{ Type, UID, Name text }
	if json.Unmarshal(raw, &object) == nil {
		r.Type, r.UID = string(object.Type), string(object.UID)
		if r.UID == "" {
			r.UID = string(object.Name)
		}
		return nil
	}
	var name text
	_ = name.UnmarshalJSON(raw)
	r.UID = string(name)
	return nil
}

// object is the JSON if it is an object, else nil.
func object(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 || raw[0] != '{' {
		return nil
	}
	return raw
}
