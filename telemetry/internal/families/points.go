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
			p.counter.Value, p.counter.CreatedTimestamp = &p.sum, timestamppb.New(from.StartTime)
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

// classic has the buckets of all series in one slice, too.
func classic[N number](g *Gatherer, family *dto.MetricFamily, data metricdata.Histogram[N]) {
	family.Type = dto.MetricType_HISTOGRAM.Enum()
	points := make([]point, len(data.DataPoints))
	family.Metric = make([]*dto.Metric, len(points))
	for i := range data.DataPoints {
		from, p := &data.DataPoints[i], &points[i]
		p.metric.Label, p.metric.Histogram = g.labelsOf(from.Attributes), &p.histogram
		p.count, p.sum = from.Count, float64(from.Sum)
		p.histogram.SampleCount, p.histogram.SampleSum = &p.count, &p.sum
		p.histogram.CreatedTimestamp = timestamppb.New(from.StartTime)
		p.histogram.Bucket = classicBuckets(from.Bounds, from.BucketCounts)
		for _, e := range from.Exemplars {
			attach(&p.histogram, exemplar(e))
		}
		family.Metric[i] = &p.metric
	}
}

// classicBuckets are cumulative, and the bucket of everything goes without
// saying.
func classicBuckets(bounds []float64, counts []uint64) []*dto.Bucket {
	type bucket struct {
		dto.Bucket
		count uint64
	}
	buckets, pointers := make([]bucket, len(bounds)), make([]*dto.Bucket, len(bounds), len(bounds)+1)
	total := uint64(0)
	for i := range bounds {
		total += counts[i]
		b := &buckets[i]
		b.count = total
		b.CumulativeCount, b.UpperBound = &b.count, &bounds[i]
		pointers[i] = &b.Bucket
	}
	return pointers
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
