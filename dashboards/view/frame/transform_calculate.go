package frame

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
)

// calculation are the options of calculateField.
type calculation struct {
	Mode, Alias   string
	ReplaceFields bool
	Reduce        struct {
		Include []string
		Reducer string
	}
	Binary struct {
		Left, Right side
		Operator    string
	}
	Unary struct{ Operator, FieldName string }
}

// calculateField adds a field that is calculated from others in the same row.
// Series are joined by time before.
func calculateField(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	var o calculation
	readLoosely(raw, &o)
	if len(frames) > 1 && !slices.ContainsFunc(frames, func(f Frame) bool { return f.timeField() == nil }) {
		var err error
		if frames, err = joinByField(frames, nil); err != nil {
			return nil, err
		}
		setTitles(frames)
	}
	var out []Frame
	for _, fr := range frames {
		f, err := o.field(fr)
		if err != nil {
			return nil, err
		}
		switch {
		case f == nil:
		case o.ReplaceFields:
			at := fr.timeField()
			fr.Fields = []*Field{f}
			if at != nil {
				fr.Fields = []*Field{at, f}
			}
		default:
			fr.Fields = append(slices.Clone(fr.Fields), f)
		}
		out = append(out, fr)
	}
	return out, nil
}

// field is the new field, nil where the frame has nothing to calculate with.
func (o calculation) field(fr Frame) (*Field, error) {
	switch o.Mode {
	case "", "reduceRow":
		return o.reduceRow(fr)
	case "binary":
		return o.binary(fr)
	case "unary":
		run := functions[o.Unary.Operator]
		if run == nil {
			return nil, fmt.Errorf("the function %q is not known here", o.Unary.Operator)
		}
		of, ok := side(o.Unary.FieldName).in(fr)
		if !ok {
			return nil, nil
		}
		return o.each(fr, o.Unary.Operator+"("+o.Unary.FieldName+")", func(i int) float64 { return unlessNull(of(i), run) }), nil
	}
	return nil, fmt.Errorf("the mode %q is not known here", o.Mode)
}

func (o calculation) reduceRow(fr Frame) (*Field, error) {
	reducer := cmp.Or(o.Reduce.Reducer, "sum")
	if _, ok := Reduce(&Field{Kind: Number}, reducer); !ok {
		return nil, fmt.Errorf("the calculation %q is not known here", reducer)
	}
	var of []*Field
	for _, f := range fr.Fields {
		if f.Kind == Number && (len(o.Reduce.Include) == 0 || slices.Contains(o.Reduce.Include, f.Title)) {
			of = append(of, f)
		}
	}
	if len(of) == 0 {
		return nil, nil
	}
	row := &Field{Kind: Number, Numbers: make([]float64, len(of))}
	return o.each(fr, CalculationName(reducer), func(i int) float64 {
		for j, f := range of {
			row.Numbers[j] = Null
			if i < f.Len() {
				row.Numbers[j] = f.Numbers[i]
			}
		}
		v, _ := Reduce(row, reducer)
		return v
	}), nil
}

func (o calculation) binary(fr Frame) (*Field, error) {
	run := operators[o.Binary.Operator]
	if run == nil {
		return nil, fmt.Errorf("the operator %q is not known here", o.Binary.Operator)
	}
	left, ok := o.Binary.Left.in(fr)
	right, ok2 := o.Binary.Right.in(fr)
	if !ok || !ok2 {
		return nil, nil
	}
	name := fmt.Sprintf("%s %s %s", o.Binary.Left, o.Binary.Operator, o.Binary.Right)
	return o.each(fr, name, func(i int) float64 {
		return unlessNull(left(i), func(a float64) float64 {
			return unlessNull(right(i), func(b float64) float64 { return run(a, b) })
		})
	}), nil
}

func unlessNull(v float64, run func(float64) float64) float64 {
	if IsNull(v) {
		return Null
	}
	return run(v)
}

// each calculates a field row by row.
func (o calculation) each(fr Frame, name string, row func(int) float64) *Field {
	f := &Field{Name: cmp.Or(o.Alias, name), Kind: Number, Numbers: make([]float64, fr.Len())}
	for i := range f.Numbers {
		f.Numbers[i] = row(i)
	}
	return f
}
