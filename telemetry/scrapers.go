package telemetry

import (
	"context"
	"fmt"
	"math"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// timeoutHeader is how Prometheus, and what is built from it (vmagent, Alloy, the
// Collector's receiver), says how many seconds it waits for an answer. It also
// tells a scraper from a person and from a probe.
const timeoutHeader = "X-Prometheus-Scrape-Timeout-Seconds"

// An answer has to travel, so it must be ready a little before the scraper hangs
// up: a tenth of the time, but never more than this. And nobody waits forever.
const (
	maxTravel  = 500 * time.Millisecond
	maxTimeout = 10 * time.Minute
)

// scrapeTimeout is how long an answer may take, and whether the request says so.
func scrapeTimeout(header http.Header) (time.Duration, bool) {
	seconds, err := strconv.ParseFloat(header.Get(timeoutHeader), 64)
	if err != nil || math.IsNaN(seconds) || seconds <= 0 {
		return 0, false
	}
	timeout := time.Duration(min(seconds, maxTimeout.Seconds()) * float64(time.Second))
	return timeout - min(timeout/10, maxTravel), true
}

// AwaitFinalScrape waits until everybody who scrapes the endpoint has had an
// answer in full to a scrape that began after the call, so that nothing that was
// measured before it is lost. Call it when the service has ended its requests and
// before the endpoint goes away; see [Gate] for a service with one port.
//
// Scrapers are those that send X-Prometheus-Scrape-Timeout-Seconds and came in
// the last five minutes, told apart by their addresses without the port: of two
// that share an address, such as two behind one proxy, it waits for one. If there
// are none it returns at once. If ctx ends first, the error says how many did not
// come and wraps the cause.
func (t *Telemetry) AwaitFinalScrape(ctx context.Context) error {
	s, since := &t.handler.scrapers, time.Now()
	for {
		missing, another := s.missing(since)
		if missing == 0 {
			return nil
		}
		select {
		case <-another:
		case <-ctx.Done():
			return fmt.Errorf("%d of the scrapers did not come for the last figures: %w", missing, context.Cause(ctx))
		}
	}
}

const (
	// forgotten is after how long a scraper that stays away counts as gone:
	// Prometheus itself drops a series then.
	forgotten = 5 * time.Minute
	// maxScrapers bounds what is remembered, since anybody can send the header.
	maxScrapers = 16
)

// scrapers remembers when each scraper came last and went away satisfied.
type scrapers struct {
	mu      sync.Mutex
	arrived map[string]time.Time
	another chan struct{} // closed with the next scrape, if somebody waits for it
}

// served notes that a scraper got what was there at the time of its arrival.
func (s *scrapers) served(remote string, arrived time.Time) {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote // a Unix socket, or a test
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget(arrived)
	last, known := s.arrived[host]
	if !known && len(s.arrived) == maxScrapers {
		return
	}
	if s.arrived == nil {
		s.arrived = map[string]time.Time{}
	}
	if arrived.After(last) { // or another scrape of the same one overtook it
		s.arrived[host] = arrived
	}
	if s.another != nil {
		close(s.another)
		s.another = nil
	}
}

// forget drops the scrapers that have gone.
func (s *scrapers) forget(now time.Time) {
	for host, last := range s.arrived {
		if now.Sub(last) > forgotten {
			delete(s.arrived, host)
		}
	}
}

// missing is the number of scrapers that have not come since a time, and what is
// closed when the next one has come.
func (s *scrapers) missing(since time.Time) (n int, another <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget(time.Now())
	for _, last := range s.arrived {
		if !last.After(since) {
			n++
		}
	}
	if s.another == nil {
		s.another = make(chan struct{})
	}
	return n, s.another
}
