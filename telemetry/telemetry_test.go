package telemetry

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// resource is target_info's labels without those of the SDK.
func (s *service) resource(t *testing.T) map[string]string {
	t.Helper()
	got := map[string]string{}
	for _, l := range s.families(t)[catalog.TargetInfo.PrometheusName()].GetMetric()[0].GetLabel() {
		if !strings.HasPrefix(l.GetName(), "telemetry_sdk_") {
			got[l.GetName()] = l.GetValue()
		}
	}
	return got
}

func TestResource(t *testing.T) {
	for name, tc := range map[string]struct {
		config             Config
		serviceName, attrs string
		want               map[string]string
	}{
		"from the build": {want: map[string]string{"service_name": "ginsight"}},
		"from the attributes": {
			attrs: "service.name=shop,service.version=v1,deployment.environment.name=test",
			want:  map[string]string{"service_name": "shop", "service_version": "v1", "deployment_environment_name": "test"},
		},
		"the name's variable wins": {
			serviceName: "checkout", attrs: "service.name=shop",
			want: map[string]string{"service_name": "checkout"},
		},
		"the configuration wins": {
			config:      Config{ServiceName: "cart", ServiceVersion: "v2"},
			serviceName: "checkout", attrs: "service.name=shop,service.version=v1",
			want: map[string]string{"service_name": "cart", "service_version": "v2"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("OTEL_SERVICE_NAME", tc.serviceName)
			t.Setenv("OTEL_RESOURCE_ATTRIBUTES", tc.attrs)
			if diff := cmp.Diff(tc.want, newService(t, tc.config).resource(t)); diff != "" {
				t.Errorf("resource (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMalformedResourceAttributes(t *testing.T) {
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "service.name=shop,")
	if got := newService(t, Config{}).resource(t)["service_name"]; got != "shop" {
		t.Errorf("service name %q, want the part that is well formed", got)
	}
}

func TestModuleName(t *testing.T) {
	for path, want := range map[string]string{
		"":                          "",
		"shop":                      "shop",
		"v2":                        "v2",
		"example.com/acme/shop":     "shop",
		"example.com/acme/shop/v12": "shop",
		"example.com/acme/vault":    "vault",
	} {
		if got := moduleName(path); got != want {
			t.Errorf("moduleName(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestDisabled(t *testing.T) {
	t.Setenv("OTEL_SDK_DISABLED", "True")
	exporter := &exporter{}
	s := newService(t, Config{Readers: []metric.Reader{metric.NewPeriodicReader(exporter)}})
	s.engine.GET("/x", ok)
	s.do(t, "GET", "/x", nil)
	counter, err := s.telemetry.MeterProvider().Meter("test").Int64Counter("orders")
	if err != nil {
		t.Fatal(err)
	}
	counter.Add(t.Context(), 1)

	s.wantProcessOnly(t)
	if exporter.exports != 0 || exporter.shutdowns != 1 {
		t.Errorf("the reader exported %d times and was shut down %d times, want 0 and 1", exporter.exports, exporter.shutdowns)
	}
}

// wantProcessOnly fails if the endpoint shows anything of OpenTelemetry.
func (s *service) wantProcessOnly(t *testing.T) {
	t.Helper()
	families := s.families(t)
	known := append(catalog.Process(), catalog.BuildInfo, catalog.HandlerErrors)
	for _, m := range known {
		delete(families, m.PrometheusName())
	}
	for name := range families {
		t.Errorf("%s is exposed", name)
	}
}

func TestShutdown(t *testing.T) {
	failure := errors.New("receiver is gone")
	for name, exporter := range map[string]*exporter{"flushes": {}, "reports failure": {err: failure}} {
		t.Run(name, func(t *testing.T) {
			tel, err := New(t.Context(), Config{Readers: []metric.Reader{metric.NewPeriodicReader(exporter)}})
			if err != nil {
				t.Fatal(err)
			}
			s := &service{telemetry: tel}
			for range 2 {
				if err := tel.Shutdown(context.Background()); !errors.Is(err, exporter.err) {
					t.Errorf("Shutdown() = %v, want %v", err, exporter.err)
				}
			}
			if exporter.exports != 1 || exporter.shutdowns != 1 {
				t.Errorf("exported %d times and shut down %d times, want once each", exporter.exports, exporter.shutdowns)
			}
			if _, up := s.families(t)[catalog.ProcessStartTime.PrometheusName()]; !up {
				t.Error("the endpoint lost the process metrics")
			}
		})
	}
}

// TestReaders has a second reader see the same figures as the endpoint.
func TestReaders(t *testing.T) {
	reader := metric.NewManualReader()
	s := newService(t, Config{Readers: []metric.Reader{reader, nil}})
	s.engine.GET("/x", ok)
	s.do(t, "GET", "/x", nil)
	s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x": 1})
	var got metricdata.ResourceMetrics
	if err := reader.Collect(t.Context(), &got); err != nil {
		t.Fatal(err)
	}
	for _, scopeMetrics := range got.ScopeMetrics {
		for _, m := range scopeMetrics.Metrics {
			if m.Name != catalog.RequestDuration.Name {
				continue
			}
			if n := m.Data.(metricdata.Histogram[float64]).DataPoints[0].Count; n != 1 {
				t.Errorf("the reader saw %d requests, want 1", n)
			}
			return
		}
	}
	t.Errorf("the reader did not see %s", catalog.RequestDuration.Name)
}

// TestScheduleProducerKeepsItsResult holds on to one result during the next
// call, as a scrape does that another one overtakes. Time is the bubble's, so
// that the runtime's figures are read anew.
func TestScheduleProducerKeepsItsResult(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newScheduleProducer()
		first := scheduleCounts(t, p)
		before := slices.Clone(first)
		for range 1000 {
			go func() {}()
		}
		synctest.Wait()
		time.Sleep(2 * runtimeInterval)
		if slices.Equal(before, scheduleCounts(t, p)) {
			t.Fatal("a thousand goroutines left no trace")
		}
		if !slices.Equal(before, first) {
			t.Error("the second call changed the result of the first")
		}
	})
}

func scheduleCounts(t *testing.T, p metric.Producer) []uint64 {
	t.Helper()
	scopes, err := p.Produce(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return scopes[0].Metrics[0].Data.(metricdata.Histogram[float64]).DataPoints[0].BucketCounts
}

// exporter counts what a periodic reader does to it.
type exporter struct {
	exports, shutdowns int
	names              map[string]bool // of the metrics that came last
	err                error
}

func (*exporter) Temporality(metric.InstrumentKind) metricdata.Temporality {
	return metricdata.CumulativeTemporality
}

func (*exporter) Aggregation(k metric.InstrumentKind) metric.Aggregation {
	return metric.DefaultAggregationSelector(k)
}

func (e *exporter) Export(_ context.Context, got *metricdata.ResourceMetrics) error {
	e.exports++
	e.names = map[string]bool{}
	for _, scopeMetrics := range got.ScopeMetrics {
		for _, m := range scopeMetrics.Metrics {
			e.names[m.Name] = true
		}
	}
	return nil
}

func (*exporter) ForceFlush(context.Context) error { return nil }

func (e *exporter) Shutdown(context.Context) error {
	e.shutdowns++
	return e.err
}
