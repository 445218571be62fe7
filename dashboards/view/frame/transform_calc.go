package frame

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
)

// calculationNames are what Grafana calls calculations in headers of columns.
var calculationNames = map[string]string{
	"lastNotNull": "Last *", "last": "Last", "firstNotNull": "First *", "first": "First", "min": "Min", "max": "Max", "mean": "Mean",
	"median": "Median", "variance": "Variance", "stdDev": "StdDev", "sum": "Total", "count": "Count", "range": "Range", "delta": "Delta",
	"step": "Step", "diff": "Difference", "diffperc": "Difference percent", "logmin": "Min (above zero)", "allIsZero": "All Zeros",
	"allIsNull": "All Nulls", "changeCount": "Change Count", "distinctCount": "Distinct Count", "nonNullCount": "Non-null Count",
}

// CalculationName is what Grafana calls a calculation, such as "Last *" for
// "lastNotNull"; one without a name is called by its id, as p95 is.
func CalculationName(calculation string) string {
	return cmp.Or(calculationNames[calculation], calculation)
}

// reduced is a field's calculation as a value; of a text only the first and the
// last can be taken.
func reduced(f *Field, calculation string) (ref, error) {
	if n := f.Len(); f.Kind == String && n > 0 {
		switch calculation {
		case "last", "lastNotNull":
			return f.at(n - 1), nil
		case "first", "firstNotNull":
			return f.at(0), nil
		}
	}
	v, ok := Reduce(f, calculation)
	if !ok {
		return ref{}, fmt.Errorf("the calculation %q is not known here", calculation)
	}
	if f.Kind == Time && !IsNull(v) && slices.Contains([]string{"last", "lastNotNull", "first", "firstNotNull", "min", "max"}, calculation) {
		return ref{&Field{Kind: Time, Times: []int64{int64(v)}}, 0}, nil
	}
	return ref{&Field{Kind: Number, Numbers: []float64{v}}, 0}, nil
}

// reduceFrames makes one row of each field, or one row of each frame.
func reduceFrames(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	var o struct {
		Reducers                         []string
		Mode                             string
		IncludeTimeField, LabelsToFields bool
	}
	readLoosely(raw, &o)
	if len(o.Reducers) == 0 {
		o.Reducers = []string{"max"}
	}
	frames = keepFields(frames, func(_ *Frame, f *Field) bool { return f.Kind != Time || o.IncludeTimeField })
	if o.Mode == "reduceFields" {
		return oneRowEach(frames, o.Reducers)
	}
	return fieldsAsRows(frames, o.Reducers, o.LabelsToFields)
}

func oneRowEach(frames []Frame, reducers []string) ([]Frame, error) {
	var out []Frame
	for _, fr := range frames {
		row := fr
		row.Fields = nil
		for _, f := range fr.Fields {
			for _, r := range reducers {
				v, err := reduced(f, r)
				if err != nil {
					return nil, err
				}
				field := gather(f, []ref{v})
				if len(reducers) > 1 {
					field.Name, field.Config.DisplayNameFromDS = f.Title+" "+CalculationName(r), ""
					field.Labels = nil
				}
				row.Fields = append(row.Fields, field)
			}
		}
		out = append(out, row)
	}
	return out, nil
}

func fieldsAsRows(frames []Frame, reducers []string, labels bool) ([]Frame, error) {
	var all []*Field
	known := map[string]bool{}
	for _, fr := range frames {
		for _, f := range fr.Fields {
			all = append(all, f)
			for name := range f.Labels {
				known[name] = labels
			}
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	titles := &Field{Name: "Field", Kind: String}
	for _, f := range all {
		titles.Strings = append(titles.Strings, f.Title)
	}
	out := Frame{RefID: frames[0].RefID, Fields: []*Field{titles}}
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if known[name] {
			column := &Field{Name: name, Kind: String}
			for _, f := range all {
				column.Strings = append(column.Strings, f.Labels[name])
			}
			out.Fields = append(out.Fields, column)
		}
	}
	for _, r := range reducers {
		refs := make([]ref, len(all))
		for i, f := range all {
			var err error
			if refs[i], err = reduced(f, r); err != nil {
				return nil, err
			}
		}
		out.Fields = append(out.Fields, gather(&Field{Name: CalculationName(r), Kind: Number}, refs))
	}
	return []Frame{out}, nil
}

// groupBy makes one row of all rows with the same values in some fields, with
// calculations of the others.
func groupBy(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	var o struct {
		Fields map[string]struct {
			Operation    string
			Aggregations []string
		}
	}
	readLoosely(raw, &o)
	var out []Frame
	for _, fr := range frames {
		var by []*Field
		for _, f := range fr.Fields {
			if o.Fields[f.Title].Operation == "groupby" {
				by = append(by, f)
			}
		}
		if len(by) == 0 {
			continue
		}
		groups := groupRows(by, fr.Len())
		grouped := fr
		grouped.Fields = nil
		for _, f := range by {
			refs := make([]ref, len(groups))
			for i, rows := range groups {
				refs[i] = f.at(rows[0])
			}
			grouped.Fields = append(grouped.Fields, gather(f, refs))
		}
		for _, f := range fr.Fields {
			if c := o.Fields[f.Title]; c.Operation == "aggregate" {
				fields, err := aggregate(f, groups, c.Aggregations)
				if err != nil {
					return nil, err
				}
				grouped.Fields = append(grouped.Fields, fields...)
			}
		}
		out = append(out, grouped)
	}
	return out, nil
}

// groupRows has the rows of each group, in the order in which groups appear.
func groupRows(by []*Field, n int) [][]int {
	places := map[string]int{}
	var groups [][]int
	for i := range n {
		key := ""
		for _, f := range by {
			key += keyOf(f.at(i))
		}
		g, ok := places[key]
		if !ok {
			g = len(groups)
			places[key] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], i)
	}
	return groups
}

func aggregate(f *Field, groups [][]int, calculations []string) ([]*Field, error) {
	parts := make([]*Field, len(groups))
	for i, rows := range groups {
		refs := make([]ref, len(rows))
		for j, row := range rows {
			refs[j] = f.at(row)
		}
		parts[i] = gather(f, refs)
	}
	var out []*Field
	for _, c := range calculations {
		refs := make([]ref, len(parts))
		for i, part := range parts {
			var err error
			if refs[i], err = reduced(part, c); err != nil {
				return nil, err
			}
		}
		column := gather(&Field{Name: f.Title + " (" + c + ")", Kind: Number, Config: f.Config}, refs)
		column.Config.DisplayName, column.Config.DisplayNameFromDS = "", ""
		out = append(out, column)
	}
	return out, nil
}

// operators are those of calculateField with two sides.
var operators = map[string]func(a, b float64) float64{
	"+": func(a, b float64) float64 { return a + b },
	"-": func(a, b float64) float64 { return a - b },
	"*": func(a, b float64) float64 { return a * b },
	"/": func(a, b float64) float64 { return a / b },
	"%": math.Mod, "**": math.Pow,
}

// functions are those of calculateField with one side.
var functions = map[string]func(float64) float64{
	"abs": math.Abs, "exp": math.Exp, "ln": math.Log, "floor": math.Floor, "ceil": math.Ceil, "round": math.Round,
}

// side is one side of a calculation: a field, or a number.
type side string

func (s *side) UnmarshalJSON(raw []byte) error {
	var o struct {
		Fixed   json.RawMessage
		Matcher struct{ Options json.RawMessage }
	}
	if readLoosely(raw, &o) && (o.Fixed != nil || o.Matcher.Options != nil) {
		*s = side(cmp.Or(plainText(o.Fixed), plainText(o.Matcher.Options)))
		return nil
	}
	*s = side(plainText(raw))
	return nil
}

// in has the value of the side in every row.
func (s side) in(fr Frame) (func(int) float64, bool) {
	if f := fr.column(string(s)); f != nil {
		return func(i int) float64 {
			if i >= f.Len() {
				return Null
			}
			return f.Float(i)
		}, true
	}
	v, err := strconv.ParseFloat(string(s), 64)
	return func(int) float64 { return v }, err == nil
}
