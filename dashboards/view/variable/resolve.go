package variable

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// Resolve finds out what a board's variables stand for: what is selected, else
// what was selected when the board was saved and still is a choice, else all of
// them or the first. A variable whose values cannot be found has a Problem and
// stands for nothing; an error is only that ctx is over.
func Resolve(ctx context.Context, src Source, b model.Board, selected map[string][]string, r model.Range) (Values, error) {
	v := Values{list: make([]Value, len(b.Variables))}.Ranged(r).boarded(b)
	v = v.Stepped(time.Minute, time.Minute) // for the rare variable that asks with a rate
	for i, one := range b.Variables {
		v.list[i] = Value{Name: one.Name, Label: one.Label, Type: one.Type, Hide: one.Hide, Multi: one.Multi, IncludeAll: one.IncludeAll, Filters: one.Filters}
	}
	for _, i := range order(b.Variables) {
		one := b.Variables[i]
		choices, problem := choose(ctx, src, one, v, r)
		if err := ctx.Err(); err != nil {
			return v, err
		}
		v.list[i].Choices, v.list[i].Problem = choices, problem
		v.list[i].AllValue = v.Interpolate(one.AllValue, Glob)
		v.list[i].pick(one, selected[one.Name])
	}
	return v, nil
}

// order has the places of variables so that what one refers to comes before it;
// a circle stays in the board's order.
func order(list []model.Variable) []int {
	places := make(map[string]int, len(list))
	for i, v := range list {
		places[v.Name] = i
	}
	var out []int
	seen := make([]bool, len(list))
	var visit func(int)
	visit = func(i int) {
		if seen[i] {
			return
		}
		seen[i] = true
		for _, m := range reference.FindAllStringSubmatch(list[i].Query+list[i].Regex+list[i].AllValue, -1) {
			if j, ok := places[m[1]+m[2]+m[5]]; ok {
				visit(j)
			}
		}
		out = append(out, i)
	}
	for i := range list {
		visit(i)
	}
	return out
}

// pick sets what the variable stands for.
func (v *Value) pick(from model.Variable, selected []string) {
	switch {
	case len(selected) > 0 && v.take(selected, true):
	case v.take(from.Current, from.Type != "query" && len(v.Choices) == 0):
	case v.IncludeAll:
		v.take([]string{All}, true)
	case len(v.Choices) > 0:
		v.Selected = []string{v.Choices[0].Value}
	}
}

// take selects values; unless anything goes they must be among the choices.
func (v *Value) take(list []string, anything bool) bool {
	if slices.Contains(list, All) || v.IncludeAll && len(list) == 1 && list[0] == "All" {
		if v.All = v.IncludeAll; v.All {
			v.Selected = values(v.Choices)
		}
		return v.All
	}
	known := func(s string) bool {
		return slices.ContainsFunc(v.Choices, func(c model.Option) bool { return c.Value == s })
	}
	var kept []string
	for _, s := range list {
		if anything || known(s) {
			kept = append(kept, s)
		}
	}
	if !v.Multi && len(kept) > 1 {
		kept = kept[:1]
	}
	if len(kept) == 0 {
		return false
	}
	v.Selected = kept
	return true
}

func values(choices []model.Option) []string {
	out := make([]string, len(choices))
	for i, c := range choices {
		out[i] = c.Value
	}
	return out
}

// choose lists the choices of a variable; problem is why there are none.
func choose(ctx context.Context, src Source, one model.Variable, known Values, r model.Range) (choices []model.Option, problem string) {
	switch one.Type {
	case "query":
		return queried(ctx, src, one, known, r)
	case "custom":
		return written(one), ""
	case "interval":
		return intervals(one, r), ""
	case "constant":
		return plain([]string{one.Query}), ""
	case "textbox":
		if len(one.Current) > 0 {
			return plain(one.Current[:1]), ""
		}
		return plain([]string{one.Query}), ""
	}
	// A datasource, a switch, filters or what a newer Grafana has: what was saved.
	if len(one.Options) > 0 {
		return one.Options, ""
	}
	return plain(one.Current), ""
}

func plain(list []string) []model.Option {
	out := make([]model.Option, len(list))
	for i, s := range list {
		out[i] = model.Option{Text: s, Value: s}
	}
	return out
}

// written are the choices of a custom variable: a, b or text : value, with \, for
// a comma.
func written(one model.Variable) []model.Option {
	const comma = "\x00"
	var out []model.Option
	for s := range strings.SplitSeq(strings.ReplaceAll(one.Query, `\,`, comma), ",") {
		s = strings.TrimSpace(strings.ReplaceAll(s, comma, ","))
		text, value, pair := strings.Cut(s, " : ")
		switch {
		case pair:
			out = append(out, model.Option{Text: strings.TrimSpace(text), Value: strings.TrimSpace(value)})
		case s != "":
			out = append(out, model.Option{Text: s, Value: s})
		}
	}
	if out == nil {
		return one.Options
	}
	return out
}

// intervals are the choices of an interval variable; "auto" is a thirtieth of
// the range, which is Grafana's default.
func intervals(one model.Variable, r model.Range) []model.Option {
	out := written(one)
	if len(one.Current) == 1 && strings.HasPrefix(one.Current[0], "$__auto") {
		auto := max(10*time.Second, (r.To.Sub(r.From) / 30).Round(10*time.Second))
		out = append([]model.Option{{Text: "auto", Value: Duration(auto)}}, out...)
	}
	return out
}
