package boards

import (
	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// HTTPClient shows the requests that a service makes: whether what it depends on
// is there, fast and right.
func HTTPClient() panels.Board {
	return panels.Board{
		UID:       "ginsight-http-client",
		Title:     "HTTP client",
		Help:      "Rate, errors and duration of the HTTP requests that a service makes to others, by where they go.",
		Tags:      []string{"http"},
		Variables: pickers(catalog.ClientRequestDuration.Count().Cumulative()),
		Rows: []panels.Row{
			{Title: "At a glance", Panels: []panels.Panel{calls(), callErrors(), callP95(), callsInFlight()}},
			{Title: "By target", Panels: []panels.Panel{
				callsByTarget(), callErrorsByTarget(), callP95ByTarget(), callsByStatus(), callTraffic(), callHeatmap(),
			}},
		},
	}
}

// called is the rate of requests made.
func called(more ...query.Matcher) query.Expr {
	return query.Rate(catalog.ClientRequestDuration.Count(), target(more...)...)
}

// callFailed are requests without an answer and those answered with 4xx or 5xx,
// which is when the conventions set error.type for a client.
var callFailed = query.Not(catalog.ErrorType, "")

// byTarget is one line per host that is called.
var byTarget = query.Legend("%s", catalog.ServerAddress)

func calls() panels.Panel {
	return panels.Number(panels.Spec{
		Title: "Calls",
		Help:  "Requests per second that the service makes to others, retries and redirects included.",
		Unit:  units.RequestsPerSecond, Width: 6,
		Queries: []panels.Query{{Expr: called().Sum(), Legend: "calls"}},
	})
}

func callErrors() panels.Panel {
	return panels.Number(panels.Spec{
		Title: "Failed calls",
		Help:  "Share of calls without an answer or answered with 400 and above; 0 when none failed.",
		Unit:  units.PercentUnit, Width: 6,
		Thresholds: tooManyErrors,
		Queries:    []panels.Query{{Expr: query.Ratio(called(callFailed).Sum(), called().Sum()), Legend: "failed"}},
	})
}

func callP95() panels.Panel {
	return panels.Number(panels.Spec{
		Title: "95th percentile",
		Help:  "19 of 20 calls had an answer faster than this. It is time that your own users wait.",
		Unit:  units.Seconds, Width: 6,
		Thresholds: tooSlow,
		Queries:    []panels.Query{{Expr: query.Quantile(.95, catalog.ClientRequestDuration, nil, target()...), Legend: "p95"}},
	})
}

func callsInFlight() panels.Panel {
	return panels.Number(panels.Spec{
		Title: "In flight",
		Help:  "Calls whose answer has not been read to its end. One that only grows is a response body that is never closed.",
		Unit:  units.Short, Width: 6,
		Queries: []panels.Query{{Expr: query.Value(catalog.ClientActiveRequests, target()...).Sum(), Legend: "in flight"}},
	})
}

func callsByTarget() panels.Panel {
	return panels.Lines(panels.Spec{
		Title:   "Calls by target",
		Help:    "Requests per second by the host that is called.",
		Unit:    units.RequestsPerSecond,
		Queries: []panels.Query{{Expr: called().Sum(catalog.ServerAddress), Legend: byTarget}},
	})
}

func callErrorsByTarget() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Failed calls by target",
		Help:  "Share of the calls to each host that failed; a line at 0 is a host that works.",
		Unit:  units.PercentUnit,
		Queries: []panels.Query{{
			Expr:   query.Ratio(called(callFailed).Sum(catalog.ServerAddress), called().Sum(catalog.ServerAddress)),
			Legend: byTarget,
		}},
	})
}

func callP95ByTarget() panels.Panel {
	return panels.Latency(panels.Spec{
		Title: "95th percentile by target",
		Help:  "19 of 20 calls to the host had an answer faster than its line.",
		Unit:  units.Seconds,
		Queries: []panels.Query{{
			Expr:   query.Quantile(.95, catalog.ClientRequestDuration, []catalog.Label{catalog.ServerAddress}, target()...),
			Legend: byTarget,
		}},
	})
}

func callsByStatus() panels.Panel {
	return panels.Stacked(panels.Spec{
		Title: "Answers",
		Help:  "Calls per second by the status of the answer, stacked. Calls without an answer have no status.",
		Unit:  units.RequestsPerSecond,
		Queries: []panels.Query{{
			Expr: called().Sum(catalog.StatusCode), Legend: query.Legend("%s", catalog.StatusCode),
		}},
	})
}

func callTraffic() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Traffic",
		Help:  "Bytes of request bodies sent and of response bodies read, per second.",
		Unit:  units.BytesPerSecondIEC,
		Queries: []panels.Query{
			{Expr: query.Rate(catalog.ClientRequestBodySize.Sum(), target()...).Sum(), Legend: "sent"},
			{Expr: query.Rate(catalog.ClientResponseBodySize.Sum(), target()...).Sum(), Legend: "received"},
		},
	})
}

func callHeatmap() panels.Panel {
	return panels.Heatmap(panels.Spec{
		Title:   "Distribution",
		Help:    "The durations of calls: one column a moment, brighter where there are more. A band at a round number of seconds is a timeout.",
		Unit:    units.Seconds,
		Queries: []panels.Query{{Expr: query.Buckets(catalog.ClientRequestDuration, target()...)}},
	})
}
