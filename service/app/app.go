// Package app is the reference service: a coffee bar's JSON API on Gin, measured
// by package telemetry.
//
// It shows what a service has to do to be on the dashboards: build a
// [telemetry.Telemetry], install its middleware first, mount its handler at
// /metrics, and shut it down last. Package fate decides how long each request
// takes and which ones fail, so that what is measured can be compared with what
// happened.
package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/metric"

	"github.com/ginsight/ginsight/service/shop"
	"github.com/ginsight/ginsight/telemetry"
)

// Defaults of [Config].
const (
	DefaultAddr  = "127.0.0.1:8080"
	DefaultGrace = 10 * time.Second
	// DefaultScrapeGrace is longer than Prometheus' usual interval of 15 s, and
	// with the other grace it stays within the 30 s after which Kubernetes
	// kills.
	DefaultScrapeGrace = 18 * time.Second
	DefaultOrders      = 1000
)

// Config configures the service. The zero value is a service on [DefaultAddr].
type Config struct {
	// Addr is the host and port to listen on; [DefaultAddr] if empty. Port 0
	// picks a free one, see [App.Addr].
	Addr string
	// Seed chooses the fates of all requests.
	Seed uint64
	// Grace is how long requests may take to end after the service was told to
	// stop; [DefaultGrace] if 0.
	Grace time.Duration
	// ScrapeGrace is how long the service then stays up, for nothing but its
	// metrics, until everybody who scrapes them has had the last figures;
	// [DefaultScrapeGrace] if 0. Without a scraper there is nothing to wait for.
	ScrapeGrace time.Duration
	// Orders is how many placed orders are kept; [DefaultOrders] if 0.
	Orders int
	// Logger receives the service's log; [slog.Default] if nil. Requests are
	// logged at debug level.
	Logger *slog.Logger
	// Telemetry configures the measurements. Its Logger defaults to the one
	// above.
	Telemetry telemetry.Config
}

func (c Config) defaults() Config {
	c.Addr = cmp.Or(c.Addr, DefaultAddr)
	c.Grace = cmp.Or(c.Grace, DefaultGrace)
	c.ScrapeGrace = cmp.Or(c.ScrapeGrace, DefaultScrapeGrace)
	c.Orders = cmp.Or(c.Orders, DefaultOrders)
	c.Logger = cmp.Or(c.Logger, slog.Default())
	c.Telemetry.Logger = cmp.Or(c.Telemetry.Logger, c.Logger)
	return c
}

// Timeouts of the HTTP server. A request's fate and a full stream of events stay
// below all of them.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	writeTimeout      = 15 * time.Second
	idleTimeout       = time.Minute
	// closeTimeout is for the answer to the last scrape. Requests have ended
	// before.
	closeTimeout = time.Second
)

// App is the service, listening. It ends with the context of [App.Run], or with
// [App.Close] if it never ran.
type App struct {
	cfg       Config
	listener  net.Listener
	engine    *gin.Engine
	gate      *telemetry.Gate // in front of the engine
	server    *http.Server
	telemetry *telemetry.Telemetry
	store     *shop.Store
	orders    metric.Int64Counter
	provider  *http.Client // of payments
	// unnumbered counts the requests that came without a sequence number.
	unnumbered atomic.Uint64
	// draining is closed when the service was told to stop, which ends streams.
	draining chan struct{}
}

// New binds the address and builds the service. A port that is in use is
// reported here; [errors.Is] finds syscall.EADDRINUSE in the error, and the caller
// knows which flag to name. Gin's mode is global and left to the program.
func New(ctx context.Context, cfg Config) (*App, error) {
	cfg = cfg.defaults()
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", cfg.Addr)
	if err != nil {
		return nil, err // names the operation, the address and the reason
	}
	a, err := build(ctx, cfg)
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	a.listener = listener
	return a, nil
}

func build(ctx context.Context, cfg Config) (*App, error) {
	tel, err := telemetry.New(ctx, cfg.Telemetry)
	if err != nil {
		return nil, fmt.Errorf("start the telemetry: %w", err)
	}
	a := &App{
		cfg:       cfg,
		telemetry: tel,
		store:     shop.NewStore(cfg.Orders, time.Now()),
		draining:  make(chan struct{}),
		provider:  &http.Client{Transport: tel.RoundTripper(provider{})},
	}
	if a.orders, err = newOrdersCounter(ctx, tel.MeterProvider()); err != nil {
		return nil, errors.Join(err, tel.Shutdown(ctx))
	}
	a.engine = a.routes()
	a.gate = telemetry.NewGate(a.engine, metricsPath)
	a.server = &http.Server{
		Handler:           a.gate,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		ErrorLog:          slog.NewLogLogger(cfg.Logger.Handler(), slog.LevelWarn),
	}
	return a, nil
}

// Addr is the address that the service listens on, with the port it got.
func (a *App) Addr() string { return a.listener.Addr().String() }

// Run serves until ctx is done, lets the requests in flight end, waits for a last
// scrape and shuts the telemetry down. It returns nil after a stop in which every
// request ended within the grace period. An App runs once.
func (a *App) Run(ctx context.Context) error {
	served := make(chan error, 1)
	go func() { served <- a.server.Serve(a.listener) }()
	a.cfg.Logger.Info("serving", "url", "http://"+a.Addr())
	// When it stops, the caller's context is done and only its values are of use.
	stopping := context.WithoutCancel(ctx)

	select {
	case err := <-served:
		return errors.Join(fmt.Errorf("serve %s: %w", a.Addr(), err), a.drain(stopping), a.end(stopping))
	case <-ctx.Done():
		err := a.drain(stopping)
		a.awaitScrape(stopping)
		err = errors.Join(err, a.end(stopping))
		<-served
		a.cfg.Logger.Info("stopped")
		return err
	}
}

// Close frees what New took, for an App that never ran. It cuts requests off.
func (a *App) Close() error {
	err := a.server.Close() // which closes the listener, if it ever served
	if listening := a.listener.Close(); !errors.Is(listening, net.ErrClosed) {
		err = errors.Join(err, listening)
	}
	return errors.Join(err, a.telemetry.Shutdown(context.Background()))
}

// drain takes no more requests and waits for those in flight.
func (a *App) drain(ctx context.Context) error {
	close(a.draining)
	ctx, cancel := context.WithTimeout(ctx, a.cfg.Grace)
	defer cancel()
	if err := a.gate.Close(ctx); err != nil {
		return fmt.Errorf("requests in flight were cut off after %s of grace: %w", a.cfg.Grace, err)
	}
	return nil
}

// awaitScrape keeps the metrics up until Prometheus has the last of them. That it
// did not come is its failure and not the service's.
func (a *App) awaitScrape(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, a.cfg.ScrapeGrace)
	defer cancel()
	if err := a.telemetry.AwaitFinalScrape(ctx); err != nil {
		a.cfg.Logger.Warn("the last figures may be lost", "waited", a.cfg.ScrapeGrace, "error", err)
	}
}

// end closes the port and shuts the telemetry down. What still runs has outlived
// its grace and is cut off.
func (a *App) end(ctx context.Context) error {
	closing, cancel := context.WithTimeout(ctx, closeTimeout)
	defer cancel()
	err := a.server.Shutdown(closing)
	if errors.Is(err, context.DeadlineExceeded) {
		err = a.server.Close()
	}
	flush, cancel := context.WithTimeout(ctx, a.cfg.Grace)
	defer cancel()
	return errors.Join(err, a.telemetry.Shutdown(flush))
}
