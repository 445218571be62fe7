package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"sync/atomic"
	"time"

	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/provisioning/local"
	"github.com/ginsight/ginsight/provisioning/prometheus"
	"github.com/ginsight/ginsight/service/app"
	"github.com/ginsight/ginsight/service/loadgen"
	"github.com/ginsight/ginsight/telemetry"
)

const (
	// scrapeInterval is short, so that graphs move at once.
	scrapeInterval = time.Second
	// patience is how long the first scrape, and the last, may take.
	patience = 15 * time.Second
	// seed makes the traffic and the service's delays the same in every run. It
	// has to be one value for both.
	seed = 1
)

// stack is the parts and what was learnt about them.
type stack struct {
	opts    options
	service *app.App
	server  *local.Prometheus
	viewer  *viewer
	ask     *asker
	screen  *screen
	started time.Time

	load   atomic.Pointer[loadgen.Snapshot]
	report loadgen.Report
}

// up runs everything until ctx is done or the time is over.
func up(ctx context.Context, opts options, stdout, stderr io.Writer) error {
	screen := newScreen(stdout)
	log := slog.New(slog.NewTextHandler(screen.beside(stderr), &slog.HandlerOptions{Level: slog.LevelWarn}))
	s, err := bind(ctx, opts, log)
	if err != nil {
		return err
	}
	s.screen = screen
	announce(stdout, s)
	return s.run(ctx)
}

// forms are what the service exposes for boards that ask for a form.
var forms = map[query.Form]telemetry.Histograms{
	query.Classic: telemetry.Classic,
	query.Native:  telemetry.Native,
}

// bind takes all addresses and the data directory before anything runs.
func bind(ctx context.Context, opts options, log *slog.Logger) (_ *stack, err error) {
	s := &stack{opts: opts}
	s.service, err = app.New(ctx, app.Config{
		Addr:        opts.serviceAddr,
		Seed:        seed,
		ScrapeGrace: 3 * scrapeInterval,
		Logger:      log.With("part", "service"),
		Telemetry:   telemetry.Config{Histograms: forms[opts.histograms]},
	})
	if err != nil {
		return nil, explain(err, "the service", opts.serviceAddr, "--service-addr")
	}
	s.server, err = local.New(local.Config{
		Addr:          opts.prometheusAddr,
		DataDir:       opts.dataDir,
		Configuration: s.configuration,
		Logger:        log.With("part", "prometheus"),
	})
	if err != nil {
		return nil, errors.Join(explain(err, "Prometheus", opts.prometheusAddr, "--prometheus-addr"), s.service.Close())
	}
	s.ask, err = newAsker(s.server.URL())
	if err != nil {
		return nil, errors.Join(err, s.server.Close(), s.service.Close())
	}
	s.viewer, err = newViewer(ctx, opts.previewAddr, s.server.URL(), opts.histograms, log.With("part", "dashboards"))
	if err != nil {
		return nil, errors.Join(explain(err, "the dashboards' page", opts.previewAddr, "--preview-addr"), s.server.Close(), s.service.Close())
	}
	return s, nil
}

// configuration is what compose's Prometheus has, with the addresses of here.
func (s *stack) configuration(self string) ([]byte, error) {
	return prometheus.Render(prometheus.Values{
		ScrapeInterval: scrapeInterval,
		Service:        []string{s.service.Addr()},
		Prometheus:     []string{self},
	})
}

// explain says which flag helps against an error at the start.
func explain(err error, who, addr, flag string) error {
	var op *net.OpError
	var path *os.PathError
	switch {
	case errors.As(err, &op):
		// "listen tcp 127.0.0.1:9090: bind: ..." repeats what the line says.
		reason := op.Err
		if call := (*os.SyscallError)(nil); errors.As(reason, &call) {
			reason = call.Err
		}
		return fmt.Errorf("%s cannot listen on %s: %w; choose another address with %s", who, addr, reason, flag)
	case errors.Is(err, local.ErrLocked):
		return fmt.Errorf("%w; stop that one or choose another directory with --data", err)
	case errors.As(err, &path):
		return fmt.Errorf("%w; choose another directory with --data", err)
	}
	return err
}

// run starts the parts, lets them run and stops them, each before the one that
// it depends on: the traffic, then, after a last scrape, the service, then
// Prometheus.
func (s *stack) run(ctx context.Context) (err error) {
	running, abort := context.WithCancelCause(ctx)
	defer abort(nil)
	s.started = time.Now()

	server := begin(abort, "Prometheus", s.server.Run)
	defer func() { err = errors.Join(err, server.end()) }()
	defer s.ask.close()
	service := begin(abort, "the service", s.service.Run)
	defer func() { err = errors.Join(err, service.end()) }()
	pages := begin(abort, "the dashboards' page", s.viewer.Run)
	defer func() { err = errors.Join(err, pages.end()) }()

	if err := s.ask.until(running, patience, `count(up == 1) == 2`); err != nil {
		return s.verdict(ctx, running, fmt.Errorf("wait for the first scrape: %w", err))
	}
	s.screen.say("Both targets are up, %s after the start.", time.Since(s.started).Round(10*time.Millisecond))

	traffic := begin(abort, "the load generator", s.generate)
	err = s.work(running)
	died := running.Err() != nil && ctx.Err() == nil
	err = s.verdict(ctx, running, errors.Join(err, traffic.end()))
	if died {
		return err
	}
	s.screen.say("Stopping: the traffic, then the service after a last scrape, then Prometheus.")
	return errors.Join(err, s.settle())
}

// work is the time between start and stop.
func (s *stack) work(ctx context.Context) error {
	s.watch(ctx)
	if ctx.Err() != nil {
		return nil
	}
	if s.opts.check {
		if err := prove(ctx, s.server.URL(), s.opts.histograms, s.screen.out); err != nil {
			return failed{err}
		}
	}
	if s.opts.pictures != "" {
		n, err := render(ctx, s.viewer.source, s.opts.histograms, s.started, s.opts.pictures)
		if err != nil {
			return failed{err}
		}
		s.screen.say("%d boards are drawn in %s.", n, s.opts.pictures)
	}
	return nil
}

// verdict decides what a run came to: a part that died explains whatever else
// went wrong, and Ctrl-C is no failure unless a check was asked for.
func (s *stack) verdict(ctx, running context.Context, err error) error {
	switch {
	case ctx.Err() != nil && s.opts.check:
		return errInterrupted
	case ctx.Err() != nil:
		return nil
	case running.Err() != nil:
		return failed{context.Cause(running)}
	}
	return err
}

// generate is the load generator as a part.
func (s *stack) generate(ctx context.Context) (err error) {
	s.report, err = loadgen.Run(ctx, loadgen.Config{
		BaseURL: "http://" + s.service.Addr(),
		Rate:    s.opts.rate,
		Seed:    seed,
	}, func(now loadgen.Snapshot) { s.load.Store(&now) })
	return err
}
