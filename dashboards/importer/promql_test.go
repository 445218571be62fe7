package importer

import "testing"

func TestTranslate(t *testing.T) {
	tr := translator{catalogue: newCatalogue()}
	for _, tc := range []struct{ name, promql, want string }{
		{"a gauge", `up`, `query.Value(catalog.Up)`},
		{"a rate", `rate(http_server_request_duration_seconds_count{http_route!="",job="a"}[$__rate_interval])`,
			`query.Rate(catalog.RequestDuration.Count(), query.Not(catalog.Route, ""), query.Is(catalog.Job, "a"))`},
		{"a fixed window", `sum(rate(process_cpu_seconds_total[90s]))`, `query.Last(90*time.Second).Rate(catalog.ProcessCPU).Sum()`},
		{"the whole range", `sum by (job) (increase(process_cpu_seconds_total[$__range]))`, `query.WholeRange.Increase(catalog.ProcessCPU).Sum(catalog.Job)`},
		{"a topk", `topk(3, max by (instance) (up))`, `query.Value(catalog.Up).Max(catalog.Instance).TopK(3)`},
		{"a quantile", `histogram_quantile(0.9,sum by(le,http_route)(rate(http_server_request_duration_seconds_bucket[$__rate_interval])))`,
			`query.Quantile(0.9, catalog.RequestDuration, []catalog.Label{catalog.Route})`},
		{"a mean", `sum(rate(http_server_request_duration_seconds_sum[$__rate_interval])) / sum(rate(http_server_request_duration_seconds_count[$__rate_interval]))`,
			`query.Mean(catalog.RequestDuration, nil)`},
		{"a bound", `sum(rate(http_server_request_duration_seconds_bucket{le=~"1(\\.0)?"}[$__rate_interval]))`, `query.AtMost(1, catalog.RequestDuration, nil)`},
		{"a ratio", `(sum(up) or sum(up) * 0) / clamp_min(sum(up), 1e-6)`, `query.Ratio(query.Value(catalog.Up).Sum(), query.Value(catalog.Up).Sum())`},
		{"an age", `time() - process_start_time_seconds`, `query.Age(catalog.ProcessStartTime)`},
		{"an offset", `up offset 5m`, `query.ValueAgo(5*time.Minute, catalog.Up)`},
		{"a presence", `group by (job) (up) unless clamp_max(sum by (job) (up), 1)`,
			`query.Value(catalog.Up).Present(catalog.Job).Unless(query.Value(catalog.Up).Sum(catalog.Job).AtMostOne())`},
		{"arithmetic", `(sum(up) + sum(up)) / sum(up) * 2`, `query.Value(catalog.Up).Sum().Plus(query.Value(catalog.Up).Sum()).Per(query.Value(catalog.Up).Sum()).Times(2)`},

		{"a metric of nobody", `sum(node_load1)`, "query.Raw(\"sum(node_load1)\")"},
		{"a rate of a gauge", `rate(up[$__rate_interval])`, "query.Raw(\"rate(up[$__rate_interval])\")"},
		{"a counter without a rate", `process_cpu_seconds_total`, "query.Raw(\"process_cpu_seconds_total\")"},
		{"a label that the metric lacks", `sum by (http_route) (up)`, "query.Raw(\"sum by (http_route) (up)\")"},
		{"an offset is not dropped", `rate(process_cpu_seconds_total[5m] offset 5m)`, "query.Raw(\"rate(process_cpu_seconds_total[5m] offset 5m)\")"},
		{"nor a limit", `clamp_max(up, 2)`, "query.Raw(\"clamp_max(up, 2)\")"},
		{"nor is a condition", `sum(up) > 0`, "query.Raw(\"sum(up) > 0\")"},
		{"nor a matching", `sum by (job) (up) / on (job) sum by (job) (up)`, "query.Raw(\"sum by (job) (up) / on (job) sum by (job) (up)\")"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			e, err := tr.translate(tc.promql, nil)
			if err != nil {
				t.Fatal(err)
			}
			if e.code != tc.want {
				t.Errorf("got\n%s\nwant\n%s", e.code, tc.want)
			}
		})
	}
	if _, err := tr.translate(`sum(`, nil); err == nil {
		t.Error("no error for what is no PromQL")
	}
}
