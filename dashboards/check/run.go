package check

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
)

// Options say how to look; the zero value looks at the last 15 minutes up to
// now.
type Options struct {
	// Lookback is how far back a panel that is empty now is searched for data
	// that it had; 15 minutes if zero.
	Lookback time.Duration
	// Now is the moment to look at; the current time if zero.
	Now time.Time
	// Selected are the values picked for a variable; a variable that is not
	// named stands for all its values.
	Selected map[string][]string
	// Strict makes a query that is silent, or shows only "not a number", a
	// finding even where another query of its panel has data: what a proof
	// under load asks for.
	Strict bool
	// Schema is what is known of the metrics; with one, every query is looked at
	// as [Static] does as well, and without one only evaluated.
	Schema *Schema
	// Scrape is the scrape interval that ranges are compared with; that of the
	// source if zero.
	Scrape time.Duration
}

// window is the time that is looked at.
type window struct {
	from, to time.Time
	step     time.Duration
	scrape   time.Duration
}

// Grafana's defaults: a data source without a scrape interval counts as 15 s.
const (
	defaultLookback = 15 * time.Minute
	defaultScrape   = 15 * time.Second
	resolution      = 100 // points in a panel
)

func (o Options) window(scrape time.Duration) window {
	if o.Lookback == 0 {
		o.Lookback = defaultLookback
	}
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	o.Now = o.Now.Truncate(time.Millisecond) // the precision of Prometheus
	if scrape == 0 {
		scrape = defaultScrape
	}
	step := max(scrape, (o.Lookback / resolution).Round(time.Millisecond))
	steps := o.Lookback / step
	// Counted back from now, so that the last point is now.
	return window{from: o.Now.Add(-steps * step), to: o.Now, step: step, scrape: scrape}
}

// Boards evaluates every query of the boards. The error says why nothing could
// be evaluated at all; what is wrong with a panel is in the report.
func Boards(ctx context.Context, src Source, boards []Board, o Options) (Report, error) {
	scrape, err := src.ScrapeInterval(ctx)
	if err != nil {
		return Report{}, err
	}
	w := o.window(scrape)
	var r Report
	if o.Schema != nil {
		r.Findings = Static(o.Schema, boards, cmp.Or(o.Scrape, scrape))
	}
	told := broken(r.Findings)
	pending, err := record(ctx, src, boards, o.Schema, w)
	if err != nil {
		return Report{}, err
	}
	for _, b := range boards {
		list, err := r.evaluate(ctx, src, b, o, w)
		if err != nil {
			return Report{}, err
		}
		for _, f := range list {
			f.File = b.File
			if name := mentions(f.Expr, pending); name != "" && f.State == Empty {
				f.Severity, f.Text = SeverityUndecided, "was not evaluated: the server does not record "+name+" yet"
			}
			if !told[[3]string{f.File, f.Board, f.Where}] {
				r.Findings = append(r.Findings, f)
			}
		}
	}
	return r, nil
}

// broken are the queries that need not be found to have no data, since the
// reason has been found already.
func broken(list []Finding) map[[3]string]bool {
	out := map[[3]string]bool{}
	for _, f := range list {
		if f.Severity == SeverityError || strings.HasPrefix(f.Where, "variable ") {
			out[[3]string{f.File, f.Board, f.Where}] = true
		}
	}
	return out
}

// evaluate adds one board's rows to the report, and returns what they show.
func (r *Report) evaluate(ctx context.Context, src Source, b Board, o Options, w window) ([]Finding, error) {
	known, findings, err := resolve(ctx, src, b, o.Selected, w)
	if err != nil {
		return nil, err
	}
	for _, p := range b.Panels {
		row, err := evaluatePanel(ctx, src, p, known, w)
		if err != nil {
			return nil, err
		}
		row.Board, row.File = b.Title, b.File
		if len(row.Answers) == 0 {
			continue // all of its queries are hidden
		}
		r.Rows = append(r.Rows, row)
		findings = append(findings, row.findings(o.Strict)...)
		findings = append(findings, row.outOfRange(p)...)
	}
	for _, rule := range b.Rules {
		row, list, err := evaluateRule(ctx, src, b, rule, o, w)
		if err != nil {
			return nil, err
		}
		r.Rows = append(r.Rows, row)
		findings = append(findings, list...)
	}
	return findings, nil
}

func evaluatePanel(ctx context.Context, src Source, p Panel, known values, w window) (Row, error) {
	row := Row{Panel: p.Title, Unit: p.Unit}
	if p.Type == "heatmap" {
		row.Unit = p.cellUnit // what is shown is the value of a cell
	}
	for _, t := range p.Targets {
		if t.Hidden {
			continue
		}
		answer, err := evaluate(ctx, src, t, known, w)
		if err != nil {
			return Row{}, err
		}
		row.Answers = append(row.Answers, answer)
	}
	return row, nil
}

// evaluate asks for one query over the window. An error of the query belongs to
// the answer; the error returned is that of the source.
func evaluate(ctx context.Context, src Source, t Target, known values, w window) (Answer, error) {
	a := Answer{RefID: t.RefID, Expr: t.Expr, line: t.Line}
	expr, err := known.replace(t.Expr)
	if err != nil {
		a.Err = err
		return a, nil
	}
	if err := a.ask(ctx, src, expr, w); err != nil {
		return a, fmt.Errorf("query %s: %w", t.RefID, err)
	}
	return a, nil
}

// ask fills the answer in. An error of the query belongs to it; the error
// returned is that of the source.
func (a *Answer) ask(ctx context.Context, src Source, expr string, w window) error {
	series, err := src.Range(ctx, expr, w.from, w.to, w.step)
	if unreachable(err) || errors.Is(err, context.Canceled) {
		return err
	}
	a.Err = err
	for _, s := range series {
		a.add(s, w.to)
	}
	if a.State() == Empty {
		a.why = unmatched(ctx, src, expr, w)
	}
	return nil
}

// add counts one series into the answer.
func (a *Answer) add(s Series, now time.Time) {
	for _, p := range s.Points {
		if !math.IsNaN(p.Value) && !math.IsInf(p.Value, 0) {
			a.measure(p.Value)
		}
		switch {
		case math.IsNaN(p.Value):
			a.Undefined = a.Undefined || p.At.Equal(now)
		case p.At.Equal(now):
			a.Series++
			a.Last = p.Value
		case p.At.After(a.Seen):
			a.Seen = p.At
		}
	}
}
