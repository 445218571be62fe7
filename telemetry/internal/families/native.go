package families

import (
	dto "github.com/prometheus/client_model/go"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// maxSchema is the finest resolution that Prometheus knows. The coarsest, -4,
// needs no thought: 160 buckets of it are wider than all numbers.
const maxSchema = 8

func native[N number](g *Gatherer, family *dto.MetricFamily, data metricdata.ExponentialHistogram[N]) {
	family.Type = dto.MetricType_HISTOGRAM.Enum()
	points := make([]point, len(data.DataPoints))
	family.Metric = make([]*dto.Metric, len(points))
	threshold := 0.0
	var to runs
	for i := range data.DataPoints {
		from, p := &data.DataPoints[i], &points[i]
		h := &p.histogram
		p.metric.Label, p.metric.Histogram = g.labelsOf(from.Attributes), h
		p.count, p.sum, p.zero, p.schema = from.Count, float64(from.Sum), from.ZeroCount, min(from.Scale, maxSchema)
		h.SampleCount, h.SampleSum, h.ZeroCount, h.Schema = &p.count, &p.sum, &p.zero, &p.schema
		h.ZeroThreshold, h.CreatedTimestamp = &threshold, g.created(from.StartTime)
		finer := from.Scale - p.schema
		h.PositiveSpan, h.PositiveDelta = to.write(from.PositiveBucket, finer)
		h.NegativeSpan, h.NegativeDelta = to.write(from.NegativeBucket, finer)
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

// runs writes buckets as Prometheus does: runs of them, each with its distance
// from the end of the one before, and every count as the difference to the last
// one. Bucket i is named by its lower bound here and by its upper one there. Up to
// two empty buckets are cheaper than a new run.
type runs struct {
	// What is written for one series, before it is known how much it is.
	spans  []*dto.BucketSpan
	deltas []int64

	spanSlab    slab[run]
	pointerSlab slab[*dto.BucketSpan]
	deltaSlab   slab[int64]
}

type run struct {
	dto.BucketSpan
	offset int32
	length uint32
}

func (w *runs) write(from metricdata.ExponentialBucket, finer int32) ([]*dto.BucketSpan, []int64) {
	w.spans, w.deltas = w.spans[:0], w.deltas[:0]
	next, last := int32(0), int64(0)
	each(from, finer, func(i int32, n uint64) {
		i++
		if gap := i - next; len(w.spans) == 0 || gap > 2 {
			w.begin(gap)
		} else {
			for range gap {
				w.add(-last)
				last = 0
			}
		}
		w.add(int64(n) - last)
		next, last = i+1, int64(n)
	})
	if len(w.spans) == 0 {
		return nil, nil
	}
	spans, deltas := w.pointerSlab.take(len(w.spans)), w.deltaSlab.take(len(w.deltas))
	copy(spans, w.spans)
	copy(deltas, w.deltas)
	return spans, deltas
}

func (w *runs) begin(gap int32) {
	r := &w.spanSlab.take(1)[0]
	r.offset = gap
	r.Offset, r.Length = &r.offset, &r.length
	w.spans = append(w.spans, &r.BucketSpan)
}

func (w *runs) add(delta int64) {
	*w.spans[len(w.spans)-1].Length++
	w.deltas = append(w.deltas, delta)
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
