package frame

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// rowsToFields makes a field of every row: the first text is its name and the
// first number its value, unless the options say otherwise.
func rowsToFields(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	var o struct {
		Mappings []struct{ FieldName, HandlerKey string }
	}
	readLoosely(raw, &o)
	return each(frames, func(fr Frame) Frame {
		var name, value *Field
		labels := map[string]*Field{}
		for _, m := range o.Mappings {
			switch f := fr.column(m.FieldName); {
			case f == nil:
			case m.HandlerKey == "field.name":
				name = f
			case m.HandlerKey == "field.value":
				value = f
			case m.HandlerKey == "field.label":
				labels[f.Title] = f
			}
		}
		for _, f := range fr.Fields {
			if name == nil && f.Kind == String {
				name = f
			}
			if value == nil && f.Kind == Number {
				value = f
			}
		}
		if name == nil || value == nil {
			return fr
		}
		out := fr
		out.Fields = nil
		for i := range min(name.Len(), value.Len()) {
			f := gather(&Field{Name: name.text(i), Config: value.Config}, []ref{value.at(i)})
			f.Config.DisplayName, f.Config.DisplayNameFromDS = "", ""
			for label, from := range labels {
				f.Labels = withLabel(f.Labels, label, from.text(i))
			}
			out.Fields = append(out.Fields, f)
		}
		return out
	}), nil
}

// timeSeriesTable is a table with a row for each series of a query: its labels
// and its last value. Grafana draws the series small in that cell.
func timeSeriesTable(frames []Frame, _ json.RawMessage) ([]Frame, error) {
	var out []Frame
	for _, group := range byRefID(frames) {
		var series []*Field
		names := map[string]bool{}
		for _, fr := range group {
			for _, f := range fr.Fields {
				if f.Kind == Number {
					series = append(series, f)
					for name := range f.Labels {
						names[name] = true
					}
				}
			}
		}
		if len(series) == 0 {
			continue
		}
		t := Frame{RefID: group[0].RefID}
		for _, name := range slices.Sorted(maps.Keys(names)) {
			column := &Field{Name: name, Kind: String}
			for _, f := range series {
				column.Strings = append(column.Strings, f.Labels[name])
			}
			t.Fields = append(t.Fields, column)
		}
		trend := &Field{Name: "Trend", Kind: Number}
		if t.RefID != "" {
			trend.Name += " #" + t.RefID
		}
		for _, f := range series {
			v, _ := Reduce(f, "lastNotNull")
			trend.Numbers = append(trend.Numbers, v)
		}
		t.Fields = append(t.Fields, trend)
		out = append(out, t)
	}
	return out, nil
}

// byRefID has the frames of each query together, in the order of their first.
func byRefID(frames []Frame) [][]Frame {
	places := map[string]int{}
	var out [][]Frame
	for _, f := range frames {
		i, ok := places[f.RefID]
		if !ok {
			i = len(out)
			places[f.RefID] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], f)
	}
	return out
}

// convertFieldType makes numbers of texts and so on; what cannot be converted is
// absent.
func convertFieldType(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	var o struct {
		Conversions []struct{ TargetField, DestinationType string }
	}
	readLoosely(raw, &o)
	for _, c := range o.Conversions {
		kind, ok := kindNames[c.DestinationType]
		if !ok {
			return nil, fmt.Errorf("the type %q is not known here", c.DestinationType)
		}
		for _, fr := range frames {
			if f := fr.column(c.TargetField); f != nil && f.Kind != kind {
				*f = *f.as(kind)
			}
		}
	}
	return frames, nil
}

// as is the field with its values as another kind.
func (f *Field) as(kind Kind) *Field {
	out := &Field{Name: f.Name, Labels: f.Labels, Config: f.Config, Title: f.Title, Kind: kind}
	for i := range f.Len() {
		switch kind {
		case String:
			out.Strings = append(out.Strings, f.text(i))
		case Time:
			out.Times = append(out.Times, f.millis(i))
		default:
			out.Numbers = append(out.Numbers, f.parsed(i, kind))
		}
	}
	return out
}

// millis is a value as a time; 0 where it is none.
func (f *Field) millis(i int) int64 {
	if f.Kind != String {
		if v := f.Float(i); v > -convertible && v < convertible {
			return int64(v)
		}
		return 0
	}
	t, err := time.Parse(time.RFC3339, f.Strings[i])
	if err != nil {
		return 0
	}
	return t.UnixMilli()
}

func (f *Field) parsed(i int, kind Kind) float64 {
	v := Null
	if f.Kind != String {
		v = f.Float(i)
	} else if n, err := strconv.ParseFloat(strings.TrimSpace(f.Strings[i]), 64); err == nil {
		v = n
	} else if b, err := strconv.ParseBool(strings.TrimSpace(f.Strings[i])); err == nil && kind == Bool {
		v = truth(b)
	}
	if kind == Bool && !IsNull(v) {
		v = truth(v != 0)
	}
	return v
}
