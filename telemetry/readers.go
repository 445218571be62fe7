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

	"github.com/ginsight/ginsight/telemetry/internal/families"
)

// endpointReaders makes the readers behind the endpoint and returns where what
// they read is to be gathered from. There are none if OTEL_METRICS_EXPORTER does
// not list prometheus, and two if both forms of histograms are asked for.
func (t *Telemetry) endpointReaders() (*exposition, []sdkmetric.Reader, error) {
	if !t.scraped() {
		return &exposition{main: source{registry: t.process}}, nil, nil
	}
	shown, form := &exposition{main: source{registry: newProcessRegistry()}}, classicForm
	var readers []sdkmetric.Reader
	switch t.config.Histograms {
	case Native:
		form = nativeForm
	case Both:
		// Values are recorded for the readers in this order, so that one that
		// the classic histograms have, which are gathered first, is never
		// missing in the native ones.
		shown.native.registry = prometheus.NewRegistry()
		native, err := t.endpointReader(&shown.native, nativeForm)
		if err != nil {
			return nil, nil, err
		}
		readers = append(readers, native)
	}
	main, err := t.endpointReader(&shown.main, form)
	return shown, append(readers, main), err
}

// endpointReader makes an exporter that the registry can gather, for what the SDK
// and the runtime measure. It leaves out the labels that would name the
// instrumentation scope on every series: nobody queries by them, and each series
// pays for them in bytes. What is measured of requests, which can be many series,
// goes past the exporter and the registry.
func (t *Telemetry) endpointReader(from *source, form sdkmetric.AggregationSelector) (sdkmetric.Reader, error) {
	exporter, err := otelprometheus.New(
		otelprometheus.WithRegisterer(from.registry),
		otelprometheus.WithTranslationStrategy(otlptranslator.UnderscoreEscapingWithSuffixes),
		otelprometheus.WithoutScopeInfo(),
		otelprometheus.WithAggregationSelector(form),
		otelprometheus.WithProducer(newScheduleProducer()),
	)
	if err != nil {
		return nil, fmt.Errorf("create the Prometheus exporter: %w", err)
	}
	from.requests = families.New(t.instruments.Producer(sdkmetric.CumulativeTemporalitySelector, form))
	return exporter, nil
}

// pushReaders makes a reader for each exporter. They start at once, so whatever
// can fail has to come before.
func (t *Telemetry) pushReaders() []sdkmetric.Reader {
	var readers []sdkmetric.Reader
	for _, exporter := range t.config.Exporters {
		// Every reader has producers of its own, because a producer cannot ask
		// its reader which temporality and which form of histograms it wants.
		readers = append(readers, sdkmetric.NewPeriodicReader(exporter,
			sdkmetric.WithProducer(bridge.NewMetricProducer(bridge.WithGatherer(t.process))),
			sdkmetric.WithProducer(newScheduleProducer()),
			sdkmetric.WithProducer(t.instruments.Producer(exporter.Temporality, exporter.Aggregation)),
		))
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
