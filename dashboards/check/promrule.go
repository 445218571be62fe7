package check

import (
	"fmt"
	"maps"
	"slices"
)

// PromRule is a recording or an alerting rule of Prometheus.
type PromRule struct {
	// Group is the name of the group that the rule is evaluated with.
	Group string
	// Name is the recorded metric's, or the alert's if Alert is set.
	Name  string
	Alert bool
	Expr  string
	// Labels are set on what the expression returns; an empty value takes a label
	// away. Those of an alert, and its annotations, are templates.
	Labels, Annotations map[string]string

	// line is the line of the file at which the expression begins. If the
	// expression is written as it is, line by line, literal says so.
	line    int
	literal bool
	// lineOf are the lines of labels and annotations, by "label NAME" and
	// "annotation NAME".
	lineOf map[string]int
}

// String is what kind of rule it is, and its name.
func (r PromRule) String() string {
	if r.Alert {
		return "alert " + r.Name
	}
	return "record " + r.Name
}

func (r PromRule) where() string { return fmt.Sprintf("group %s, %s", r.Group, r) }

// queries are the rule's expression, and those that its templates ask.
func (r *PromRule) queries() []query {
	out := []query{{Target: Target{Expr: r.Expr, Line: r.line}, where: r.where(), rule: r, group: r.Group}}
	for _, t := range r.templates() {
		for _, expr := range t.queries {
			out = append(out, query{Target: Target{Expr: expr, Line: r.lineOf[t.name]}, where: r.where() + ", " + t.name, group: r.Group})
		}
	}
	return out
}

// templates reads the templates of an alert.
func (r *PromRule) templates() []template {
	if !r.Alert {
		return nil
	}
	var out []template
	for kind, list := range map[string]map[string]string{"annotation ": r.Annotations, "label ": r.Labels} {
		for _, name := range slices.Sorted(maps.Keys(list)) {
			out = append(out, readTemplate(kind+name, list[name]))
		}
	}
	slices.SortFunc(out, func(a, b template) int { return r.lineOf[a.name] - r.lineOf[b.name] })
	return out
}
