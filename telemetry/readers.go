package telemetry

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/otlptranslator"
	bridge "go.opentelemetry.io/contrib/bridges/prometheus"
	otelprometheus "go.opentelemetry.io/otel/exporters/prometheus"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
)

// producers returns what a reader is to be made with, besides what it sees of
// the SDK's instruments. Every reader gets its own, because a producer cannot ask
// its reader which temporality and which form of histograms it wants.
func (t *Telemetry) producers(temporality sdkmetric.TemporalitySelector, form sdkmetric.AggregationSelector) []sdkmetric.Producer {
	return []sdkmetric.Producer{newScheduleProducer(), t.instruments.Producer(temporality, form)}
}

// endpointReaders makes the readers behind the endpoint and returns where what
// they read is to be gathered from. There are none if OTEL_METRICS_EXPORTER does
// not list prometheus, and two if both forms of histograms are asked for.
func (t *Telemetry) endpointReaders() (*exposition, []sdkmetric.Reader, error) {
	shown := &exposition{main: t.process}
	if !t.scraped() {
		return shown, nil, nil
	}
	shown.main = newProcessRegistry()
	switch t.config.Histograms {
	case Native:
		reader, err := t.endpointReader(shown.main, nativeForm)
		return shown, []sdkmetric.Reader{reader}, err
	case Both:
		// Values are recorded for the readers in this order, so that one that
		// the classic histograms have, which are gathered first, is never
		// missing in the native ones.
		shown.native = prometheus.NewRegistry()
		native, nativeErr := t.endpointReader(shown.native, nativeForm)
		classic, err := t.endpointReader(shown.main, classicForm)
		return shown, []sdkmetric.Reader{native, classic}, errors.Join(nativeErr, err)
	}
	reader, err := t.endpointReader(shown.main, classicForm)
	return shown, []sdkmetric.Reader{reader}, err
}

// endpointReader makes an exporter that the registry can gather. It leaves out
// the labels that would name the instrumentation scope on every series: nobody
// queries by them, and each series pays for them in bytes.
func (t *Telemetry) endpointReader(registry *prometheus.Registry, form sdkmetric.AggregationSelector) (sdkmetric.Reader, error) {
	options := []otelprometheus.Option{
		otelprometheus.WithRegisterer(registry),
		otelprometheus.WithTranslationStrategy(otlptranslator.UnderscoreEscapingWithSuffixes),
		otelprometheus.WithoutScopeInfo(),
		otelprometheus.WithAggregationSelector(form),
	}
	for _, p := range t.producers(sdkmetric.DefaultTemporalitySelector, form) {
		options = append(options, otelprometheus.WithProducer(p))
	}
	exporter, err := otelprometheus.New(options...)
	if err != nil {
		return nil, fmt.Errorf("create the Prometheus exporter: %w", err)
	}
	return exporter, nil
}

// pushReaders makes a reader for each exporter. They start at once, so whatever
// can fail has to come before.
func (t *Telemetry) pushReaders() []sdkmetric.Reader {
	var readers []sdkmetric.Reader
	for _, exporter := range t.config.Exporters {
		options := []sdkmetric.PeriodicReaderOption{
			sdkmetric.WithProducer(bridge.NewMetricProducer(bridge.WithGatherer(t.process))),
		}
		for _, p := range t.producers(exporter.Temporality, exporter.Aggregation) {
			options = append(options, sdkmetric.WithProducer(p))
		}
		readers = append(readers, sdkmetric.NewPeriodicReader(exporter, options...))
	}
	return readers
}

// Names in the list of OTEL_METRICS_EXPORTER.
const (
	exporterVariable   = "OTEL_METRICS_EXPORTER"
	exporterPrometheus = "prometheus"
	exporterNone       = "none"
)

// scraped reports whether the endpoint is to show what OpenTelemetry measures.
// What else the environment asks for has to be in the configuration, since this
// package does not know how to push. If nothing is there, somebody expects
// figures that will not come; that is no reason not to start.
func (t *Telemetry) scraped() bool {
	var pushed []string
	scraped, listed := false, false
	for name := range strings.SplitSeq(os.Getenv(exporterVariable), ",") {
		switch name = strings.TrimSpace(name); name {
		case "":
			continue
		case exporterPrometheus:
			scraped = true
		case exporterNone:
		default:
			pushed = append(pushed, name)
		}
		listed = true
	}
	if len(pushed) > 0 && len(t.config.Exporters)+len(t.config.Readers) == 0 {
		t.config.Logger.Warn("nothing is pushed: pass the exporters of telemetry/export.FromEnv to telemetry.Config",
			exporterVariable, strings.Join(pushed, ","))
	}
	return scraped || !listed
}

// discard shuts down what New has taken over and has no use for.
func (c Config) discard(ctx context.Context) error {
	var errs []error
	for _, exporter := range c.Exporters {
		errs = append(errs, exporter.Shutdown(ctx))
	}
	for _, reader := range c.Readers {
		errs = append(errs, reader.Shutdown(ctx))
	}
	return errors.Join(errs...)
}

// withoutNil drops what a caller could not make and passed all the same.
func withoutNil[T comparable](list []T) []T {
	var none T
	return slices.DeleteFunc(slices.Clone(list), func(v T) bool { return v == none })
}
