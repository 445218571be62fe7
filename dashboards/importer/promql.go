package importer

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// expression is a query in Go: its code, and what the code evaluates to.
type expression struct {
	code string
	expr query.Expr
}

// translator turns PromQL into the typed language.
type translator struct {
	catalogue
	variables []variable // the board's, for matchers on what is picked
	form      query.Form // in which the dashboard asks for histograms
}

// The windows that the typed language writes, and the durations that stand in
// for them while a tree is looked at.
const (
	rateWindow  = 7919 * time.Second
	rangeWindow = 7907 * time.Second
)

// intoTree puts them into a query's text.
var intoTree = strings.NewReplacer("[$__rate_interval]", "[7919s]", "[$__range]", "[7907s]")

// translate turns a query into Go that generates the same canonical text. With
// declared, raw queries name the labels that their legend needs.
func (t translator) translate(promql string, declared []string) (expression, error) {
	canonical, err := query.Raw(promql).PromQL()
	if err != nil {
		return expression{}, err
	}
	if tree, err := parser.NewParser(parser.Options{}).ParseExpr(intoTree.Replace(canonical)); err == nil {
		if e, ok := t.node(tree); ok {
			return e, nil
		}
	}
	return t.raw(canonical, declared), nil
}

// raw is the way out for what the typed language cannot say. Only labels that
// the text does not fix have to be declared.
func (t translator) raw(canonical string, declared []string) expression {
	fixed := query.Raw(canonical)
	var list []catalog.Label
	code := "query.Raw(" + quote(canonical)
	for _, name := range declared {
		l := t.label(name)
		if fixed.Has(name) || l.Name() != name {
			continue
		}
		list = append(list, l.Label)
		code += ", " + l.code
	}
	if e := query.Raw(canonical, list...); len(list) > 0 {
		if _, err := e.PromQL(); err == nil {
			return expression{code + ")", e}
		}
	}
	return expression{"query.Raw(" + quote(canonical) + ")", fixed}
}

// node translates a tree from its leaves upwards. Every step is checked: what
// was made must parse to the same tree.
func (t translator) node(n parser.Expr) (expression, bool) {
	if p, ok := n.(*parser.ParenExpr); ok {
		return t.node(p.Expr)
	}
	for _, guess := range []func(parser.Expr) (expression, bool){
		t.value, t.overWindow, t.quantile, t.age, t.atMost, t.buckets, t.aggregation, t.ratio, t.mean, t.binary, t.atMostOne,
	} {
		e, ok := guess(n)
		if !ok {
			continue
		}
		if t.says(e, n) {
			return e, true
		}
	}
	return expression{}, false
}

// says tells whether an expression generates what a tree is, but for parentheses
// that change nothing.
func (t translator) says(e expression, n parser.Expr) bool {
	text, err := e.expr.In(t.form)
	if err != nil {
		return false
	}
	tree, err := parser.NewParser(parser.Options{}).ParseExpr(intoTree.Replace(text))
	return err == nil && shape(tree) == shape(n)
}

// selection is what a selector asks for.
type selection struct {
	series
	matchers []matcher
}

type matcher struct {
	*labels.Matcher
	query  query.Matcher
	code   string
	picker int // its position; after all of them if it matches something else
}

// where are the matchers as arguments.
func (s selection) where() []query.Matcher {
	var out []query.Matcher
	for _, m := range s.matchers {
		out = append(out, m.query)
	}
	return out
}

// call is the code of a function's call: the arguments given, then the matchers.
func (s selection) call(function string, args ...string) string {
	for _, m := range s.matchers {
		args = append(args, m.code)
	}
	return "query." + function + "(" + strings.Join(args, ", ") + ")"
}

// selector reads a selector of a series in the catalogue; its modifiers are the
// caller's.
func (t translator) selector(n parser.Expr) (s selection, ok bool) {
	v, ok := n.(*parser.VectorSelector)
	if !ok {
		return selection{}, false
	}
	s.series, ok = t.series[v.Name]
	if native, known := t.native[v.Name]; known && t.form == query.Native {
		s.series, ok = native, true
	}
	for _, m := range v.LabelMatchers {
		if m.Name != model.MetricNameLabel {
			s.matchers = append(s.matchers, t.matcher(m))
		}
	}
	return s, ok
}

// picked is a selector with what the user picks in front, in the order of the
// pickers: the text that is generated does not depend on it.
func (t translator) picked(n parser.Expr) (selection, bool) {
	s, ok := t.selector(n)
	slices.SortStableFunc(s.matchers, func(a, b matcher) int { return cmp.Compare(a.picker, b.picker) })
	return s, ok
}

func (t translator) matcher(m *labels.Matcher) matcher {
	l := t.label(m.Name)
	for i, v := range t.variables {
		if m.Type == labels.MatchRegexp && m.Value == "$"+v.picker.Name && v.picker.Label.Name() == m.Name {
			return matcher{m, v.picker.Selected(), v.goName + ".Selected()", i}
		}
	}
	make := query.Is
	switch m.Type {
	case labels.MatchNotEqual:
		make = query.Not
	case labels.MatchRegexp:
		make = query.Matches
	case labels.MatchNotRegexp:
		make = query.NotMatches
	}
	name := map[labels.MatchType]string{
		labels.MatchEqual: "Is", labels.MatchNotEqual: "Not", labels.MatchRegexp: "Matches", labels.MatchNotRegexp: "NotMatches",
	}[m.Type]
	return matcher{m, make(l.Label, m.Value), fmt.Sprintf("query.%s(%s, %s)", name, l.code, quote(m.Value)), len(t.variables)}
}

func (t translator) value(n parser.Expr) (expression, bool) {
	s, ok := t.picked(n)
	if !ok || s.instant == nil {
		return expression{}, false
	}
	if ago := n.(*parser.VectorSelector).OriginalOffset; ago > 0 {
		return expression{s.call("ValueAgo", duration(ago), s.code), query.ValueAgo(ago, s.instant, s.where()...)}, true
	}
	return expression{s.call("Value", s.code), query.Value(s.instant, s.where()...)}, true
}

// overWindow is a function over a window of time.
func (t translator) overWindow(n parser.Expr) (expression, bool) {
	w, ok := t.window(n)
	if !ok {
		return expression{}, false
	}
	if w.code == "" && w.name != "Rate" {
		w.code = "Window{}."
	}
	code := w.call(w.code+w.name, w.selection.code)
	switch {
	case w.cumulative != nil && w.name == "Rate":
		return expression{code, w.Rate(w.cumulative, w.where()...)}, true
	case w.cumulative != nil && w.name == "Increase":
		return expression{code, w.Increase(w.cumulative, w.where()...)}, true
	case w.instant != nil && w.name == "Changes":
		return expression{code, w.Changes(w.instant, w.where()...)}, true
	}
	return expression{}, false
}

// windowed is a function of a selection over a window.
type windowed struct {
	selection
	query.Window
	code string // what comes before the function's name; empty for the usual window
	name string
}

func (t translator) window(n parser.Expr) (w windowed, ok bool) {
	call, ok := n.(*parser.Call)
	if !ok || len(call.Args) != 1 {
		return windowed{}, false
	}
	if part := strings.TrimPrefix(call.Func.Name, "histogram"); part == "_count" || part == "_sum" {
		if w, ok = t.window(call.Args[0]); ok && w.histogram != nil {
			w.series = t.series[w.histogram.PrometheusName()+part]
		}
		return w, ok
	}
	m, ok := call.Args[0].(*parser.MatrixSelector)
	if !ok {
		return windowed{}, false
	}
	w.selection, ok = t.picked(m.VectorSelector)
	switch m.Range {
	case rateWindow:
	case rangeWindow:
		w.Window, w.code = query.WholeRange, "WholeRange."
	default:
		w.Window, w.code = query.Last(m.Range), "Last("+duration(m.Range)+")."
	}
	w.name = strings.ToUpper(call.Func.Name[:1]) + call.Func.Name[1:]
	return w, ok
}

// duration is a window in Go, in its largest whole unit.
func duration(d time.Duration) string {
	for _, u := range []struct {
		unit time.Duration
		code string
	}{{time.Hour, "time.Hour"}, {time.Minute, "time.Minute"}, {time.Second, "time.Second"}} {
		if d%u.unit == 0 {
			return fmt.Sprintf("%d*%s", d/u.unit, u.code)
		}
	}
	return fmt.Sprintf("%d*time.Millisecond", d/time.Millisecond)
}

// quote writes a string in Go, in backquotes where that is easier to read.
func quote(s string) string {
	plain := strings.NewReplacer("\n", "", "\t", "").Replace(s)
	if strconv.CanBackquote(plain) && strings.ContainsAny(s, "\"\\\n") {
		return "`" + s + "`"
	}
	return strconv.Quote(s)
}
