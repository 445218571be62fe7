package query

import (
	"time"

	"github.com/prometheus/common/model"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Window is the stretch of time that a rate or an increase looks back over. The
// zero value is Grafana's $__rate_interval, at least four scrapes: the shortest
// in which a rate can be trusted.
type Window struct{ text string }

// WholeRange is the time range of the dashboard.
var WholeRange = Window{timeRange}

// Last is a fixed window, such as the hour of a burn rate.
func Last(d time.Duration) Window { return Window{model.Duration(d).String()} }

func (w Window) String() string {
	if w.text == "" {
		return rateInterval
	}
	return w.text
}

// Rate is the increase per second, averaged over the window.
func (w Window) Rate(c catalog.Cumulative, where ...Matcher) Expr {
	return over("rate", c.Cumulative(), w, where)
}

// Increase is the growth over the window.
func (w Window) Increase(c catalog.Cumulative, where ...Matcher) Expr {
	return over("increase", c.Cumulative(), w, where)
}

// Changes counts how often a gauge changed its value within the window, which
// for a moment such as the start of a process is how often that came anew.
func (w Window) Changes(m catalog.Instant, where ...Matcher) Expr {
	return over("changes", m.Instant(), w, where)
}

// over applies a function to a window of a series. Of a native histogram, what
// is asked for (its count, its sum) is taken out of the result.
func over(function string, s catalog.Series, w Window, where []Matcher) Expr {
	e := selector(s, where, "["+w.String()+"]")
	if e.err != nil {
		return e
	}
	draw := func(f Form) piece {
		return piece{text: f.part(s, function+"("+e.draw(f).text+")")}
	}
	return Expr{draw: draw, labels: e.labels}
}
