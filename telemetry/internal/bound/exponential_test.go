package bound_test

import (
	"encoding/binary"
	"math"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"

	"github.com/ginsight/ginsight/telemetry/internal/bound"
)

// FuzzExponential records any sequence of numbers, with collections in between,
// and holds the buckets against the SDK's.
func FuzzExponential(f *testing.F) {
	seed := func(values ...float64) (b []byte) {
		for _, v := range values {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		}
		return b
	}
	f.Add(uint8(160), int8(20), seed(1, 2, 4, 8, .5, -.25, 0))
	f.Add(uint8(2), int8(20), seed(math.MaxFloat64, math.SmallestNonzeroFloat64, math.Pi))
	f.Add(uint8(4), int8(0), seed(1e-300, math.NaN(), 1e300, -1e300, math.Inf(1)))
	f.Add(uint8(8), int8(-3), seed(0x1p-1022, 0x1p-1023, 1, 3))
	f.Fuzz(func(t *testing.T, size uint8, scale int8, numbers []byte) {
		// With 2 buckets of a sign, the SDK gives up what does not fit.
		form := sdkmetric.AggregationBase2ExponentialHistogram{
			MaxSize: int32(max(size, 3)), MaxScale: max(min(int32(scale), 20), -10),
		}
		c := newComparison(t, []preference{{sdkmetric.CumulativeTemporalitySelector, form}}, bound.Config{})
		sdk, ours := c.sdk.duration, c.ours.bind(attribute.Bool("bound", true)).duration
		set := attributeSet(attribute.Bool("bound", true))
		for n := 0; len(numbers) >= 8; n++ {
			v := math.Float64frombits(binary.LittleEndian.Uint64(numbers))
			numbers = numbers[8:]
			sdk.Record(t.Context(), v, set)
			ours.Record(t.Context(), v)
			if n%5 == 4 {
				c.compareBuckets(0)
			}
		}
		c.compareBuckets(0)
	})
}
