package bound

import (
	"math"

	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// maxScale is the finest resolution, at which a bucket is a 2^20th root of 2
// wide.
const maxScale = 20

// exponentialBuckets counts values by exponentially growing buckets: at a scale
// s, bucket i holds what is above 2^(i/2^s) and not above 2^((i+1)/2^s).
type exponentialBuckets[N number] struct {
	distribution[N]
	scale              int32
	zero               uint64
	positive, negative buckets
}

// count1 counts a value, and lowers the scale if otherwise more than size
// buckets were needed.
func (b *exponentialBuckets[N]) count1(v float64, size int) {
	side := &b.positive
	switch {
	case v == 0:
		b.zero++
		return
	case v < 0:
		side, v = &b.negative, -v
	}
	i := bucketIndex(v, b.scale)
	if by := side.excess(i, i, size); by > 0 {
		b.lower(by)
		i = bucketIndex(v, b.scale)
	}
	side.add(i, 1, size)
}

// lower reduces the scale, which joins neighbouring buckets.
func (b *exponentialBuckets[N]) lower(by int32) {
	b.scale -= by
	b.positive.lower(by)
	b.negative.lower(by)
}

// merge adds what another counted, at a scale that suits both.
func (b *exponentialBuckets[N]) merge(o *exponentialBuckets[N], size int) {
	b.distribution.merge(&o.distribution)
	b.zero += o.zero
	if o.scale < b.scale {
		b.lower(b.scale - o.scale)
	}
	by := max(b.positive.excessOf(&o.positive, o.scale-b.scale, size), b.negative.excessOf(&o.negative, o.scale-b.scale, size))
	if by > 0 {
		b.lower(by)
	}
	b.positive.merge(&o.positive, o.scale-b.scale, size)
	b.negative.merge(&o.negative, o.scale-b.scale, size)
}

func (b *exponentialBuckets[N]) clear(scale int32) {
	b.distribution = distribution[N]{}
	b.scale, b.zero = scale, 0
	b.positive.counts = b.positive.counts[:0]
	b.negative.counts = b.negative.counts[:0]
}

// bucketIndex is the bucket of a positive value.
func bucketIndex(v float64, scale int32) int32 {
	fraction, exponent := math.Frexp(v) // v = fraction * 2^exponent, 0.5 <= fraction < 1
	if scale <= 0 {
		// The bounds are powers of 2, and one of them belongs below itself.
		index := int32(exponent) - 1
		if fraction == 0.5 {
			index--
		}
		return index >> -scale
	}
	perOctave := float64(int64(1) << scale)
	return int32(exponent)<<scale + int32(math.Log(fraction)*(math.Log2E*perOctave)) - 1
}

// buckets are the counts of consecutive buckets of one sign. The first and the
// last of them are not 0.
type buckets struct {
	start  int32 // index of the first
	counts []uint64
}

// excess is by how much the scale has to fall for the buckets to cover low to
// high as well with no more than size of them.
func (b *buckets) excess(low, high int32, size int) (by int32) {
	if n := len(b.counts); n > 0 {
		low, high = min(low, b.start), max(high, b.start+int32(n)-1)
	}
	for int(high)-int(low) >= size {
		low, high = low>>1, high>>1
		by++
	}
	return by
}

// excessOf is the same for all of another's buckets, whose scale is higher by
// finer.
func (b *buckets) excessOf(o *buckets, finer int32, size int) int32 {
	if len(o.counts) == 0 {
		return 0
	}
	return b.excess(o.start>>finer, (o.start+int32(len(o.counts))-1)>>finer, size)
}

// add counts n values in bucket i, for which there must be room.
func (b *buckets) add(i int32, n uint64, size int) {
	switch have := int32(len(b.counts)); {
	case have == 0:
		b.start = i
		b.reserve(1, size)
	case i < b.start:
		shift := b.start - i
		b.reserve(int(have+shift), size)
		copy(b.counts[shift:], b.counts[:have])
		clear(b.counts[:shift])
		b.start = i
	case i >= b.start+have:
		b.reserve(int(i-b.start+1), size)
	}
	b.counts[i-b.start] += n
}

// reserve makes the counts n long. What it adds at the end is 0.
func (b *buckets) reserve(n, size int) {
	have := len(b.counts)
	if n > cap(b.counts) {
		grown := make([]uint64, have, min(size, max(8, 2*n)))
		copy(grown, b.counts)
		b.counts = grown
	}
	b.counts = b.counts[:n]
	clear(b.counts[have:])
}

// lower joins each 2^by neighbours.
func (b *buckets) lower(by int32) {
	if len(b.counts) == 0 {
		return
	}
	start := b.start >> by
	last := int32(0)
	for i, n := range b.counts {
		to := (b.start+int32(i))>>by - start
		b.counts[i] = 0
		b.counts[to] += n // never ahead of i
		last = to
	}
	b.start, b.counts = start, b.counts[:last+1]
}

// merge adds the counts of another whose scale is higher by finer.
func (b *buckets) merge(o *buckets, finer int32, size int) {
	for i, n := range o.counts {
		if n > 0 {
			b.add((o.start+int32(i))>>finer, n, size)
		}
	}
}

func (b *buckets) read(counts *arena) metricdata.ExponentialBucket {
	if len(b.counts) == 0 {
		return metricdata.ExponentialBucket{}
	}
	read := metricdata.ExponentialBucket{Offset: b.start, Counts: counts.take(len(b.counts))}
	copy(read.Counts, b.counts)
	return read
}
