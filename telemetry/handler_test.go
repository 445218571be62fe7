package telemetry

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/metric"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// handlerErrors is the value of each cause of failed scrapes.
func (s *service) handlerErrors(t *testing.T) map[string]float64 {
	t.Helper()
	got := map[string]float64{}
	for _, m := range s.families(t)[catalog.HandlerErrors.PrometheusName()].GetMetric() {
		got[series(m)] = m.GetCounter().GetValue()
	}
	return got
}

// TestConflict has a service define a metric twice, once as a counter and once
// as a gauge. That must not cost it the other metrics.
func TestConflict(t *testing.T) {
	var logged bytes.Buffer
	s := newService(t, Config{Logger: slog.New(slog.NewTextHandler(&logged, nil))})
	s.engine.GET("/x", ok)
	s.do(t, "GET", "/x", nil)
	if diff := cmp.Diff(map[string]float64{"cause=gathering": 0, "cause=encoding": 0, "cause=deadline": 0}, s.handlerErrors(t)); diff != "" {
		t.Errorf("errors before (-want +got):\n%s", diff)
	}
	conflict(t, s.telemetry.MeterProvider())

	s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x": 1})
	if n := s.handlerErrors(t)["cause=gathering"]; n < 1 {
		t.Errorf("failed scrapes = %g, want some", n)
	}
	if n := strings.Count(logged.String(), "\n"); n != 1 {
		t.Errorf("%d lines logged, want 1:\n%s", n, &logged)
	}
	if !strings.Contains(logged.String(), catalog.HandlerErrors.PrometheusName()) {
		t.Errorf("the log does not say where failures are counted: %s", &logged)
	}
}

func conflict(t *testing.T, provider metric.MeterProvider) {
	t.Helper()
	counter, err := provider.Meter("a").Int64Counter("jobs.total")
	if err != nil {
		t.Fatal(err)
	}
	gauge, err := provider.Meter("b").Int64Gauge("jobs_total")
	if err != nil {
		t.Fatal(err)
	}
	counter.Add(t.Context(), 1)
	gauge.Record(t.Context(), 1)
}

func TestScrapeLogIsBounded(t *testing.T) {
	var logged bytes.Buffer
	log := &scrapeLog{logger: slog.New(slog.NewTextHandler(&logged, nil))}
	for i := range 10 {
		log.Println("error gathering metrics:", prometheus.MultiError{
			fmt.Errorf("collected metric \"a\" { gauge:{value:%d.5e-07}} was collected\nbefore", i),
			errors.New("something else"),
		})
	}
	if n := strings.Count(logged.String(), "\n"); n != 2 {
		t.Errorf("%d lines for two kinds of error, want 2:\n%s", n, &logged)
	}
	for i := range 2 * maxScrapeErrors {
		log.Println(errors.New(strings.Repeat("x", i)))
	}
	if n := strings.Count(logged.String(), "\n"); n != maxScrapeErrors {
		t.Errorf("%d lines, want the bound of %d", n, maxScrapeErrors)
	}
}

func TestNegotiation(t *testing.T) {
	s := newService(t, Config{})
	for accept, want := range map[string]string{
		"": "text/plain; version=0.0.4",
		"application/openmetrics-text;version=1.0.0":                                                                 "application/openmetrics-text; version=1.0.0",
		"application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.9,*/*;q=0.1": "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
	} {
		req := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		req.Header.Set("Accept", accept)
		rec := httptest.NewRecorder()
		s.telemetry.Handler().ServeHTTP(rec, req)
		if got := rec.Header().Get("Content-Type"); !strings.HasPrefix(got, want) {
			t.Errorf("Accept %q: Content-Type %q, want %q", accept, got, want)
		}
	}
}

// TestConcurrentScrapes is for the race detector.
func TestConcurrentScrapes(t *testing.T) {
	s := newService(t, Config{})
	s.engine.GET("/x", ok)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for range 20 {
				s.do(t, "GET", "/x", nil)
				s.do(t, "GET", "/metrics", nil)
			}
		})
	}
	wait.Wait()
	s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x": 80})
}
