package telemetry

import (
	"log/slog"
	"regexp"
	"strings"
	"sync"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

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
		if err, ok := arg.(error); ok {
			l.each(err)
		}
	}
}

// each takes a list of errors apart.
func (l *scrapeLog) each(err error) {
	list, ok := err.(prometheus.MultiError) //nolint:errorlint // what wraps a list says more than its parts
	if !ok {
		l.once(err)
		return
	}
	for _, one := range list {
		l.each(one)
	}
}

func (l *scrapeLog) once(err error) {
	// Errors of the registry can quote a metric over several lines.
	text := strings.Join(strings.Fields(err.Error()), " ")
	// What client_golang says of a collector that panicked ends with a stack,
	// whose addresses are new every time.
	kind, _, _ := strings.Cut(text, "stack trace=")
	if l.isNew(number.ReplaceAllString(kind, "#")) {
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
