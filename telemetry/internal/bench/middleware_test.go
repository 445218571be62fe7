package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/Depado/ginprom"
	"github.com/gin-gonic/gin"
	"github.com/penglongli/gin-metrics/ginmetrics"
	"github.com/prometheus/client_golang/prometheus"
	slokprometheus "github.com/slok/go-http-metrics/metrics/prometheus"
	"github.com/slok/go-http-metrics/middleware"
	slokgin "github.com/slok/go-http-metrics/middleware/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	otelprometheus "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"

	"github.com/ginsight/ginsight/telemetry"
	"github.com/ginsight/ginsight/telemetry/internal/yardstick"
)

// peers put their middleware on an engine, as their documentation says. All of
// them can be scraped by Prometheus.
var peers = []struct {
	name string
	use  func(testing.TB, *gin.Engine)
}{
	{bare, func(testing.TB, *gin.Engine) {}},
	{ours, func(b testing.TB, e *gin.Engine) {
		tel, err := telemetry.New(b.Context(), telemetry.Config{})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = tel.Shutdown(context.Background()) })
		e.Use(tel.Middleware())
	}},
	{theYardstick, func(_ testing.TB, e *gin.Engine) {
		e.Use(yardstick.NewProm3(prometheus.NewRegistry()).Measure)
	}},
	{"OpenTelemetry SDK, cached attribute sets", func(b testing.TB, e *gin.Engine) {
		sdk, err := yardstick.NewSDK3(meterProvider(b).Meter(""))
		if err != nil {
			b.Fatal(err)
		}
		e.Use(sdk.Measure)
	}},
	{"slok/go-http-metrics v0.13.0", func(_ testing.TB, e *gin.Engine) {
		recorder := slokprometheus.NewRecorder(slokprometheus.Config{Registry: prometheus.NewRegistry()})
		e.Use(slokgin.Handler("", middleware.New(middleware.Config{Recorder: recorder})))
	}},
	{"Depado/ginprom v1.8.1", func(_ testing.TB, e *gin.Engine) {
		e.Use(ginprom.New(ginprom.Engine(e), ginprom.Registry(prometheus.NewRegistry())).Instrument())
	}},
	{"penglongli/gin-metrics v0.1.13", func(_ testing.TB, e *gin.Engine) {
		ginmetrics.GetMonitor().UseWithoutExposingEndpoint(e)
	}},
	{"otelgin v0.71.0", func(b testing.TB, e *gin.Engine) {
		e.Use(otelgin.Middleware("bench", otelgin.WithMeterProvider(meterProvider(b))))
	}},
}

func meterProvider(b testing.TB) metric.MeterProvider {
	exporter, err := otelprometheus.New(otelprometheus.WithRegisterer(prometheus.NewRegistry()))
	if err != nil {
		b.Fatal(err)
	}
	return sdkmetric.NewMeterProvider(sdkmetric.WithReader(exporter))
}

func newEngine(b testing.TB, use func(testing.TB, *gin.Engine)) *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	use(b, engine)
	engine.GET("/items/:id", func(c *gin.Context) { c.Status(http.StatusOK) })
	return engine
}

// BenchmarkRequest is one request after the other.
func BenchmarkRequest(b *testing.B) {
	for _, p := range peers {
		b.Run(p.name, func(b *testing.B) {
			engine := newEngine(b, p.use)
			w, r := nowhere{http.Header{}}, httptest.NewRequest(http.MethodGet, "/items/42", nil)
			b.ReportAllocs()
			for b.Loop() {
				r.Response = nil // as in every request that a server makes
				engine.ServeHTTP(w, r)
			}
		})
	}
}

// BenchmarkParallel has all processors request the same.
func BenchmarkParallel(b *testing.B) {
	for _, p := range peers {
		b.Run(p.name, func(b *testing.B) {
			engine := newEngine(b, p.use)
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				w, r := nowhere{http.Header{}}, httptest.NewRequest(http.MethodGet, "/items/42", nil)
				for pb.Next() {
					r.Response = nil
					engine.ServeHTTP(w, r)
				}
			})
		})
	}
}

// nowhere is a response writer that costs nothing.
type nowhere struct{ header http.Header }

func (w nowhere) Header() http.Header       { return w.header }
func (nowhere) Write(p []byte) (int, error) { return len(p), nil }
func (nowhere) WriteHeader(int)             {}
