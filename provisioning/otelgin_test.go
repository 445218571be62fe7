package main

import (
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	otelprom "go.opentelemetry.io/otel/exporters/prometheus"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/check"
)

// The boards serve any service that follows the semantic conventions: here one
// that was instrumented with otelgin and has never heard of this project.
func TestBoardsOnOtelgin(t *testing.T) {
	registry := prometheus.NewRegistry()
	exporter, err := otelprom.New(otelprom.WithRegisterer(registry))
	if err != nil {
		t.Fatal(err)
	}
	provider := sdkmetric.NewMeterProvider(sdkmetric.WithReader(exporter))
	engine := gin.New()
	engine.GET("/metrics", gin.WrapH(promhttp.HandlerFor(registry, promhttp.HandlerOpts{})))
	engine.Use(otelgin.Middleware("shop", otelgin.WithMeterProvider(provider)))
	engine.GET("/orders/:id", func(c *gin.Context) {
		time.Sleep(time.Duration(rand.IntN(20)) * time.Millisecond)
		c.String(http.StatusOK, "an order")
	})
	engine.POST("/orders", func(c *gin.Context) { c.String(http.StatusServiceUnavailable, "not now") })
	server := httptest.NewServer(engine)
	defer server.Close()

	done := make(chan struct{})
	defer func() { <-done }()
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		defer close(done)
		for {
			for _, call := range []func() (*http.Response, error){
				func() (*http.Response, error) { return http.Get(server.URL + "/orders/7") },
				func() (*http.Response, error) {
					return http.Post(server.URL+"/orders", "text/plain", strings.NewReader("tea"))
				},
				func() (*http.Response, error) { return http.Get(server.URL + "/nowhere") },
			} {
				if resp, err := call(); err == nil {
					resp.Body.Close()
				}
			}
			select {
			case <-stop:
				return
			default:
			}
		}
	}()

	src, err := check.NewExposition(t.Context(), server.URL+"/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	list, err := boards.Checked()
	if err != nil {
		t.Fatal(err)
	}
	report, err := check.Boards(t.Context(), src, named(list, []string{"HTTP overview", "Routes", "SLO"}), check.Options{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range report.Rows {
		// otelgin v0.71.0 does not count the requests in flight.
		want := check.OK
		if strings.HasPrefix(row.Panel, "In flight") {
			want = check.Empty
		}
		if row.State() != want {
			t.Errorf("%s: %s: %v, want %v", row.Board, row.Panel, row.State(), want)
		}
	}
	if len(report.Rows) < 30 {
		t.Errorf("only %d panels", len(report.Rows))
	}
}
