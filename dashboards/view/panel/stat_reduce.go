package panel

import (
	"encoding/json"
	"image/color"
	"regexp"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// reduceOptions is options.reduceOptions, which says what of the frames a stat,
// a gauge, a bar gauge or a pie chart shows: one calculation of each field, or
// each row.
type reduceOptions struct {
	Values bool     `json:"values"`
	Calcs  []string `json:"calcs"`
	// Fields is "" for numbers, a name, or a regular expression between slashes.
	Fields string `json:"fields"`
	Limit  int    `json:"limit"` // the most rows, 25 if unset
}

// reading is one value of a panel that shows few of them.
type reading struct {
	Title  string
	Number float64
	Shown  frame.Shown
	Field  *frame.Field
	// Times goes with the field's numbers, for a sparkline; nil if there is none.
	Times []int64
}

// readOptions decodes a panel's options over what is in into; a value of another
// type than expected is skipped, so that the default stays.
func readOptions(options json.RawMessage, into any) { _ = json.Unmarshal(options, into) }

// readings are what the panel shows, in the order of its fields.
func readings(in Input, o reduceOptions) []reading {
	wants := o.matcher()
	var all []reading
	for i := range in.Frames {
		f := in.Frames[i]
		for _, field := range f.Fields {
			if field == nil || !wants(field) || readingHidden(field) {
				continue
			}
			show := value.For(field, in.Theme, in.Range.Zone)
			if o.Values {
				all = append(all, o.rows(in.Theme, f, field, show, len(all))...)
			} else {
				all = append(all, o.calculated(f, field, show)...)
			}
		}
	}
	return all
}

// readingHidden tells whether a field is kept out of the picture.
func readingHidden(f *frame.Field) bool {
	var custom struct {
		HideFrom struct {
			Viz bool `json:"viz"`
		} `json:"hideFrom"`
	}
	f.CustomInto(&custom)
	return custom.HideFrom.Viz
}

// matcher tells which fields are shown. A regular expression that cannot be read
// shows none, as a name that is not there does.
func (o reduceOptions) matcher() func(*frame.Field) bool {
	if o.Fields == "" {
		return func(f *frame.Field) bool { return f.Kind == frame.Number }
	}
	if n := len(o.Fields); n > 2 && o.Fields[0] == '/' && o.Fields[n-1] == '/' {
		re, err := regexp.Compile(o.Fields[1 : n-1])
		if err != nil {
			return func(*frame.Field) bool { return false }
		}
		return func(f *frame.Field) bool { return re.MatchString(f.Title) || re.MatchString(f.Name) }
	}
	return func(f *frame.Field) bool { return f.Title == o.Fields || f.Name == o.Fields }
}

// calculated are the calculations of one field.
func (o reduceOptions) calculated(f frame.Frame, field *frame.Field, show *value.Processor) []reading {
	calcs := o.Calcs
	if len(calcs) == 0 {
		calcs = []string{"lastNotNull"}
	}
	var all []reading
	for _, calc := range calcs {
		r := reading{Title: field.Title, Field: field, Times: readingTimes(f, field)}
		if len(calcs) > 1 {
			r.Title = strings.TrimSpace(field.Title + " " + legendTitle(calc))
		}
		if field.Kind == frame.String {
			r.Number, r.Shown = frame.Null, show.Text(readingLast(field.Strings))
		} else {
			v, known := frame.Reduce(field, calc)
			if !known {
				continue
			}
			r.Number, r.Shown = v, show.Number(v)
		}
		all = append(all, r.named())
	}
	return all
}

// rows are the values of one field, as many as the limit leaves. With a palette
// each row has a colour of its own, as each field has otherwise.
func (o reduceOptions) rows(t theme.Theme, f frame.Frame, field *frame.Field, show *value.Processor, before int) []reading {
	limit := o.Limit
	if limit <= 0 {
		limit = 25
	}
	var all []reading
	for row := 0; row < field.Len() && before+row < limit; row++ {
		r := reading{Title: readingRow(f, field, row), Field: field, Number: field.Float(row)}
		if field.Kind == frame.String {
			r.Shown = show.Text(field.Strings[row])
		} else {
			r.Shown = show.Number(r.Number)
		}
		if mode := field.Config.Color.Mode; mode == "palette-classic" || mode == "palette-classic-by-name" {
			r.Shown.Color = t.Palette(before + row)
		}
		all = append(all, r.named())
	}
	return all
}

// named fills in what to write where there is no value, and cuts texts that are
// longer than any panel is wide.
func (r reading) named() reading {
	r.Title = readingCut(r.Title)
	r.Shown.Prefix, r.Shown.Text, r.Shown.Suffix = readingCut(r.Shown.Prefix), readingCut(r.Shown.Text), readingCut(r.Shown.Suffix)
	if r.Shown.String() == "" {
		r.Shown.Text = "No data"
	}
	return r
}

func readingCut(text string) string {
	const most = 1000 // bytes
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// readingRow names a row by the texts in it, or by the field if it has none.
func readingRow(f frame.Frame, field *frame.Field, row int) string {
	var texts []string
	for _, other := range f.Fields {
		if other != nil && other != field && other.Kind == frame.String && row < len(other.Strings) {
			texts = append(texts, other.Strings[row])
		}
	}
	if len(texts) == 0 {
		return field.Title
	}
	return strings.Join(texts, " ")
}

func readingLast(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[len(texts)-1]
}

// readingTimes are the times that belong to a field's numbers.
func readingTimes(f frame.Frame, field *frame.Field) []int64 {
	if field.Kind != frame.Number && field.Kind != frame.Bool {
		return nil
	}
	for _, other := range f.Fields {
		if other != nil && other.Kind == frame.Time && len(other.Times) == len(field.Numbers) {
			return other.Times
		}
	}
	return nil
}

// readingNone stands for a panel without any value: the text that the panel has
// for it, in the colour of its lowest threshold.
func readingNone(in Input) reading {
	f := &frame.Field{Kind: frame.Number, Low: 0, High: 100}
	readOptions(in.Panel.Defaults, &f.Config)
	r := reading{Field: f, Number: frame.Null, Shown: value.For(f, in.Theme, in.Range.Zone).Number(frame.Null)}
	r.Shown.Prefix, r.Shown.Suffix, r.Shown.Text = "", "", "No data"
	if f.Config.NoValue != "" {
		r.Shown.Text = f.Config.NoValue
	}
	if steps := f.Config.Thresholds.Steps; r.Shown.Color.A == 0 && len(steps) > 0 {
		r.Shown.Color = in.Theme.Color(steps[0].Color)
	}
	return r
}

// readingsOr are the readings, or the one that says there is none.
func readingsOr(in Input, o reduceOptions) []reading {
	if all := readings(in, o); len(all) > 0 {
		return all
	}
	return []reading{readingNone(in)}
}

// ink is the colour of a reading, the theme's text if it has none.
func (r reading) ink(t theme.Theme) color.NRGBA {
	if r.Shown.Color.A == 0 {
		return t.Text()
	}
	return r.Shown.Color
}
