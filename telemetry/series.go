package telemetry

import (
	"context"
	"os"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	"go.opentelemetry.io/otel/sdk/metric/exemplar"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"

	"github.com/ginsight/ginsight/telemetry/catalog"
	"github.com/ginsight/ginsight/telemetry/internal/bound"
)

// newInstruments makes the provider of the instruments that requests are
// recorded with.
func newInstruments(config Config) *bound.Provider {
	return bound.New(bound.Config{SeriesLimit: config.SeriesLimit, Exemplars: exemplarFilter()})
}

// exemplarFilter is what the SDK chooses for its own instruments.
func exemplarFilter() exemplar.Filter {
	switch strings.ToLower(strings.TrimSpace(os.Getenv("OTEL_METRICS_EXEMPLAR_FILTER"))) {
	case "always_on":
		return exemplar.AlwaysOnFilter
	case "always_off":
		return nil
	}
	return exemplar.TraceBasedFilter
}

// meter makes the instruments that requests are recorded with. A reader that
// was made elsewhere sees only the SDK's own.
func (t *Telemetry) meter() metric.Meter {
	meter := t.provider.Meter(scope, metric.WithSchemaURL(semconv.SchemaURL))
	if len(t.config.Readers) > 0 {
		return meter
	}
	return t.instruments.Meter(meter, instrumentation.Scope{Name: scope, SchemaURL: semconv.SchemaURL})
}

// observeSeries has the number of series of every such instrument told, and how
// many there may be.
func (t *Telemetry) observeSeries(meter metric.Meter) error {
	_, err := newInt64ObservableGauge(meter, catalog.SeriesCount, func(_ context.Context, o metric.Int64Observer) error {
		for name, n := range t.instruments.Series() {
			o.Observe(int64(n), metric.WithAttributes(attribute.String(string(catalog.MetricName), name)))
		}
		return nil
	})
	if err != nil || t.config.SeriesLimit <= 0 {
		return err
	}
	_, err = newInt64ObservableGauge(meter, catalog.SeriesLimit, func(_ context.Context, o metric.Int64Observer) error {
		o.Observe(int64(t.config.SeriesLimit))
		return nil
	})
	return err
}

func newInt64ObservableGauge(meter metric.Meter, g catalog.Gauge, observe metric.Int64Callback) (metric.Int64ObservableGauge, error) {
	return meter.Int64ObservableGauge(g.Name, metric.WithUnit(g.Unit), metric.WithDescription(g.Help),
		metric.WithInt64Callback(observe))
}
