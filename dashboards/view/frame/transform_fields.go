package frame

import (
	"encoding/json"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// organize leaves fields out, renames them and puts them in order.
func organize(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	var o struct {
		ExcludeByName, IncludeByName map[string]bool
		IndexByName                  map[string]float64
		RenameByName                 map[string]string
	}
	readLoosely(raw, &o)
	out := keepFields(frames, func(_ *Frame, f *Field) bool {
		return !o.ExcludeByName[f.Title] && (len(o.IncludeByName) == 0 || o.IncludeByName[f.Title])
	})
	place := func(f *Field) float64 {
		if i, ok := o.IndexByName[f.Title]; ok {
			return i
		}
		return math.Inf(1)
	}
	for _, fr := range out {
		slices.SortStableFunc(fr.Fields, func(a, b *Field) int { return compareFloats(place(a), place(b)) })
		for _, f := range fr.Fields {
			if name := o.RenameByName[f.Title]; name != "" {
				f.Config.DisplayName = name
			}
		}
	}
	return out, nil
}

func filterFieldsByName(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	type names struct {
		Names   []string
		Pattern string
	}
	var o struct{ Include, Exclude *names }
	readLoosely(raw, &o)
	is := func(n *names) (func(*Field) bool, error) {
		if n == nil {
			return nil, nil
		}
		re, err := model.Pattern(n.Pattern)
		return func(f *Field) bool {
			return slices.Contains(n.Names, f.Title) || n.Pattern != "" && re.MatchString(f.Title)
		}, err
	}
	included, err := is(o.Include)
	if err != nil {
		return nil, err
	}
	excluded, err := is(o.Exclude)
	if err != nil {
		return nil, err
	}
	return keepFields(frames, func(_ *Frame, f *Field) bool {
		return (included == nil || included(f)) && (excluded == nil || !excluded(f))
	}), nil
}

func filterByRefID(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	var o struct{ Include, Exclude string }
	readLoosely(raw, &o)
	include, err := model.Pattern("^(?:" + o.Include + ")$")
	if err != nil {
		return nil, err
	}
	exclude, err := model.Pattern("^(?:" + o.Exclude + ")$")
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(frames), func(f Frame) bool {
		return o.Include != "" && !include.MatchString(f.RefID) || o.Exclude != "" && exclude.MatchString(f.RefID)
	}), nil
}

// group matches a group in a replacement as JavaScript writes it.
var group = regexp.MustCompile(`\$(\d+)|\$<(\w+)>`)

func renameByRegex(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	var o struct{ Regex, RenamePattern string }
	readLoosely(raw, &o)
	re, err := model.Pattern(o.Regex)
	if err != nil {
		return nil, err
	}
	all := strings.HasPrefix(o.Regex, "/") && strings.Contains(o.Regex[strings.LastIndexByte(o.Regex, '/'):], "g")
	replacement := group.ReplaceAllString(o.RenamePattern, "$${$1$2}")
	for _, fr := range frames {
		for _, f := range fr.Fields {
			if f.Kind != Time && o.Regex != "" {
				f.Config.DisplayName = replace(re, f.Title, replacement, all)
			}
		}
	}
	return frames, nil
}

// replace puts the replacement where the expression matches: everywhere, or only
// at the first place.
func replace(re *regexp.Regexp, text, replacement string, all bool) string {
	m := re.FindStringSubmatchIndex(text)
	switch {
	case m == nil:
		return text
	case all:
		return re.ReplaceAllString(text, replacement)
	}
	return text[:m[0]] + string(re.ExpandString(nil, replacement, text, m)) + text[m[1]:]
}

// labelsToFields makes columns of labels, and one table of the frames.
func labelsToFields(frames []Frame, raw json.RawMessage) ([]Frame, error) {
	var o struct {
		Mode, ValueLabel string
		KeepLabels       []string
	}
	readLoosely(raw, &o)
	keep := func(label string) bool { return len(o.KeepLabels) == 0 || slices.Contains(o.KeepLabels, label) }
	if o.Mode == "rows" {
		return labelRows(frames, keep), nil
	}
	var out []Frame
	for _, fr := range frames {
		for _, f := range fr.Fields {
			if f.Kind != Time {
				out = append(out, spread(fr, f, o.ValueLabel, keep))
			}
		}
	}
	setTitles(out)
	return merge(out, nil)
}

// spread is a frame with one field, its labels as columns before it.
func spread(fr Frame, f *Field, valueLabel string, keep func(string) bool) Frame {
	out := Frame{RefID: fr.RefID, Instant: fr.Instant, Expr: fr.Expr}
	if at := fr.timeField(); at != nil {
		out.Fields = append(out.Fields, at)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Labels)) {
		if name != valueLabel && keep(name) {
			out.Fields = append(out.Fields, &Field{Name: name, Kind: String, Strings: slices.Repeat([]string{f.Labels[name]}, f.Len())})
		}
	}
	value := *f
	if called := f.Labels[valueLabel]; called != "" {
		value.Name = called
	}
	// The legend would name the column after one of the series.
	value.Labels, value.Config.DisplayNameFromDS = nil, ""
	out.Fields = append(out.Fields, &value)
	return out
}

// labelRows is a table of labels and their values for every field.
func labelRows(frames []Frame, keep func(string) bool) []Frame {
	var out []Frame
	for _, fr := range frames {
		for _, f := range fr.Fields {
			names := slices.DeleteFunc(slices.Sorted(maps.Keys(f.Labels)), func(s string) bool { return !keep(s) })
			if len(names) == 0 {
				continue
			}
			list := make([]string, len(names))
			for i, name := range names {
				list[i] = f.Labels[name]
			}
			out = append(out, Frame{RefID: fr.RefID, Fields: []*Field{
				{Name: "label", Kind: String, Strings: names}, {Name: "value", Kind: String, Strings: list},
			}})
		}
	}
	return out
}

func withLabel(labels map[string]string, name, value string) map[string]string {
	out := maps.Clone(labels)
	if out == nil {
		out = map[string]string{}
	}
	out[name] = value
	return out
}
