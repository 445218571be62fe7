package source

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// plan is one request to Prometheus.
type plan struct {
	target  model.Target
	expr    string // with variables filled in
	legend  string
	instant bool
	span    model.Range
	step    time.Duration
	// several tells that the panel has more than one query, so that columns of
	// tables carry the letter of theirs.
	several bool
	err     error // why it cannot be asked
}

// defaultWidth is how many points are asked for if nothing says so.
const defaultWidth = 1000

// plan lists the requests for a panel; a target that asks for a graph and for
// the last value is two.
func (q Query) plan(scrape time.Duration) []plan {
	span := q.Panel.Over(q.Range)
	vars := q.vars(span)
	targets := q.asked()
	var out []plan
	for _, t := range targets {
		one := plan{target: t, several: len(targets) > 1, err: foreign(t)}
		// A query's own least step wins over the panel's.
		asked := parseInterval(vars.Interpolate(t.Interval, variable.Glob))
		least := cmp.Or(asked, parseInterval(vars.Interpolate(q.Panel.Interval, variable.Glob)), scrape)
		own := cmp.Or(asked, scrape)
		one.step = stepOf(span, cmp.Or(q.Panel.MaxDataPoints, q.Width, defaultWidth), least, t.Factor)
		stepped := vars.Stepped(one.step, rateInterval(one.step, own))
		one.expr = stepped.Interpolate(t.Expr, variable.PromQL)
		if filters := vars.Filters(); len(filters) > 0 && one.err == nil {
			one.expr, one.err = narrowed(one.expr, filters)
		}
		one.legend = stepped.Interpolate(t.Legend, variable.Glob)
		if t.Range || !t.Instant {
			one.span = align(span, one.step)
			out = append(out, one)
		}
		if t.Instant {
			one.instant, one.span = true, span
			out = append(out, one)
		}
	}
	return out
}

// vars are the variables as the panel sees them.
func (q Query) vars(span model.Range) variable.Values {
	return q.Vars.Scoped(q.Panel.Scope).Ranged(span)
}

// asked are the targets that are shown and ask something.
func (q Query) asked() []model.Target {
	var out []model.Target
	for _, t := range q.Panel.Targets {
		if !t.Hide && (t.Expr != "" || foreign(t) != nil) {
			out = append(out, t)
		}
	}
	return out
}

// speakPromQL are parts of the names of plugins whose queries are PromQL.
var speakPromQL = []string{"prometheus", "victoriametrics", "mimir", "thanos"}

// foreign is the error of a query to something that is no Prometheus.
func foreign(t model.Target) error {
	kind := t.Datasource.Type
	if kind == "" || strings.HasPrefix(kind, "$") {
		return nil
	}
	for _, name := range speakPromQL {
		if strings.Contains(kind, name) {
			return nil
		}
	}
	switch {
	case kind == "datasource" && t.Expr != "":
		return nil
	case kind == "__expr__" || t.Datasource.UID == "__expr__":
		return errors.New("an expression of Grafana's is not calculated here")
	case kind == "datasource":
		return errors.New("what another panel or Grafana itself has is not read here")
	}
	return fmt.Errorf("the datasource is of the type %s; only Prometheus is asked here", oneLine(kind))
}

// frames shapes the answer as the target wants it.
func (p plan) frames(list []stream) []frame.Frame {
	switch {
	case p.target.Format == "heatmap":
		return p.heatmap(list)
	case native(list):
		// A metric that became native has samples of both kinds, even in one series.
		return append(p.nativeHeatmap(list), p.timeSeries(floats(list))...)
	case p.target.Format == "table":
		return p.table(list)
	}
	return p.timeSeries(list)
}
