package check

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Write prints a table of all panels, then the findings, the same one on a board
// only once, then what is undecided, and one line to sum up.
func (r Report) Write(w io.Writer) error {
	if len(r.Rows) > 0 {
		if err := r.writeRows(w); err != nil {
			return err
		}
	}
	for _, f := range grouped(r.Findings) {
		if _, err := fmt.Fprintf(w, "%s\n", f); err != nil {
			return err
		}
	}
	if err := r.writeUndecided(w); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, r.Summary())
	return err
}

// grouped joins the findings that say the same of several queries of a board,
// and leaves out what is undecided. Panels without data are named one by one.
func grouped(list []Finding) []Finding {
	type key struct{ file, board, rule, words string }
	var out []Finding
	first, more := map[key]int{}, map[key]int{}
	for _, f := range list {
		if f.Severity == SeverityUndecided {
			continue
		}
		k := key{f.File, f.Board, f.Rule, f.words()}
		if _, again := first[k]; again && f.State == OK {
			more[k]++
			continue
		}
		first[k] = len(out)
		out = append(out, f)
	}
	for k, n := range more {
		out[first[k]].also = n
	}
	return out
}

func (r Report) writeRows(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "BOARD\tPANEL\tSERIES\tLAST VALUE\tSTATE")
	for _, row := range r.Rows {
		last := "-"
		if v, ok := row.Last(); ok {
			last = Format(v, row.Unit)
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%s\t%s\n", row.Board, row.Panel, row.Series(), last, row.describe())
	}
	return t.Flush()
}

// writeUndecided says what was not decided, for people to look at: once for each
// board and text, since a board often asks for the same thing many times.
func (r Report) writeUndecided(w io.Writer) error {
	heading := "undecided:\n"
	for _, f := range r.Findings {
		if f.Severity != SeverityUndecided {
			continue
		}
		if _, err := fmt.Fprintf(w, "%s  %s\n", heading, f); err != nil {
			return err
		}
		heading = ""
	}
	return nil
}

// describe is the state, and in short what keeps it from being ok.
func (row Row) describe() string {
	switch row.State() {
	case Partly:
		var silent []string
		for _, a := range row.Answers {
			if a.State() != OK {
				silent = append(silent, a.RefID)
			}
		}
		return "partly: query " + strings.Join(silent, ", ") + " shows nothing"
	case Undecided:
		return "undecided: nothing was observed"
	}
	return row.State().String()
}

// Summary is one line.
func (r Report) Summary() string {
	count, rules := map[State]int{}, 0
	for _, row := range r.Rows {
		count[row.State()]++
		if row.rule {
			rules++
		}
	}
	what := "panels"
	switch {
	case rules > 0 && rules == len(r.Rows):
		what = "rules"
	case rules > 0:
		what = "panels and rules"
	}
	problems := r.Problems()
	if count[OK] == len(r.Rows) && problems == 0 {
		return fmt.Sprintf("all %d %s have data", len(r.Rows), what)
	}
	text := fmt.Sprintf("%d of %d %s have data", count[OK], len(r.Rows), what)
	for s := Undecided; s <= Failed; s++ {
		if count[s] > 0 {
			text += fmt.Sprintf(", %d %s", count[s], s)
		}
	}
	return text + fmt.Sprintf("; %d findings", problems)
}
