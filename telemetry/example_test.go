package telemetry_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/ginsight/ginsight/telemetry"
)

// Three lines in an existing service.
func Example() {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()

	tel, err := telemetry.New(context.Background(), telemetry.Config{ServiceName: "shop"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tel.Shutdown(context.Background())
	engine.Use(tel.Middleware())
	engine.GET("/metrics", gin.WrapH(tel.Handler()))

	engine.GET("/orders/:id", func(c *gin.Context) { c.String(http.StatusOK, "an order") })

	get(engine, "/orders/42")
	printLines(get(engine, "/metrics"), "http_server_request_duration_seconds_count")
	// Output:
	// http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",http_route="/orders/:id",network_protocol_version="1.1",url_scheme="http"} 1
}

// A metric of the service's own appears on the same endpoint.
func ExampleTelemetry_MeterProvider() {
	tel, err := telemetry.New(context.Background(), telemetry.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tel.Shutdown(context.Background())

	meter := tel.MeterProvider().Meter("example.com/shop")
	orders, err := meter.Int64Counter("shop.orders",
		metric.WithUnit("{order}"), metric.WithDescription("Orders placed."))
	if err != nil {
		fmt.Println(err)
		return
	}
	orders.Add(context.Background(), 3, metric.WithAttributes(attribute.String("shop.channel", "web")))

	printLines(get(tel.Handler(), "/metrics"), "shop_orders")
	// Output:
	// shop_orders_total{shop_channel="web"} 3
}

func get(h http.Handler, path string) string {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
	return rec.Body.String()
}

func printLines(text, prefix string) {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, prefix) {
			fmt.Print(line)
		}
	}
}
