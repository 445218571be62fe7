package panels

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/K-Phoen/grabana/row"

	"github.com/ginsight/ginsight/dashboards/modern"
	"github.com/ginsight/ginsight/dashboards/query"
)

// Spec says what a panel shows. Title, Help, Unit and Queries are required;
// every other field's zero value is the house style.
type Spec struct {
	Title string
	// Help says how to read the panel and what to do about it, in Markdown.
	Help string
	// Unit is a Grafana unit id; github.com/grafana/grafana-foundation-sdk/go/units
	// names them.
	Unit    string
	Queries []Query
	// Width and Height are in Grafana's grid: 24 columns, rows of 30 px.
	Width, Height int
	// Thresholds colour the value, or draw lines in a time series.
	Thresholds []Threshold
	// Base is the colour below the first threshold; empty means green.
	Base string
	// Min and Max bound the axis; nil leaves it to the data.
	Min, Max *float64
	// Decimals fixes the digits after the point; nil leaves it to Grafana.
	Decimals *int
	// Links are offered when a user clicks on a value.
	Links []modern.Link
}

// Query is one query of a panel with the name of its series.
type Query struct {
	Expr query.Expr
	// Legend is a fixed name, or a format that [query.Legend] wrote.
	Legend string
	// Patch is a JSON merge patch over the query as it is generated, see
	// [Panel.Patched].
	Patch string
}

// Threshold is the colour from a value upwards.
type Threshold struct {
	From  float64
	Color string
}

// Panel is a panel of a board: what grabana draws, and what it cannot say.
type Panel struct {
	title string
	draw  func(query.Form) (row.Option, error)
	extra modern.Extra
	err   error
}

// Patched lays a JSON merge patch (RFC 7396) over the panel as it is generated.
// It is the way out for what the house style, grabana and [modern.Extra] cannot
// say, such as a type of panel that has no function here. What is in it departs
// from the house style; without it the panel follows.
func (p Panel) Patched(patch string) Panel {
	p.extra.Patch = json.RawMessage(patch)
	return p
}

// At is a pointer to a number, for [Spec.Min], [Spec.Max] and [Spec.Decimals].
func At[T int | float64](v T) *T { return &v }

// compiled is a query as text.
type compiled struct{ expr, legend string }

// check says what the panel owes its reader.
func (s Spec) check() error {
	var errs []error
	for what, text := range map[string]string{"title": s.Title, "help": s.Help, "unit": s.Unit} {
		if text == "" {
			errs = append(errs, fmt.Errorf("a %s is missing", what))
		}
	}
	if len(s.Queries) == 0 {
		errs = append(errs, errors.New("a query is missing"))
	}
	if !slices.IsSortedFunc(s.Thresholds, func(a, b Threshold) int { return cmp.Compare(a.From, b.From) }) {
		errs = append(errs, errors.New("thresholds must ascend"))
	}
	return errors.Join(errs...)
}

// compile prints the panel's queries for a form of histograms.
func (s Spec) compile(f query.Form) ([]compiled, error) {
	var errs []error
	var out []compiled
	for _, q := range s.Queries {
		expr, err := q.Expr.In(f)
		if err == nil {
			err = q.Expr.CheckLegend(q.Legend)
		}
		legend := q.Legend
		if f == query.Native && legend == boundLegend {
			legend = "" // the bounds are inside the one series
		}
		out, errs = append(out, compiled{expr, legend}), append(errs, err)
	}
	return out, errors.Join(errs...)
}

// panel is what the functions for each kind have in common.
func (s Spec) panel(draw func([]compiled) row.Option, extra modern.Extra) Panel {
	if err := s.check(); err != nil {
		return Panel{title: s.Title, err: fmt.Errorf("panel %q: %w", s.Title, err)}
	}
	extra.Links = s.Links
	for i, q := range s.Queries {
		if q.Patch != "" {
			extra.QueryPatches = append(extra.QueryPatches, make([]json.RawMessage, i+1-len(extra.QueryPatches))...)
			extra.QueryPatches[i] = json.RawMessage(q.Patch)
		}
	}
	extra.Width, extra.Height = cmp.Or(s.Width, extra.Width), cmp.Or(s.Height, extra.Height)
	return Panel{title: s.Title, extra: extra, draw: func(f query.Form) (row.Option, error) {
		queries, err := s.compile(f)
		if err != nil {
			return nil, fmt.Errorf("panel %q: %w", s.Title, err)
		}
		return draw(queries), nil
	}}
}

// option is the panel as grabana takes it.
func (p Panel) option(f query.Form) (row.Option, error) {
	if p.err != nil {
		return nil, p.err
	}
	return p.draw(f)
}
