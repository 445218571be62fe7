package yardstick_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/ginsight/ginsight/telemetry/catalog"
	"github.com/ginsight/ginsight/telemetry/internal/yardstick"
)

// TestTheyMeasure keeps a yardstick from being fast because it does nothing.
func TestTheyMeasure(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	registry, reader := prometheus.NewRegistry(), sdkmetric.NewManualReader()
	prom := yardstick.NewProm3(registry)
	sdk, err := yardstick.NewSDK3(sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader)).Meter("test"))
	if err != nil {
		t.Fatal(err)
	}
	engine := gin.New()
	engine.Use(prom.Measure, sdk.Measure)
	engine.GET("/items/:id", func(c *gin.Context) { c.String(http.StatusOK, "ok") })
	for range 3 {
		engine.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/items/1", nil))
	}

	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]uint64{}
	for _, family := range families {
		counts[family.GetName()] = family.GetMetric()[0].GetHistogram().GetSampleCount()
	}
	for _, h := range []catalog.Histogram{catalog.RequestDuration, catalog.ResponseBodySize} {
		if counts[h.PrometheusName()] != 3 {
			t.Errorf("client_golang: %s has %d requests, want 3", h.Name, counts[h.PrometheusName()])
		}
	}
	var rm metricdata.ResourceMetrics
	if err := reader.Collect(context.Background(), &rm); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, m := range rm.ScopeMetrics[0].Metrics {
		if h, ok := m.Data.(metricdata.Histogram[float64]); ok && h.DataPoints[0].Attributes.Len() == 5 {
			seen = int(h.DataPoints[0].Count)
		}
	}
	if seen != 3 {
		t.Errorf("SDK: %d requests, want 3", seen)
	}
}
