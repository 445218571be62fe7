package check

import (
	"encoding/json"
	"strconv"
)

// Dashboards in the wild come from two dozen versions of Grafana and from
// people's editors: a field with another type than usual must not keep the rest
// from being read. The types here take what they can and ignore what they
// cannot.

// text is a string, or "" if the field is something else.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		*t = text(s)
	}
	return nil
}

// number is a number, also one written as a string; nil if it is neither.
type number struct{ value *float64 }

func (n *number) UnmarshalJSON(raw []byte) error {
	var v float64
	if json.Unmarshal(raw, &v) == nil && string(raw) != "null" {
		n.value = &v
		return nil
	}
	var s text
	_ = s.UnmarshalJSON(raw)
	if v, err := strconv.ParseFloat(string(s), 64); err == nil {
		n.value = &v
	}
	return nil
}

// boolean is true or false, false if the field is something else.
type boolean bool

func (f *boolean) UnmarshalJSON(raw []byte) error {
	*f = string(raw) == "true"
	return nil
}

// maybe is an object or a list, or its zero value if the field is something else.
type maybe[T any] struct{ value T }

func (m *maybe[T]) UnmarshalJSON(raw []byte) error {
	var v T
	if json.Unmarshal(raw, &v) == nil {
		m.value = v
	}
	return nil
}

// source is a datasource reference: a name, or since Grafana 8.3 an object.
type source struct{ kind, name string }

func (s *source) UnmarshalJSON(raw []byte) error {
	var object struct{ Type, UID text }
	if json.Unmarshal(raw, &object) == nil {
		s.kind, s.name = string(object.Type), string(object.UID)
		return nil
	}
	var name text
	_ = name.UnmarshalJSON(raw)
	s.name = string(name)
	return nil
}
