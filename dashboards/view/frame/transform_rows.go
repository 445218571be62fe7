package frame

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// sortBy sorts the rows of each frame by one field. What is absent comes first
// when ascending.
func sortBy(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	var o struct {
		Sort []struct {
			Field string
			Desc  bool
		}
	}
	readLoosely(raw, &o)
	if len(o.Sort) == 0 {
		return frames, nil
	}
	return each(frames, func(fr Frame) Frame {
		f := fr.column(o.Sort[0].Field)
		if f == nil {
			return fr
		}
		return pickRows(fr, sorted(f, fr.Len(), o.Sort[0].Desc))
	}), nil
}

func sorted(f *Field, n int, desc bool) []int {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	slices.SortStableFunc(rows, func(a, b int) int {
		if desc {
			a, b = b, a
		}
		return compareRefs(f.at(a), f.at(b))
	})
	return rows
}

// compareRefs orders values: numbers and times by size, texts by the alphabet.
func compareRefs(a, b ref) int {
	switch {
	case a.field == nil || b.field == nil:
		return cmp.Compare(truth(a.field != nil), truth(b.field != nil))
	case a.field.Kind == String || b.field.Kind == String:
		return strings.Compare(a.field.text(a.row), b.field.text(b.row))
	}
	return compareFloats(a.field.Float(a.row), b.field.Float(b.row))
}

// compareFloats puts NaN and Null first, as cmp.Compare does.
func compareFloats(a, b float64) int { return cmp.Compare(a, b) }

func limit(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	o := struct{ LimitField json.RawMessage }{json.RawMessage("10")}
	readLoosely(raw, &o)
	n, err := strconv.Atoi(strings.Trim(string(o.LimitField), `"`))
	if err != nil || n < 0 {
		return nil, fmt.Errorf("the limit %s is no number", o.LimitField)
	}
	return each(frames, func(fr Frame) Frame {
		if fr.Len() <= n {
			return fr
		}
		return pickRows(fr, sequence(n))
	}), nil
}

func sequence(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// valueFilter is one condition of filterByValue.
type valueFilter struct {
	FieldName string
	Config    struct {
		ID      string
		Options struct{ Value, From, To json.RawMessage }
	}
}

// filterByValue keeps the rows, or leaves them out, that meet any or all
// conditions.
func filterByValue(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	var o struct {
		Type, Match string
		Filters     []valueFilter
	}
	readLoosely(raw, &o)
	tests := make([]func(ref) bool, len(o.Filters))
	for i, f := range o.Filters {
		var err error
		if tests[i], err = f.test(); err != nil {
			return nil, err
		}
	}
	if len(tests) == 0 {
		return frames, nil
	}
	return each(frames, func(fr Frame) Frame {
		var rows []int
		for i := range fr.Len() {
			met, tested := 0, 0
			for j, f := range o.Filters {
				if field := fr.column(f.FieldName); field != nil {
					tested++
					met += int(truth(tests[j](field.at(i))))
				}
			}
			matches := met > 0 && (o.Match != "all" || met == tested)
			if tested == 0 || matches == (o.Type != "exclude") {
				rows = append(rows, i)
			}
		}
		return pickRows(fr, rows)
	}), nil
}

// test compiles the condition.
func (f valueFilter) test() (func(ref) bool, error) {
	value, from, to := plainText(f.Config.Options.Value), plainText(f.Config.Options.From), plainText(f.Config.Options.To)
	text := func(r ref) string {
		if r.field == nil {
			return ""
		}
		return r.field.text(r.row)
	}
	absent := func(r ref) bool { return r.field == nil || r.field.Kind != String && IsNull(r.field.Float(r.row)) }
	compare := func(by func(a, b float64) bool) (func(ref) bool, error) {
		bound, err := strconv.ParseFloat(value, 64)
		return func(r ref) bool { return !absent(r) && by(r.field.Float(r.row), bound) }, asNumber(value, err)
	}
	switch f.Config.ID {
	case "greater":
		return compare(comparisons["gt"])
	case "greaterOrEqual":
		return compare(comparisons["gte"])
	case "lower":
		return compare(comparisons["lt"])
	case "lowerOrEqual":
		return compare(comparisons["lte"])
	case "equal":
		return func(r ref) bool { return text(r) == value }, nil
	case "notEqual":
		return func(r ref) bool { return text(r) != value }, nil
	case "isNull":
		return absent, nil
	case "isNotNull":
		return func(r ref) bool { return !absent(r) }, nil
	case "substring":
		return func(r ref) bool { return strings.Contains(text(r), value) }, nil
	case "notSubstring":
		return func(r ref) bool { return !strings.Contains(text(r), value) }, nil
	case "regex":
		re, err := model.Pattern(value)
		return func(r ref) bool { return re.MatchString(text(r)) }, err
	case "range":
		low, err := strconv.ParseFloat(from, 64)
		high, err2 := strconv.ParseFloat(to, 64)
		return func(r ref) bool {
			return !absent(r) && r.field.Float(r.row) > low && r.field.Float(r.row) < high
		}, cmp.Or(asNumber(from, err), asNumber(to, err2))
	}
	return nil, fmt.Errorf("the condition %q is not known here", f.Config.ID)
}

func asNumber(text string, err error) error {
	if err != nil {
		return fmt.Errorf("%q is no number", text)
	}
	return nil
}

// plainText is a JSON value as the text of it.
func plainText(raw json.RawMessage) string {
	if s := textOption(raw); s != "" {
		return s
	}
	return strings.Trim(string(raw), `"`)
}

// seriesToRows is one table of all series, the newest samples first.
func seriesToRows(frames []Frame, _ json.RawMessage) ([]Frame, error) {
	var times, names, samples []ref
	for _, fr := range frames {
		at := fr.timeField()
		for _, f := range fr.Fields {
			if at == nil || f.Kind == Time {
				continue
			}
			name := &Field{Kind: String, Strings: []string{f.Title}}
			for i := range f.Len() {
				times, names, samples = append(times, at.at(i)), append(names, ref{name, 0}), append(samples, f.at(i))
			}
		}
	}
	if len(times) == 0 {
		return frames, nil
	}
	out := Frame{RefID: frames[0].RefID, Fields: []*Field{
		gather(&Field{Name: "Time"}, times), gather(&Field{Name: "Metric"}, names), gather(&Field{Name: valueName}, samples),
	}}
	return []Frame{pickRows(out, sorted(out.Fields[0], len(times), true))}, nil
}

// convertible is the range of times that a number can be.
const convertible = math.MaxInt64 / 2
