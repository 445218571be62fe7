package frame

import (
	"errors"
	"strconv"
	"time"
)

// ref is one value of a field; the zero ref is no value.
type ref struct {
	field *Field
	row   int
}

// maxCells bounds what joining frames can grow to.
const maxCells = 10_000_000

var errTooLarge = errors.New("the result would have more than 10 million values; ask for fewer series")

// gather makes a field of values from anywhere, with the name, labels and config
// of another. Values of several kinds become texts. A time that is absent has no
// place in a time field, so that such a field becomes numbers shown as times.
func gather(like *Field, refs []ref) *Field {
	out := &Field{Name: like.Name, Labels: like.Labels, Config: like.Config, Title: like.Title, Kind: like.Kind}
	gaps, found := false, false
	for _, r := range refs {
		switch {
		case r.field == nil:
			gaps = true
		case !found:
			out.Kind, found = r.field.Kind, true
		case r.field.Kind != out.Kind:
			out.Kind = String
		}
	}
	if out.Kind == Time && gaps {
		out.Kind = Number
		if out.Config.Unit == "" {
			out.Config.Unit = "dateTimeAsIso"
		}
	}
	for _, r := range refs {
		out.push(r)
	}
	return out
}

// push appends a value, as a text if the field has texts.
func (f *Field) push(r ref) {
	switch {
	case f.Kind == Time:
		f.Times = append(f.Times, r.field.Times[r.row])
	case f.Kind == String && r.field == nil:
		f.Strings = append(f.Strings, "")
	case f.Kind == String:
		f.Strings = append(f.Strings, r.field.text(r.row))
	case r.field == nil:
		f.Numbers = append(f.Numbers, Null)
	default:
		f.Numbers = append(f.Numbers, r.field.Float(r.row))
	}
}

// text is a value as a text, without units.
func (f *Field) text(i int) string {
	switch f.Kind {
	case String:
		return f.Strings[i]
	case Time:
		return time.UnixMilli(f.Times[i]).UTC().Format("2006-01-02T15:04:05.000Z")
	case Bool:
		if !IsNull(f.Numbers[i]) {
			return strconv.FormatBool(f.Numbers[i] != 0)
		}
	}
	if IsNull(f.Numbers[i]) {
		return ""
	}
	return strconv.FormatFloat(f.Numbers[i], 'f', -1, 64)
}

// at is the value of a row, none where the field is shorter than its frame.
func (f *Field) at(i int) ref {
	if i >= f.Len() {
		return ref{}
	}
	return ref{f, i}
}

// pickRows makes a frame of some rows of another, in the order given.
func pickRows(fr Frame, rows []int) Frame {
	out := fr
	out.Fields = make([]*Field, len(fr.Fields))
	for i, f := range fr.Fields {
		refs := make([]ref, len(rows))
		for j, row := range rows {
			refs[j] = f.at(row)
		}
		out.Fields[i] = gather(f, refs)
	}
	return out
}

// column finds a field by what it is called, in the source or on the panel.
func (f Frame) column(name string) *Field {
	for _, field := range f.Fields {
		if field.Title == name || field.Name == name {
			return field
		}
	}
	return nil
}

// timeField is the first field with times, nil if there is none.
func (f Frame) timeField() *Field {
	for _, field := range f.Fields {
		if field.Kind == Time {
			return field
		}
	}
	return nil
}
