package check

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// Static looks at every query of the boards without evaluating it. The scrape
// interval is what ranges are compared with; 15 seconds if zero.
func Static(schema *Schema, list []Board, scrape time.Duration) []Finding {
	if scrape == 0 {
		scrape = defaultScrape
	}
	schema = schema.with(list)
	names := schema.Names()
	var out []Finding
	for _, b := range list {
		m := newMasker(b)
		out = append(out, b.invalid...)
		out = append(out, b.unread()...)
		for _, q := range b.queries() {
			a := &analyzer{schema: schema, names: names, board: b, masker: m, scrape: scrape, query: q}
			a.run()
			out = append(out, a.found...)
		}
	}
	return distinct(out)
}

// unread says what of a board is not looked at.
func (b Board) unread() []Finding {
	var out []Finding
	add := func(where, rule, text string) {
		out = append(out, Finding{Board: b.Title, File: b.File, Where: where, Rule: rule, Severity: SeverityUndecided, Text: text})
	}
	for _, name := range b.Library {
		add("panel "+name, ruleLibrary, "is a library panel, whose queries are stored elsewhere and were not checked")
	}
	for _, kind := range sortedNames(b.Skipped) {
		add(fmt.Sprintf("%d queries", b.Skipped[kind]), ruleOtherSource, "are for a source of the kind "+kind+", not for Prometheus, and were not checked")
	}
	return out
}

// distinct leaves out what was said before about the same query, and what is
// undecided about the same thing on the same board.
func distinct(list []Finding) []Finding {
	type key struct {
		file, board, where, rule, text string
		line                           int
	}
	seen := map[key]bool{}
	return slices.DeleteFunc(list, func(f Finding) bool {
		k := key{file: f.File, board: f.Board, where: f.Where, rule: f.Rule, text: f.Text}
		switch {
		case f.Severity == SeverityUndecided:
			k.where = ""
		case f.inRules:
			k.line = f.FileLine // alerts of one name are common
		}
		again := seen[k]
		seen[k] = true
		return again
	})
}

// analyzer looks at one query.
type analyzer struct {
	schema *Schema
	names  []string // of all metrics
	board  Board
	masker masker
	scrape time.Duration
	query  query
	masked masked
	found  []Finding
	// base is where the parsed text begins in the query.
	base int
	// quantile says that the expression is within a histogram_quantile, presence
	// that it is only asked whether it is zero.
	quantile, presence bool
}

func (a *analyzer) run() {
	names, at := a.masker.unknown(a.query.Expr)
	for i, name := range names {
		f := a.finding(ruleVariable, SeverityError, "there is no variable $"+name)
		a.at(&f, at[i])
		f.Nearest = nearest(name, a.masker.names())
		a.found = append(a.found, f)
	}
	if a.query.panel == nil && a.variable() {
		return
	}
	tree, ok := a.parse(a.query.Expr)
	if !ok {
		return
	}
	f := a.walk(tree)
	switch {
	case a.query.panel != nil:
		a.legend(f)
		a.shown(f)
	case a.query.rule != nil && a.query.rule.Alert:
		a.alert(tree, f)
	}
}

// expression parses and walks a query, or a part of one that begins at base.
func (a *analyzer) expression(text string) (facts, bool) {
	tree, ok := a.parse(text)
	if !ok {
		return facts{}, false
	}
	return a.walk(tree), true
}

// parse reports what does not parse.
func (a *analyzer) parse(text string) (parser.Expr, bool) {
	tree, m, err := a.masker.parse(text)
	a.masked = m
	if err != nil {
		a.syntax(text, err)
	}
	return tree, err == nil
}

// syntax reports what does not parse, unless a variable may be to blame whose
// value nobody knows.
func (a *analyzer) syntax(text string, err error) {
	f := a.finding(ruleSyntax, SeverityError, "is not PromQL: "+err.Error())
	if list, ok := errors.AsType[parser.ParseErrors](err); ok && len(list) > 0 {
		f.Text = "is not PromQL: " + list[0].Err.Error()
		a.at(&f, a.base+a.masked.original(int(list[0].PositionRange.Start)))
	}
	for _, ref := range reference.FindAllStringSubmatchIndex(text, -1) {
		if name := referenced(text, ref); a.masker.values[name] == "" && a.masker.known[name] {
			at := scanner{text: text}
			at.advance(ref[0])
			if at.quote == 0 {
				f.Rule, f.Severity = ruleUndecidedMetric, SeverityUndecided
				f.Text = "was not checked: what it is depends on $" + name
			}
		}
	}
	a.found = append(a.found, f)
}

func (a *analyzer) finding(rule string, severity Severity, text string) Finding {
	f := Finding{Board: a.board.Title, File: a.board.File, FileLine: a.query.Line, Where: a.query.where, RefID: a.query.RefID,
		Rule: rule, Severity: severity, Text: text, Expr: a.query.Expr, Group: a.query.group, inRules: a.query.group != ""}
	switch {
	case a.query.panel != nil:
		f.Panel = a.query.panel.Title
	case a.query.rule != nil:
		f.Panel = a.query.rule.String()
	}
	return f
}

// report adds a finding about a place in the masked text.
func (a *analyzer) report(rule string, severity Severity, at int, text, near, fix string) {
	f := a.finding(rule, severity, text)
	f.Nearest, f.Fix = near, fix
	a.at(&f, a.base+a.masked.original(at))
	a.found = append(a.found, f)
}

// at notes the place of a finding in the query, and in the file if the lines of
// the query are those of the file.
func (a *analyzer) at(f *Finding, offset int) {
	f.Line, f.Column = place(a.query.Expr, offset)
	if a.query.rule != nil && a.query.rule.literal {
		f.FileLine += f.Line - 1
	}
}

// walk finds out what is known of an expression, and reports on the way.
func (a *analyzer) walk(e parser.Expr) facts {
	switch e := e.(type) {
	case *parser.VectorSelector:
		return a.selector(e)
	case *parser.MatrixSelector:
		return a.walk(e.VectorSelector)
	case *parser.SubqueryExpr:
		return a.walk(e.Expr)
	case *parser.ParenExpr:
		return a.walk(e.Expr)
	case *parser.StepInvariantExpr:
		return a.walk(e.Expr)
	case *parser.UnaryExpr:
		return a.walk(e.Expr)
	case *parser.NumberLiteral:
		v := e.Val
		return facts{literal: &v}
	case *parser.Call:
		return a.call(e)
	case *parser.AggregateExpr:
		return a.aggregate(e)
	case *parser.BinaryExpr:
		return a.binary(e)
	}
	return facts{}
}

// missingLabel reports a label that a result does not have, and tells whether
// that is certain.
func (a *analyzer) missingLabel(f facts, label string, at int, use string) bool {
	switch a.has(f, label) {
	case present:
		return false
	case perhaps:
		if !f.open && !vague(label) && !a.schema.optional[label] {
			a.report(ruleUndecidedLabel, SeverityUndecided, at, "nothing shows whether there is a label "+label+
				": service discovery may add it; if it does, say so with --target-label "+label, "", "")
		}
		return false
	}
	if label == model.BucketLabel && f.native() {
		a.report(ruleLeOnNative, SeverityWarning, at, f.subject()+" is a native histogram, which has no label le", "", "leave le out")
		return true
	}
	names := slices.Sorted(maps.Keys(f.labels))
	text := "there is no label " + label
	if subject := f.subject(); subject != "" {
		text += " on " + subject
	}
	if f.grouped {
		text += " after the aggregation"
	}
	a.report(ruleLabel, SeverityError, at, text+", used in "+use, nearest(label, names), "")
	return true
}

func (f facts) native() bool { return f.kind == kindNative || f.kind == kindNativeRate }

// word finds a name in a part of the masked text, or returns the part's begin.
func (a *analyzer) word(start, end int, name string) int {
	start, end = max(start, 0), min(end, len(a.masked.text))
	if start >= end {
		return start
	}
	for at := start; at < end; {
		i := strings.Index(a.masked.text[at:end], name)
		if i < 0 || name == "" {
			break
		}
		at += i
		after := at + len(name)
		if (at == 0 || !nameByte(a.masked.text[at-1])) && (after == len(a.masked.text) || !nameByte(a.masked.text[after])) {
			return at
		}
		at++
	}
	return start
}
