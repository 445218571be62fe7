package check

import (
	"fmt"
	"strings"
)

// Severity is how sure and how bad a finding is.
type Severity int

// From worst to mildest. Errors and warnings are findings that fail a check;
// what is undecided is said, and fails nothing.
const (
	// SeverityError is wrong for certain: the panel shows nothing, or something
	// else than it says.
	SeverityError Severity = iota
	// SeverityWarning is wrong in all likelihood.
	SeverityWarning
	// SeverityUndecided cannot be told from what is known.
	SeverityUndecided
)

func (s Severity) String() string { return [...]string{"error", "warning", "undecided"}[s] }

// Finding is something that is not in order.
type Finding struct {
	Board string
	// File is where the board came from, and FileLine the line in it at which
	// the query stands; "" and 0 if unknown.
	File     string
	FileLine int
	// Where names a panel and query, a variable, an annotation or a rule.
	Where string
	// Panel and RefID name the query again, for programs; for one of a rule, Panel
	// is "alert NAME" or "record NAME", and Group the rule's group.
	Panel string
	RefID string
	Group string
	// Line and Column are the place in the query, from 1; 0 for all of it.
	Line, Column int
	// Rule is the stable name of what was violated; see [Rules].
	Rule     string
	Severity Severity
	Text     string
	// Nearest is an existing name that may be meant, or "".
	Nearest string
	// Fix is what to do, or "".
	Fix string
	// Expr is the query.
	Expr string
	// State is how the query stands if the finding comes from evaluating it, and
	// OK if it comes from reading it.
	State State
	// also is the number of other queries of which the same was found.
	also int
	// inRules says that this is about a file of rules, which is read as a text.
	inRules bool
}

// String is the finding as one line, without the board's and the rule's name.
func (f Finding) words() string {
	text := f.Text
	if f.Nearest != "" {
		text += fmt.Sprintf("; did you mean %s?", f.Nearest)
	}
	if f.Fix != "" {
		text += "; " + f.Fix
	}
	return text
}

func (f Finding) String() string {
	where := f.Where
	if f.Line > 0 {
		where += fmt.Sprintf(" at %d:%d", f.Line, f.Column)
	}
	switch {
	case f.also == 1:
		where += " and one more place"
	case f.also > 1:
		where += fmt.Sprintf(" and %d more places", f.also)
	}
	board := f.Board
	if f.inRules && f.FileLine > 0 {
		board += fmt.Sprintf(":%d", f.FileLine)
	}
	text := fmt.Sprintf("%s: %s: %s", board, where, f.words())
	if f.Rule != "" && f.State == OK { // a state says itself what it is
		text += " [" + f.Rule + "]"
	}
	return text
}

// place turns an offset in a query into a line and a column, both from 1.
func place(query string, offset int) (line, column int) {
	offset = min(max(offset, 0), len(query))
	before := query[:offset]
	line = strings.Count(before, "\n") + 1
	return line, offset - strings.LastIndexByte(before, '\n')
}
