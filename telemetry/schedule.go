package telemetry

import (
	"context"
	"slices"
	"sync"

	otelruntime "go.opentelemetry.io/contrib/instrumentation/runtime"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// scheduleProducer makes contrib's producer of go.schedule.duration safe for
// concurrent scrapes: the original returns the buffer that its next call fills.
type scheduleProducer struct {
	mu   sync.Mutex
	from sdkmetric.Producer
}

func newScheduleProducer() *scheduleProducer {
	var options []otelruntime.ProducerOption
	// The option serves instruments and producers, but its declared type says
	// so only of instruments.
	interval, ok := otelruntime.WithMinimumReadMemStatsInterval(runtimeInterval).(otelruntime.ProducerOption)
	if ok {
		options = append(options, interval)
	}
	return &scheduleProducer{from: otelruntime.NewProducer(options...)}
}

// Produce implements [sdkmetric.Producer].
func (p *scheduleProducer) Produce(ctx context.Context) ([]metricdata.ScopeMetrics, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	scopes, err := p.from.Produce(ctx)
	for _, s := range scopes {
		for _, m := range s.Metrics {
			if h, ok := m.Data.(metricdata.Histogram[float64]); ok {
				for i := range h.DataPoints {
					h.DataPoints[i].BucketCounts = slices.Clone(h.DataPoints[i].BucketCounts)
				}
			}
		}
	}
	return scopes, err
}
