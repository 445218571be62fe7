// Package endpoint serves the metrics on a port of their own, apart from the
// requests that they are about and guarded in the ways that Prometheus users
// know: a bearer token, or basic authentication, TLS and client certificates as
// the web configuration file of every Prometheus exporter has them.
//
// It is a package of its own because it brings
// github.com/prometheus/exporter-toolkit along, which a service that shows its
// metrics on its own port does without. There, [telemetry.Guard] is enough.
package endpoint

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/prometheus/exporter-toolkit/web"

	"github.com/ginsight/ginsight/telemetry"
)

// Config says where and to whom the metrics are shown. The zero value shows them
// to everybody on this machine.
type Config struct {
	// Addr is the host and port to listen on. Empty means
	// OTEL_EXPORTER_PROMETHEUS_HOST and OTEL_EXPORTER_PROMETHEUS_PORT, whose
	// defaults are localhost and 9464. Port 0 picks a free one, see
	// [Endpoint.Addr].
	Addr string
	// Path is where the metrics are. Empty means /metrics.
	Path string
	// WebConfig is a web configuration file of the Prometheus exporter toolkit,
	// with TLS, client certificates, users and headers. Certificates and users
	// are read again for every connection and request, so that they can be
	// changed. Empty means none.
	// https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md
	WebConfig string
	// Guard asks for a token or a password. Nil means none; a guard without a
	// secret is an error, as when the variable that should have it is not set.
	// The web configuration has hashes of passwords instead of passwords.
	Guard *telemetry.Guard
	// Logger gets what the server has to say. Nil means slog.Default().
	Logger *slog.Logger
}

func (c Config) defaults() Config {
	c.Addr = cmp.Or(c.Addr, net.JoinHostPort(
		cmp.Or(os.Getenv("OTEL_EXPORTER_PROMETHEUS_HOST"), "localhost"),
		cmp.Or(os.Getenv("OTEL_EXPORTER_PROMETHEUS_PORT"), "9464")))
	c.Path = cmp.Or(c.Path, "/metrics")
	c.Logger = cmp.Or(c.Logger, slog.Default())
	return c
}

// Timeouts of the server. The longest answer is that to a slow scraper with the
// patience of a scrape interval.
const (
	readTimeout  = 5 * time.Second
	writeTimeout = time.Minute
	idleTimeout  = 5 * time.Minute // longer than scrapers stay away
	drainTimeout = 5 * time.Second
)

// Endpoint is a server of metrics that listens. It ends with the context of Run,
// or with Close if it never ran.
type Endpoint struct {
	config   Config
	listener net.Listener
	server   *http.Server
}

// New listens and checks the configuration, so that whatever is wrong is said
// before the service starts. A port in use is an error that wraps
// syscall.EADDRINUSE.
func New(tel *telemetry.Telemetry, config Config) (*Endpoint, error) {
	config = config.defaults()
	handler, err := guarded(tel.Handler(), config)
	if err != nil {
		return nil, fmt.Errorf("metrics endpoint: %w", err)
	}
	listener, err := net.Listen("tcp", config.Addr)
	if err != nil {
		return nil, fmt.Errorf("metrics endpoint: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle(config.Path, handler)
	return &Endpoint{config: config, listener: listener, server: &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: readTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		ErrorLog:          slog.NewLogLogger(config.Logger.Handler(), slog.LevelWarn),
	}}, nil
}

// guarded checks both ways to guard the handler and puts the one in front that
// is not the toolkit's.
func guarded(handler http.Handler, config Config) (http.Handler, error) {
	users, err := checkWebConfig(config.WebConfig)
	if err != nil {
		return nil, err
	}
	if config.Guard == nil {
		return handler, nil
	}
	if users {
		// A request has one Authorization header and could never satisfy both.
		return nil, fmt.Errorf("%s has basic_auth_users and there is a guard as well: keep one of them", config.WebConfig)
	}
	return config.Guard.Handler(handler)
}

// Addr is the address that the endpoint listens on, with the port it got.
func (e *Endpoint) Addr() string { return e.listener.Addr().String() }

// Run serves until ctx is done, lets the scrapes under way end and returns nil. An
// error means that it could not serve. So that the last figures are not lost, let
// ctx live until [telemetry.Telemetry.AwaitFinalScrape] has returned.
func (e *Endpoint) Run(ctx context.Context) error {
	served := make(chan error, 1)
	go func() {
		served <- web.Serve(e.listener, e.server, &web.FlagConfig{WebConfigFile: &e.config.WebConfig}, e.config.Logger)
	}()
	select {
	case err := <-served:
		return errors.Join(fmt.Errorf("serve metrics on %s: %w", e.Addr(), err), e.server.Close())
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	err := e.server.Shutdown(drain)
	if errors.Is(err, context.DeadlineExceeded) {
		err = errors.Join(fmt.Errorf("scrapes were cut off after %s", drainTimeout), e.server.Close())
	}
	// A listener that the server has not got yet is not closed by it.
	_ = e.listener.Close()
	<-served
	return err
}

// Close frees the port of an endpoint that never ran.
func (e *Endpoint) Close() error { return e.listener.Close() }
