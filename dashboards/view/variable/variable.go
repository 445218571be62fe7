// Package variable finds out what a dashboard's variables stand for and puts
// them into queries, titles and links as Grafana does.
package variable

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// Source is what the variables of a dashboard ask. A selector of "" is any series.
type Source interface {
	// LabelValues lists the values of a label, sorted.
	LabelValues(ctx context.Context, label, selector string, r model.Range) ([]string, error)
	// LabelNames lists the names of labels, sorted.
	LabelNames(ctx context.Context, selector string, r model.Range) ([]string, error)
	// Results evaluates PromQL at the end of the range and writes each series as
	// {label="value"} number milliseconds.
	Results(ctx context.Context, expr string, r model.Range) ([]string, error)
}

// All is the value that stands for all of a variable's values.
const All = "$__all"

// Value is what one variable stands for, and what it could stand for.
type Value struct {
	Name, Label, Type string
	// Hide is as in [model.Variable].
	Hide              int
	Multi, IncludeAll bool
	// Selected are the values, all of the choices if All is set.
	Selected []string
	All      bool
	// AllValue stands for all values if it is not "".
	AllValue string
	// Choices are the values to pick from, without All.
	Choices []model.Option
	// Problem is why there are no choices, one line; "" if there is none.
	Problem string
	// Filters are those of a variable of type adhoc.
	Filters []model.Filter
}

// Values are what the variables of a dashboard stand for. The zero Values know
// none. Methods return changed copies.
type Values struct {
	list     []Value
	builtIns map[string]string
	from, to time.Time
	zone     *time.Location
}

// List has the variables in the order of the dashboard.
func (v Values) List() []Value { return v.list }

// Get finds a variable by its name.
func (v Values) Get(name string) (Value, bool) {
	for _, one := range v.list {
		if one.Name == name {
			return one, true
		}
	}
	return Value{}, false
}

// Concrete has the values of each variable with All spelled out, as
// [model.Expand] wants them.
func (v Values) Concrete() map[string][]string {
	out := make(map[string][]string, len(v.list))
	for _, one := range v.list {
		out[one.Name] = one.Selected
	}
	return out
}

// Selected has what is selected, with All as one value, as [Resolve] takes it
// and as the address of a page writes it.
func (v Values) Selected() map[string][]string {
	out := make(map[string][]string, len(v.list))
	for _, one := range v.list {
		out[one.Name] = one.selection()
	}
	return out
}

func (v Value) selection() []string {
	if v.All {
		return []string{All}
	}
	return v.Selected
}

// Scoped has the variables that a repeated panel fixes at one value.
func (v Values) Scoped(scope map[string]string) Values {
	if len(scope) == 0 {
		return v
	}
	v.list = slices.Clone(v.list)
	for _, name := range slices.Sorted(maps.Keys(scope)) {
		i := slices.IndexFunc(v.list, func(one Value) bool { return one.Name == name })
		if i < 0 {
			v.list = append(v.list, Value{Name: name})
			i = len(v.list) - 1
		}
		v.list[i].Selected, v.list[i].All = []string{scope[name]}, false
	}
	return v
}

// Of makes values that were not asked of any source: one value is as if the
// variable could have no other, several as if they were picked.
func Of(selected map[string][]string) Values {
	var v Values
	for _, name := range slices.Sorted(maps.Keys(selected)) {
		list := selected[name]
		v.list = append(v.list, Value{Name: name, Selected: list, Multi: len(list) != 1})
	}
	return v
}

// Filters are what every query of the board is narrowed to.
func (v Values) Filters() []model.Filter {
	var out []model.Filter
	for _, one := range v.list {
		out = append(out, one.Filters...)
	}
	return out
}

// query is the part of an address that selects the value.
func (v Value) query() string {
	q := url.Values{"var-" + v.Name: v.selection()}
	return q.Encode()
}
