package frame

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// numberField is a field of numbers.
func numberField(name string, v ...float64) *Field {
	return &Field{Name: name, Kind: Number, Numbers: v}
}

func timeFieldOf(v ...int64) *Field { return &Field{Name: "Time", Kind: Time, Times: v} }

func textField(name string, v ...string) *Field {
	return &Field{Name: name, Kind: String, Strings: v}
}

func labelled(f *Field, pairs ...string) *Field {
	f.Labels = map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		f.Labels[pairs[i]] = pairs[i+1]
	}
	return f
}

// series is a frame as a Prometheus answers it.
func series(refID, legend string, pairs ...string) Frame {
	value := labelled(numberField("Value", 1, 2, 3), pairs...)
	value.Config.DisplayNameFromDS = legend
	return Frame{RefID: refID, Name: legend, Fields: []*Field{timeFieldOf(0, 15, 30), value}}
}

// written is a frame as lines of a table, titles first.
func written(frames []Frame) string {
	var b strings.Builder
	for i, fr := range frames {
		if i > 0 {
			b.WriteString("--\n")
		}
		line := func(cell func(*Field) string) {
			cells := make([]string, len(fr.Fields))
			for j, f := range fr.Fields {
				cells[j] = cell(f)
			}
			b.WriteString(strings.Join(cells, "|") + "\n")
		}
		line(func(f *Field) string { return f.Title })
		for row := range fr.Len() {
			line(func(f *Field) string {
				if f.Kind == Time {
					return fmt.Sprint(f.Times[row])
				}
				return f.text(row)
			})
		}
	}
	return b.String()
}

func TestTitles(t *testing.T) {
	for name, c := range map[string]struct {
		frames []Frame
		want   []string
	}{
		"one label in all":   {[]Frame{series("A", "", "code", "200"), series("A", "", "code", "500")}, []string{"200", "500"}},
		"different labels":   {[]Frame{series("A", "", "code", "200"), series("A", "", "b", "2", "a", "1")}, []string{`{code="200"}`, `{a="1", b="2"}`}},
		"legend":             {[]Frame{series("A", "ok", "code", "200")}, []string{"ok"}},
		"name and labels":    {[]Frame{{Fields: []*Field{labelled(numberField("up"), "b", "2", "a", "1")}}}, []string{`up {a="1", b="2"}`}},
		"name and one label": {[]Frame{{Fields: []*Field{labelled(numberField("up"), "a", "1")}}}, []string{"up 1"}},
		"nothing":            {[]Frame{{Fields: []*Field{numberField("Value")}}}, []string{"Value"}},
		"name of the frame":  {[]Frame{{Name: "F", Fields: []*Field{numberField("Value")}}}, []string{"F"}},
		"names differ":       {[]Frame{{Name: "F", Fields: []*Field{numberField("x")}}, {Name: "G", Fields: []*Field{numberField("x")}}}, []string{"F x", "G x"}},
	} {
		out, err := Apply(model.Panel{}, c.frames)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, fr := range out {
			for _, f := range fr.Fields {
				if f.Kind != Time {
					got = append(got, f.Title)
				}
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestDisplayName(t *testing.T) {
	for name, want := range map[string]string{
		"${__field.labels.code}!": "200!", `${__field.labels["code"]}`: "200", "${__field.labels.nope}": "", "${__field.labels}": `code="200"`,
		"${__field.name}": "Value", "${__field.displayName}": "ok", "${__series.name}": "ok", "$__series_name": "ok", "${other} $": "${other} $",
	} {
		raw, err := json.Marshal(map[string]string{"displayName": name})
		if err != nil {
			t.Fatal(err)
		}
		out, err := Apply(model.Panel{Defaults: raw}, []Frame{series("A", "ok", "code", "200")})
		if err != nil || out[0].Fields[1].Title != want {
			t.Errorf("%s: %q, not %q, %v", name, out[0].Fields[1].Title, want, err)
		}
	}
}

func overrides(t *testing.T, raw string) []model.Override {
	t.Helper()
	var out []model.Override
	if err := json.Unmarshal([]byte(raw), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// Every matcher finds the fields it is for.
func TestMatchers(t *testing.T) {
	frames := []Frame{
		{RefID: "A", Fields: []*Field{timeFieldOf(0), numberField("a", 1), numberField("b", 20)}},
		{RefID: "B", Fields: []*Field{textField("s", "x"), {Name: "up", Kind: Bool, Numbers: []float64{1}}}},
	}
	for matcher, want := range map[string]string{
		`{"id":"byName","options":"a"}`:                                          "a",
		`{"id":"byNames","options":{"names":["a","s"]}}`:                         "a s",
		`{"id":"byNames","options":{"mode":"exclude","names":["a","s"]}}`:        "Time b up",
		`{"id":"byRegexp","options":"/^[AS]$/i"}`:                                "a s",
		`{"id":"byRegexp","options":"^b"}`:                                       "b",
		`{"id":"byRegexp","options":"(?=a)"}`:                                    "", // lookahead is not known to Go
		`{"id":"byType","options":"number"}`:                                     "a b",
		`{"id":"byTypes","options":["string","boolean"]}`:                        "s up",
		`{"id":"byFrameRefID","options":"B"}`:                                    "s up",
		`{"id":"byValue","options":{"reducer":"max","op":"gte","value":20}}`:     "b",
		`{"id":"byValue","options":{"reducer":"allIsZero","op":"eq","value":0}}`: "a b",
		`{"id":"byValue","options":{"reducer":"nosuch","op":"eq","value":0}}`:    "",
		`{"id":"byValue","options":{"reducer":"max","op":"around","value":0}}`:   "",
		`{"id":"numeric"}`:                      "a b",
		`{"id":"time"}`:                         "Time",
		`{"id":"first"}`:                        "Time s",
		`{"id":"firstTimeField"}`:               "Time",
		`{"id":"nosuch","options":"a"}`:         "",
		`{"id":"byName","options":{"wrong":1}}`: "",
	} {
		p := model.Panel{Overrides: overrides(t, `[{"matcher":`+matcher+`,"properties":[{"id":"unit","value":"s"}]}]`)}
		out, err := Apply(p, frames)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, fr := range out {
			for _, f := range fr.Fields {
				if f.Config.Unit == "s" {
					got = append(got, f.Title)
				}
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, not %s", matcher, got, want)
		}
	}
}

// Overrides change one property after the other, of one field only.
func TestOverrides(t *testing.T) {
	p := model.Panel{
		Type:     "timeseries",
		Defaults: []byte(`{"unit":"s","decimals":2,"min":0,"mappings":[{"type":"value","options":{"1":{"text":"one"}}}],"custom":{"lineWidth":1,"stacking":{"mode":"none","group":"A"}}}`),
		Overrides: overrides(t, `[{"matcher":{"id":"byName","options":"a"},"properties":[
			{"id":"decimals","value":null},{"id":"min","value":"x"},{"id":"max","value":"0"},{"id":"custom.lineWidth","value":3},{"id":"custom.stacking.mode","value":"normal"},{"id":"custom.new"},
			{"id":"mappings","value":[{"type":"special","options":{}}]},{"id":"thresholds","value":{"mode":"percentage","steps":[{"color":"red","value":null},{"color":"blue","value":"80"},7]}},
			{"id":"color","value":{"mode":"fixed","fixedColor":"red"}},{"id":"displayName","value":"A"},{"id":"noValue","value":"-"},{"id":"links","value":[{"title":"L","url":"/x"}]},{"id":"nosuch","value":1}]}]`),
	}
	out, err := Apply(p, []Frame{{Fields: []*Field{numberField("a", 5), numberField("b", 7)}}})
	if err != nil {
		t.Fatal(err)
	}
	a, b := out[0].Fields[0], out[0].Fields[1]
	eighty, two, zero := 80.0, 2, 0.0
	want := Config{
		Unit: "s", Min: &zero, Max: &zero, DisplayName: "A", NoValue: "-", Mappings: []Mapping{{"special", []byte(`{}`)}}, Color: Color{Mode: "fixed", FixedColor: "red"},
		Thresholds: Thresholds{"percentage", []Step{{nil, "red"}, {&eighty, "blue"}, {}}}, Links: []Link{{Title: "L", URL: "/x"}},
		Custom: []byte(`{"lineWidth":3,"new":null,"stacking":{"group":"A","mode":"normal"}}`),
	}
	if diff := cmp.Diff(want, a.Config); diff != "" {
		t.Error(diff)
	}
	want = Config{
		Unit: "s", Decimals: &two, Min: &zero, Mappings: []Mapping{{"value", []byte(`{"1":{"text":"one"}}`)}}, Color: Color{Mode: "palette-classic"},
		Thresholds: Thresholds{"", []Step{{nil, "green"}, {&eighty, "red"}}}, Custom: []byte(`{"lineWidth":1,"stacking":{"mode":"none","group":"A"}}`),
	}
	if diff := cmp.Diff(want, b.Config); diff != "" {
		t.Error(diff)
	}
	custom := struct {
		LineWidth float64
		Stacking  struct{ Mode string }
		Fill      int
		New       string
	}{Fill: 10, New: "kept"}
	a.CustomInto(&custom)
	if custom.LineWidth != 3 || custom.Stacking.Mode != "normal" || custom.Fill != 10 || custom.New != "kept" {
		t.Errorf("the custom options are %+v", custom)
	}
}

func TestScale(t *testing.T) {
	frames := []Frame{{Fields: []*Field{timeFieldOf(0, 1, 2), numberField("a", 5, Null, -1), numberField("b", 7, math.NaN(), 20), textField("s", "x", "y", "z")}}}
	for defaults, want := range map[string]string{
		`{}`: "-1 20 -1 20", `{"fieldMinMax":true}`: "-1 5 7 20", `{"min":0}`: "0 20 0 20", `{"min":0,"max":1,"fieldMinMax":true}`: "0 1 0 1",
	} {
		out, err := Apply(model.Panel{Defaults: []byte(defaults)}, frames)
		if err != nil {
			t.Fatal(err)
		}
		a, b := out[0].Fields[1], out[0].Fields[2]
		if got := fmt.Sprint(a.Low, a.High, b.Low, b.High); got != want {
			t.Errorf("%s: %s, not %s", defaults, got, want)
		}
		if a.Index != 0 || b.Index != 1 {
			t.Errorf("the fields have the numbers %d and %d", a.Index, b.Index)
		}
	}
	if low, high := extent([]*Field{numberField("x", Null)}); low != 0 || high != 100 {
		t.Errorf("without data the scale is from %v to %v", low, high)
	}
}

func TestReduce(t *testing.T) {
	v := numberField("v", Null, 4, 1, Null, 3, 0, 8, 8)
	for calc, want := range map[string]float64{
		"last": 8, "lastNotNull": 8, "first": Null, "firstNotNull": 4, "min": 0, "max": 8, "mean": 4, "sum": 24, "count": 8, "nonNullCount": 6,
		"range": 8, "diff": 4, "diffperc": 1, "delta": 1 + 2 + 0 + 8 + 0, "step": 2, "logmin": 1, "median": 3.5, "variance": 58. / 6, "stdDev": math.Sqrt(58. / 6),
		"allIsZero": 0, "allIsNull": 0, "changeCount": 6, "distinctCount": 6, "p50": 4, "p99": 8, "p1": 0,
	} {
		got, ok := Reduce(v, calc)
		if !ok || IsNull(want) != IsNull(got) || !IsNull(want) && math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: %v, not %v", calc, got, want)
		}
		if empty, ok := Reduce(numberField("e"), calc); !ok || !IsNull(empty) && empty != 0 && calc != "allIsNull" {
			t.Errorf("%s of nothing: %v", calc, empty)
		}
	}
	for _, calc := range []string{"", "p0", "p100", "px", "nosuch"} {
		if _, ok := Reduce(v, calc); ok {
			t.Errorf("%q is a calculation", calc)
		}
	}
	if got, ok := Reduce(textField("s", "a", "b", "a"), "distinctCount"); !ok || got != 2 {
		t.Errorf("distinct texts: %v", got)
	}
	if got, ok := Reduce(timeFieldOf(1, 5), "max"); !ok || got != 5 {
		t.Errorf("the latest time: %v", got)
	}
	if got, _ := Reduce(numberField("n", 1, math.NaN(), 2), "max"); got != 2 {
		t.Errorf("NaN is greater than 2: %v", got)
	}
}

// Exemplars are neither transformed nor counted among the series.
func TestExemplars(t *testing.T) {
	dots := Frame{RefID: "A", Exemplars: true, Fields: []*Field{timeFieldOf(5), numberField("Value", 99), textField("trace_id", "x")}}
	p := model.Panel{Defaults: []byte(`{"unit":"s"}`), Transformations: []model.Transformation{{ID: "merge"}, {ID: "limit", Options: []byte(`{"limitField":0}`)}}}
	out, err := Apply(p, []Frame{dots, series("A", "x", "a", "1")})
	if err != nil || len(out) != 2 || !out[1].Exemplars || out[1].Len() != 1 || out[0].Len() != 0 {
		t.Fatalf("got %+v, %v", out, err)
	}
	if id, value := out[1].Fields[2], out[1].Fields[1]; id.Title != "trace_id" || value.Config.Unit != "s" || out[0].Fields[1].Index != 0 {
		t.Errorf("the exemplar is %+v with %+v", value, id)
	}
}

// Apply leaves what it is given as it is: sources may keep their answers.
func TestApplyChangesNothing(t *testing.T) {
	frames := []Frame{series("A", "x", "code", "200"), series("B", "", "code", "500")}
	before := fmt.Sprintf("%+v %+v %+v", *frames[0].Fields[1], *frames[1].Fields[0], *frames[1].Fields[1])
	for _, c := range transformCases {
		p := model.Panel{Transformations: []model.Transformation{{ID: c.id, Options: []byte(c.options)}}}
		if _, err := Apply(p, frames); err != nil {
			t.Errorf("%s: %v", c.id, err)
		}
	}
	if after := fmt.Sprintf("%+v %+v %+v", *frames[0].Fields[1], *frames[1].Fields[0], *frames[1].Fields[1]); after != before {
		t.Errorf("before %s\nafter  %s", before, after)
	}
	if !slices.Equal(frames[0].Fields[1].Numbers, []float64{1, 2, 3}) {
		t.Error("values were changed in place")
	}
}
