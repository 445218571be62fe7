package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"go.uber.org/goleak"

	"github.com/ginsight/ginsight/service/fate"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

func TestMain(m *testing.M) {
	gin.SetMode(gin.TestMode)
	goleak.VerifyTestMain(m)
}

// running is an app that serves, and a client of it.
type running struct {
	*App
	t      *testing.T
	client *http.Client
	// stop tells the app to stop; ended waits for it and returns what Run did.
	stop  context.CancelFunc
	ended func() error
}

// run starts the app on a free port; change, which may be nil, is called before.
func run(t *testing.T, cfg Config, change func(*App, *gin.Engine)) *running {
	t.Helper()
	cfg.Addr = "127.0.0.1:0"
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	a, err := New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(a, a.engine)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	r := &running{
		App: a, t: t, stop: stop,
		client: &http.Client{Transport: &http.Transport{}},
		ended:  sync.OnceValue(func() error { return <-ended }),
	}
	t.Cleanup(func() {
		stop()
		r.wait() //nolint:errcheck // the tests of an end look at it themselves
	})
	return r
}

// wait returns what Run returned. A connection that the client opened and did not
// use would hold a graceful stop up for seconds.
func (r *running) wait() error {
	r.client.CloseIdleConnections()
	return r.ended()
}

func (r *running) open(method, path, body string, header ...string) *http.Response {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), method, "http://"+r.Addr()+path, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := r.client.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	return res
}

func (r *running) do(method, path, body string, header ...string) (*http.Response, string) {
	r.t.Helper()
	res := r.open(method, path, body, header...)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return res, string(text)
}

func TestPortInUseIsAnErrorOfNew(t *testing.T) {
	r := run(t, Config{}, nil)
	_, err := New(t.Context(), Config{Addr: r.Addr()})
	if !errors.Is(err, syscall.EADDRINUSE) || !strings.Contains(err.Error(), r.Addr()) {
		t.Errorf("New on a port in use: %v, want an error that names %s", err, r.Addr())
	}
	if strings.Contains(fmt.Sprint(err), "\n") {
		t.Errorf("the error has more than one line: %q", err)
	}
}

func TestCloseFreesTheListener(t *testing.T) {
	a, err := New(t.Context(), Config{Addr: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	again, err := New(t.Context(), Config{Addr: a.Addr()})
	if err != nil {
		t.Fatalf("the port is not free after Close: %v", err)
	}
	again.Close()
}

// freed stops the app and returns the address that it had.
func (r *running) freed() string {
	r.stop()
	if err := r.wait(); err != nil {
		r.t.Fatal(err)
	}
	return r.Addr()
}

// blocked adds a route that waits, and says when it is in it.
func blocked(entered, release chan struct{}) func(*App, *gin.Engine) {
	return func(_ *App, e *gin.Engine) {
		e.GET("/blocked", func(c *gin.Context) {
			close(entered)
			<-release
			c.String(http.StatusOK, "done")
		})
	}
}

func TestStopLetsRequestsInFlightEnd(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	r := run(t, Config{}, blocked(entered, release))
	answer := make(chan string, 1)
	go func() {
		res, body := r.do("GET", "/blocked", "")
		answer <- res.Status + " " + body
	}()
	<-entered
	r.stop()
	<-r.draining
	close(release)
	if got, want := <-answer, "200 OK done"; got != want {
		t.Errorf("a request in flight ended with %q, want %q", got, want)
	}
	if err := r.wait(); err != nil {
		t.Errorf("Run: %v", err)
	}
}

func TestStopLetsSlowWorkEnd(t *testing.T) {
	t.Parallel()
	r := run(t, Config{Seed: 7}, nil)
	seq := slowest(7, fate.ReadReport)
	answer := make(chan int, 1)
	go func() {
		res, _ := r.do("GET", "/api/reports/items", "", fate.Header, fmt.Sprint(seq))
		answer <- res.StatusCode
	}()
	active := fmt.Sprintf("\n%s{%s=\"GET\",%s=\"http\"} 1\n",
		catalog.ActiveRequests.PrometheusName(), catalog.Method.Name(), catalog.Scheme.Name())
	for !strings.Contains(r.metrics(), active) {
		time.Sleep(time.Millisecond) // until the request has arrived
	}
	r.stop()
	if got := <-answer; got != http.StatusOK {
		t.Errorf("a slow request in flight ended with %d, want 200", got)
	}
	if err := r.wait(); err != nil {
		t.Errorf("Run: %v", err)
	}
}

// slowest is the number below 200 that has the longest delay.
func slowest(seed uint64, route fate.Route) (number uint64) {
	for seq := range uint64(200) {
		if fate.Of(seed, route, seq).Delay > fate.Of(seed, route, number).Delay {
			number = seq
		}
	}
	return number
}

func (r *running) metrics() string {
	_, body := r.do("GET", "/metrics", "")
	return body
}

func TestStopEndsStreams(t *testing.T) {
	r := run(t, Config{}, nil)
	res := r.open("GET", fmt.Sprintf("/api/events?limit=%d", maxEvents), "")
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	events := 0
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "data:") {
			events++
			r.stop() // from the first event on
		}
	}
	if lines.Err() != nil {
		t.Errorf("the stream did not end as it should: %v", lines.Err())
	}
	if events == 0 || events == maxEvents {
		t.Errorf("%d events came before the stream ended, want some but not all %d", events, maxEvents)
	}
	if err := r.wait(); err != nil {
		t.Errorf("Run: %v", err)
	}
}

func TestStopCutsOffWhatOutlivesTheGrace(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	r := run(t, Config{Grace: time.Millisecond}, blocked(entered, release))
	cut := make(chan error, 1)
	go func() {
		_, err := r.client.Get("http://" + r.Addr() + "/blocked")
		cut <- err
	}()
	<-entered
	r.stop()
	if err := r.wait(); err == nil || !strings.Contains(err.Error(), "cut off after 1ms of grace") {
		t.Errorf("Run: %v, want an error that says what was cut off", err)
	}
	if err := <-cut; err == nil {
		t.Error("the client got an answer from a handler that never gave one")
	}
}

// scrape is what Prometheus does; it has no answer when the service has ended.
func (r *running) scrape() (text string, ok bool) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), "GET", "http://"+r.Addr()+metricsPath, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("X-Prometheus-Scrape-Timeout-Seconds", "10")
	res, err := r.client.Do(req)
	if err != nil {
		return "", false
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return string(body), err == nil
}

func TestStopWaitsForALastScrape(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	r := run(t, Config{}, blocked(entered, release))
	r.scrape()
	answer := make(chan int, 1)
	go func() {
		res, _ := r.do("GET", "/blocked", "")
		answer <- res.StatusCode
	}()
	<-entered
	r.stop()
	<-r.draining
	for status := 0; status != http.StatusServiceUnavailable; {
		res, _ := r.do("GET", "/health", "") // until the gate is closed
		status = res.StatusCode
	}
	close(release)
	if got := <-answer; got != http.StatusOK {
		t.Errorf("the last request ended with %d", got)
	}
	seen := ""
	for text, ok := r.scrape(); ok; text, ok = r.scrape() {
		seen = text
	}
	if last := fmt.Sprintf("%s=\"/blocked\"", catalog.Route.Name()); !strings.Contains(seen, last) {
		t.Errorf("the last scrape did not see the last request:\n%s", seen)
	}
	if err := r.wait(); err != nil {
		t.Errorf("Run: %v", err)
	}
}

func TestStopDoesNotWaitForeverForAScrape(t *testing.T) {
	var log strings.Builder
	r := run(t, Config{ScrapeGrace: time.Millisecond, Logger: slog.New(slog.NewTextHandler(&log, nil))}, nil)
	r.scrape()
	r.stop()
	if err := r.wait(); err != nil {
		t.Errorf("Run: %v", err)
	}
	if !strings.Contains(log.String(), "the last figures may be lost") {
		t.Errorf("the log does not say what is lost:\n%s", &log)
	}
}

func TestRunReportsABrokenListener(t *testing.T) {
	r := run(t, Config{}, nil)
	r.do("GET", "/health", "") // it serves
	r.listener.Close()
	if err := r.wait(); err == nil || !strings.Contains(err.Error(), r.Addr()) {
		t.Errorf("Run: %v, want an error that names %s", err, r.Addr())
	}
}

func TestNothingIsLoggedOfARequestUnlessDebugging(t *testing.T) {
	for level, want := range map[slog.Level]bool{slog.LevelInfo: false, slog.LevelDebug: true} {
		var log strings.Builder
		r := run(t, Config{Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: level}))}, nil)
		r.do("GET", "/api/orders/1?token=secret", "")
		r.stop()
		if err := r.wait(); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(log.String(), "route=/api/orders/:id status=200"); got != want {
			t.Errorf("at level %s the request is logged: %t, want %t\n%s", level, got, want, log.String())
		}
		if strings.Contains(log.String(), "secret") {
			t.Errorf("the query is in the log:\n%s", log.String())
		}
	}
}
