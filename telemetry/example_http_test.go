package telemetry_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/ginsight/ginsight/telemetry"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// What a service measures beyond the standard is declared in a catalogue of its
// own, so that queries and checks know it.
const (
	// Plan is what a customer pays for.
	Plan catalog.Label = "shop.plan"
	// Channel is how an order came in.
	Channel catalog.Label = "shop.channel"
)

var (
	// RequestDuration has the service's label as well.
	RequestDuration = catalog.RequestDuration.With(Plan)
	// Orders is a metric of the service's own.
	Orders = catalog.Counter{Desc: catalog.Desc{
		Name: "shop.orders", Unit: "{order}", Help: "Orders placed.", Labels: []catalog.Label{Channel},
	}}
)

// A service's own metric, from its catalogue to the endpoint.
func ExampleTelemetry_MeterProvider_catalogue() {
	tel, err := telemetry.New(context.Background(), telemetry.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tel.Shutdown(context.Background())

	orders, err := tel.MeterProvider().Meter("example.com/shop").Int64Counter(Orders.Name,
		metric.WithUnit(Orders.Unit), metric.WithDescription(Orders.Help))
	if err != nil {
		fmt.Println(err)
		return
	}
	orders.Add(context.Background(), 3, metric.WithAttributes(attribute.String(string(Channel), "web")))

	printLines(get(tel.Handler(), "/metrics"), Orders.PrometheusName())
	fmt.Println("in a query:", Orders.PrometheusName(), "by", Channel.Name())
	fmt.Println("conflicts:", catalog.Validate(append(catalog.All(), Orders)))
	// Output:
	// shop_orders_total{shop_channel="web"} 3
	// in a query: shop_orders_total by shop_channel
	// conflicts: <nil>
}

// An attribute of the service's own on the metrics of its requests. What clients
// send outside the declared values is one series, not many.
func ExampleAttribute() {
	gin.SetMode(gin.ReleaseMode)
	tel, err := telemetry.New(context.Background(), telemetry.Config{HTTP: telemetry.HTTPConfig{
		Attributes: []telemetry.Attribute{{
			Label:  Plan,
			Values: []string{"free", "paid"},
			Value:  func(c *gin.Context) string { return c.GetHeader("X-Plan") },
		}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tel.Shutdown(context.Background())
	engine := gin.New()
	engine.Use(tel.Middleware())
	engine.GET("/orders", func(c *gin.Context) { c.Status(http.StatusNoContent) })

	for _, plan := range []string{"free", "paid", "paid", "x1", "x2"} {
		r := httptest.NewRequest(http.MethodGet, "/orders", nil)
		r.Header.Set("X-Plan", plan)
		engine.ServeHTTP(httptest.NewRecorder(), r)
	}
	printLines(get(tel.Handler(), "/metrics"), RequestDuration.Count().Cumulative().Name)
	// Unordered output:
	// http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="204",http_route="/orders",network_protocol_version="1.1",shop_plan="_OTHER",url_scheme="http"} 2
	// http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="204",http_route="/orders",network_protocol_version="1.1",shop_plan="free",url_scheme="http"} 1
	// http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="204",http_route="/orders",network_protocol_version="1.1",shop_plan="paid",url_scheme="http"} 2
}

// The requests that a service makes.
func ExampleTelemetry_RoundTripper() {
	tel, err := telemetry.New(context.Background(), telemetry.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tel.Shutdown(context.Background())
	client := &http.Client{Transport: tel.RoundTripper(stock{})}

	ctx := telemetry.WithURLTemplate(context.Background(), "/items/{id}")
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://stock.example.com/items/42", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := client.Do(req)
	if err != nil {
		fmt.Println(err)
		return
	}
	res.Body.Close()

	printLines(get(tel.Handler(), "/metrics"), catalog.ClientRequestDuration.Count().Cumulative().Name)
	// Output:
	// http_client_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",network_protocol_version="1.1",server_address="stock.example.com",server_port="443",url_template="/items/{id}"} 1
}

// stock stands for the network.
type stock struct{}

func (stock) RoundTrip(req *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, ProtoMajor: 1, ProtoMinor: 1, Body: http.NoBody, Request: req}, nil
}

// Outside the engine, what Gin answers before any middleware counts as well.
func ExampleTelemetry_Wrap() {
	gin.SetMode(gin.ReleaseMode)
	tel, err := telemetry.New(context.Background(), telemetry.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tel.Shutdown(context.Background())
	engine := gin.New()
	engine.Use(tel.Middleware())
	engine.GET("/orders", func(c *gin.Context) { c.Status(http.StatusNoContent) })

	server := http.Server{Handler: tel.Wrap(engine)}
	get(server.Handler, "/orders")
	get(server.Handler, "/orders/") // Gin redirects this one

	printLines(get(tel.Handler(), "/metrics"), catalog.RequestDuration.Count().Cumulative().Name)
	// Unordered output:
	// http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="204",http_route="/orders",network_protocol_version="1.1",url_scheme="http"} 1
	// http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="301",network_protocol_version="1.1",url_scheme="http"} 1
}
