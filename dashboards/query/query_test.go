package query_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

var (
	job    = query.Variable{Name: "job", Title: "Job", Label: catalog.Job, All: ".+"}
	failed = query.Matches(catalog.StatusCode, "5..")
	route  = []catalog.Label{catalog.Route}
)

func TestPromQL(t *testing.T) {
	requests := catalog.RequestDuration.Count()
	for _, tc := range []struct {
		name string
		expr query.Expr
		want string
	}{
		{"rate of a counter, by a label",
			query.Rate(requests, job.Selected()).Sum(catalog.Route),
			`sum by (http_route) (rate(http_server_request_duration_seconds_count{job=~"$job"}[$__rate_interval]))`},
		{"a gauge", query.Value(catalog.GoGoroutines).Max(catalog.Instance),
			`max by (instance) (go_goroutine_count)`},
		{"a quantile keeps le inside",
			query.Quantile(.95, catalog.RequestDuration, route),
			`histogram_quantile(0.95, sum by (le, http_route) (rate(http_server_request_duration_seconds_bucket[$__rate_interval])))`},
		{"a ratio is 0, not empty, when nothing failed",
			query.Ratio(query.Rate(requests, failed).Sum(), query.Rate(requests).Sum()),
			`(sum(rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[$__rate_interval])) or (sum(rate(http_server_request_duration_seconds_count[$__rate_interval])) * 0)) / clamp_min(sum(rate(http_server_request_duration_seconds_count[$__rate_interval])), 0.000001)`},
		{"a bound that is whole", query.AtMost(1, catalog.RequestDuration, nil),
			`sum(rate(http_server_request_duration_seconds_bucket{le=~"1(\\.0)?"}[$__rate_interval]))`},
		{"a bound with a fraction", query.AtMost(.25, catalog.RequestDuration, nil),
			`sum(rate(http_server_request_duration_seconds_bucket{le="0.25"}[$__rate_interval]))`},
		{"values are quoted", query.Value(catalog.Up, query.Is(catalog.Job, "a\"b\\c\n")),
			`up{job="a\"b\\c\n"}`},
		{"operands of operands", query.Value(catalog.Up).Sum().Plus(query.Value(catalog.Up).Sum()).Per(query.Value(catalog.Up).Sum()),
			`(sum(up) + sum(up)) / sum(up)`},
		{"the whole range", query.WholeRange.Increase(requests).Sum(),
			`sum(increase(http_server_request_duration_seconds_count[$__range]))`},
		{"a fixed window", query.Last(6 * time.Hour).Rate(requests).Sum(),
			`sum(rate(http_server_request_duration_seconds_count[6h]))`},
		{"a bound over a fixed window", query.Last(72*time.Hour).AtMost(.25, catalog.RequestDuration, nil),
			`sum(rate(http_server_request_duration_seconds_bucket{le="0.25"}[3d]))`},
		{"how often a process was started", query.WholeRange.Changes(catalog.ProcessStartTime).Sum(catalog.Job),
			`sum by (job) (changes(process_start_time_seconds[$__range]))`},
		{"the good share", query.Value(catalog.Up).Sum().Per(query.Value(catalog.Up).Sum()).Complement(),
			`1 - (sum(up) / sum(up))`},
		{"what was not there before", query.Value(catalog.TargetInfo).Present(catalog.ServiceVersion).Unless(
			query.ValueAgo(time.Minute, catalog.TargetInfo).Present(catalog.ServiceVersion)),
			`group by (service_version) (target_info) unless group by (service_version) (target_info offset 1m)`},
		{"time since", query.Age(catalog.ProcessStartTime).Min(catalog.Job),
			`min by (job) (time() - process_start_time_seconds)`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := tc.expr.PromQL()
			if err != nil {
				t.Fatal(err)
			}
			if got != tc.want {
				t.Errorf("got\n%s\nwant\n%s", got, tc.want)
			}
		})
	}
}

// The same expressions, asked of native histograms.
func TestNative(t *testing.T) {
	requests := catalog.RequestDuration.Count()
	for _, tc := range []struct {
		name string
		expr query.Expr
		want string
	}{
		{"a count", query.Rate(requests, job.Selected()).Sum(catalog.Route),
			`sum by (http_route) (histogram_count(rate(http_server_request_duration_seconds{job=~"$job"}[$__rate_interval])))`},
		{"a quantile needs no le", query.Quantile(.95, catalog.RequestDuration, route),
			`histogram_quantile(0.95, sum by (http_route) (rate(http_server_request_duration_seconds[$__rate_interval])))`},
		{"a mean", query.Mean(catalog.RequestDuration, nil),
			`sum(histogram_sum(rate(http_server_request_duration_seconds[$__rate_interval]))) / sum(histogram_count(rate(http_server_request_duration_seconds[$__rate_interval])))`},
		{"the buckets", query.Buckets(catalog.RequestDuration),
			`sum(rate(http_server_request_duration_seconds[$__rate_interval]))`},
		{"at most", query.AtMost(.25, catalog.RequestDuration, nil),
			`histogram_fraction(-Inf, 0.25, sum(rate(http_server_request_duration_seconds[$__rate_interval]))) * histogram_count(sum(rate(http_server_request_duration_seconds[$__rate_interval])))`},
		{"the runtime's own buckets stay", query.Quantile(.99, catalog.GoScheduleDuration, nil),
			`histogram_quantile(0.99, sum by (le) (rate(go_schedule_duration_seconds_bucket[$__rate_interval])))`},
		{"a gauge is a gauge", query.Value(catalog.GoGoroutines), `go_goroutine_count`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := tc.expr.In(query.Native)
			if err != nil {
				t.Fatal(err)
			}
			if got != tc.want {
				t.Errorf("got\n%s\nwant\n%s", got, tc.want)
			}
		})
	}
	picker, err := query.Variable{Name: "route", Label: catalog.Route}.ValuesIn(query.Native, requests.Cumulative(), job.Selected())
	if want := `label_values(http_server_request_duration_seconds{job=~"$job"}, http_route)`; err != nil || picker != want {
		t.Errorf("got %s, %v, want %s", picker, err, want)
	}
}

func TestMistakesAreErrors(t *testing.T) {
	requests := query.Rate(catalog.RequestDuration.Count())
	for _, tc := range []struct {
		name string
		expr query.Expr
		want string
	}{
		{"a matcher on a label of another metric", query.Value(catalog.ActiveRequests, query.Is(catalog.Route, "/")),
			"http_server_active_requests has no label http_route"},
		{"an error in an operand is not lost", requests.Per(query.Value(catalog.Up, failed)),
			"up has no label http_response_status_code"},
		{"by a label that is aggregated away", requests.Sum(catalog.Route).Max(catalog.Instance),
			"max by instance: the result has no such label, it has [http_route]"},
		{"sides that do not pair", requests.Sum(catalog.Route).Per(requests.Sum()),
			"the sides carry different labels, [http_route] and []"},
		{"a bound that is no bucket", query.AtMost(.3, catalog.RequestDuration, nil),
			"has no bucket bound 0.3"},
		{"a quantile in percent", query.Quantile(95, catalog.RequestDuration, nil), "between 0 and 1"},
		{"no k", requests.TopK(0), "at least 1"},
		{"a metric without a name", query.Value(catalog.Gauge{}), "without a Prometheus name"},
		{"nothing at all", query.Expr{}, "no expression found"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := tc.expr.PromQL()
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q in it", err, tc.want)
			}
		})
	}
}

func TestLegend(t *testing.T) {
	byRoute := query.Rate(catalog.RequestDuration.Count()).Sum(catalog.Route)
	if err := byRoute.CheckLegend(query.Legend("route %s", catalog.Route)); err != nil {
		t.Error(err)
	}
	err := byRoute.CheckLegend("{{ http_request_method }}")
	if err == nil || !strings.Contains(err.Error(), "no label http_request_method") {
		t.Errorf("a legend of a label that is gone: %v", err)
	}
}

func TestVariable(t *testing.T) {
	got, err := query.Variable{Name: "route", Label: catalog.Route}.ValuesIn(query.Classic,
		catalog.RequestDuration.Count().Cumulative(), job.Selected())
	want := `label_values(http_server_request_duration_seconds_count{job=~"$job"}, http_route)`
	if err != nil || got != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
	if _, err := job.ValuesIn(query.Classic, catalog.Series{}); err == nil {
		t.Error("no error for a series without a name")
	}
	_, err = query.Variable{Name: "route", Label: catalog.Route}.ValuesIn(query.Classic, catalog.Up.Instant())
	if err == nil {
		t.Error("no error for a label that the metric lacks")
	}
}
