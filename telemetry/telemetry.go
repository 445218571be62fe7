// Package telemetry measures a Gin service with OpenTelemetry and exposes the
// figures to Prometheus. It takes three lines in an existing service:
//
//	tel, err := telemetry.New(ctx, telemetry.Config{})
//	engine.Use(tel.Middleware())
//	engine.GET("/metrics", gin.WrapH(tel.Handler()))
//
// What is measured is listed in package catalog: HTTP requests by the semantic
// conventions, the Go runtime, the process, and target_info, which carries the
// resource. Everything lives in a provider and a registry of its own; nothing
// global is read or set, except the standard environment:
//
//   - OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES describe the service;
//   - OTEL_METRICS_EXPORTER lists who gets the figures: prometheus, which is the
//     endpoint and the default, otlp, console or none. Package telemetry/export
//     makes what is to be pushed, Config.Exporters. Without prometheus in the
//     list the endpoint is left with the process metrics;
//   - OTEL_METRICS_EXEMPLAR_FILTER chooses which requests leave an exemplar:
//     trace_based, the default, those of a sampled trace, always_on or
//     always_off. A scraper sees them in OpenMetrics and in protobuf;
//   - OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS, a comma-separated list, replaces
//     the request methods that are reported by their names;
//   - OTEL_SDK_DISABLED=true switches off all that OpenTelemetry does. The
//     middleware then does nothing, and the endpoint still answers, with the
//     process metrics only, so that the target stays up.
package telemetry

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	otelruntime "go.opentelemetry.io/contrib/instrumentation/runtime"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/metric/noop"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"

	"github.com/ginsight/ginsight/telemetry/internal/bound"
)

// scope names the instrumentation to readers that ask for it.
const scope = "github.com/ginsight/ginsight/telemetry"

// runtimeInterval is how old the Go runtime's figures may be. The default of 15
// seconds would repeat them in every scrape that comes sooner; reading them
// takes microseconds.
const runtimeInterval = 100 * time.Millisecond

// Telemetry is the instrumentation of one service. Its methods are safe for
// concurrent use.
type Telemetry struct {
	config   Config
	provider metric.MeterProvider
	// instruments are those that requests are recorded with.
	instruments *bound.Provider
	server      *exchanges // nil if the SDK is disabled, as is client
	client      *client
	process     *prometheus.Registry
	handler     *handler
	stop        func(context.Context) error

	stopOnce sync.Once
	stopErr  error
}

// New starts measuring. It fails if the resource or an instrument cannot be
// made, and then leaves nothing running, the configured exporters and readers
// included. The context bounds the start only.
func New(ctx context.Context, config Config) (*Telemetry, error) {
	config = config.defaults()
	t := &Telemetry{config: config, process: newProcessRegistry()}
	if disabled() {
		t.provider = noop.NewMeterProvider()
		t.stop = func(context.Context) error { return nil }
		t.handler = newHandler(&exposition{main: source{registry: t.process}}, config.Logger)
		// A periodic reader would otherwise report, forever, that nobody
		// gave it anything to read.
		if err := config.discard(ctx); err != nil {
			return nil, fmt.Errorf("stop the readers of a disabled SDK: %w", err)
		}
		return t, nil
	}
	if err := t.start(ctx); err != nil {
		return nil, fmt.Errorf("start telemetry: %w", err)
	}
	return t, nil
}

// MeterProvider makes instruments for the service's own metrics. They appear on
// the same endpoint and go to the same readers.
func (t *Telemetry) MeterProvider() metric.MeterProvider { return t.provider }

// Shutdown flushes and stops the readers. The endpoint keeps answering, but only
// with the process metrics and those of requests: call it after the last scrape. Only the first call
// does something; every other returns the same error.
func (t *Telemetry) Shutdown(ctx context.Context) error {
	t.stopOnce.Do(func() {
		if err := t.stop(ctx); err != nil {
			t.stopErr = fmt.Errorf("shut down telemetry: %w", err)
		}
	})
	return t.stopErr
}

// start builds the provider and everything that measures through it.
func (t *Telemetry) start(ctx context.Context) error {
	res, err := newResource(ctx, t.config)
	if err != nil {
		return errors.Join(err, t.config.discard(ctx))
	}
	t.instruments = newInstruments(t.config)
	shown, readers, err := t.endpointReaders()
	if err != nil {
		return errors.Join(err, t.config.discard(ctx))
	}
	t.handler = newHandler(shown, t.config.Logger)
	options := []sdkmetric.Option{sdkmetric.WithResource(res), sdkmetric.WithCardinalityLimit(t.config.SeriesLimit)}
	for _, reader := range slices.Concat(readers, t.pushReaders(), t.config.Readers) {
		options = append(options, sdkmetric.WithReader(reader))
	}
	provider := sdkmetric.NewMeterProvider(options...)
	t.provider, t.stop = provider, provider.Shutdown
	if err := t.measure(); err != nil {
		return errors.Join(err, t.stop(ctx))
	}
	return nil
}

// measure creates the instruments.
func (t *Telemetry) measure() (err error) {
	meter := t.meter()
	if err := errors.Join(t.measureHTTP(meter), t.observeSeries(meter)); err != nil {
		return fmt.Errorf("create the HTTP instruments: %w", err)
	}
	err = otelruntime.Start(otelruntime.WithMeterProvider(t.provider),
		otelruntime.WithMinimumReadMemStatsInterval(runtimeInterval))
	if err != nil {
		return fmt.Errorf("create the Go runtime instruments: %w", err)
	}
	return nil
}

// newResource describes the service. What is configured wins over the
// environment, which wins over what the program says of itself.
func newResource(ctx context.Context, config Config) (*resource.Resource, error) {
	name, version := built()
	if name == "" {
		name = "unknown_service:go"
		if executable, err := os.Executable(); err == nil {
			name = "unknown_service:" + filepath.Base(executable)
		}
	}
	res, err := resource.New(ctx,
		resource.WithSchemaURL(semconv.SchemaURL),
		resource.WithAttributes(serviceAttributes(name, version)...),
		resource.WithFromEnv(),
		resource.WithTelemetrySDK(),
		resource.WithAttributes(serviceAttributes(config.ServiceName, config.ServiceVersion)...),
	)
	// A stray comma in OTEL_RESOURCE_ATTRIBUTES must not keep a service from
	// starting. The SDK itself reports it, through otel's error handler.
	if err != nil && !errors.Is(err, resource.ErrPartialResource) {
		return nil, fmt.Errorf("describe the service: %w", err)
	}
	return res, nil
}

func serviceAttributes(name, version string) []attribute.KeyValue {
	var attrs []attribute.KeyValue
	if name != "" {
		attrs = append(attrs, semconv.ServiceName(name))
	}
	if version != "" {
		attrs = append(attrs, semconv.ServiceVersion(version))
	}
	return attrs
}
