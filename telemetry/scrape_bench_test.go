package telemetry

import (
	"context"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel/attribute"
	otelprometheus "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// What a Prometheus asks for, with and without scrape_native_histograms.
const (
	acceptText     = "text/plain;version=0.0.4"
	acceptProtobuf = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"
)

const (
	scrapedSeries = 10_000
	perSeries     = 50 // values
)

// BenchmarkScrape is one scrape of 10,000 histogram series with 5 attributes, 50
// values in each: here, with the exporter of OpenTelemetry as it comes, and with
// client_golang.
func BenchmarkScrape(b *testing.B) {
	for _, form := range []struct {
		name       string
		histograms Histograms
		accept     string
	}{
		{"text", Classic, acceptText},
		{"protobuf", Classic, acceptProtobuf},
		{"native", Native, acceptProtobuf},
	} {
		for _, by := range []struct {
			name string
			new  func(*testing.B, Histograms) (http.Handler, func([]attribute.KeyValue) func(float64))
		}{
			{"ginsight", scrapeOurs}, {"exporter", scrapeExporter}, {"client_golang", scrapeClient},
		} {
			b.Run(form.name+"/"+by.name, func(b *testing.B) {
				handler, series := by.new(b, form.histograms)
				fill(series)
				scrapeAll(b, handler, form.accept)
			})
		}
	}
}

// fill records durations as services have them, around 20 ms.
func fill(series func([]attribute.KeyValue) func(float64)) {
	random := rand.New(rand.NewPCG(1, 2))
	for i := range scrapedSeries {
		record := series([]attribute.KeyValue{
			attribute.String(string(catalog.Method), "GET"), attribute.String(string(catalog.Route), "/items/"+strconv.Itoa(i)+"/:id"),
			attribute.Int(string(catalog.StatusCode), 200), attribute.String(string(catalog.Scheme), "http"),
			attribute.String(string(catalog.ProtocolVersion), "1.1"),
		})
		for range perSeries {
			record(.02 * math.Exp(random.NormFloat64()))
		}
	}
}

func scrapeAll(b *testing.B, handler http.Handler, accept string) {
	b.ReportAllocs()
	r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
	r.Header.Set("Accept", accept)
	var w counter
	for b.Loop() {
		w = counter{header: http.Header{}}
		handler.ServeHTTP(&w, r)
	}
	b.ReportMetric(float64(w.bytes), "bytes/scrape")
}

// counter is a response writer that only counts.
type counter struct {
	header http.Header
	bytes  int
}

func (w *counter) Header() http.Header { return w.header }
func (w *counter) WriteHeader(int)     {}
func (w *counter) Write(p []byte) (int, error) {
	w.bytes += len(p)
	return len(p), nil
}

func scrapeOurs(b *testing.B, form Histograms) (http.Handler, func([]attribute.KeyValue) func(float64)) {
	tel, err := New(b.Context(), Config{SeriesLimit: -1, Histograms: form})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = tel.Shutdown(context.Background()) })
	h, err := newFloat64Histogram(tel.meter(), catalog.RequestDuration)
	if err != nil {
		b.Fatal(err)
	}
	return tel.Handler(), func(attrs []attribute.KeyValue) func(float64) {
		bound := bindDuration(h, attrs)
		return func(v float64) { bound.Record(context.Background(), v) }
	}
}

func scrapeExporter(b *testing.B, form Histograms) (http.Handler, func([]attribute.KeyValue) func(float64)) {
	registry := prometheus.NewRegistry()
	selector := classicForm
	if form == Native {
		selector = nativeForm
	}
	exporter, err := otelprometheus.New(otelprometheus.WithRegisterer(registry), otelprometheus.WithAggregationSelector(selector))
	if err != nil {
		b.Fatal(err)
	}
	meter := sdkmetric.NewMeterProvider(sdkmetric.WithReader(exporter), sdkmetric.WithCardinalityLimit(-1)).Meter(scope)
	h, err := newFloat64Histogram(meter, catalog.RequestDuration)
	if err != nil {
		b.Fatal(err)
	}
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{}), func(attrs []attribute.KeyValue) func(float64) {
		set := metric.WithAttributeSet(attribute.NewSet(attrs...))
		return func(v float64) { h.Record(context.Background(), v, set) }
	}
}

func scrapeClient(_ *testing.B, form Histograms) (http.Handler, func([]attribute.KeyValue) func(float64)) {
	d := catalog.RequestDuration
	options := prometheus.HistogramOpts{Name: d.PrometheusName(), Help: d.Help}
	if form == Native {
		// The same resolution as ours.
		options.NativeHistogramBucketFactor, options.NativeHistogramMaxBucketNumber = math.Pow(2, math.Pow(2, -nativeMaxScale)), nativeBuckets
	} else {
		options.Buckets = d.Buckets
	}
	h := prometheus.NewHistogramVec(options, []string{
		catalog.Method.Name(), catalog.Route.Name(), catalog.StatusCode.Name(), catalog.Scheme.Name(), catalog.ProtocolVersion.Name(),
	})
	registry := prometheus.NewRegistry()
	registry.MustRegister(h)
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{}), func(attrs []attribute.KeyValue) func(float64) {
		var values []string
		for _, kv := range attrs {
			values = append(values, kv.Value.String())
		}
		return h.WithLabelValues(values...).Observe
	}
}
