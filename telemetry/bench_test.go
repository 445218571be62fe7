package telemetry

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"

	"github.com/ginsight/ginsight/telemetry/internal/yardstick"
)

// BenchmarkMiddleware is what a request costs with and without measuring it. The
// difference between the two is the overhead. Other instrumentation is measured in
// the same way beside it; telemetry/internal/bench has those that need modules of
// their own.
func BenchmarkMiddleware(b *testing.B) {
	tel, err := New(b.Context(), Config{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = tel.Shutdown(context.Background()) })
	sdk, err := yardstick.NewSDK3(sdkmetric.NewMeterProvider(sdkmetric.WithReader(sdkmetric.NewManualReader())).Meter(""))
	if err != nil {
		b.Fatal(err)
	}
	for _, bench := range []struct {
		name       string
		middleware []gin.HandlerFunc
	}{
		{"gin", nil},
		{"ginsight", []gin.HandlerFunc{tel.Middleware()}},
		{"prom-3", []gin.HandlerFunc{yardstick.NewProm3(prometheus.NewRegistry()).Measure}},
		{"sdk-3", []gin.HandlerFunc{sdk.Measure}},
	} {
		engine := gin.New()
		engine.Use(bench.middleware...)
		engine.GET("/items/:id", ok)
		b.Run(bench.name, func(b *testing.B) { serve(b, engine) })
		b.Run(bench.name+"-parallel", func(b *testing.B) { serveParallel(b, engine) })
	}
}

func serve(b *testing.B, h http.Handler) {
	b.ReportAllocs()
	w, r := nowhere{}, httptest.NewRequest(http.MethodGet, "/items/42", nil)
	for b.Loop() {
		r.Response = nil // as in every request that a server makes
		h.ServeHTTP(w, r)
	}
}

func serveParallel(b *testing.B, h http.Handler) {
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		w, r := nowhere{}, httptest.NewRequest(http.MethodGet, "/items/42", nil)
		for pb.Next() {
			r.Response = nil
			h.ServeHTTP(w, r)
		}
	})
}

// nowhere is a response writer that costs nothing.
type nowhere struct{ header http.Header }

func (w nowhere) Header() http.Header       { return w.header }
func (nowhere) Write(p []byte) (int, error) { return len(p), nil }
func (nowhere) WriteHeader(int)             {}
