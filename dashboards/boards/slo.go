package boards

import (
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// The service level objectives, over 30 days: 99.9 % of requests do not fail by
// the server's fault, and 99 % are answered within 0.25 s. The latency's
// threshold has to be a bound of the histogram, so that it is counted and not
// estimated.
const (
	availabilityBudget = .001
	latencyBudget      = .01
	latencyThreshold   = .25
	budgetPeriod       = 30 * 24 * time.Hour
)

// burnWindow is a window over which a burn rate is taken, and the rate from
// which it matters.
type burnWindow struct {
	name string
	long time.Duration
	page float64
}

// burnWindows are the long windows of multi-window, multi-burn-rate alerting.
// https://sre.google/workbook/alerting-on-slos/ (table 5-8)
var burnWindows = []burnWindow{
	{"1 h", time.Hour, 14.4},
	{"6 h", 6 * time.Hour, 6},
	{"1 d", 24 * time.Hour, 3},
	{"3 d", 72 * time.Hour, 1},
}

// SLO shows whether a service keeps its objectives and how fast it spends its
// error budgets.
func SLO() panels.Board {
	requests := catalog.RequestDuration.Count().Cumulative()
	return panels.Board{
		UID:       "ginsight-slo",
		Title:     "SLO",
		Help:      "Availability and latency against their objectives over 30 days: what is left of the error budgets, and how fast they burn.",
		Tags:      []string{"slo"},
		Variables: pickers(requests),
		Rows: []panels.Row{
			{Title: "Over the last 30 days", Panels: []panels.Panel{
				attainment("Availability", "99.9 %", availability, availabilityBudget),
				budgetLeft("Availability budget left", availability, availabilityBudget),
				attainment("Latency", "99 %", latency, latencyBudget),
				budgetLeft("Latency budget left", latency, latencyBudget),
			}},
			{Title: "Burn rates", Panels: []panels.Panel{
				burnRate("Availability burn rate", availability, availabilityBudget),
				burnRate("Latency burn rate", latency, latencyBudget),
			}},
			{Title: "Where it goes", Panels: []panels.Panel{budgetByRoute()}},
		},
	}
}

// bad is the share of requests that spend a budget, over a window, by labels.
type bad func(query.Window, ...catalog.Label) query.Expr

func availability(w query.Window, by ...catalog.Label) query.Expr {
	count := catalog.RequestDuration.Count()
	return query.Ratio(
		w.Rate(count, target(serverError)...).Sum(by...),
		w.Rate(count, target()...).Sum(by...),
	)
}

func latency(w query.Window, by ...catalog.Label) query.Expr {
	all := w.Rate(catalog.RequestDuration.Count(), target()...).Sum(by...)
	fast := w.AtMost(latencyThreshold, catalog.RequestDuration, by, target()...)
	return query.Ratio(all.Minus(fast), all)
}

func attainment(title, objective string, of bad, budget float64) panels.Panel {
	return panels.Fact(panels.Spec{
		Title:      title,
		Help:       "Share of requests that met the objective, over 30 days or as long as Prometheus remembers. The objective is " + objective + "; below it the budget is spent.",
		Unit:       units.PercentUnit,
		Decimals:   panels.At(3),
		Width:      6,
		Base:       red,
		Thresholds: []panels.Threshold{{From: 1 - budget, Color: green}},
		Queries:    []panels.Query{{Expr: of(query.Last(budgetPeriod)).Complement(), Legend: title}},
	})
}

func budgetLeft(title string, of bad, budget float64) panels.Panel {
	return panels.Fact(panels.Spec{
		Title:      title,
		Help:       "What is left of the requests that may miss the objective in 30 days. At 0 the objective is broken, below it the more so: stop releasing and mend.",
		Unit:       units.PercentUnit,
		Decimals:   panels.At(1),
		Width:      6,
		Base:       red,
		Thresholds: []panels.Threshold{{From: 0, Color: orange}, {From: .25, Color: green}},
		Queries:    []panels.Query{{Expr: of(query.Last(budgetPeriod)).Times(1 / budget).Complement(), Legend: "left"}},
	})
}

func burnRate(title string, of bad, budget float64) panels.Panel {
	s := panels.Spec{
		Title:      title,
		Help:       "How many times faster than allowed the budget is spent: at 1 it lasts exactly 30 days, at 14.4 it loses 2 % in an hour. The lines are where each window matters: 14.4 over 1 h and 6 over 6 h are worth a page, 3 over a day and 1 over three days a ticket.",
		Unit:       units.Short,
		Thresholds: nil,
	}
	for i := len(burnWindows) - 1; i >= 0; i-- {
		s.Thresholds = append(s.Thresholds, panels.Threshold{From: burnWindows[i].page, Color: burnColors[i]})
	}
	for _, w := range burnWindows {
		s.Queries = append(s.Queries, panels.Query{Expr: of(query.Last(w.long)).Times(1 / budget), Legend: w.name})
	}
	return panels.Lines(s)
}

// burnColors go with burnWindows: the shortest window is the most urgent.
var burnColors = []string{red, orange, yellow, "blue"}

func budgetByRoute() panels.Panel {
	by := []catalog.Label{catalog.Route}
	day := query.Last(24 * time.Hour)
	return panels.Table(panels.TableSpec{
		Title: "Budgets by route, last day",
		Help:  "How fast each route alone would spend the budgets, as a burn rate over a day: 1 is just allowed. Requests that match no route have a row too.",
		Keys:  []panels.Key{{Label: catalog.Route, Title: "Route", Blank: "no route"}},
		Columns: []panels.Column{
			{Title: "Availability burn rate", Unit: units.Short, Expr: availability(day, by...).Times(1 / availabilityBudget),
				Thresholds: []panels.Threshold{{From: 1, Color: orange}, {From: 3, Color: red}}},
			{Title: "Latency burn rate", Unit: units.Short, Expr: latency(day, by...).Times(1 / latencyBudget),
				Thresholds: []panels.Threshold{{From: 1, Color: orange}, {From: 3, Color: red}}},
			{Title: "Requests", Unit: units.RequestsPerSecond,
				Expr: day.Rate(catalog.RequestDuration.Count(), target()...).Sum(by...)},
		},
	})
}
