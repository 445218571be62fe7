package telemetry_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/gin-gonic/gin"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"

	"github.com/ginsight/ginsight/telemetry"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Native histograms for a Prometheus that asks for them, with
// scrape_native_histograms: true in the job.
func ExampleHistograms() {
	tel, err := telemetry.New(context.Background(), telemetry.Config{Histograms: telemetry.Native})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tel.Shutdown(context.Background())
	engine := gin.New()
	engine.Use(tel.Middleware())
	engine.GET("/report", func(c *gin.Context) { c.String(http.StatusOK, "%1000d", 42) })
	get(engine, "/report")

	sizes := family(tel.Handler(), catalog.ResponseBodySize.PrometheusName())
	h := sizes.GetMetric()[0].GetHistogram()
	fmt.Println(len(h.GetBucket()), "classic buckets,", len(h.GetPositiveSpan()), "native one")
	fmt.Println("count", h.GetSampleCount(), "sum", h.GetSampleSum())
	// Output:
	// 0 classic buckets, 1 native one
	// count 1 sum 1000
}

// family scrapes in the protobuf format, as Prometheus does.
func family(h http.Handler, name string) *dto.MetricFamily {
	r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
	r.Header.Set("Accept", string(expfmt.NewFormat(expfmt.TypeProtoDelim)))
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	decoder := expfmt.NewDecoder(rec.Body, expfmt.ResponseFormat(rec.Header()))
	for {
		family := &dto.MetricFamily{}
		if err := decoder.Decode(family); err != nil || family.GetName() == name {
			return family
		}
	}
}

// Metrics on the service's own port, for those who know a token. In Prometheus
// the job has authorization: {credentials_file: ...}.
func ExampleGuard() {
	tel, err := telemetry.New(context.Background(), telemetry.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tel.Shutdown(context.Background())

	guard := telemetry.Guard{BearerToken: "from METRICS_TOKEN"}
	metrics, err := guard.Handler(tel.Handler())
	if err != nil {
		fmt.Println(err)
		return
	}
	engine := gin.New()
	engine.GET("/metrics", gin.WrapH(metrics))

	fmt.Print(get(engine, "/metrics"))
	fmt.Println(guard.BearerToken)
	// Output:
	// Unauthorized
	// <secret>
}

// A service with one port that loses none of its last figures: it takes no more
// requests, ends those under way, and lets Prometheus come once more.
func ExampleGate() {
	tel, err := telemetry.New(context.Background(), telemetry.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	engine := gin.New()
	engine.Use(tel.Middleware())
	engine.GET("/metrics", gin.WrapH(tel.Handler()))
	gate := telemetry.NewGate(engine, "/metrics")
	server := httptest.NewServer(gate) // an http.Server, really

	// When the service is told to stop:
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	fmt.Println("requests ended:", gate.Close(ctx))
	fmt.Println("last scrape:", tel.AwaitFinalScrape(ctx)) // at once, if nobody ever came
	server.Close()
	fmt.Println("telemetry:", tel.Shutdown(ctx))
	// Output:
	// requests ended: <nil>
	// last scrape: <nil>
	// telemetry: <nil>
}
