package yardstick

import (
	"context"
	"errors"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// SDK3 is a middleware written with the instruments of OpenTelemetry's SDK and
// attribute sets that are made once.
type SDK3 struct {
	active   metric.Int64UpDownCounter
	duration metric.Float64Histogram
	size     metric.Int64Histogram
	options  cache[[]metric.RecordOption]
}

// NewSDK3 creates the three instruments.
func NewSDK3(meter metric.Meter) (*SDK3, error) {
	var s SDK3
	var errs [3]error
	duration, size := catalog.RequestDuration, catalog.ResponseBodySize
	s.active, errs[0] = meter.Int64UpDownCounter(catalog.ActiveRequests.Name)
	s.duration, errs[1] = meter.Float64Histogram(duration.Name, metric.WithExplicitBucketBoundaries(duration.Buckets...))
	s.size, errs[2] = meter.Int64Histogram(size.Name, metric.WithExplicitBucketBoundaries(size.Buckets...))
	return &s, errors.Join(errs[:]...)
}

// Measure is the middleware.
func (s *SDK3) Measure(c *gin.Context) {
	begun, ctx := time.Now(), c.Request.Context()
	s.active.Add(ctx, 1)
	c.Next()
	s.active.Add(ctx, -1)
	k := keyOf(c)
	options, ok := s.options.get(k)
	if !ok {
		options = s.options.add(k, optionsOf(k))
	}
	s.record(ctx, time.Since(begun), max(c.Writer.Size(), 0), options)
}

func (s *SDK3) record(ctx context.Context, elapsed time.Duration, size int, options []metric.RecordOption) {
	s.duration.Record(ctx, elapsed.Seconds(), options...)
	s.size.Record(ctx, int64(size), options...)
}

func optionsOf(k key) []metric.RecordOption {
	return []metric.RecordOption{metric.WithAttributeSet(attribute.NewSet(
		semconv.HTTPRequestMethodKey.String(k.method), semconv.HTTPRoute(k.route), semconv.NetworkProtocolVersion(k.proto),
		semconv.HTTPResponseStatusCode(k.status), semconv.URLScheme(k.scheme()),
	))}
}
