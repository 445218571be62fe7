package families

import (
	"encoding/hex"
	"math"
	"slices"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/otlptranslator"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"google.golang.org/protobuf/types/known/timestamppb"
)

type number interface{ int64 | float64 }

// point is all that a metric consists of. There is a slice of them for each
// family, which is one allocation for as many as there are series. What all
// points of a family have in common they share.
type point struct {
	metric    dto.Metric
	counter   dto.Counter
	gauge     dto.Gauge
	histogram dto.Histogram
	count     uint64
	sum       float64
	zero      uint64
	schema    int32
}

// sum is a counter if it never falls, and a gauge otherwise.
func sum[N number](g *Gatherer, family *dto.MetricFamily, data metricdata.Sum[N]) {
	family.Type = dto.MetricType_GAUGE.Enum()
	if data.IsMonotonic {
		family.Type = dto.MetricType_COUNTER.Enum()
	}
	points := make([]point, len(data.DataPoints))
	for i := range data.DataPoints {
		from, p := &data.DataPoints[i], &points[i]
		p.metric.Label, p.sum = g.labelsOf(from.Attributes), float64(from.Value)
		if data.IsMonotonic {
			p.metric.Counter = &p.counter
			p.counter.Value, p.counter.CreatedTimestamp = &p.sum, g.created(from.StartTime)
			if n := len(from.Exemplars); n > 0 {
				p.counter.Exemplar = exemplar(from.Exemplars[n-1])
			}
		} else {
			p.metric.Gauge = &p.gauge
			p.gauge.Value = &p.sum
		}
		family.Metric = append(family.Metric, &p.metric)
	}
}

func classic[N number](g *Gatherer, family *dto.MetricFamily, data metricdata.Histogram[N]) {
	family.Type = dto.MetricType_HISTOGRAM.Enum()
	points := make([]point, len(data.DataPoints))
	family.Metric = make([]*dto.Metric, len(points))
	var buckets slab[bucket]
	var pointers slab[*dto.Bucket]
	for i := range data.DataPoints {
		from, p := &data.DataPoints[i], &points[i]
		h := &p.histogram
		p.metric.Label, p.metric.Histogram = g.labelsOf(from.Attributes), h
		p.count, p.sum = from.Count, float64(from.Sum)
		h.SampleCount, h.SampleSum, h.CreatedTimestamp = &p.count, &p.sum, g.created(from.StartTime)
		h.Bucket = pointers.take(len(from.Bounds))
		fill(h.Bucket, buckets.take(len(from.Bounds)), from.Bounds, from.BucketCounts)
		for _, e := range from.Exemplars {
			attach(h, exemplar(e))
		}
		family.Metric[i] = &p.metric
	}
}

type bucket struct {
	dto.Bucket
	count uint64
}

// fill makes cumulative buckets. That of everything goes without saying.
func fill(pointers []*dto.Bucket, buckets []bucket, bounds []float64, counts []uint64) {
	total := uint64(0)
	for i := range bounds {
		total += counts[i]
		b := &buckets[i]
		b.count = total
		b.CumulativeCount, b.UpperBound = &b.count, &bounds[i]
		pointers[i] = &b.Bucket
	}
}

// slab hands out slices of one allocation to many series.
type slab[T any] struct{ free []T }

func (s *slab[T]) take(n int) []T {
	if len(s.free) < n {
		s.free = make([]T, max(n, 1024))
	}
	taken := s.free[:n:n]
	s.free = s.free[n:]
	return taken
}

// attach gives an exemplar to the bucket that it is in. That of everything has to
// be there then.
func attach(h *dto.Histogram, e *dto.Exemplar) {
	i, _ := slices.BinarySearchFunc(h.Bucket, e.GetValue(), func(b *dto.Bucket, v float64) int {
		if b.GetUpperBound() < v {
			return -1
		}
		return 1
	})
	if i == len(h.Bucket) {
		h.Bucket = append(h.Bucket, &dto.Bucket{CumulativeCount: h.SampleCount, UpperBound: proto(math.Inf(1))})
	}
	h.Bucket[i].Exemplar = e
}

func exemplar[N number](e metricdata.Exemplar[N]) *dto.Exemplar {
	out := &dto.Exemplar{Value: proto(float64(e.Value)), Timestamp: timestamppb.New(e.Time)}
	for _, id := range []struct {
		name  string
		bytes []byte
	}{{otlptranslator.ExemplarSpanIDKey, e.SpanID}, {otlptranslator.ExemplarTraceIDKey, e.TraceID}} {
		out.Label = append(out.Label, &dto.LabelPair{Name: proto(id.name), Value: proto(hex.EncodeToString(id.bytes))})
	}
	return out
}

func proto[V any](v V) *V { return &v }
