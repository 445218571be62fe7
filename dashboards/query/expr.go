package query

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Expr is a PromQL expression and the labels of its result. The zero value is
// an expression that reports an error. Expr values are immutable.
type Expr struct {
	// draw writes the expression for a form of histograms.
	draw   func(Form) piece
	labels labelSet
	err    error
}

// piece is a part of a query.
type piece struct {
	text string
	// open says that the text is a binary operation, which needs parentheses
	// where it becomes an operand.
	open bool
}

func (p piece) operand() string {
	if p.open {
		return "(" + p.text + ")"
	}
	return p.text
}

// written is an expression whose text does not depend on the form.
func written(p piece, labels labelSet) Expr {
	return Expr{draw: func(Form) piece { return p }, labels: labels}
}

// labelSet holds labels by their Prometheus names.
type labelSet map[string]bool

func newLabelSet(labels ...catalog.Label) labelSet {
	s := make(labelSet, len(labels))
	for _, l := range labels {
		s[l.Name()] = true
	}
	return s
}

// names lists the labels' Prometheus names in order.
func (s labelSet) names() []string {
	return slices.Sorted(maps.Keys(s))
}

// PromQL prints the expression in canonical form, with Grafana's variables in
// place, or says what is wrong with it. Histograms are asked for their classic
// buckets; [Expr.In] asks for either form.
func (e Expr) PromQL() (string, error) { return e.In(Classic) }

// In prints the expression for a form of histograms.
func (e Expr) In(f Form) (string, error) {
	if e.err != nil {
		return "", e.err
	}
	if e.draw == nil {
		return canonical("")
	}
	return canonical(e.draw(f).text)
}

// Labels are the labels that a series of the result can carry, as Prometheus
// names, in order.
func (e Expr) Labels() []string { return e.labels.names() }

// Has tells whether a series of the result can carry the label with this
// Prometheus name.
func (e Expr) Has(name string) bool { return e.labels[name] }

// Sum adds the series up by the labels given; without labels, all of them.
func (e Expr) Sum(by ...catalog.Label) Expr { return e.aggregate("sum", by) }

// Max takes the largest value by the labels given.
func (e Expr) Max(by ...catalog.Label) Expr { return e.aggregate("max", by) }

// Min takes the smallest value by the labels given.
func (e Expr) Min(by ...catalog.Label) Expr { return e.aggregate("min", by) }

// Avg takes the mean by the labels given.
func (e Expr) Avg(by ...catalog.Label) Expr { return e.aggregate("avg", by) }

// Count counts the series by the labels given.
func (e Expr) Count(by ...catalog.Label) Expr { return e.aggregate("count", by) }

func (e Expr) aggregate(op string, by []catalog.Label) Expr {
	if err := e.require(by, op+" by"); err != nil {
		return Expr{err: err}
	}
	grouping := ""
	if len(by) > 0 {
		grouping = " by (" + strings.Join(labelNames(by), ", ") + ")"
	}
	out := e.wrap(func(p piece) piece { return piece{text: op + grouping + " (" + p.text + ")"} })
	out.labels = newLabelSet(by...)
	return out
}

// TopK keeps the k series with the largest values at each moment.
func (e Expr) TopK(k int) Expr {
	if k < 1 {
		return Expr{err: fmt.Errorf("topk of %d: at least 1", k)}
	}
	return e.wrap(func(p piece) piece { return piece{text: fmt.Sprintf("topk(%d, %s)", k, p.text)} })
}

// Times multiplies every value by a constant.
func (e Expr) Times(f float64) Expr {
	return e.wrap(func(p piece) piece { return piece{p.operand() + " * " + number(f), true} })
}

// Complement is what is left of 1: the good share where e is the bad one.
func (e Expr) Complement() Expr {
	return e.wrap(func(p piece) piece { return piece{"1 - " + p.operand(), true} })
}

// Plus adds two results series by series.
func (e Expr) Plus(o Expr) Expr { return e.binary("+", o) }

// Minus subtracts o series by series.
func (e Expr) Minus(o Expr) Expr { return e.binary("-", o) }

// Per divides by o series by series.
func (e Expr) Per(o Expr) Expr { return e.binary("/", o) }

// Or takes the series of o where e has none with the same labels.
func (e Expr) Or(o Expr) Expr { return e.binary("or", o) }

// Unless keeps the series of e for which o has none with the same labels.
func (e Expr) Unless(o Expr) Expr { return e.binary("unless", o) }

// Present is 1 for every combination of the labels that there is.
func (e Expr) Present(by ...catalog.Label) Expr { return e.aggregate("group", by) }

// AtMostOne cuts values at 1.
func (e Expr) AtMostOne() Expr {
	return e.wrap(func(p piece) piece { return piece{text: "clamp_max(" + p.text + ", 1)"} })
}

// binary joins two results that carry the same labels, so that series pair up
// one to one.
func (e Expr) binary(op string, o Expr) Expr {
	if err := errors.Join(e.err, o.err); err != nil || e.draw == nil || o.draw == nil {
		return Expr{err: err}
	}
	if !maps.Equal(e.labels, o.labels) {
		return Expr{err: fmt.Errorf("%s: the sides carry different labels, %v and %v: aggregate both by the same", op, e.labels.names(), o.labels.names())}
	}
	draw := func(f Form) piece {
		return piece{e.draw(f).operand() + " " + op + " " + o.draw(f).operand(), true}
	}
	return Expr{draw: draw, labels: e.labels}
}

// wrap returns an expression with the same labels and another text.
func (e Expr) wrap(change func(piece) piece) Expr {
	if e.err != nil || e.draw == nil {
		return e
	}
	return Expr{draw: func(f Form) piece { return change(e.draw(f)) }, labels: e.labels}
}

// require checks that the result carries every label that is asked of it.
func (e Expr) require(labels []catalog.Label, what string) error {
	if e.err != nil {
		return e.err
	}
	for _, l := range labels {
		if !e.labels[l.Name()] {
			return fmt.Errorf("%s %s: the result has no such label, it has %v", what, l.Name(), e.labels.names())
		}
	}
	return nil
}

func labelNames(labels []catalog.Label) []string {
	out := make([]string, len(labels))
	for i, l := range labels {
		out[i] = l.Name()
	}
	return out
}

func number(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
