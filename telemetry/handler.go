package telemetry

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	// Registers zstd with promhttp, beside gzip.
	_ "github.com/prometheus/client_golang/prometheus/promhttp/zstd"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Handler serves the metrics in the format that the scraper asks for: the text
// format, OpenMetrics or protobuf, compressed with gzip or zstd if it accepts
// that. Names are those that every Prometheus knows, with underscores.
//
// Concurrent scrapes share collections. A scrape that says how long it waits
// (X-Prometheus-Scrape-Timeout-Seconds) is answered with 503 if the metrics
// cannot be collected in that time. If some of them cannot be collected at all,
// the others are served. Both is counted in
// promhttp_metric_handler_errors_total, and the reason is logged once.
// (OpenTelemetry's exporter logs a conflict of types in every scrape as well,
// through a logger that only otel.SetLogger can change.)
//
// Anybody who reaches the handler can read it; see [Guard] for what to put in
// front, and package telemetry/endpoint for a port of its own.
func (t *Telemetry) Handler() http.Handler { return t.handler }

// Causes of errors that catalog.HandlerErrors tells apart. The first two are
// promhttp's.
const (
	causeGathering = "gathering"
	causeEncoding  = "encoding"
	causeDeadline  = "deadline"
)

// handler is the metrics endpoint.
type handler struct {
	collections collections
	options     promhttp.HandlerOpts
	late        prometheus.Counter
	scrapers    scrapers
}

func newHandler(shown *exposition, logger *slog.Logger) *handler {
	desc := catalog.HandlerErrors.Describe()
	// promhttp finds this counter in the registry and takes it for its own.
	failures := prometheus.NewCounterVec(prometheus.CounterOpts{Name: desc.Name, Help: desc.Help},
		[]string{catalog.Cause.Name()})
	shown.main.registry.MustRegister(failures)
	for _, cause := range []string{causeGathering, causeEncoding} {
		failures.WithLabelValues(cause)
	}
	return &handler{
		collections: collections{gather: shown.gather},
		late:        failures.WithLabelValues(causeDeadline),
		options: promhttp.HandlerOpts{
			ErrorHandling:     promhttp.ContinueOnError,
			ErrorLog:          &scrapeLog{logger: logger},
			Registry:          shown.main.registry,
			EnableOpenMetrics: true,
		},
	}
}

// ServeHTTP implements [http.Handler].
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	arrived, ctx := time.Now(), r.Context()
	patience, scraper := scrapeTimeout(r.Header)
	if scraper {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, patience)
		defer cancel()
	}
	metrics := h.collections.join()
	select {
	case <-metrics.done:
	case <-ctx.Done():
		if r.Context().Err() == nil {
			h.late.Inc()
			http.Error(w, "The metrics could not be collected in the time that the scraper waits.", http.StatusServiceUnavailable)
		}
		return
	}
	out := &watchedWriter{ResponseWriter: w}
	promhttp.HandlerFor(metrics, h.options).ServeHTTP(out, r)
	// With name[] it saw a part only, and after its deadline it may have hung up.
	if scraper && out.complete() && ctx.Err() == nil && !r.URL.Query().Has("name[]") {
		h.scrapers.served(r.RemoteAddr, arrived)
	}
}

// watchedWriter remembers whether what was written was a whole answer.
type watchedWriter struct {
	http.ResponseWriter
	failed bool
}

func (w *watchedWriter) WriteHeader(status int) {
	w.failed = w.failed || status != http.StatusOK
	w.ResponseWriter.WriteHeader(status)
}

func (w *watchedWriter) Write(p []byte) (int, error) {
	n, err := w.ResponseWriter.Write(p)
	w.failed = w.failed || err != nil
	return n, err
}

func (w *watchedWriter) complete() bool { return !w.failed }
