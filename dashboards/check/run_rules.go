package check

import (
	"cmp"
	"context"
	"fmt"
)

// recorder is a source that can evaluate recording rules itself.
type recorder interface {
	record(ctx context.Context, rules []recording, w window) error
}

// recording is a recording rule as it is evaluated.
type recording struct {
	name, expr string
	labels     map[string]string
}

// record has the rules recorded if the source can, and returns the names that
// exist nowhere yet if it cannot.
func record(ctx context.Context, src Source, list []Board, schema *Schema, w window) (pending map[string]bool, err error) {
	pending = map[string]bool{}
	var rules []recording
	for _, b := range list {
		for _, r := range b.Rules {
			if text, err := schema.asked(src, r); err == nil && !r.Alert {
				rules = append(rules, recording{r.Name, text, r.Labels})
				pending[r.Name] = schema == nil || schema.metrics[r.Name] == nil
			}
		}
	}
	if x, ok := src.(recorder); ok && len(rules) > 0 {
		return nil, x.record(ctx, rules, w)
	}
	return pending, nil
}

// asked is what is asked for a rule: of an alert, what it compares. In an
// exposition, which has no labels of targets, it is asked without these.
func (s *Schema) asked(src Source, r PromRule) (string, error) {
	tree, err := parse(r.Expr)
	if err != nil {
		return "", err
	}
	if r.Alert {
		tree = compared(tree)
	}
	if _, exposition := src.(*Exposition); exposition && s != nil {
		s.withoutTarget(tree)
	}
	return tree.String(), nil
}

// evaluateRule is the row of a rule, and what evaluating it shows.
func evaluateRule(ctx context.Context, src Source, b Board, r PromRule, o Options, w window) (Row, []Finding, error) {
	row := Row{Board: b.Title, File: b.File, Panel: r.String(), rule: true}
	answer := Answer{Expr: r.Expr, line: r.line}
	text, err := o.Schema.asked(src, r)
	if err != nil {
		answer.Err = err
	} else if err := answer.ask(ctx, src, text, w); err != nil {
		return row, nil, fmt.Errorf("%s: %w", r, err)
	}
	row.Answers = []Answer{answer}
	f := Finding{Board: b.Title, FileLine: r.line, Where: r.where(), Panel: r.String(), Group: r.Group, Expr: r.Expr,
		Rule: answer.rule(), State: answer.State(), Text: answer.words(), Nearest: answer.why.near, inRules: true}
	switch answer.State() {
	case Failed, Lost:
	case Empty:
		// Series that count what seldom happens are missing until it does, but a
		// server knows its targets.
		if f.Severity = SeverityUndecided; o.Strict || o.Schema.knows(answer.why.label) {
			f.Severity = SeverityWarning
		}
		f.Text = "records nothing: " + cmp.Or(answer.why.text, "there is no data now, or before: "+text)
		if r.Alert {
			f.Rule, f.Text = ruleAlertNever, "cannot fire: "+cmp.Or(answer.why.text, "what it compares has no data now, or before: "+text)
		}
	default:
		return row, nil, nil
	}
	return row, []Finding{f}, nil
}

// knows tells whether all values of a label can be seen: that of a target, on a
// server.
func (s *Schema) knows(label string) bool { return s != nil && !s.scraped && s.target[label] }

// mentions returns a name of the set that a query mentions, or "".
func mentions(expr string, names map[string]bool) string {
	for _, word := range words.FindAllString(expr, -1) {
		if names[word] {
			return word
		}
	}
	return ""
}
