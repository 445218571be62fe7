// Package loadgen sends traffic to the reference service and knows the truth
// about it: how many requests of each route ended with which status, how many
// bytes went each way, and how long the service worked on them. What Prometheus
// and a dashboard say of the same time can be held against its [Report].
//
// The traffic is a function of the seed: request number n is the same in every
// run. github.com/tsenart/vegeta sends it at an even rate, whether or not the
// service keeps up.
package loadgen

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// Defaults of [Config].
const (
	DefaultRate        = 50
	DefaultMaxInFlight = 256
	DefaultTimeout     = 10 * time.Second
)

// progressEvery is how often a caller hears of the progress.
const progressEvery = time.Second

// Config configures a run. Only BaseURL is required.
type Config struct {
	// BaseURL is where the service is, such as http://127.0.0.1:8080.
	BaseURL string
	// Rate is the number of requests per second; [DefaultRate] if 0.
	Rate int
	// Seed chooses the traffic. The delays in the report are true only if the
	// service runs with the same seed.
	Seed uint64
	// Duration is how long to send; 0 means until the context is done.
	Duration time.Duration
	// MaxInFlight bounds the requests that wait for an answer at one time;
	// [DefaultMaxInFlight] if 0. When it is reached, the rate falls behind.
	MaxInFlight int
	// Timeout is how long one request may take, and therefore how long a run
	// goes on after its end for the requests in flight; [DefaultTimeout] if 0.
	Timeout time.Duration
}

func (c Config) defaults() (Config, error) {
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	c.Rate = cmp.Or(c.Rate, DefaultRate)
	c.MaxInFlight = cmp.Or(c.MaxInFlight, DefaultMaxInFlight)
	c.Timeout = cmp.Or(c.Timeout, DefaultTimeout)
	u, err := url.Parse(c.BaseURL)
	switch {
	case err != nil || u.Host == "":
		return c, fmt.Errorf("load generator: the base URL %q is not like http://127.0.0.1:8080", c.BaseURL)
	case c.Rate < 0 || c.MaxInFlight < 0 || c.Timeout < 0 || c.Duration < 0:
		return c, fmt.Errorf("load generator: rate, duration, limit of requests in flight and timeout must not be negative")
	}
	return c, nil
}

// Run sends traffic until the duration is over or ctx is done, waits for the
// requests in flight and returns what happened. Neither end is an error, nor are
// failing requests; a Config that makes no sense is. progress, which may be nil,
// is called once a second and at the end, never concurrently.
func Run(ctx context.Context, cfg Config, progress func(Snapshot)) (Report, error) {
	cfg, err := cfg.defaults()
	if err != nil {
		return Report{}, err
	}
	if progress == nil {
		progress = func(Snapshot) {}
	}
	transport := newTransport(cfg.MaxInFlight)
	defer transport.CloseIdleConnections()
	attacker := vegeta.NewAttacker(vegeta.MaxWorkers(uint64(cfg.MaxInFlight)), vegeta.Client(&http.Client{
		Transport: transport,
		Timeout:   cfg.Timeout,
		// An answer counts as it came.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}))
	// Stopping the attacker ends the sending only. Its results go on until the
	// last request in flight has ended, which makes the counts exact.
	defer context.AfterFunc(ctx, func() { attacker.Stop() })()

	tally := newTally(cfg.Seed, transport)
	rate := vegeta.ConstantPacer{Freq: cfg.Rate, Per: time.Second}
	collect(tally, attacker.Attack(targets(cfg), rate, cfg.Duration, ""), progress)
	return tally.report(), nil
}

// collect adds results up until there are no more, and tells of it.
func collect(t *tally, results <-chan *vegeta.Result, progress func(Snapshot)) {
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for {
		select {
		case result, more := <-results:
			if !more {
				progress(t.snapshot())
				return
			}
			t.add(result)
		case <-tick.C:
			progress(t.snapshot())
		}
	}
}
