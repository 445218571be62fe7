package panel

import (
	"image/color"
	"math"
	"slices"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// Bounds of what is drawn, and what is taken if the options do not say.
const (
	histogramBuckets    = 30
	histogramMost       = 2000 // buckets
	histogramMostSeries = 200
)

// histogramSeries are the counts of a field.
type histogramSeries struct {
	name   string
	field  *frame.Field
	show   *value.Processor
	custom barCustom
	color  color.NRGBA
	counts []float64 // one for each bucket
}

// histogramData is what a histogram shows: bounds has one more than there are
// buckets.
type histogramData struct {
	series []histogramSeries
	bounds []float64
	size   float64
	offset float64
	lo, hi float64
}

// newHistogramData counts values, or takes the counts of a frame that has the
// bounds of buckets in its columns xMin and xMax.
func newHistogramData(in Input, o histogramOptions) histogramData {
	for _, f := range in.Frames {
		lo, hi := fieldNamed(f, "xMin"), fieldNamed(f, "xMax")
		if lo != nil && hi != nil {
			return countedHistogram(in, f, lo, hi)
		}
	}
	d := histogramData{series: histogramFields(in)}
	if o.Combine && len(d.series) > 1 {
		d.series = []histogramSeries{combined(in, d.series)}
	}
	if !d.chooseBuckets(o) {
		return histogramData{}
	}
	for i := range d.series {
		d.count(&d.series[i])
	}
	return d
}

func histogramFields(in Input) []histogramSeries {
	var list []histogramSeries
	for _, f := range in.Frames {
		for _, field := range f.Fields {
			if field == nil || field.Kind != frame.Number || f.Exemplars || len(list) == histogramMostSeries {
				continue
			}
			if s := newHistogramSeries(in, field); !s.custom.HideFrom.Viz {
				list = append(list, s)
			}
		}
	}
	return list
}

func newHistogramSeries(in Input, field *frame.Field) histogramSeries {
	s := histogramSeries{name: field.Title, field: field, show: value.For(field, in.Theme, in.Range.Zone)}
	if s.name == "" {
		s.name = field.Name
	}
	readLoosely(field.Config.Custom, &s.custom)
	// A histogram has no value to be coloured by; its last one stands for it.
	last, _ := frame.Reduce(field, "lastNotNull")
	s.color = s.show.Number(last).Color
	return s
}

// combined makes one series of all values.
func combined(in Input, list []histogramSeries) histogramSeries {
	all := *list[0].field
	all.Title = "Combined"
	all.Numbers = nil
	for _, s := range list {
		all.Numbers = append(all.Numbers, s.field.Numbers...)
	}
	return newHistogramSeries(in, &all)
}

// chooseBuckets sets the bounds so that all values are within; false if there
// are no values.
func (d *histogramData) chooseBuckets(o histogramOptions) bool {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, s := range d.series {
		for _, v := range s.field.Numbers {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
	}
	if lo > hi || hi-lo > math.MaxFloat64/4 {
		return false
	}
	wanted := float64(histogramBuckets)
	if o.BucketCount != nil {
		wanted = clampTo(*o.BucketCount, 1, histogramMost)
	}
	d.size = niceStep((hi - lo) / wanted)
	if o.BucketSize != nil && *o.BucketSize > 0 {
		d.size = *o.BucketSize
	}
	// No more buckets than can be drawn, and none too narrow to be told apart from
	// its neighbour by floating point numbers.
	d.size = max(d.size, (hi-lo)/histogramMost, max(math.Abs(lo), math.Abs(hi))*1e-12)
	// A bound may be shifted by less than a bucket only.
	d.offset = zeroIfNaN(math.Mod(o.BucketOffset, d.size))
	first := d.bucket(lo)
	for i := range int(d.bucket(hi)-first) + 2 {
		d.bounds = append(d.bounds, (first+float64(i))*d.size+d.offset)
	}
	d.lo, d.hi = d.bounds[0], d.bounds[len(d.bounds)-1]
	return d.hi > d.lo
}

// bucket is the number of a value's bucket, counted from the offset.
func (d *histogramData) bucket(v float64) float64 {
	return math.Floor((v-d.offset)/d.size + 1e-9)
}

func (d *histogramData) count(s *histogramSeries) {
	s.counts = make([]float64, len(d.bounds)-1)
	first := d.bucket(d.lo)
	for _, v := range s.field.Numbers {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		if i := int(d.bucket(v) - first); i >= 0 && i < len(s.counts) {
			s.counts[i]++
		}
	}
}

// countedHistogram takes counts as they are; the buckets must follow each other.
func countedHistogram(in Input, f frame.Frame, lo, hi *frame.Field) histogramData {
	var d histogramData
	n := min(lo.Len(), hi.Len(), histogramMost)
	for i := range n {
		d.bounds = append(d.bounds, lo.Numbers[i])
	}
	if n == 0 {
		return histogramData{}
	}
	d.bounds = append(d.bounds, hi.Numbers[n-1])
	bad := slices.ContainsFunc(d.bounds, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
	if bad || !slices.IsSorted(d.bounds) {
		return histogramData{}
	}
	d.lo, d.hi, d.size = d.bounds[0], d.bounds[n], d.bounds[1]-d.bounds[0]
	if !(d.hi > d.lo) {
		return histogramData{}
	}
	for _, field := range f.Fields {
		if field == nil || field == lo || field == hi || field.Kind != frame.Number || len(d.series) == histogramMostSeries {
			continue
		}
		s := newHistogramSeries(in, field)
		s.counts = make([]float64, n)
		for i := range min(n, field.Len()) {
			if c := field.Numbers[i]; c > 0 && !math.IsInf(c, 0) {
				s.counts[i] = c
			}
		}
		d.series = append(d.series, s)
	}
	return d
}
