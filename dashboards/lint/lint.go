package lint

import (
	"cmp"
	"slices"
	"strings"
)

// Problem is something that a rule finds.
type Problem struct {
	Rule string `json:"rule"`
	// Board is the dashboard's title.
	Board string `json:"board"`
	// Panel, Query and Variable say where; empty where they do not apply.
	Panel    string `json:"panel,omitempty"`
	Query    string `json:"query,omitempty"`
	Variable string `json:"variable,omitempty"`
	// Text says what is wrong.
	Text string `json:"text"`
	// Line of the file, from 1.
	Line int `json:"line"`
	// Fixable says that Fix repairs it.
	Fixable bool `json:"fixable"`

	fix *edit
}

// Where names the place in words.
func (p Problem) Where() string { return describe(p.Panel, p.Query, p.Variable) }

func (p Problem) String() string { return p.Rule + ": " + p.Where() + ": " + p.Text }

// Rule is one rule.
type Rule struct {
	// ID names the rule, and the file it is in.
	ID string
	// What it demands, Why, and How to satisfy it: a sentence or a few each.
	What, Why, How string
	// Fixes says that there is a fix for what it finds, or for some of it.
	Fixes bool

	check func(b *Board, report report)
}

// report takes what a rule finds, and at most one edit that repairs it.
type report func(at place, text string, fix ...edit)

// Find applies the rule to a board. What is wrong with a value is said once, even
// if it is so in several places of it.
func (r Rule) Find(b *Board) []Problem {
	type key struct {
		start int
		text  string
	}
	seen := map[key]bool{}
	var out []Problem
	r.check(b, func(at place, text string, fix ...edit) {
		k := key{at.node.start, text}
		if seen[k] {
			return
		}
		seen[k] = true
		p := Problem{
			Rule: r.ID, Board: b.Title, Panel: at.panel, Query: at.query, Variable: at.variable,
			Text: text, Line: lineOf(b.raw, at.node.start), Fixable: len(fix) > 0,
		}
		if p.Fixable {
			p.fix = &fix[0]
		}
		out = append(out, p)
	})
	return out
}

// Lint applies every rule and returns what none of the exceptions covers, in the
// order of the file.
func (c Config) Lint(b *Board) []Problem {
	var out []Problem
	for _, r := range Rules() {
		for _, p := range r.Find(b) {
			if c.excepted(b, p) < 0 {
				out = append(out, p)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Problem) int {
		return cmp.Or(cmp.Compare(x.Line, y.Line), strings.Compare(x.Rule, y.Rule), strings.Compare(x.Text, y.Text))
	})
	return out
}

// rounds bounds how often Fix starts over; a board needs two or three.
const rounds = 10

// Fix repairs what can be repaired without a judgement and returns the new file
// and what has been done, in order. Everything else stays as it is, byte by byte.
// It fails if the file is no dashboard.
func (c Config) Fix(raw []byte) (fixed []byte, done []Problem, err error) {
	for range rounds {
		b, err := Parse(raw)
		if err != nil {
			return nil, nil, err
		}
		now, edits := together(c.Lint(b))
		if len(now) == 0 {
			break
		}
		raw, done = apply(raw, edits), append(done, now...)
	}
	return raw, done, nil
}

// together picks the problems that can be fixed at once.
func together(found []Problem) (now []Problem, edits []edit) {
	for _, p := range found {
		if p.Fixable && !slices.ContainsFunc(edits, p.fix.collides) {
			now = append(now, p)
			edits = append(edits, *p.fix)
		}
	}
	return now, edits
}
