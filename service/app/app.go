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

	"go.opentelemetry.io/otel/metric"

	"github.com/ginsight/ginsight/service/shop"
	"github.com/ginsight/ginsight/telemetry"
)

// Defaults of [Config].
const (
	DefaultAddr   = "127.0.0.1:8080"
	DefaultGrace  = 10 * time.Second
	DefaultOrders = 1000
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
)

// App is the service, listening. It ends with the context of [App.Run], or with
// [App.Close] if it never ran.
type App struct {
	cfg       Config
	listener  net.Listener
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
	a.server = &http.Server{
		Handler:           a.routes(),
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

// Run serves until ctx is done, lets the requests in flight end and shuts the
// telemetry down. It returns nil after a stop in which every request ended
// within the grace period. An App runs once.
func (a *App) Run(ctx context.Context) error {
	served := make(chan error, 1)
	go func() { served <- a.server.Serve(a.listener) }()
	a.cfg.Logger.Info("serving", "url", "http://"+a.Addr())

	select {
	case err := <-served:
		return errors.Join(fmt.Errorf("serve %s: %w", a.Addr(), err), a.stop(ctx))
	case <-ctx.Done():
		err := a.stop(ctx)
		<-served
		a.cfg.Logger.Info("stopped")
		return err
	}
}

// Close frees what New took, for an App that never ran. It cuts requests off.
func (a *App) Close() error {
	return errors.Join(a.listener.Close(), a.server.Close(), a.telemetry.Shutdown(context.Background()))
}

// stop drains the server and then shuts the telemetry down, each within the grace
// period: the telemetry has the last word about a drain that took too long.
func (a *App) stop(ctx context.Context) error {
	close(a.draining)
	// The caller's context is done already; only its values are of use.
	ctx = context.WithoutCancel(ctx)
	drain, cancel := context.WithTimeout(ctx, a.cfg.Grace)
	defer cancel()
	err := a.server.Shutdown(drain)
	if errors.Is(err, context.DeadlineExceeded) {
		err = errors.Join(fmt.Errorf("requests in flight were cut off after %s of grace", a.cfg.Grace), a.server.Close())
	}
	flush, cancel := context.WithTimeout(ctx, a.cfg.Grace)
	defer cancel()
	return errors.Join(err, a.telemetry.Shutdown(flush))
}
