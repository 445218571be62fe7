package boards

import (
	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/ginsight/ginsight/dashboards/modern"
	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// HTTPOverview answers in one page whether a service is well: rate, errors and
// duration of its requests, what it is busy with, and which routes are behind
// it.
func HTTPOverview() panels.Board {
	requests := catalog.RequestDuration.Count().Cumulative()
	return panels.Board{
		UID:   "ginsight-http",
		Title: "HTTP overview",
		Help:  "Rate, errors and duration of a service's HTTP requests (RED), from the metrics of the OpenTelemetry semantic conventions.",
		Tags:  []string{"http"},
		Variables: append(pickers(requests), panels.Variable{
			Variable: route, From: requests, Where: target(),
		}),
		Rows: []panels.Row{
			{Title: "At a glance", Panels: []panels.Panel{
				requestRate(), errorShare(), p95(), apdex(), inFlight(), instances(),
			}},
			{Title: "Rate", Panels: []panels.Panel{requestsByStatus(), requestsByRoute()}},
			{Title: "Errors", Panels: []panels.Panel{errorRatio(), errorsByRoute()}},
			{Title: "Duration", Panels: []panels.Panel{
				percentiles(), durationHeatmap(), p95ByRoute(), slowByRoute(),
			}},
			{Title: "Saturation and traffic", Panels: []panels.Panel{
				inFlightByMethod(), traffic(), responseSize(), unmatched(),
			}},
			{Title: "Routes", Panels: []panels.Panel{routes()}},
		},
	}
}

// Requests whose fault is the server's, and the client's.
var (
	serverError = query.Matches(catalog.StatusCode, "5..")
	clientError = query.Matches(catalog.StatusCode, "4..")
	matched     = query.Not(catalog.Route, "")
)

// Colours of thresholds.
const (
	green, yellow, orange, red = "green", "yellow", "orange", "red"
)

// From where a share of failed requests, and a 95th percentile in seconds, are
// worth a look and worth a worry. Every board judges by the same.
var (
	tooManyErrors = []panels.Threshold{{From: .01, Color: orange}, {From: .05, Color: red}}
	tooSlow       = []panels.Threshold{{From: .5, Color: orange}, {From: 1, Color: red}}
)

// satisfied is the Apdex threshold T in seconds; tolerable is 4T.
// https://www.apdex.org/ (Apdex Technical Specification 1.1, section 3)
const (
	satisfied = 0.25
	tolerable = 4 * satisfied
)

// slow is where a request is called slow, in seconds.
const slow = 1

// rate is the rate of requests on the picked routes.
func rate(more ...query.Matcher) query.Expr {
	return query.Rate(catalog.RequestDuration.Count(), target(append(more, route.Selected())...)...)
}

// quantile is a quantile of the duration on the picked routes.
func quantile(q float64, by ...catalog.Label) query.Expr {
	return query.Quantile(q, catalog.RequestDuration, by, target(route.Selected())...)
}

// orZero keeps a series at 0 where nothing of the kind has happened yet.
func orZero(part, whole query.Expr) query.Expr { return part.Or(whole.Times(0)) }

func requestRate() panels.Panel {
	return panels.Number(panels.Spec{
		Title:   "Requests",
		Help:    "Requests per second, all answers counted. A sudden fall to 0 while instances are up means that traffic no longer arrives: look at the load balancer and DNS before the code.",
		Unit:    units.RequestsPerSecond,
		Queries: []panels.Query{{Expr: rate().Sum(), Legend: "requests"}},
	})
}

func errorShare() panels.Panel {
	return panels.Number(panels.Spec{
		Title:      "Server errors",
		Help:       "Share of requests answered with a status of 500 and above; 0 when nothing failed. From 1 % on, look at *Server errors by route* for the route, then at its logs.",
		Unit:       units.PercentUnit,
		Thresholds: tooManyErrors,
		Queries: []panels.Query{{
			Expr: query.Ratio(rate(serverError).Sum(), rate().Sum()), Legend: "server errors",
		}},
	})
}

func p95() panels.Panel {
	return panels.Number(panels.Spec{
		Title:      "95th percentile",
		Help:       "19 of 20 requests were answered faster than this. It is an estimate within one bucket of the histogram.",
		Unit:       units.Seconds,
		Thresholds: tooSlow,
		Queries:    []panels.Query{{Expr: quantile(.95), Legend: "p95"}},
	})
}

func apdex() panels.Panel {
	good := query.NotMatches(catalog.StatusCode, "5..")
	within := func(bound float64) query.Expr {
		return query.AtMost(bound, catalog.RequestDuration, nil, target(route.Selected(), good)...)
	}
	half := within(satisfied).Plus(within(tolerable)).Times(.5)
	all := rate().Sum() // without requests nobody is satisfied or not: no value, not 0
	return panels.Number(panels.Spec{
		Title:      "Apdex",
		Help:       "Users' satisfaction from 0 to 1 by the Apdex formula: requests within 0.25 s count fully, within 1 s by half, slower and failed ones not at all. From 0.94 it is called excellent, below 0.7 poor.",
		Unit:       units.NoUnit,
		Decimals:   panels.At(2),
		Base:       red,
		Thresholds: []panels.Threshold{{From: .7, Color: orange}, {From: .85, Color: yellow}, {From: .94, Color: green}},
		Queries:    []panels.Query{{Expr: orZero(half, all).Per(all), Legend: "apdex"}},
	})
}

func inFlight() panels.Panel {
	return panels.Number(panels.Spec{
		Title:   "In flight",
		Help:    "Requests being answered now, open streams included. When it climbs while the rate does not, something downstream has become slow.",
		Unit:    units.Short,
		Queries: []panels.Query{{Expr: query.Value(catalog.ActiveRequests, target()...).Sum(), Legend: "in flight"}},
	})
}

func instances() panels.Panel {
	perInstance := query.Rate(catalog.RequestDuration.Count(), target()...).Count(catalog.Instance)
	return panels.Number(panels.Spec{
		Title:      "Instances",
		Help:       "Instances that report HTTP metrics. One that is down or cannot be scraped is missing here.",
		Unit:       units.NoUnit,
		Base:       red,
		Thresholds: []panels.Threshold{{From: 1, Color: green}},
		Queries:    []panels.Query{{Expr: perInstance.Count(), Legend: "instances"}},
	})
}

func requestsByStatus() panels.Panel {
	return panels.Stacked(panels.Spec{
		Title: "Requests by status",
		Help:  "Requests per second by status code, stacked: the height is all traffic. A new colour is a new kind of answer.",
		Unit:  units.RequestsPerSecond,
		Queries: []panels.Query{{
			Expr: rate().Sum(catalog.StatusCode), Legend: query.Legend("%s", catalog.StatusCode),
		}},
	})
}

func requestsByRoute() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Requests by route",
		Help:  "Requests per second by method and route template. Requests that match no route are in *Requests without a route*.",
		Unit:  units.RequestsPerSecond,
		Queries: []panels.Query{{
			Expr:   rate(matched).Sum(catalog.Method, catalog.Route),
			Legend: query.Legend("%s %s", catalog.Method, catalog.Route),
		}},
	})
}

func errorRatio() panels.Panel {
	return panels.Lines(panels.Spec{
		Title:      "Error ratio",
		Help:       "Share of requests that failed by the server's fault (5xx) and by the client's (4xx). A rise of 4xx alone is often a client's new version or a scan; 5xx is yours.",
		Unit:       units.PercentUnit,
		Thresholds: []panels.Threshold{{From: .05, Color: red}},
		Queries: []panels.Query{
			{Expr: query.Ratio(rate(serverError).Sum(), rate().Sum()), Legend: "server (5xx)"},
			{Expr: query.Ratio(rate(clientError).Sum(), rate().Sum()), Legend: "client (4xx)"},
		},
	})
}

func errorsByRoute() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Server errors by route",
		Help:  "Requests per second answered with 500 and above, by route; a line at 0 is a route without failures.",
		Unit:  units.RequestsPerSecond,
		Queries: []panels.Query{{
			Expr:   orZero(rate(matched, serverError).Sum(catalog.Route), rate(matched).Sum(catalog.Route)),
			Legend: query.Legend("%s", catalog.Route),
		}},
	})
}

func percentiles() panels.Panel {
	return panels.Latency(panels.Spec{
		Title: "Duration",
		Help:  "How long requests took: half were faster than p50, 19 of 20 faster than p95, 99 of 100 faster than p99. Points are single requests with a trace behind them. A mean far above p50 means a long tail.",
		Unit:  units.Seconds,
		Queries: []panels.Query{
			{Expr: quantile(.5), Legend: "p50"},
			{Expr: quantile(.95), Legend: "p95"},
			{Expr: quantile(.99), Legend: "p99"},
			{Expr: query.Mean(catalog.RequestDuration, nil, target(route.Selected())...), Legend: "mean"},
		},
	})
}

func durationHeatmap() panels.Panel {
	return panels.Heatmap(panels.Spec{
		Title:   "Duration, distribution",
		Help:    "Every column is a moment, every cell a range of durations, and its brightness the requests per second in it. Two bright bands are two kinds of requests, which no percentile shows.",
		Unit:    units.Seconds,
		Queries: []panels.Query{{Expr: query.Buckets(catalog.RequestDuration, target(route.Selected())...)}},
	})
}

func p95ByRoute() panels.Panel {
	return panels.Latency(panels.Spec{
		Title: "95th percentile by route",
		Help:  "19 of 20 requests of the route were faster than its line. The route that moved is where to look.",
		Unit:  units.Seconds,
		Queries: []panels.Query{{
			Expr:   query.Quantile(.95, catalog.RequestDuration, []catalog.Label{catalog.Route}, target(route.Selected(), matched)...),
			Legend: query.Legend("%s", catalog.Route),
		}},
	})
}

func slowByRoute() panels.Panel {
	by := []catalog.Label{catalog.Route}
	fast := query.AtMost(slow, catalog.RequestDuration, by, target(route.Selected(), matched)...)
	all := rate(matched).Sum(catalog.Route)
	return panels.Lines(panels.Spec{
		Title: "Slower than 1 s, by route",
		Help:  "Share of the route's requests that took longer than one second. Unlike a percentile it is counted, not estimated, since 1 s is a bucket's bound.",
		Unit:  units.PercentUnit,
		Queries: []panels.Query{{
			Expr: query.Ratio(all.Minus(fast), all), Legend: query.Legend("%s", catalog.Route),
		}},
	})
}

func inFlightByMethod() panels.Panel {
	return panels.Stacked(panels.Spec{
		Title: "In flight by method",
		Help:  "Requests being answered at the moment of the scrape, by method. Short requests are often between two scrapes; what stays is slow.",
		Unit:  units.Short,
		Queries: []panels.Query{{
			Expr:   query.Value(catalog.ActiveRequests, target()...).Sum(catalog.Method),
			Legend: query.Legend("%s", catalog.Method),
		}},
	})
}

func traffic() panels.Panel {
	where := target(route.Selected())
	return panels.Lines(panels.Spec{
		Title: "Traffic",
		Help:  "Bytes of request bodies read and of response bodies written, per second; headers are not counted.",
		Unit:  units.BytesPerSecondIEC,
		Queries: []panels.Query{
			{Expr: query.Rate(catalog.RequestBodySize.Sum(), where...).Sum(), Legend: "received"},
			{Expr: query.Rate(catalog.ResponseBodySize.Sum(), where...).Sum(), Legend: "sent"},
		},
	})
}

func responseSize() panels.Panel {
	where := target(route.Selected())
	return panels.Lines(panels.Spec{
		Title: "Response size",
		Help:  "Size of response bodies. A p95 that grows from day to day is usually a list without a limit.",
		Unit:  units.BytesIEC,
		Queries: []panels.Query{
			{Expr: query.Quantile(.5, catalog.ResponseBodySize, nil, where...), Legend: "p50"},
			{Expr: query.Quantile(.95, catalog.ResponseBodySize, nil, where...), Legend: "p95"},
		},
	})
}

func unmatched() panels.Panel {
	all := query.Rate(catalog.RequestDuration.Count(), target()...).Sum()
	none := query.Rate(catalog.RequestDuration.Count(), target(query.Is(catalog.Route, ""))...).Sum()
	return panels.Lines(panels.Spec{
		Title:   "Requests without a route",
		Help:    "Requests per second that match no route of the service, whatever route is picked. A burst is a scan, or a client that was built for another version.",
		Unit:    units.RequestsPerSecond,
		Queries: []panels.Query{{Expr: orZero(none, all), Legend: "without a route"}},
	})
}

func routes() panels.Panel {
	by := []catalog.Label{catalog.Method, catalog.Route}
	where := target(route.Selected(), matched)
	all := rate(matched).Sum(by...)
	return panels.Table(panels.TableSpec{
		Title: "Routes",
		Help:  "Every route now, the busiest first; click on a heading to order by another column, on a route to see it in depth.",
		Keys: []panels.Key{
			{Label: catalog.Method, Title: "Method"},
			{Label: catalog.Route, Title: "Route", Links: []modern.Link{onlyThisRoute("ginsight-routes")}},
		},
		Columns: []panels.Column{
			{Title: "Requests", Unit: units.RequestsPerSecond, Expr: all},
			{Title: "Server errors", Unit: units.PercentUnit,
				Expr:       query.Ratio(rate(matched, serverError).Sum(by...), all),
				Thresholds: tooManyErrors},
			{Title: "Mean", Unit: units.Seconds, Expr: query.Mean(catalog.RequestDuration, by, where...)},
			{Title: "95th percentile", Unit: units.Seconds,
				Expr:       query.Quantile(.95, catalog.RequestDuration, by, where...),
				Thresholds: tooSlow},
			{Title: "Sent", Unit: units.BytesPerSecondIEC, Expr: query.Rate(catalog.ResponseBodySize.Sum(), where...).Sum(by...)},
		},
	})
}
