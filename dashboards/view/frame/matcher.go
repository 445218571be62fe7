package frame

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// matcher tells whether a field of a frame is meant. It reads the field's title.
type matcher func(*Frame, *Field) bool

// newMatcher compiles a matcher; an error is one that is not known or not understood.
func newMatcher(m model.Matcher) (matcher, error) {
	switch m.ID {
	case "byName":
		name := textOption(m.Options)
		return func(_ *Frame, f *Field) bool { return f.Title == name || f.Name == name }, nil
	case "byNames":
		return matchNames(m.Options), nil
	case "byRegexp", "byRegexpOrNames":
		return matchRegexp(m.Options)
	case "byType", "byTypes":
		return matchTypes(m.Options)
	case "byFrameRefID":
		id := textOption(m.Options)
		return func(fr *Frame, _ *Field) bool { return fr.RefID == id }, nil
	case "byValue":
		return matchValue(m.Options)
	case "numeric":
		return func(_ *Frame, f *Field) bool { return f.Kind == Number }, nil
	case "time":
		return func(_ *Frame, f *Field) bool { return f.Kind == Time }, nil
	case "first", "firstTimeField":
		return matchFirst(m.ID == "firstTimeField"), nil
	}
	return nil, fmt.Errorf("the field matcher %q is not known", m.ID)
}

func textOption(raw json.RawMessage) string {
	var s string
	_ = json.Unmarshal(raw, &s)
	return s
}

func matchNames(raw json.RawMessage) matcher {
	var o struct {
		Mode  string
		Names []string
	}
	readLoosely(raw, &o)
	exclude := o.Mode == "exclude"
	return func(_ *Frame, f *Field) bool {
		listed := slices.Contains(o.Names, f.Title) || slices.Contains(o.Names, f.Name)
		return listed != exclude
	}
}

func matchRegexp(raw json.RawMessage) (matcher, error) {
	var o struct {
		Pattern string
		Names   []string
	}
	readLoosely(raw, &o)
	if s := textOption(raw); s != "" {
		o.Pattern = s
	}
	re, err := model.Pattern(o.Pattern)
	if err != nil {
		return nil, err
	}
	return func(_ *Frame, f *Field) bool {
		return slices.Contains(o.Names, f.Title) || o.Pattern != "" && re.MatchString(f.Title)
	}, nil
}

// kindNames are what Grafana calls the kinds.
var kindNames = map[string]Kind{"time": Time, "number": Number, "string": String, "boolean": Bool}

func matchTypes(raw json.RawMessage) (matcher, error) {
	var list []string
	if s := textOption(raw); s != "" {
		list = []string{s}
	} else {
		readLoosely(raw, &list)
	}
	return func(_ *Frame, f *Field) bool {
		return slices.ContainsFunc(list, func(name string) bool {
			kind, ok := kindNames[name]
			return ok && kind == f.Kind
		})
	}, nil
}

func matchFirst(times bool) matcher {
	return func(fr *Frame, f *Field) bool {
		for _, other := range fr.Fields {
			if !times || other.Kind == Time {
				return other == f
			}
		}
		return false
	}
}

// comparisons are how Grafana names the operators of the value matcher.
var comparisons = map[string]func(a, b float64) bool{
	"eq":  func(a, b float64) bool { return a == b },
	"neq": func(a, b float64) bool { return a != b },
	"gt":  func(a, b float64) bool { return a > b },
	"gte": func(a, b float64) bool { return a >= b },
	"lt":  func(a, b float64) bool { return a < b },
	"lte": func(a, b float64) bool { return a <= b },
}

func matchValue(raw json.RawMessage) (matcher, error) {
	var o struct {
		Reducer, Op string
		Value       float64
	}
	readLoosely(raw, &o)
	compare := comparisons[o.Op]
	if compare == nil {
		return nil, fmt.Errorf("the comparison %q is not known", o.Op)
	}
	return func(_ *Frame, f *Field) bool {
		if f.Kind != Number {
			return false
		}
		v, ok := Reduce(f, o.Reducer)
		return ok && !IsNull(v) && compare(v, o.Value)
	}, nil
}
