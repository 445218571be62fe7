// Package local is a real Prometheus inside the process: scraping, storage with
// exemplars and native histograms, rules, notification and the HTTP API are the
// server's own packages, assembled here without Docker and without a second
// binary.
//
// Nothing global is touched: metrics live in a registry of the server's own, and
// no OpenTelemetry provider is set. The second matters to whoever embeds it: the
// scrape client is instrumented with otelhttp, so a process that sets a global
// MeterProvider finds http_client_* of these scrapes among its own metrics.
package local

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	prom "github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/prometheus/config"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/util/features"
)

// Config says where the server listens, keeps its data and what it scrapes.
type Config struct {
	// Addr is the address to listen on, host:port. Empty means 127.0.0.1:9090;
	// port 0 takes a free one, which URL tells.
	Addr string
	// DataDir holds the samples and survives the server. Empty means a temporary
	// directory that is removed at the end.
	DataDir string
	// Configuration returns prometheus.yml, given the server's own host:port,
	// which is known only once it listens: a server that scrapes itself needs it.
	// Relative paths in it start at the working directory. Required.
	Configuration func(self string) ([]byte, error)
	// OTLP has the server receive metrics over HTTP as well, at URL() +
	// "/api/v1/otlp". Whoever reaches the address can then write. Metrics have to
	// be cumulative.
	OTLP bool
	// Logger receives the server's log. Nil discards it.
	Logger *slog.Logger
}

func (c Config) defaults() Config {
	if c.Addr == "" {
		c.Addr = "127.0.0.1:9090"
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return c
}

// Prometheus is a server that listens. Its data is open and locked from New
// until Run or Close returns.
type Prometheus struct {
	log      *slog.Logger
	otlp     bool
	started  time.Time
	listener net.Listener
	registry *prom.Registry
	conf     *config.Config
	store    *store
	parser   parser.Parser
	features features.Collector
	parts    *parts
	server   *http.Server
	serving  atomic.Bool

	closing  sync.Once
	closeErr error
}

// New listens, opens the data directory and prepares every part, but scrapes
// nothing and answers nothing before Run. Errors are one line and wrap their
// cause: syscall.EADDRINUSE when the port is taken, ErrLocked when another
// Prometheus has the data directory. After an error nothing is left open.
func New(cfg Config) (_ *Prometheus, err error) {
	cfg = cfg.defaults()
	p := &Prometheus{
		log:      cfg.Logger,
		otlp:     cfg.OTLP,
		started:  time.Now(),
		registry: prom.NewRegistry(),
		parser:   parser.NewParser(parser.Options{}),
		features: features.NewRegistry(),
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.Close())
		}
	}()

	p.registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	if p.listener, err = net.Listen("tcp", cfg.Addr); err != nil {
		return nil, fmt.Errorf("listen on %s: %w", cfg.Addr, err)
	}
	if p.conf, err = p.configure(cfg); err != nil {
		return nil, fmt.Errorf("configure Prometheus: %w", err)
	}
	if p.store, err = p.openStore(cfg.DataDir); err != nil {
		return nil, err
	}
	if p.parts, err = p.assemble(); err != nil {
		return nil, fmt.Errorf("configure Prometheus: %w", err)
	}
	p.server = &http.Server{
		Handler:           p.handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          slog.NewLogLogger(p.log.Handler(), slog.LevelWarn),
	}
	return p, nil
}

// Addr is the address that the server really listens on, host:port.
func (p *Prometheus) Addr() string { return p.listener.Addr().String() }

// URL is where the server answers, without a slash at the end; the API is below
// URL()+"/api/v1".
func (p *Prometheus) URL() string { return "http://" + p.Addr() }

// DataDir is the directory that holds the samples.
func (p *Prometheus) DataDir() string { return p.store.dir }

// Close gives up port and data directory and removes the latter if it is
// temporary. Run does it by itself: only a server that was never run needs it.
// Closing twice is harmless.
func (p *Prometheus) Close() error {
	p.closing.Do(func() {
		var errs []error
		if p.listener != nil {
			// A server that ran has closed its listener, which is no news.
			if err := p.listener.Close(); !errors.Is(err, net.ErrClosed) {
				errs = append(errs, err)
			}
		}
		if p.store != nil {
			errs = append(errs, p.store.Close())
		}
		p.closeErr = errors.Join(errs...)
	})
	return p.closeErr
}
