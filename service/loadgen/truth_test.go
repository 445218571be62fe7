package loadgen_test

import (
	"context"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"

	"github.com/ginsight/ginsight/service/app"
	"github.com/ginsight/ginsight/service/loadgen"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// What the service measured of a run is what the load generator knows of it.
func TestMeasurementsAgreeWithTheReport(t *testing.T) {
	const seed = 11
	service := serve(t, app.Config{Addr: "127.0.0.1:0", Seed: seed, Logger: slog.New(slog.DiscardHandler)})
	report, err := loadgen.Run(t.Context(), loadgen.Config{
		BaseURL: "http://" + service.Addr(), Rate: 200, Seed: seed, Duration: 2 * time.Second,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Cut != 0 || report.Unreached != 0 {
		t.Fatalf("%d requests were cut, %d unreached: %s", report.Cut, report.Unreached, report.LastError)
	}
	t.Logf("%d requests answered in %s", report.Answered(), report.Elapsed)
	if n := report.Answered(); n < 300 {
		t.Errorf("only %d requests were sent", n)
	}

	families := scrape(t, service)
	duration := histograms(t, families, catalog.RequestDuration)
	sent := histograms(t, families, catalog.RequestBodySize)
	received := histograms(t, families, catalog.ResponseBodySize)
	want, counted := map[loadgen.Key]int64{}, map[loadgen.Key]int64{}
	for key, count := range report.Counts {
		want[measured(key)] = count.Requests
	}
	for key, h := range duration {
		counted[key] = int64(h.GetSampleCount())
	}
	if diff := cmp.Diff(want, counted); diff != "" {
		t.Errorf("requests by method, route and status (-sent +measured):\n%s", diff)
	}
	for key, count := range report.Counts {
		key := measured(key)
		if got := sent[key].GetSampleSum(); got != float64(count.BytesSent) {
			t.Errorf("%v: %g bytes of requests were measured, %d sent", key, got, count.BytesSent)
		}
		if got := received[key].GetSampleSum(); got != float64(count.BytesReceived) {
			t.Errorf("%v: %g bytes of responses were measured, %d received", key, got, count.BytesReceived)
		}
		if got, least := duration[key].GetSampleSum(), count.Delays.Sum().Seconds(); got < least {
			t.Errorf("%v: %gs were measured, the delays alone are %gs", key, got, least)
		}
		checkBuckets(t, key, duration[key], count.Delays)
	}
}

// checkBuckets proves for every bucket that no request was measured as shorter
// than the service delayed it.
func checkBuckets(t *testing.T, key loadgen.Key, h *dto.Histogram, delays loadgen.Delays) {
	t.Helper()
	for _, bucket := range h.GetBucket() {
		var most uint64
		for delay, n := range delays {
			if delay.Seconds() <= bucket.GetUpperBound() {
				most += uint64(n)
			}
		}
		if got := bucket.GetCumulativeCount(); got > most {
			t.Errorf("%v: %d requests took up to %gs, only %d had so short a delay", key, got, bucket.GetUpperBound(), most)
		}
		if math.IsInf(bucket.GetUpperBound(), 1) && bucket.GetCumulativeCount() != most {
			t.Errorf("%v: %d delays are known of %d requests", key, most, bucket.GetCumulativeCount())
		}
	}
}

// measured is the key under which the service counts what was sent as key.
func measured(key loadgen.Key) loadgen.Key {
	if key.Method == loadgen.UnknownMethod {
		key.Method = semconv.HTTPRequestMethodOther.Value.AsString()
	}
	return key
}

func serve(t *testing.T, cfg app.Config) *app.App {
	t.Helper()
	service, err := app.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- service.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the service: %v", err)
		}
	})
	return service
}

func scrape(t *testing.T, service *app.App) map[string]*dto.MetricFamily {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Get("http://" + service.Addr() + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return families
}

// histograms are the series of a metric by what the load generator counts by.
func histograms(t *testing.T, families map[string]*dto.MetricFamily, of catalog.Metric) map[loadgen.Key]*dto.Histogram {
	t.Helper()
	series := map[loadgen.Key]*dto.Histogram{}
	for _, m := range families[of.PrometheusName()].GetMetric() {
		labels := map[string]string{}
		for _, pair := range m.GetLabel() {
			labels[pair.GetName()] = pair.GetValue()
		}
		status, err := strconv.Atoi(labels[catalog.StatusCode.Name()])
		if err != nil {
			t.Fatalf("%s: the status of %v: %v", of.PrometheusName(), labels, err)
		}
		key := loadgen.Key{Method: labels[catalog.Method.Name()], Route: labels[catalog.Route.Name()], Status: status}
		if series[key] != nil {
			t.Errorf("%s has more than one series for %v", of.PrometheusName(), key)
		}
		series[key] = m.GetHistogram()
	}
	return series
}
