package telemetry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	dto "github.com/prometheus/client_model/go"
)

// scrape is a request for the metrics with headers.
func scrape(t *testing.T, header map[string]string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
	for k, v := range header {
		r.Header.Set(k, v)
	}
	return r
}

// patient is the header of a scraper.
var patient = map[string]string{timeoutHeader: "10"}

func body(h http.Handler, r *http.Request) string {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec.Body.String()
}

func TestScrapeTimeout(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"": 0, "soon": 0, "-1": 0, "0": 0, "NaN": 0, "-Inf": 0,
		"1": 900 * time.Millisecond, "0.1": 90 * time.Millisecond, "15": 14500 * time.Millisecond,
		"1e300": maxTimeout - maxTravel, "+Inf": maxTimeout - maxTravel,
	} {
		got, scraper := scrapeTimeout(http.Header{timeoutHeader: {value}})
		if got != want || scraper != (want > 0) {
			t.Errorf("timeout %q is %s, %t, want %s", value, got, scraper, want)
		}
	}
}

func FuzzScrapeTimeout(f *testing.F) {
	for _, seed := range []string{"", "10", "0.5", "-1", "1e400", "NaN", "0x1p-2", " 1", "1e-320"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		got, scraper := scrapeTimeout(http.Header{timeoutHeader: {value}})
		if got < 0 || got > maxTimeout || !scraper && got != 0 {
			t.Errorf("timeout %q is %s, %t", value, got, scraper)
		}
	})
}

// TestScrapeDeadline has a collection outlast the scraper's patience.
func TestScrapeDeadline(t *testing.T) {
	release := make(chan struct{})
	tel := newTelemetry(t, Config{})
	gather := tel.handler.collections.gather
	tel.handler.collections.gather = func() ([]*dto.MetricFamily, error) { <-release; return gather() }
	rec := httptest.NewRecorder()
	tel.Handler().ServeHTTP(rec, scrape(t, map[string]string{timeoutHeader: "0.001"}))
	if rec.Code != http.StatusServiceUnavailable {
		t.Errorf("status %d, want 503", rec.Code)
	}
	close(release)
	s := &service{telemetry: tel}
	if n := s.handlerErrors(t)["cause=deadline"]; n != 1 {
		t.Errorf("%g deadlines counted, want 1", n)
	}
}

// waiting starts to wait for the final scrape. Call it in a bubble.
func waiting(ctx context.Context, tel *Telemetry) <-chan error {
	done := make(chan error, 1)
	go func() { done <- tel.AwaitFinalScrape(ctx) }()
	synctest.Wait()
	return done
}

func wantWaiting(t *testing.T, done <-chan error, why string) {
	t.Helper()
	synctest.Wait()
	select {
	case err := <-done:
		t.Fatalf("ended with %v %s", err, why)
	default:
	}
}

func TestFinalScrape(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tel := newTelemetry(t, Config{})
		body(tel.Handler(), scrape(t, patient))
		done := waiting(t.Context(), tel)
		wantWaiting(t, done, "before the scrape")

		time.Sleep(time.Second)
		body(tel.Handler(), scrape(t, nil))
		wantWaiting(t, done, "after a request that is no scrape")

		part := scrape(t, patient)
		part.URL.RawQuery = "name[]=up"
		body(tel.Handler(), part)
		wantWaiting(t, done, "after a scrape of a part")

		tel.Handler().ServeHTTP(broken{httptest.NewRecorder()}, scrape(t, patient))
		wantWaiting(t, done, "after a scrape that broke off")

		tel.Handler().ServeHTTP(slow{httptest.NewRecorder()}, scrape(t, patient))
		wantWaiting(t, done, "after a scrape that took too long")

		body(tel.Handler(), scrape(t, patient))
		if err := <-done; err != nil {
			t.Errorf("after the scrape: %v", err)
		}
	})
}

// slow is a connection that takes longer than the scraper waits.
type slow struct{ http.ResponseWriter }

func (s slow) Write(p []byte) (int, error) {
	time.Sleep(time.Second)
	return s.ResponseWriter.Write(p)
}

// broken is a connection that is lost in the middle of the answer.
type broken struct{ http.ResponseWriter }

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// TestFinalScrapeOfAPair has two scrapers, as in a pair for high availability.
func TestFinalScrapeOfAPair(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tel := newTelemetry(t, Config{})
		from := func(host string) {
			r := scrape(t, patient)
			r.RemoteAddr = host + ":1234"
			body(tel.Handler(), r)
		}
		from("192.0.2.1")
		from("192.0.2.2")
		done := waiting(t.Context(), tel)
		time.Sleep(time.Second)
		from("192.0.2.1")
		from("192.0.2.1")
		wantWaiting(t, done, "after the scrapes of one")
		from("192.0.2.2")
		if err := <-done; err != nil {
			t.Errorf("after the scrapes of both: %v", err)
		}
	})
}

// TestFinalScrapeBegunBefore has a scrape arrive before and end after the call:
// it may have missed the last request.
func TestFinalScrapeBegunBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tel := newTelemetry(t, Config{})
		body(tel.Handler(), scrape(t, patient))
		release := make(chan struct{})
		gather := tel.handler.collections.gather
		tel.handler.collections.gather = func() ([]*dto.MetricFamily, error) { <-release; return gather() }
		early := make(chan string)
		go func() { early <- body(tel.Handler(), scrape(t, patient)) }()
		synctest.Wait()
		time.Sleep(time.Second)
		done := waiting(t.Context(), tel)
		close(release)
		<-early
		wantWaiting(t, done, "after a scrape that began before")
		time.Sleep(time.Second)
		body(tel.Handler(), scrape(t, patient))
		if err := <-done; err != nil {
			t.Errorf("after a scrape that began later: %v", err)
		}
	})
}

func TestFinalScrapeGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tel := newTelemetry(t, Config{})
		if err := tel.AwaitFinalScrape(t.Context()); err != nil {
			t.Errorf("nobody ever scraped: %v", err)
		}
		body(tel.Handler(), scrape(t, patient))
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		err := tel.AwaitFinalScrape(ctx)
		if !errors.Is(err, context.DeadlineExceeded) || !strings.HasPrefix(err.Error(), "1 of the scrapers") {
			t.Errorf("the scraper does not come: %v", err)
		}
		time.Sleep(forgotten)
		if err := tel.AwaitFinalScrape(t.Context()); err != nil {
			t.Errorf("the scraper has been gone for long: %v", err)
		}
	})
}

func TestScrapersAreBounded(t *testing.T) {
	var s scrapers
	for i := range 10 * maxScrapers {
		s.served(fmt.Sprintf("[2001:db8::%x]:9", i), time.Now())
	}
	if n := len(s.arrived); n != maxScrapers {
		t.Errorf("%d scrapers remembered, want %d", n, maxScrapers)
	}
}
