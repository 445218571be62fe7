package frame

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// tables are two answers of instant queries as tables.
func tables() []Frame {
	return []Frame{
		{RefID: "A", Fields: []*Field{timeFieldOf(9, 9), textField("job", "a", "b"), numberField("Value #A", 1, 2)}},
		{RefID: "B", Fields: []*Field{timeFieldOf(9, 9), textField("job", "b", "c"), numberField("Value #B", 20, 30)}},
	}
}

// lines are two series with a label.
func lines() []Frame {
	a, b := labelled(numberField("Value", 1, 2), "job", "a"), labelled(numberField("Value", 5, Null), "job", "b")
	return []Frame{{RefID: "A", Fields: []*Field{timeFieldOf(1, 2), a}}, {RefID: "B", Fields: []*Field{timeFieldOf(2, 3), b}}}
}

// one is a table of all kinds.
func one() []Frame {
	return []Frame{{RefID: "A", Fields: []*Field{
		textField("name", "x", "y", "z", "x"), numberField("n", 3, 1, Null, 2), numberField("m", 1, 1, 1, 1), {Name: "up", Kind: Bool, Numbers: []float64{1, 0, 1, Null}},
	}}}
}

var transformCases = []struct {
	id, options string
	frames      func() []Frame
	want        string
}{
	{"merge", "", tables, "Time|job|Value #A|Value #B\n9|a|1|\n9|b|2|20\n9|c||30\n"},
	{"merge", "", one, "name|n|m|up\nx|3|1|true\ny|1|1|false\nz||1|true\nx|2|1|\n"},
	{"organize", `{"excludeByName":{"n":true,"m":false},"renameByName":{"name":"Name"},"indexByName":{"up":0,"name":1}}`, one, "up|Name|m\ntrue|x|1\nfalse|y|1\ntrue|z|1\n|x|1\n"},
	{"organize", `{"includeByName":{"n":true}}`, one, "n\n3\n1\n\n2\n"},
	{"reduce", `{"reducers":["lastNotNull","max"]}`, lines, "Field|Last *|Max\na|2|2\nb|5|5\n"},
	{"reduce", `{"reducers":["sum"],"labelsToFields":true}`, lines, "Field|job|Total\na|a|3\nb|b|5\n"},
	{"reduce", `{"mode":"reduceFields","reducers":["max"]}`, lines, "a\n2\n--\nb\n5\n"},
	{"reduce", `{"mode":"reduceFields","reducers":["max","min"]}`, func() []Frame { return lines()[:1] }, "a Max|a Min\n2|1\n"},
	{"joinByField", `{}`, lines, "Time|a|b\n1|1|\n2|2|5\n3||\n"},
	{"seriesToColumns", `{"byField":"Time","mode":"inner"}`, lines, "Time|a|b\n2|2|5\n"},
	{"sortBy", `{"sort":[{"field":"n","desc":true}]}`, one, "name|n|m|up\nx|3|1|true\nx|2|1|\ny|1|1|false\nz||1|true\n"},
	{"sortBy", `{"sort":[{"field":"name"}]}`, one, "name|n|m|up\nx|3|1|true\nx|2|1|\ny|1|1|false\nz||1|true\n"},
	{"sortBy", `{"sort":[{"field":"gone"}]}`, tables, "Time|job|Value #A\n9|a|1\n9|b|2\n--\nTime|job|Value #B\n9|b|20\n9|c|30\n"},
	{"filterFieldsByName", `{"include":{"pattern":"^n"},"exclude":{"names":["n"]}}`, one, "name\nx\ny\nz\nx\n"},
	{"filterByRefId", `{"include":"B"}`, tables, "Time|job|Value #B\n9|b|20\n9|c|30\n"},
	{"filterByRefId", `{"exclude":"A|C"}`, tables, "Time|job|Value #B\n9|b|20\n9|c|30\n"},
	{"labelsToFields", `{}`, lines, "Time|job|Value\n1|a|1\n2|a|2\n2|b|5\n3|b|\n"},
	{"labelsToFields", `{"valueLabel":"job"}`, lines, "Time|a|b\n1|1|\n2|2|5\n3||\n"},
	{"labelsToFields", `{"mode":"rows"}`, lines, "label|value\njob|a\n--\nlabel|value\njob|b\n"},
	{"renameByRegex", `{"regex":"/(n)(.)/","renamePattern":"$2-$1"}`, one, "a-nme|n|m|up\nx|3|1|true\ny|1|1|false\nz||1|true\nx|2|1|\n"},
	{"calculateField", `{"mode":"binary","binary":{"left":"n","operator":"*","right":"2"}}`, one, "name|n|m|up|n * 2\nx|3|1|true|6\ny|1|1|false|2\nz||1|true|\nx|2|1||4\n"},
	{"calculateField", `{"mode":"binary","alias":"s","binary":{"left":{"matcher":{"id":"byName","options":"n"}},"operator":"-","right":{"fixed":"1"}},"replaceFields":true}`, one, "s\n2\n0\n\n1\n"},
	{"calculateField", `{"reduce":{"reducer":"sum","include":["n","m"]}}`, one, "name|n|m|up|Total\nx|3|1|true|4\ny|1|1|false|2\nz||1|true|1\nx|2|1||3\n"},
	{"calculateField", `{"mode":"binary","alias":"d","binary":{"left":"a","operator":"+","right":"b"},"replaceFields":true}`, lines, "Time|d\n1|\n2|7\n3|\n"},
	{"calculateField", `{"mode":"unary","unary":{"operator":"abs","fieldName":"m"},"alias":"u","replaceFields":true}`, one, "u\n1\n1\n1\n1\n"},
	{"groupBy", `{"fields":{"name":{"operation":"groupby"},"n":{"operation":"aggregate","aggregations":["sum","count"]}}}`, one, "name|n (sum)|n (count)\nx|5|2\ny|1|1\nz||1\n"},
	{"limit", `{"limitField":"2"}`, one, "name|n|m|up\nx|3|1|true\ny|1|1|false\n"},
	{"filterByValue", `{"type":"include","match":"any","filters":[{"fieldName":"n","config":{"id":"greater","options":{"value":1}}}]}`, one, "name|n|m|up\nx|3|1|true\nx|2|1|\n"},
	{"filterByValue", `{"type":"exclude","match":"all","filters":[{"fieldName":"name","config":{"id":"equal","options":{"value":"x"}}},{"fieldName":"n","config":{"id":"range","options":{"from":2,"to":4}}}]}`, one, "name|n|m|up\ny|1|1|false\nz||1|true\nx|2|1|\n"},
	{"filterByValue", `{"type":"include","filters":[{"fieldName":"n","config":{"id":"isNull","options":{}}},{"fieldName":"name","config":{"id":"regex","options":{"value":"^y"}}}]}`, one, "name|n|m|up\ny|1|1|false\nz||1|true\n"},
	{"seriesToRows", `{}`, lines, "Time|Metric|Value\n3|b|\n2|a|2\n2|b|5\n1|a|1\n"},
	{"concatenate", `{}`, lines, "Time|a|Time|b\n1|1|2|5\n2|2|3|\n"},
	{"rowsToFields", `{"mappings":[{"fieldName":"n","handlerKey":"field.value"}]}`, one, "x|y|z|x\n3|1||2\n"},
	{"timeSeriesTable", `{}`, lines, "job|Trend #A\na|2\n--\njob|Trend #B\nb|5\n"},
	{"convertFieldType", `{"conversions":[{"targetField":"n","destinationType":"string"},{"targetField":"m","destinationType":"boolean"},{"targetField":"name","destinationType":"number"}]}`, one, "name|n|m|up\n|3|true|true\n|1|true|false\n||true|true\n|2|true|\n"},
	{"convertFieldType", `{"conversions":[{"targetField":"n","destinationType":"time"}]}`, func() []Frame { return []Frame{{Fields: []*Field{numberField("n", 5000)}}} }, "n\n5000\n"},
	{"prepareTimeSeries", `{"format":"wide"}`, one, "name|n|m|up\nx|3|1|true\ny|1|1|false\nz||1|true\nx|2|1|\n"},
}

func TestTransformations(t *testing.T) {
	for _, c := range transformCases {
		p := model.Panel{Transformations: []model.Transformation{{ID: c.id, Options: []byte(c.options)}}}
		out, err := Apply(p, c.frames())
		if err != nil {
			t.Errorf("%s %s: %v", c.id, c.options, err)
			continue
		}
		if diff := cmp.Diff(c.want, written(out)); diff != "" {
			t.Errorf("%s %s:\n%s", c.id, c.options, diff)
		}
	}
}

func TestTransformErrors(t *testing.T) {
	for _, c := range []struct{ id, options, want string }{
		{"extractFields", `{}`, `"extractFields" is not known`},
		{"reduce", `{"reducers":["nosuch"]}`, `"nosuch" is not known`},
		{"calculateField", `{"mode":"windowFunctions"}`, `"windowFunctions" is not known`},
		{"calculateField", `{"mode":"binary","binary":{"operator":"?"}}`, `"?" is not known`},
		{"filterByValue", `{"filters":[{"fieldName":"n","config":{"id":"odd"}}]}`, `"odd" is not known`},
		{"filterByValue", `{"filters":[{"fieldName":"n","config":{"id":"greater","options":{"value":"x"}}}]}`, `"x" is no number`},
		{"renameByRegex", `{"regex":"("}`, "is not understood"},
		{"limit", `{"limitField":"many"}`, "is no number"},
		{"convertFieldType", `{"conversions":[{"targetField":"n","destinationType":"enum"}]}`, `"enum" is not known`},
		{"groupBy", `{"fields":{"name":{"operation":"groupby"},"n":{"operation":"aggregate","aggregations":["nosuch"]}}}`, `"nosuch" is not known`},
	} {
		_, err := Apply(model.Panel{Transformations: []model.Transformation{{ID: c.id, Options: []byte(c.options)}}}, one())
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.id) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s %s: %v", c.id, c.options, err)
		}
	}
	disabled := model.Panel{Transformations: []model.Transformation{{ID: "extractFields", Disabled: true}}}
	if _, err := Apply(disabled, one()); err != nil {
		t.Errorf("a step that is disabled: %v", err)
	}
	filtered := model.Panel{Transformations: []model.Transformation{{ID: "limit", Options: []byte(`{"limitField":1}`), Filter: &model.Matcher{ID: "byRefId", Options: []byte(`"B"`)}}}}
	out, err := Apply(filtered, tables())
	if err != nil || out[0].RefID != "B" || out[0].Len() != 1 || out[1].Len() != 2 {
		t.Errorf("a step for one query: %s %v", written(out), err)
	}
}

// What joins frames does not grow without bounds.
func TestTooLarge(t *testing.T) {
	var frames []Frame
	for i := range 4000 {
		frames = append(frames, Frame{Fields: []*Field{timeFieldOf(int64(i)), numberField("Value", 1)}})
	}
	for _, id := range []string{"joinByField", "calculateField"} {
		if _, err := Apply(model.Panel{Transformations: []model.Transformation{{ID: id}}}, frames); err == nil || !strings.Contains(err.Error(), "10 million") {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// Options may be anything.
func FuzzApply(f *testing.F) {
	for _, c := range transformCases {
		f.Add(c.id, []byte(c.options), []byte(`{"custom":{"a":1}}`))
	}
	f.Fuzz(func(t *testing.T, id string, options, defaults []byte) {
		p := model.Panel{
			Defaults: defaults, Transformations: []model.Transformation{{ID: id, Options: options}},
			Overrides: []model.Override{{Matcher: model.Matcher{ID: id, Options: options}, Properties: []model.Property{{ID: "custom.a.b", Value: defaults}, {ID: "min", Value: options}}}},
		}
		for _, frames := range [][]Frame{one(), lines(), tables(), nil} {
			out, err := Apply(p, frames)
			if err != nil {
				continue
			}
			for _, fr := range out {
				for _, field := range fr.Fields {
					if c := field.Config.Custom; len(c) > 0 && json.Valid(defaults) && !json.Valid(c) {
						t.Errorf("%s is no JSON", c)
					}
				}
			}
			written(out)
		}
	})
}
