package frame

import (
	"fmt"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// Apply runs a panel's transformations, and sets what [Field] says of it: config
// with overrides, title, index and scale. Exemplars are not transformed, come
// last, and take no colour of the palette. The frames given are not changed. An
// error names a transformation that is not known or cannot be done.
func Apply(p model.Panel, frames []Frame) ([]Frame, error) {
	out, exemplars := apart(clone(frames))
	out, err := transformAll(p.Transformations, out)
	if err != nil {
		return nil, fmt.Errorf("transform the data: %w", err)
	}
	for _, part := range [][]Frame{out, exemplars} {
		configure(p, part)
		scale(part)
	}
	number(out)
	return append(out, exemplars...), nil
}

// apart takes exemplars from what is drawn as series.
func apart(all []Frame) (frames, exemplars []Frame) {
	for _, f := range all {
		if f.Exemplars {
			exemplars = append(exemplars, f)
		} else {
			frames = append(frames, f)
		}
	}
	return frames, exemplars
}

// clone copies frames and fields but not their values, which nothing changes in
// place.
func clone(frames []Frame) []Frame {
	out := make([]Frame, len(frames))
	for i, f := range frames {
		out[i] = f
		out[i].Fields = make([]*Field, len(f.Fields))
		for j, field := range f.Fields {
			c := *field
			out[i].Fields[j] = &c
		}
	}
	return out
}

// number counts the fields that get a colour of the palette.
func number(frames []Frame) {
	next := 0
	for _, f := range frames {
		for _, field := range f.Fields {
			field.Index = next
			if numeric(field) {
				next++
			}
		}
	}
}

func numeric(f *Field) bool { return f.Kind == Number || f.Kind == Bool }

// scale sets the ends of each field's scale.
func scale(frames []Frame) {
	var all []*Field
	for _, f := range frames {
		for _, field := range f.Fields {
			if field.Kind == Number {
				all = append(all, field)
			}
		}
	}
	low, high := extent(all)
	for _, f := range all {
		f.Low, f.High = low, high
		if f.Config.FieldMinMax {
			f.Low, f.High = extent([]*Field{f})
		}
		if f.Config.Min != nil {
			f.Low = *f.Config.Min
		}
		if f.Config.Max != nil {
			f.High = *f.Config.Max
		}
	}
}

// extent is the least and the greatest number in fields, 0 and 100 if there is none.
func extent(fields []*Field) (low, high float64) {
	low, high = Null, Null
	for _, f := range fields {
		for _, v := range f.Numbers {
			if v != v {
				continue // also for Null, which is a NaN
			}
			if !(v >= low) {
				low = v
			}
			if !(v <= high) {
				high = v
			}
		}
	}
	if low != low {
		return 0, 100
	}
	return low, high
}
