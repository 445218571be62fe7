package check

import "fmt"

// outOfRange reports values beyond the panel's axis, which are drawn outside of
// it, and shares that are too large to be any.
func (r Row) outOfRange(p Panel) []Finding {
	var out []Finding
	for _, a := range r.Answers {
		text := a.beyond(p)
		if text == "" || !a.measured {
			continue
		}
		out = append(out, Finding{Board: r.Board, Panel: r.Panel, RefID: a.RefID, FileLine: a.line, Expr: a.Expr,
			Where: fmt.Sprintf("panel %q, query %s", r.Panel, a.RefID), Rule: ruleValueRange, Severity: SeverityWarning, Text: text})
	}
	return out
}

// tooMuch is the share from which on a percentage was taken for one: even a
// machine with many cores is rarely used to more than 100 of them.
const tooMuch = 100

// beyond says which value is out of range, "" if none is.
func (a Answer) beyond(p Panel) string {
	switch {
	case p.Min != nil && a.Low < *p.Min:
		return fmt.Sprintf("has values down to %g, and the axis begins at %g", a.Low, *p.Min)
	case p.Max != nil && overTime[p.Type] && a.High > *p.Max*(1+1e-9):
		return fmt.Sprintf("has values up to %g, and the axis ends at %g", a.High, *p.Max)
	case p.Unit == "percentunit" && a.High > tooMuch:
		return fmt.Sprintf("has values up to %g, which percentunit shows as %g%%", a.High, a.High*100)
	}
	return ""
}
