package value

import (
	"encoding/json"
	"image/color"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// field reads a field's configuration as a dashboard has it.
func field(t testing.TB, kind frame.Kind, config string) *frame.Field {
	t.Helper()
	f := &frame.Field{Kind: kind, Low: 0, High: 100}
	if err := json.Unmarshal([]byte(config), &f.Config); err != nil {
		t.Fatal(err)
	}
	return f
}

const mappings = `{"unit": "short", "noValue": "nothing", "color": {"mode": "fixed", "fixedColor": "purple"}, "mappings": [
	{"type": "value", "options": {
		"1": {"text": "UP", "color": "green", "index": 0}, "2": {"color": "orange"},
		"down": {"text": "Down", "color": "red"}, "true": {"text": "Yes"}}},
	{"type": "range", "options": {"from": 40, "to": 50, "result": {"text": "warm", "color": "red"}}},
	{"type": "range", "options": {"from": null, "to": -10, "result": {"text": "cold"}}},
	{"type": "regex", "options": {"pattern": "/^api-(.*?)(-v\\d+)?$/i", "result": {"text": "$1st", "color": "blue"}}},
	{"type": "regex", "options": {"pattern": "(?=lookaround)", "result": {"text": "never"}}},
	{"type": "special", "options": {"match": "nan", "result": {"text": "not a number"}}},
	{"type": "special", "options": {"match": "false", "result": {"text": "No", "color": "yellow"}}},
	{"type": "special", "options": {"match": "empty", "result": {"text": "(empty)"}}},
	{"type": "of the future", "options": {}},
	{"type": "value", "options": "broken"},
	{"type": "range", "options": [1]}
]}`

func TestMappings(t *testing.T) {
	dark := theme.Theme{}
	numbers := For(field(t, frame.Number, mappings), dark, nil)
	texts := For(field(t, frame.String, mappings), dark, nil)
	bools := For(field(t, frame.Bool, mappings), dark, nil)
	for _, c := range []struct {
		name  string
		got   frame.Shown
		text  string
		color string
	}{
		{"value", numbers.Number(1), "UP", "green"},
		{"only a colour", numbers.Number(2), "2", "orange"},
		{"no mapping", numbers.Number(1500), "1.50 K", "purple"},
		{"start of a range", numbers.Number(40), "warm", "red"},
		{"end of a range", numbers.Number(50), "warm", "red"},
		{"past a range", numbers.Number(50.1), "50.1", "purple"},
		{"half a range", numbers.Number(math.Inf(-1)), "cold", "purple"},
		{"NaN", numbers.Number(math.NaN()), "not a number", "purple"},
		{"null has its own text", numbers.Number(frame.Null), "nothing", "purple"},
		{"true", bools.Number(1), "Yes", "purple"},
		{"false", bools.Number(0), "No", "yellow"},
		{"a text", texts.Text("down"), "Down", "red"},
		{"a text that is a number", texts.Text("1"), "UP", "green"},
		{"a text in a range", texts.Text("45.5"), "warm", "red"},
		{"an expression", texts.Text("API-checkout-v2"), "checkoutst", "blue"},
		{"an empty text", texts.Text(""), "(empty)", "purple"},
		{"another text", texts.Text("lookaround"), "lookaround", "purple"},
	} {
		want := dark.Color(c.color)
		if c.got.String() != c.text || c.got.Color != want {
			t.Errorf("%s: %q in %v, want %q in %v", c.name, c.got, c.got.Color, c.text, want)
		}
	}
}

func TestNullMapping(t *testing.T) {
	for match, want := range map[string][2]string{
		"null": {"gone", "NaN"}, "nan": {"", "gone"}, "null+nan": {"gone", "gone"}, "true": {"", "NaN"},
	} {
		p := For(field(t, frame.Number, `{"mappings": [{"type": "special", "options": {"match": "`+match+`", "result": {"text": "gone"}}}]}`), theme.Theme{}, nil)
		got := [2]string{p.Number(frame.Null).String(), p.Number(math.NaN()).String()}
		if got != want {
			t.Errorf("%s: %q, want %q", match, got, want)
		}
	}
}

func TestTextKeepsWhatIsNoNumber(t *testing.T) {
	for _, c := range []struct{ config, text, want string }{
		{`{}`, "1.10", "1.10"},
		{`{}`, "0012", "0012"},
		{`{"unit": "s"}`, "90", "1.50 mins"},
		{`{"unit": "s"}`, " 90 ", "1.50 mins"},
		{`{"unit": "s"}`, "0x10", "0x10"},
		{`{"unit": "s"}`, "1_000", "1_000"},
		{`{"unit": "s"}`, "nan", "nan"},
		{`{"unit": "s"}`, "inf", "inf"},
		{`{"unit": "dateTimeAsIso"}`, "2026", "2026"},
		{`{"noValue": "-"}`, "", "-"},
	} {
		if got := For(field(t, frame.String, c.config), theme.Theme{}, nil).Text(c.text).String(); got != c.want {
			t.Errorf("%q with %s is %q, want %q", c.text, c.config, got, c.want)
		}
	}
}

// A unit that a panel gives all its fields does not make numbers of times.
func TestTimeField(t *testing.T) {
	for _, config := range []string{`{}`, `{"unit": "percent"}`, `{"unit": "dateTimeAsIso"}`} {
		p := For(field(t, frame.Time, config), theme.Theme{}, nil)
		if got := p.Number(1767225600000).String(); got != "2026-01-01 00:00:00" {
			t.Errorf("%s: %s", config, got)
		}
	}
}

const steps = `"thresholds": {"mode": "absolute", "steps": [{"color": "green", "value": null}, {"color": "orange", "value": 50}, {"color": "red", "value": 80}]}`

func TestColors(t *testing.T) {
	light := theme.Theme{Light: true}
	scheme := func(at float64) color.NRGBA {
		c, ok := light.Scheme("continuous-GrYlRd", at)
		if !ok {
			t.Fatal("no scheme")
		}
		return c
	}
	for _, c := range []struct {
		name, config string
		v            float64
		want         color.NRGBA
	}{
		{"below all thresholds", `{"color": {"mode": "thresholds"}, ` + steps + `}`, -5, light.Color("green")},
		{"at a threshold", `{"color": {"mode": "thresholds"}, ` + steps + `}`, 50, light.Color("orange")},
		{"above all", `{"color": {"mode": "thresholds"}, ` + steps + `}`, math.Inf(1), light.Color("red")},
		{"no number", `{"color": {"mode": "thresholds"}, ` + steps + `}`, math.NaN(), light.Color("green")},
		{"no value", `{"color": {"mode": "thresholds"}, ` + steps + `}`, frame.Null, light.Color("green")},
		{"no thresholds", `{"color": {"mode": "thresholds"}}`, 5, light.Color("")},
		{"per cent of the scale", `{"color": {"mode": "thresholds"}, "thresholds": {"mode": "percentage", "steps": [{"color": "green"}, {"color": "red", "value": 50}]}}`, 120, light.Color("red")},
		{"less per cent", `{"color": {"mode": "thresholds"}, "thresholds": {"mode": "percentage", "steps": [{"color": "green"}, {"color": "red", "value": 50}]}}`, 99, light.Color("green")},
		{"fixed", `{"color": {"mode": "fixed", "fixedColor": "#123456"}}`, 5, light.Color("#123456")},
		{"palette", `{"color": {"mode": "palette-classic"}}`, 5, light.Palette(3)},
		{"scheme", `{"color": {"mode": "continuous-GrYlRd"}}`, 50, scheme(0.25)},
		{"scheme of no number", `{"color": {"mode": "continuous-GrYlRd"}}`, math.NaN(), scheme(0)},
		{"a scheme that there is not", `{"color": {"mode": "continuous-none"}, ` + steps + `}`, 60, light.Color("orange")},
		{"unknown", `{"color": {"mode": "of the future"}, ` + steps + `}`, 60, light.Color("orange")},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := field(t, frame.Number, c.config)
			f.Index, f.Low, f.High = 3, 0, 200
			if diff := cmp.Diff(c.want, For(f, light, nil).Number(c.v).Color); diff != "" {
				t.Errorf("colour (-want +got):\n%s", diff)
			}
		})
	}
}

func TestShadesAndNames(t *testing.T) {
	seen := map[color.NRGBA]bool{}
	for i := range 7 {
		f := field(t, frame.Number, `{"color": {"mode": "shades", "fixedColor": "green"}}`)
		f.Index = i
		seen[For(f, theme.Theme{}, nil).Number(1).Color] = true
	}
	if len(seen) != 7 || !seen[theme.Theme{}.Color("green")] {
		t.Errorf("%d shades of green", len(seen))
	}
	named := func(title string, index int) color.NRGBA {
		f := field(t, frame.Number, `{"color": {"mode": "palette-classic-by-name"}}`)
		f.Title, f.Index = title, index
		return For(f, theme.Theme{}, nil).Color()
	}
	if named("api", 0) != named("api", 5) || named("api", 0) == named("web", 0) {
		t.Error("a name has a colour of its own")
	}
}

func TestSeriesColor(t *testing.T) {
	for by, want := range map[string]string{"": "orange", "last": "orange", "min": "green", "max": "red"} {
		f := field(t, frame.Number, `{"color": {"mode": "thresholds", "seriesBy": "`+by+`"}, `+steps+`}`)
		f.Numbers = []float64{10, 90, 60, frame.Null}
		if got := For(f, theme.Theme{}, nil).Color(); got != (theme.Theme{}).Color(want) {
			t.Errorf("by %q: %v, want %s", by, got, want)
		}
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct{ v, lo, hi, want float64 }{
		{25, 0, 100, 0.25}, {-5, 0, 100, 0}, {math.Inf(1), 0, 100, 1}, {math.NaN(), 0, 100, 0},
		{-50, -100, 0, 0.5}, {5, 5, 5, 0}, {6, 5, 5, 1},
	} {
		f := &frame.Field{Kind: frame.Number, Low: c.lo, High: c.hi}
		if got := For(f, theme.Theme{}, nil).Number(c.v).Percent; got != c.want {
			t.Errorf("%v of %v to %v is %v, want %v", c.v, c.lo, c.hi, got, c.want)
		}
	}
}

func TestMappedTick(t *testing.T) {
	p := For(field(t, frame.Number, mappings), theme.Theme{}, nil)
	for v, want := range map[float64]string{1: "UP", 0.5: "0.5", 2: "2"} {
		if got := p.Tick(v, 1); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
}

func FuzzProcessor(f *testing.F) {
	f.Add(mappings, "api-x", 3.5)
	f.Add(`{"unit": "bool_on_off", "thresholds": {"mode": "percentage", "steps": [{"value": 1}]}}`, "", math.Inf(1))
	f.Fuzz(func(t *testing.T, config, text string, v float64) {
		for _, kind := range []frame.Kind{frame.Number, frame.String, frame.Bool, frame.Time} {
			f := &frame.Field{Kind: kind, Low: 0, High: v, Numbers: []float64{v}, Strings: []string{text}, Times: []int64{int64(v)}}
			if json.Unmarshal([]byte(config), &f.Config) != nil {
				return
			}
			p := For(f, theme.Theme{}, nil)
			for _, shown := range []frame.Shown{p.Number(v), p.Number(frame.Null), p.Text(text)} {
				if !(shown.Percent >= 0 && shown.Percent <= 1) {
					t.Errorf("percent %v", shown.Percent)
				}
			}
			p.Tick(v, 2)
			p.Color()
		}
	})
}
