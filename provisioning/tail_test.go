package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ginsight/ginsight/provisioning/local"
	"github.com/ginsight/ginsight/provisioning/prometheus"
	"github.com/ginsight/ginsight/service/app"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

const (
	deploys = 20
	// tailInterval is short, so that twenty deploys take seconds. It is also the
	// timeout of a scrape, which a busy machine must be able to keep: a scrape
	// that comes too late for Prometheus is lost, whatever the service does.
	tailInterval = 250 * time.Millisecond
)

// TestNoLostTail deploys the service again and again at one address, under the
// eyes of one Prometheus. Each time it gets requests until it is told to stop, and
// each time Prometheus has to know of all of them.
func TestNoLostTail(t *testing.T) {
	none := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, none) })
	first := deploy(t, "127.0.0.1:0")
	addr := first.app.Addr()
	ask := watched(t, addr)
	lost := 0
	for n, d := 0, first; ; n, d = n+1, deploy(t, addr) {
		if err := ask.until(t.Context(), patience, upSince(d.began, 1)); err != nil {
			t.Fatal(err)
		}
		sent := d.work(t, 3+n)
		d.end(t)
		if counted := ask.final(t, d.began); counted != sent {
			t.Errorf("deploy %d answered %g requests, Prometheus knows of %g", n+1, sent, counted)
			lost++
		}
		if n+1 == deploys {
			break
		}
	}
	t.Logf("%d deploys, %d lost", deploys, lost)
}

// upSince asks whether a scrape after a time found the service up, 1, or not, 0.
func upSince(when time.Time, up int) string {
	series := fmt.Sprintf("up{job=%q}", prometheus.ServiceJob)
	return fmt.Sprintf("%s == %d and timestamp(%s) > %.3f", series, up, series, float64(when.UnixMilli())/1000)
}

// watched starts a Prometheus that scrapes the service.
func watched(t *testing.T, addr string) *asker {
	t.Helper()
	server, err := local.New(local.Config{
		Addr: "127.0.0.1:0",
		Configuration: func(string) ([]byte, error) {
			return prometheus.Render(prometheus.Values{ScrapeInterval: tailInterval, Service: []string{addr}})
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return asking(t, server)
}

// asking runs a server to the end of the test and returns who asks it.
func asking(t *testing.T, server *local.Prometheus) *asker {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx) }()
	ask, err := newAsker(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ask.close()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return ask
}

// final is the number of requests that Prometheus knows of, asked when it has
// noticed that the service is gone: no scrape can add to it then.
func (a *asker) final(t *testing.T, began time.Time) float64 {
	t.Helper()
	if err := a.until(t.Context(), patience, upSince(time.Now(), 0)); err != nil {
		t.Fatal(err)
	}
	// A range ignores that Prometheus marks the series of what has gone as stale.
	count := catalog.RequestDuration.Count().Cumulative().Name
	query := fmt.Sprintf("sum(last_over_time(%s{job=%q}[%dms]))", count, prometheus.ServiceJob, time.Since(began).Milliseconds())
	n, err := a.number(t.Context(), query)
	if err != nil && !errors.Is(err, errNothing) {
		t.Fatal(err)
	}
	return n
}

// deployed is a service that runs.
type deployed struct {
	app   *app.App
	began time.Time
	stop  context.CancelFunc
	done  chan error
}

func deploy(t *testing.T, addr string) *deployed {
	t.Helper()
	return deployWith(t, app.Config{Addr: addr})
}

func deployWith(t *testing.T, config app.Config) *deployed {
	t.Helper()
	config.Logger = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	d := &deployed{began: time.Now(), done: make(chan error, 1)}
	var err error
	if d.app, err = app.New(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	d.stop = stop
	go func() { d.done <- d.app.Run(ctx) }()
	return d
}

// work sends requests, tells the service to stop while the last one is under way,
// and returns how many were answered.
func (d *deployed) work(t *testing.T, requests int) (answered float64) {
	t.Helper()
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	for n := range requests {
		if n == requests-1 {
			time.AfterFunc(time.Millisecond, d.stop)
		}
		res, err := client.Get("http://" + d.app.Addr() + "/api/orders")
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if refused := res.StatusCode == http.StatusServiceUnavailable && strings.Contains(string(body), "stopping"); !refused {
			answered++
		}
	}
	return answered
}

// end waits until the service has ended.
func (d *deployed) end(t *testing.T) {
	t.Helper()
	d.stop()
	if err := <-d.done; err != nil {
		t.Fatal(err)
	}
}
