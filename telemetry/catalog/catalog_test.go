package catalog_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.opentelemetry.io/otel/attribute"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/semconv/v1.43.0/httpconv"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

func TestValidate(t *testing.T) {
	if err := catalog.Validate(catalog.All()); err != nil {
		t.Error(err)
	}
}

func TestValidateFindsProblems(t *testing.T) {
	desc := func(name string, labels ...catalog.Label) catalog.Desc {
		return catalog.Desc{Name: name, Help: "Help.", Labels: labels}
	}
	for name, tc := range map[string]struct {
		metrics []catalog.Metric
		want    string
	}{
		"no name":             {[]catalog.Metric{catalog.Gauge{Desc: desc("")}}, "name, help and a translatable name"},
		"no help":             {[]catalog.Metric{catalog.Gauge{Desc: catalog.Desc{Name: "a"}}}, "name, help and a translatable name"},
		"untranslatable name": {[]catalog.Metric{catalog.Gauge{Desc: desc("...")}}, "name, help and a translatable name"},
		"same name":           {[]catalog.Metric{catalog.Gauge{Desc: desc("a.b")}, catalog.Gauge{Desc: desc("a_b")}}, `series a_b belongs to "a.b"`},
		"series of a histogram": {
			[]catalog.Metric{catalog.Histogram{Desc: desc("a")}, catalog.Gauge{Desc: desc("a.count")}}, `series a_count belongs to "a"`,
		},
		"colliding labels":      {[]catalog.Metric{catalog.Gauge{Desc: desc("a", "x.y", "x_y")}}, `label "x_y" becomes "x_y", as "x.y" does`},
		"untranslatable label":  {[]catalog.Metric{catalog.Gauge{Desc: desc("a", "")}}, `label ""`},
		"buckets out of order":  {[]catalog.Metric{catalog.Histogram{Desc: desc("a"), Buckets: []float64{2, 1}}}, "1 follows 2"},
		"buckets that are same": {[]catalog.Metric{catalog.Histogram{Desc: desc("a"), Buckets: []float64{1, 1}}}, "1 follows 1"},
	} {
		t.Run(name, func(t *testing.T) {
			err := catalog.Validate(tc.metrics)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Validate() = %v, want an error with %q", err, tc.want)
			}
		})
	}
}

// TestNames is what users type into a query; a change here breaks dashboards.
func TestNames(t *testing.T) {
	want := map[string][]string{
		"http_server_request_duration_seconds": request("http_server_request_duration_seconds"),
		"http_server_request_body_size_bytes":  request("http_server_request_body_size_bytes"),
		"http_server_response_body_size_bytes": request("http_server_response_body_size_bytes"),
		"http_server_active_requests":          {"http_server_active_requests http_request_method url_scheme server_address server_port"},
		"http_server_panics_total":             {"http_server_panics_total http_route error_type"},
		"http_client_request_duration_seconds": call("http_client_request_duration_seconds"),
		"http_client_request_body_size_bytes":  call("http_client_request_body_size_bytes"),
		"http_client_response_body_size_bytes": call("http_client_response_body_size_bytes"),
		"http_client_active_requests":          {"http_client_active_requests http_request_method server_address server_port url_template"},
		"go_memory_used_bytes":                 {"go_memory_used_bytes go_memory_type"},
		"go_memory_limit_bytes":                {"go_memory_limit_bytes"},
		"go_memory_allocated_bytes_total":      {"go_memory_allocated_bytes_total"},
		"go_memory_allocations_total":          {"go_memory_allocations_total"},
		"go_memory_gc_goal_bytes":              {"go_memory_gc_goal_bytes"},
		"go_goroutine_count":                   {"go_goroutine_count"},
		"go_processor_limit":                   {"go_processor_limit"},
		"go_config_gogc_percent":               {"go_config_gogc_percent"},
		"go_schedule_duration_seconds":         histogram("go_schedule_duration_seconds"),
		"process_cpu_seconds_total":            {"process_cpu_seconds_total"},
		"process_resident_memory_bytes":        {"process_resident_memory_bytes"},
		"process_virtual_memory_bytes":         {"process_virtual_memory_bytes"},
		"process_virtual_memory_max_bytes":     {"process_virtual_memory_max_bytes"},
		"process_open_fds":                     {"process_open_fds"},
		"process_max_fds":                      {"process_max_fds"},
		"process_start_time_seconds":           {"process_start_time_seconds"},
		"process_network_receive_bytes_total":  {"process_network_receive_bytes_total"},
		"process_network_transmit_bytes_total": {"process_network_transmit_bytes_total"},
		"promhttp_metric_handler_errors_total": {"promhttp_metric_handler_errors_total cause"},
		"telemetry_series":                     {"telemetry_series metric"},
		"telemetry_series_limit":               {"telemetry_series_limit"},
		"go_build_info":                        {"go_build_info path version revision modified goversion"},
		"up":                                   {"up"},
		"scrape_duration_seconds":              {"scrape_duration_seconds"},
		"scrape_samples_scraped":               {"scrape_samples_scraped"},
		"target_info":                          {"target_info service_name service_version telemetry_sdk_name telemetry_sdk_language telemetry_sdk_version"},
	}
	got := map[string][]string{}
	for _, m := range append(catalog.Exposed(), catalog.Scrape()...) {
		for _, s := range m.Series() {
			got[m.PrometheusName()] = append(got[m.PrometheusName()], line(s))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

func request(name string) []string {
	return histogram(name, "http_request_method", "http_route", "http_response_status_code",
		"url_scheme", "network_protocol_version", "error_type", "server_address", "server_port")
}

func call(name string) []string {
	return histogram(name, "http_request_method", "server_address", "server_port", "url_template",
		"http_response_status_code", "network_protocol_version", "error_type")
}

func histogram(name string, labels ...string) []string {
	join := func(suffix string, labels ...string) string {
		return strings.Join(append([]string{name + suffix}, labels...), " ")
	}
	return []string{join("_bucket", append(slices.Clone(labels), "le")...), join("_count", labels...), join("_sum", labels...)}
}

func line(s catalog.Series) string {
	words := []string{s.Name}
	for _, l := range s.Labels {
		words = append(words, l.Name())
	}
	return strings.Join(words, " ")
}

// TestRequestDurationBuckets compares with what the generated convention gives
// an instrument by default, which the package does not export.
func TestRequestDurationBuckets(t *testing.T) {
	reader := sdkmetric.NewManualReader()
	meter := sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader)).Meter("test")
	duration, err := httpconv.NewServerRequestDuration(meter)
	if err != nil {
		t.Fatal(err)
	}
	duration.RecordSet(t.Context(), 1, *attribute.EmptySet())

	var got metricdata.ResourceMetrics
	if err := reader.Collect(t.Context(), &got); err != nil {
		t.Fatal(err)
	}
	m := got.ScopeMetrics[0].Metrics[0]
	bounds := m.Data.(metricdata.Histogram[float64]).DataPoints[0].Bounds
	if diff := cmp.Diff(bounds, catalog.RequestDuration.Buckets); diff != "" {
		t.Errorf("bounds (-convention +catalogue):\n%s", diff)
	}
	described := catalog.Desc{Name: m.Name, Unit: m.Unit, Help: m.Description, Labels: catalog.RequestDuration.Labels}
	if diff := cmp.Diff(described, catalog.RequestDuration.Describe()); diff != "" {
		t.Errorf("description (-convention +catalogue):\n%s", diff)
	}
}

func TestWith(t *testing.T) {
	const tenant catalog.Label = "shop.tenant"
	mine := catalog.RequestDuration.With(tenant)
	if got := mine.Count().Cumulative().Labels; got[len(got)-1] != tenant {
		t.Errorf("labels = %v, want %s at the end", got, tenant)
	}
	if slices.Contains(catalog.RequestDuration.Labels, tenant) {
		t.Error("the standard metric got the label as well")
	}
}

// TestSeriesDoNotShareLabels guards the bucket's label list, which is the
// histogram's plus one: appending in place would leak it into the next metric.
func TestSeriesDoNotShareLabels(t *testing.T) {
	labels := make([]catalog.Label, 1, 4)
	labels[0] = catalog.Route
	h := catalog.Histogram{Desc: catalog.Desc{Name: "a", Labels: labels}}
	bucket := h.Bucket().Cumulative()
	_ = append(labels, "other")
	if want := []catalog.Label{catalog.Route, catalog.LE}; !slices.Equal(bucket.Labels, want) {
		t.Errorf("bucket labels = %v, want %v", bucket.Labels, want)
	}
}
