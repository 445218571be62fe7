package boards

import (
	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/ginsight/ginsight/dashboards/modern"
	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// top is how many routes a ranking shows.
const top = 5

// Routes ranks the routes of a service and shows one of them in depth: pick it
// above, or click on it in the table.
func Routes() panels.Board {
	requests := catalog.RequestDuration.Count().Cumulative()
	return panels.Board{
		UID:   "ginsight-routes",
		Title: "Routes",
		Help:  "The busiest, the slowest and the most failing routes of a service, and any of them in depth.",
		Tags:  []string{"http"},
		Variables: append(pickers(requests), panels.Variable{
			Variable: route, From: requests, Where: target(),
		}),
		Rows: []panels.Row{
			{Title: "Rankings", Panels: []panels.Panel{busiest(), slowest(), mostFailing()}},
			{Title: "All routes", Panels: []panels.Panel{routesInDepth()}},
			{Title: "The picked routes", Panels: []panels.Panel{
				pickedStatuses(), pickedPercentiles(), pickedHeatmap(), pickedSizes(),
			}},
		},
	}
}

// byRoute are the labels that tell routes apart.
var byRoute = []catalog.Label{catalog.Method, catalog.Route}

// routeLegend is a route's name in a legend.
var routeLegend = query.Legend("%s %s", catalog.Method, catalog.Route)

func busiest() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Busiest",
		Help:  "The five routes with the most requests per second at each moment. A route that enters from nowhere is a new client or a retry loop.",
		Unit:  units.RequestsPerSecond, Width: 8,
		Queries: []panels.Query{{Expr: rate(matched).Sum(byRoute...).TopK(top), Legend: routeLegend}},
	})
}

func slowest() panels.Panel {
	p95 := query.Quantile(.95, catalog.RequestDuration, byRoute, target(route.Selected(), matched)...)
	return panels.Latency(panels.Spec{
		Title: "Slowest",
		Help:  "The five routes with the highest 95th percentile at each moment. Weigh it with the rate: a slow report that runs once an hour can wait.",
		Unit:  units.Seconds, Width: 8,
		Queries: []panels.Query{{Expr: p95.TopK(top), Legend: routeLegend}},
	})
}

func mostFailing() panels.Panel {
	all := rate(matched).Sum(byRoute...)
	return panels.Lines(panels.Spec{
		Title: "Most failing",
		Help:  "The five routes with the largest share of requests answered with 500 and above; all at 0 is how it should be.",
		Unit:  units.PercentUnit, Width: 8,
		Queries: []panels.Query{{
			Expr: query.Ratio(rate(matched, serverError).Sum(byRoute...), all).TopK(top), Legend: routeLegend,
		}},
	})
}

func routesInDepth() panels.Panel {
	where := target(route.Selected(), matched)
	all := rate(matched).Sum(byRoute...)
	return panels.Table(panels.TableSpec{
		Title: "All routes",
		Help:  "Every route now, the busiest first. Click on a route to see it alone below.",
		Keys: []panels.Key{
			{Label: catalog.Method, Title: "Method"},
			{Label: catalog.Route, Title: "Route", Links: []modern.Link{onlyThisRoute("ginsight-routes")}},
		},
		Columns: []panels.Column{
			{Title: "Requests", Unit: units.RequestsPerSecond, Expr: all},
			{Title: "Server errors", Unit: units.PercentUnit,
				Expr:       query.Ratio(rate(matched, serverError).Sum(byRoute...), all),
				Thresholds: tooManyErrors},
			{Title: "Client errors", Unit: units.PercentUnit,
				Expr: query.Ratio(rate(matched, clientError).Sum(byRoute...), all)},
			{Title: "Median", Unit: units.Seconds, Expr: query.Quantile(.5, catalog.RequestDuration, byRoute, where...)},
			{Title: "95th percentile", Unit: units.Seconds, Expr: query.Quantile(.95, catalog.RequestDuration, byRoute, where...),
				Thresholds: tooSlow},
			{Title: "99th percentile", Unit: units.Seconds, Expr: query.Quantile(.99, catalog.RequestDuration, byRoute, where...)},
			{Title: "Received", Unit: units.BytesPerSecondIEC, Expr: query.Rate(catalog.RequestBodySize.Sum(), where...).Sum(byRoute...)},
			{Title: "Sent", Unit: units.BytesPerSecondIEC, Expr: query.Rate(catalog.ResponseBodySize.Sum(), where...).Sum(byRoute...)},
		},
	})
}

// onlyThisRoute narrows a board to the route that was clicked on and keeps the
// other picks and the time.
func onlyThisRoute(board string) modern.Link {
	return modern.Link{
		Title: "Only this route",
		URL: "/d/" + board + "?${datasource:queryparam}&${job:queryparam}&${instance:queryparam}" +
			"&var-route=${__value.raw:percentencode}&${__url_time_range}",
	}
}

func pickedStatuses() panels.Panel {
	return panels.Stacked(panels.Spec{
		Title: "Answers",
		Help:  "Requests per second to the picked routes by status code, stacked.",
		Unit:  units.RequestsPerSecond,
		Queries: []panels.Query{{
			Expr: rate().Sum(catalog.StatusCode), Legend: query.Legend("%s", catalog.StatusCode),
		}},
	})
}

func pickedPercentiles() panels.Panel {
	return panels.Latency(panels.Spec{
		Title: "Percentiles",
		Help:  "How long the picked routes took: half of the requests were faster than p50, 99 of 100 faster than p99.",
		Unit:  units.Seconds,
		Queries: []panels.Query{
			{Expr: quantile(.5), Legend: "p50"}, {Expr: quantile(.95), Legend: "p95"}, {Expr: quantile(.99), Legend: "p99"},
		},
	})
}

func pickedHeatmap() panels.Panel {
	return panels.Heatmap(panels.Spec{
		Title:   "Distribution",
		Help:    "The durations of the picked routes: one column a moment, brighter where there are more requests. Two bands in one route are usually a cache that is hit or missed.",
		Unit:    units.Seconds,
		Queries: []panels.Query{{Expr: query.Buckets(catalog.RequestDuration, target(route.Selected())...)}},
	})
}

func pickedSizes() panels.Panel {
	where := target(route.Selected())
	return panels.Lines(panels.Spec{
		Title: "Body sizes, mean",
		Help:  "Mean size of the bodies of requests and responses on the picked routes.",
		Unit:  units.BytesIEC,
		Queries: []panels.Query{
			{Expr: query.Mean(catalog.RequestBodySize, nil, where...), Legend: "received"},
			{Expr: query.Mean(catalog.ResponseBodySize, nil, where...), Legend: "sent"},
		},
	})
}
