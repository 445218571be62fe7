package telemetry

import (
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Handler serves the metrics in the format that the scraper asks for: the text
// format, OpenMetrics or protobuf, compressed if it accepts that. If some
// metrics cannot be collected, the others are served, the failure is counted
// in promhttp_metric_handler_errors_total, and the reason is logged once.
// (OpenTelemetry's exporter logs a conflict of types in every scrape as well,
// through a logger that only otel.SetLogger can change.)
func (t *Telemetry) Handler() http.Handler { return t.handler }

func newHandler(registry *prometheus.Registry, logger *slog.Logger) http.Handler {
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{
		ErrorHandling:     promhttp.ContinueOnError,
		ErrorLog:          &scrapeLog{logger: logger},
		Registry:          registry, // for the error counter, catalog.HandlerErrors
		EnableOpenMetrics: true,
	})
}

// maxScrapeErrors bounds what scrapeLog remembers and writes.
const maxScrapeErrors = 50

// number matches what may differ between two scrapes that fail alike.
var number = regexp.MustCompile(`[0-9][0-9.eE+-]*`)

// scrapeLog logs each kind of error once. A metric that conflicts with another
// fails every scrape, and a line every few seconds helps nobody.
type scrapeLog struct {
	logger *slog.Logger
	mu     sync.Mutex
	seen   map[string]bool
}

// Println implements [promhttp.Logger]. The last argument is the error, which
// may hold several.
func (l *scrapeLog) Println(args ...any) {
	for _, arg := range args {
		switch err := arg.(type) {
		case prometheus.MultiError:
			for _, one := range err {
				l.once(one)
			}
		case error:
			l.once(err)
		}
	}
}

func (l *scrapeLog) once(err error) {
	// Errors of the registry can quote a metric over several lines.
	text := strings.Join(strings.Fields(err.Error()), " ")
	if l.isNew(number.ReplaceAllString(text, "#")) {
		l.logger.Error("metrics endpoint: left out what failed; look for two metrics of one name and different type or description",
			"error", text, "counted_in", catalog.HandlerErrors.PrometheusName())
	}
}

func (l *scrapeLog) isNew(kind string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.seen[kind] || len(l.seen) >= maxScrapeErrors {
		return false
	}
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	l.seen[kind] = true
	return true
}
