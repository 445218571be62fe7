package variable

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// lists is a source with fixed answers.
type lists map[string][]string

func (l lists) get(key string) ([]string, error) {
	if list, ok := l[key]; ok {
		return slices.Clone(list), nil
	}
	return nil, errors.New("nothing was asked like " + key)
}

func (l lists) LabelValues(_ context.Context, label, selector string, _ model.Range) ([]string, error) {
	return l.get(selector + "/" + label)
}

func (l lists) LabelNames(_ context.Context, selector string, _ model.Range) ([]string, error) {
	return l.get(selector + "/names")
}

func (l lists) Results(_ context.Context, expr string, _ model.Range) ([]string, error) {
	return l.get(expr)
}

var span = model.Range{From: time.Unix(1767225600, 0), To: time.Unix(1767229200, 0), Zone: time.UTC}

func resolve(t *testing.T, src Source, selected map[string][]string, list ...model.Variable) Values {
	t.Helper()
	v, err := Resolve(t.Context(), src, model.Board{Title: "B", UID: "b", Variables: list}, selected, span)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestResolve(t *testing.T) {
	src := lists{"/job": {"api", "web"}, `up{job="web"}/instance`: {"a:1", "b:2"}, "/names": {"x", "y"}, "/__name__": {"a_total", "b_total", "c"}, "topk(2, up)": {`up{a="x"} 3 5`, `up{a="y"} 4 5`}}
	job := model.Variable{Name: "job", Type: "query", Query: "label_values(job)"}
	instance := model.Variable{Name: "instance", Type: "query", Query: `label_values(up{job="$job"}, instance)`, Multi: true, IncludeAll: true}
	for name, c := range map[string]struct {
		list     []model.Variable
		selected map[string][]string
		want     string // values of the last variable
		all      bool
	}{
		"first":              {[]model.Variable{job}, nil, "api", false},
		"saved":              {[]model.Variable{with(job, "web")}, nil, "web", false},
		"saved but gone":     {[]model.Variable{with(job, "old")}, nil, "api", false},
		"selected":           {[]model.Variable{job}, map[string][]string{"job": {"web"}}, "web", false},
		"selected by hand":   {[]model.Variable{job}, map[string][]string{"job": {"other"}}, "other", false},
		"several for one":    {[]model.Variable{job}, map[string][]string{"job": {"web", "api"}}, "web", false},
		"all where none is":  {[]model.Variable{job}, map[string][]string{"job": {All}}, "api", false},
		"after what it asks": {[]model.Variable{instance, with(job, "web"), {Name: "c", Type: "constant", Query: "k"}}, nil, "k", false},
		"all by default":     {[]model.Variable{with(job, "web"), instance}, nil, "a:1 b:2", true},
		"all saved":          {[]model.Variable{with(job, "web"), with(instance, All)}, nil, "a:1 b:2", true},
		"all by its text":    {[]model.Variable{with(job, "web"), instance}, map[string][]string{"instance": {"All"}}, "a:1 b:2", true},
		"one of several":     {[]model.Variable{with(job, "web"), with(instance, "b:2", "gone")}, nil, "b:2", false},
		"names":              {[]model.Variable{{Name: "n", Type: "query", Query: "label_names()", Sort: 2}}, nil, "y", false},
		"metrics":            {[]model.Variable{{Name: "m", Type: "query", Query: "metrics(^b_)"}}, nil, "b_total", false},
		"results":            {[]model.Variable{{Name: "q", Type: "query", Query: "query_result(topk(2, up))", Regex: `/a="(?<text>\w)".* (?<value>\d) /`, Sort: 4}}, nil, "4", false},
		"custom":             {[]model.Variable{{Name: "c", Type: "custom", Query: `a\,b, Two : 2`, Multi: true}}, map[string][]string{"c": {"2", "a,b"}}, "2 a,b", false},
		"textbox":            {[]model.Variable{{Name: "t", Type: "textbox", Query: "a", Current: []string{"b"}}}, nil, "b", false},
		"interval":           {[]model.Variable{{Name: "i", Type: "interval", Query: "1m,10m", Current: []string{"10m"}}}, nil, "10m", false},
		"automatic interval": {[]model.Variable{{Name: "i", Type: "interval", Query: "1m,10m", Current: []string{"$__auto_interval_i"}}}, nil, "2m", false},
		"datasource":         {[]model.Variable{{Name: "d", Type: "datasource", Query: "prometheus", Current: []string{"P"}}}, nil, "P", false},
		"filters":            {[]model.Variable{{Name: "f", Type: "adhoc"}}, nil, "", false},
	} {
		v := resolve(t, src, c.selected, c.list...)
		last := v.List()[len(c.list)-1]
		if got := strings.Join(last.Selected, " "); got != c.want || last.All != c.all || last.Problem != "" {
			t.Errorf("%s: %q, all %v, %s", name, got, last.All, last.Problem)
		}
	}
}

func with(v model.Variable, current ...string) model.Variable {
	v.Current = current
	return v
}

// What cannot be found out is said, and stands for nothing.
func TestProblems(t *testing.T) {
	for query, want := range map[string]string{
		"label_values(nope)": "nothing was asked", "up{}": "none of label_values", "metrics(()": "not understood", "": "none of",
	} {
		v := resolve(t, lists{}, nil, model.Variable{Name: "x", Type: "query", Query: query, IncludeAll: true})
		if got := v.List()[0]; !strings.Contains(got.Problem, want) || len(got.Choices) > 0 || v.Interpolate("[$x]", PromQL) != "[]" {
			t.Errorf("%s: %+v", query, got)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Resolve(ctx, lists{}, model.Board{Variables: []model.Variable{{Name: "x"}}}, nil, span); !errors.Is(err, context.Canceled) {
		t.Errorf("after a cancellation: %v", err)
	}
}

// Variables that ask each other in a circle are resolved all the same.
func TestCircle(t *testing.T) {
	v := resolve(t, lists{"$b/a": {"1"}, "1/b": {"2"}, `/a`: {"3"}}, nil,
		model.Variable{Name: "a", Type: "query", Query: "label_values($b, a)"}, model.Variable{Name: "b", Type: "query", Query: "label_values($a, b)"})
	if len(v.List()) != 2 {
		t.Error("variables are lost")
	}
}

func TestSort(t *testing.T) {
	list := []string{"b10", "B2", "a1", "b2"}
	for order, want := range []string{"b10 B2 a1 b2", "B2 a1 b10 b2", "b2 b10 a1 B2", "a1 B2 b2 b10", "b10 b2 B2 a1", "a1 b10 B2 b2", "b2 B2 b10 a1", "B2 a1 b2 b10", "b10 b2 a1 B2"} {
		options, problem := filter(slices.Clone(list), "", order)
		if got := strings.Join(values(options), " "); got != want || problem != "" {
			t.Errorf("order %d: %s, not %s", order, got, want)
		}
	}
}

// several are variables of all kinds that are put into texts.
func several() Values {
	return Values{list: []Value{
		{Name: "one", Selected: []string{`a.b\c"d`}, Choices: []model.Option{{Text: "One", Value: `a.b\c"d`}}},
		{Name: "two", Selected: []string{"test1.", "test2"}, Multi: true, Choices: []model.Option{{Text: "First", Value: "test1."}}},
		{Name: "single", Selected: []string{"a.b"}, Multi: true},
		{Name: "all", Selected: []string{"x", "y"}, All: true, IncludeAll: true},
		{Name: "any", Selected: []string{"x", "y"}, All: true, IncludeAll: true, AllValue: ".+"},
		{Name: "none", Multi: true},
		{Name: "nested", Selected: []string{"$one"}},
		{Name: "odd", Selected: []string{"foo()bar BAZ", "test2", "it's"}, Multi: true},
	}}.Ranged(span).boarded(model.Board{Title: "My board", UID: "my"}).Stepped(15*time.Second, time.Minute)
}

func TestInterpolate(t *testing.T) {
	v := several()
	for _, c := range []struct {
		text   string
		format Format
		want   string
	}{
		{"$one ${one} [[one]] $1 ${1} $nope [[nope]] ${nope:csv} $", "", `a.b\c"d a.b\c"d a.b\c"d $1 ${1} $nope [[nope]] ${nope:csv} $`},
		{"$two|${two:csv}|${two:pipe}|${two:raw}|${two:json}|${two:regex}|${two:glob}", "", `{test1.,test2}|test1.,test2|test1.|test2|test1.,test2|["test1.","test2"]|(test1\.|test2)|{test1.,test2}`},
		{"${two:singlequote}|${two:doublequote}|${two:sqlstring}|${two:distributed}|${two:lucene}", "", `'test1.','test2'|"test1.","test2"|'test1.','test2'|test1.,two=test2|("test1." OR "test2")`},
		{"${odd:percentencode}|${odd:singlequote}|${odd:sqlstring}", "", `foo%28%29bar%20BAZ%2Ctest2%2Cit%27s|'foo()bar BAZ','test2','it\'s'|'foo()bar BAZ','test2','it''s'`},
		{"$two, ${one.text}, ${one.value}, $all", Text, `First + test2, One, One, All`},
		{"${two:queryparam}|${all:queryparam}|${none:queryparam}", "", `var-two=test1.&var-two=test2|var-all=%24__all|`},
		{`a{b="$one"} a{b='$one'} ` + "a{b=`$one`}", PromQL, `a{b="a.b\\c\"d"} a{b='a.b\\c"d'} ` + "a{b=`a.b\\c\"d`}"},
		{`a{b=~"$two", c=~'$odd', d=~"$single"}`, PromQL, `a{b=~"(test1\\.|test2)", c=~'(foo\\(\\)bar BAZ|test2|it\'s)', d=~"a\\.b"}`},
		{`a{b=~"$all", c=~"${any}", d=~"$none", e=~"${two:pipe}"}`, PromQL, `a{b=~"(x|y)", c=~".+", d=~"", e=~"test1.|test2"}`},
		{"rate(a[$__rate_interval]) [$__interval] $__interval_ms ${__range}", PromQL, "rate(a[1m]) [15s] 15000 3600s"},
		{"$__range_s $__range_ms $__from ${__to} ${__from:date} ${__from:date:seconds} ${__to:date:YYYY-MM-DD HH:mm}", "", "3600 3600000 1767225600000 1767229200000 2026-01-01T00:00:00.000Z 1767225600 2026-01-01 01:00"},
		{"$__dashboard ${__dashboard.uid} ${__dashboard.title} ${__url_time_range} ${__field.name} ${__value.text}", "", "My board my My board from=1767225600000&to=1767229200000 ${__field.name} ${__value.text}"},
		{"$nested", "", "$one"},
		{"${two:nosuch}", "", "{test1.,test2}"},
	} {
		if got := v.Interpolate(c.text, c.format); got != c.want {
			t.Errorf("%s as %q:\n got %s\nwant %s", c.text, c.format, got, c.want)
		}
	}
}

func TestScoped(t *testing.T) {
	v := several()
	scoped := v.Scoped(map[string]string{"two": "x.y", "new": "z"})
	if got := scoped.Interpolate(`a{b=~"$two"} $new`, PromQL); got != `a{b=~"x\\.y"} z` {
		t.Error(got)
	}
	if got := v.Interpolate("$two", Text); got != "First + test2" {
		t.Errorf("the values given have changed: %s", got)
	}
	if got := v.Selected()["all"]; cmp.Diff([]string{All}, got) != "" {
		t.Errorf("selected is %v", got)
	}
	if got := v.Concrete()["all"]; cmp.Diff([]string{"x", "y"}, got) != "" {
		t.Errorf("concrete is %v", got)
	}
	if got := Of(map[string][]string{"a": {"x.1"}, "b": {"x", "y"}}).Interpolate(`{a="$a", b=~"$b"}`, PromQL); got != `{a="x.1", b=~"(x|y)"}` {
		t.Error(got)
	}
}

// Panel fills in what people read and what queries do not.
func TestPanel(t *testing.T) {
	p := several().Panel(model.Panel{
		Title: "Of $two", Description: "$one", Options: []byte(`{"content":"$two <${one}>","n":1.50}`), Defaults: []byte(`{"displayName":"${__field.name} $single"}`),
		Links: []model.BoardLink{{Title: "$two", URL: "/d/x?${two:queryparam}"}}, Overrides: []model.Override{{Matcher: model.Matcher{Options: []byte(`"$single"`)}}},
		Transformations: []model.Transformation{{ID: "limit", Options: []byte(`{"limitField":"$single"}`)}},
	})
	for want, got := range map[string]string{
		"Of First + test2": p.Title, `One`: p.Description, `{"content":"{test1.,test2} \u003ca.b\\c\"d\u003e","n":1.50}`: string(p.Options), `{"displayName":"${__field.name} a.b"}`: string(p.Defaults),
		"/d/x?var-two=test1.&var-two=test2": p.Links[0].URL, `"a.b"`: string(p.Overrides[0].Matcher.Options), `{"limitField":"a.b"}`: string(p.Transformations[0].Options),
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// Whatever a label's value is, it stays within the string it is put into, and
// matches what it is.
func FuzzPromQL(f *testing.F) {
	for _, s := range []string{`"} or up{a="`, `\`, `a\"`, "`", `'`, "\x00", `a.b|c$^*+?()[]{}`, "ü\n"} {
		f.Add(s, s+"2")
	}
	p := parser.NewParser(parser.Options{})
	f.Fuzz(func(t *testing.T, a, b string) {
		v := Values{list: []Value{{Name: "one", Selected: []string{a}}, {Name: "two", Selected: []string{a, b}, Multi: true}}}
		for _, mark := range []string{`"`, `'`} {
			expr, err := p.ParseExpr(v.Interpolate(`up{a=`+mark+`$one`+mark+`, b=~`+mark+`$two`+mark+`}`, PromQL))
			if err != nil {
				if !valid(a + b) {
					continue // no string of PromQL holds this
				}
				t.Fatal(err)
			}
			s, ok := expr.(*parser.VectorSelector)
			if !ok || len(s.LabelMatchers) != 3 || valid(a) && s.LabelMatchers[0].Value != a {
				t.Errorf("%q became %v", a, expr)
			}
			if re := regexp.MustCompile("^(?:" + s.LabelMatchers[1].Value + ")$"); valid(a+b) && (!re.MatchString(a) || !re.MatchString(b)) {
				t.Errorf("%s matches neither or only one of %q and %q", re, a, b)
			}
		}
	})
}

// valid tells whether PromQL can hold a text: it takes a replacement character
// for broken UTF-8.
func valid(s string) bool { return strings.ToValidUTF8(s, "") == s && !strings.Contains(s, "\ufffd") }

func FuzzInterpolate(f *testing.F) {
	f.Add("${two:csv}[[one]]$all ${__from:date:YYYY}", "regex")
	f.Fuzz(func(t *testing.T, text, format string) {
		v := several()
		v.Interpolate(text, Format(format))
		v.Panel(model.Panel{Options: []byte(text), Title: text})
		resolveAny(v, text)
	})
}

// resolveAny runs a text as each part of a variable that is read.
func resolveAny(v Values, text string) {
	for _, kind := range []string{"query", "custom", "interval"} {
		choose(context.Background(), lists{"/a": {"1"}}, model.Variable{Type: kind, Query: text, Regex: text}, v, span)
	}
	filter([]string{text, "a"}, text, 7)
}
