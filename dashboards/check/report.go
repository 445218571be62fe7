package check

import (
	"fmt"
	"time"
)

// State is how a panel or a query stands.
type State int

// From best to worst.
const (
	// OK has data now.
	OK State = iota
	// Undecided answers "not a number": there was nothing to measure, such as
	// the duration of no requests.
	Undecided
	// Partly has data, but one of its queries is silent.
	Partly
	// Empty has no data and had none in the time looked at.
	Empty
	// Lost had data in the time looked at, and has none now.
	Lost
	// Failed cannot be evaluated.
	Failed
)

var stateNames = map[State]string{
	OK: "ok", Undecided: "undecided", Partly: "partly", Empty: "no data", Lost: "lost data", Failed: "error",
}

func (s State) String() string { return stateNames[s] }

// Report is what was found.
type Report struct {
	Rows     []Row
	Findings []Finding
}

// Problems counts the findings that are wrong: errors and warnings, but not what
// is only undecided.
func (r Report) Problems() int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity != SeverityUndecided {
			n++
		}
	}
	return n
}

// Row is one panel, or one rule of Prometheus.
type Row struct {
	Board, File, Panel, Unit string
	Answers                  []Answer
	rule                     bool
}

// Answer is what one query returned.
type Answer struct {
	RefID, Expr string
	// Series that have a value now, and the last one's value.
	Series int
	Last   float64
	// Low and High are the smallest and the largest value of the time looked at.
	Low, High float64
	// Undefined says that a series is "not a number" now.
	Undefined bool
	// Seen is when there was a value before now; zero for never.
	Seen time.Time
	Err  error

	measured bool
	line     int
	why      cause // if it is empty
}

// measure takes a value into the range that the answer covers.
func (a *Answer) measure(v float64) {
	if !a.measured {
		a.Low, a.High, a.measured = v, v, true
	}
	a.Low, a.High = min(a.Low, v), max(a.High, v)
}

// State is how the query stands.
func (a Answer) State() State {
	switch {
	case a.Err != nil:
		return Failed
	case a.Series > 0:
		return OK
	case a.Undefined:
		return Undecided
	case !a.Seen.IsZero():
		return Lost
	}
	return Empty
}

// State is how the panel stands: as its worst query, but a silent query beside
// one with data makes it partly fine.
func (r Row) State() State {
	worst, best := OK, Failed
	for _, a := range r.Answers {
		worst, best = max(worst, a.State()), min(best, a.State())
	}
	if worst != Failed && best == OK && worst > OK {
		return Partly
	}
	return worst
}

// Series is the number of series that the panel shows now.
func (r Row) Series() int {
	n := 0
	for _, a := range r.Answers {
		n += a.Series
	}
	return n
}

// Last is a value that the panel shows now; ok is false if there is none.
func (r Row) Last() (value float64, ok bool) {
	for _, a := range r.Answers {
		if a.Series > 0 {
			return a.Last, true
		}
	}
	return 0, false
}

// findings says in words what is wrong with the panel: once for all queries with
// which the same is wrong.
func (r Row) findings(strict bool) []Finding {
	state := r.State()
	if state == OK || (!strict && (state == Undecided || state == Partly)) {
		return nil
	}
	var out []Finding
	at := map[string]int{}
	for _, a := range r.Answers {
		if a.State() == OK {
			continue
		}
		words := a.words()
		i, again := at[words]
		if again {
			out[i].RefID += ", " + a.RefID
			continue
		}
		at[words] = len(out)
		out = append(out, Finding{Board: r.Board, Panel: r.Panel, RefID: a.RefID, FileLine: a.line, Expr: a.Expr,
			Rule: a.rule(), State: a.State(), Text: words, Nearest: a.why.near})
	}
	for i, f := range out {
		out[i].Where = fmt.Sprintf("panel %q, query %s", r.Panel, f.RefID)
	}
	return out
}

// rule is the rule that an answer violates.
func (a Answer) rule() string {
	switch a.State() {
	case Failed:
		return ruleEvaluation
	case Lost:
		return ruleLostData
	}
	return ruleNoData
}

func (a Answer) words() string {
	switch a.State() {
	case Failed:
		return a.Err.Error()
	case Undecided:
		return "only \"not a number\": nothing was observed, so there is no mean and no quantile"
	case Lost:
		return "lost its data: the last value was at " + a.Seen.Format(time.TimeOnly) + "; is the service still running and scraped?"
	}
	if a.why.text != "" {
		return "no data, now or before: " + a.why.text + ": " + a.Expr
	}
	return "no data, now or before: does the metric exist, with these labels? " + a.Expr
}
