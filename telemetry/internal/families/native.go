package families

import (
	dto "github.com/prometheus/client_model/go"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// maxSchema is the finest resolution that Prometheus knows. The coarsest, -4,
// needs no thought: 160 buckets of it are wider than all numbers.
const maxSchema = 8

func native[N number](g *Gatherer, family *dto.MetricFamily, data metricdata.ExponentialHistogram[N]) {
	family.Type = dto.MetricType_HISTOGRAM.Enum()
	points := make([]point, len(data.DataPoints))
	family.Metric = make([]*dto.Metric, len(points))
	threshold := 0.0
	for i := range data.DataPoints {
		from, p := &data.DataPoints[i], &points[i]
		h := &p.histogram
		p.metric.Label, p.metric.Histogram = g.labelsOf(from.Attributes), h
		p.count, p.sum, p.zero, p.schema = from.Count, float64(from.Sum), from.ZeroCount, min(from.Scale, maxSchema)
		h.SampleCount, h.SampleSum, h.ZeroCount, h.Schema = &p.count, &p.sum, &p.zero, &p.schema
		h.ZeroThreshold, h.CreatedTimestamp = &threshold, timestamppb.New(from.StartTime)
		finer := from.Scale - p.schema
		h.PositiveSpan, h.PositiveDelta = spans(from.PositiveBucket, finer)
		h.NegativeSpan, h.NegativeDelta = spans(from.NegativeBucket, finer)
		if p.zero == 0 && len(h.PositiveSpan) == 0 && len(h.NegativeSpan) == 0 {
			// Else it could not be told from a classic histogram.
			h.PositiveSpan = []*dto.BucketSpan{{Offset: proto(int32(0)), Length: proto(uint32(0))}}
		}
		for _, e := range from.Exemplars {
			h.Exemplars = append(h.Exemplars, exemplar(e))
		}
		family.Metric[i] = &p.metric
	}
}

// spans writes buckets as Prometheus does: runs of them, each with its distance
// from the end of the one before, and every count as the difference to the last
// one. Bucket i is named by its lower bound here and by its upper one there. Up to
// two empty buckets are cheaper than a new run.
func spans(from metricdata.ExponentialBucket, finer int32) (spans []*dto.BucketSpan, deltas []int64) {
	last := int64(0)
	add := func(count int64) {
		*spans[len(spans)-1].Length++
		deltas = append(deltas, count-last)
		last = count
	}
	next := int32(0)
	each(from, finer, func(i int32, count uint64) {
		i++
		if gap := i - next; len(spans) == 0 || gap > 2 {
			spans = append(spans, &dto.BucketSpan{Offset: &gap, Length: proto(uint32(0))})
		} else {
			for range gap {
				add(0)
			}
		}
		add(int64(count))
		next = i + 1
	})
	return spans, deltas
}

// each calls f with the buckets that are not empty, joined to a scale that is
// lower by finer.
func each(from metricdata.ExponentialBucket, finer int32, f func(int32, uint64)) {
	for i := 0; i < len(from.Counts); {
		to, count := (from.Offset+int32(i))>>finer, uint64(0)
		for ; i < len(from.Counts) && (from.Offset+int32(i))>>finer == to; i++ {
			count += from.Counts[i]
		}
		if count > 0 {
			f(to, count)
		}
	}
}
