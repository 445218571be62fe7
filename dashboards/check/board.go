package check

import (
	"fmt"
	"regexp"
)

// Board is what the check reads of a dashboard, or of a file of rules.
type Board struct {
	UID   string
	Title string
	// File is where it came from, for the findings; the reader of a file sets it.
	File        string
	Panels      []Panel
	Variables   []Variable
	Annotations []Annotation
	// Rules are those of a file of rules, which has nothing else.
	Rules []PromRule
	// Library names the library panels, whose queries are stored elsewhere.
	Library []string
	// Skipped counts the queries for sources other than Prometheus, by the kind of
	// source or its name.
	Skipped map[string]int
	// inputs are the names that an export asks for when it is imported.
	inputs []string
	// invalid is what Prometheus refuses in a file of rules.
	invalid []Finding
}

// Panel is a panel with queries for Prometheus.
type Panel struct {
	ID    int64
	Title string
	Type  string
	Unit  string
	// Min and Max are the fixed limits of the axis, nil if there are none.
	Min, Max *float64
	Targets  []Target
	// interval is the shortest that $__interval may be, "" if there is none.
	interval string
	// cellUnit is the unit of a heatmap's cells; its Unit is that of the buckets.
	cellUnit string
}

// Target is one query of a panel.
type Target struct {
	RefID, Expr string
	// Legend is the legend's format, Format that of the result: "time_series",
	// "table" or "heatmap".
	Legend, Format string
	// Unit is the panel's, or that of an override for this query.
	Unit string
	// Hidden queries are not shown, but other queries may build on them.
	Hidden bool
	// Line is the line of the file at which the query stands, 0 if unknown.
	Line int
}

// Variable is a template variable.
type Variable struct {
	Name       string
	Type       string
	Query      string
	AllValue   string
	IncludeAll bool
	single     bool
	line       int
}

// Annotation marks moments on all panels, by a query for Prometheus.
type Annotation struct {
	Name, Expr string
	line       int
}

// query is any query of a board, with where it stands.
type query struct {
	Target
	where  string
	panel  *Panel // nil for a variable, an annotation or a rule
	legend bool
	// rule is set for a rule's own expression, and group for all queries of a
	// file of rules.
	rule  *PromRule
	group string
}

// queries lists all queries of a board: of panels, variables, annotations and
// rules.
func (b Board) queries() []query {
	var out []query
	for i := range b.Panels {
		p := &b.Panels[i]
		for _, t := range p.Targets {
			out = append(out, query{Target: t, panel: p, legend: true, where: fmt.Sprintf("panel %q, query %s", p.Title, t.RefID)})
		}
	}
	for _, v := range b.Variables {
		if v.Type == "query" {
			out = append(out, query{Target: Target{Expr: v.Query, Line: v.line}, where: "variable " + v.Name})
		}
	}
	for _, a := range b.Annotations {
		out = append(out, query{Target: Target{Expr: a.Expr, Line: a.line}, where: fmt.Sprintf("annotation %q", a.Name)})
	}
	for i := range b.Rules {
		out = append(out, b.Rules[i].queries()...)
	}
	return out
}

// words are what may be names in a query.
var words = regexp.MustCompile(`[a-zA-Z_:][a-zA-Z0-9_:]*`)
