package catalog

import "go.opentelemetry.io/otel/semconv/v1.43.0/goconv"

// Go runtime metrics of the semantic conventions, as observed by
// go.opentelemetry.io/contrib/instrumentation/runtime.
// https://opentelemetry.io/docs/specs/semconv/runtime/go-metrics/
var (
	// GoMemoryUsed is memory held by the Go runtime, by type (stack, other).
	GoMemoryUsed = UpDownCounter{describe(goconv.MemoryUsed{}, GoMemoryType)}
	// GoMemoryLimit is the soft memory limit.
	GoMemoryLimit = UpDownCounter{when("a soft memory limit is set (GOMEMLIMIT)", describe(goconv.MemoryLimit{}))}
	// GoMemoryAllocated is bytes allocated on the heap since the start.
	GoMemoryAllocated = Counter{describe(goconv.MemoryAllocated{})}
	// GoMemoryAllocations is heap allocations since the start.
	GoMemoryAllocations = Counter{describe(goconv.MemoryAllocations{})}
	// GoMemoryGCGoal is the heap size at which the next collection ends.
	GoMemoryGCGoal = UpDownCounter{describe(goconv.MemoryGCGoal{})}
	// GoGoroutines is the number of live goroutines.
	GoGoroutines = UpDownCounter{describe(goconv.GoroutineCount{})}
	// GoProcessorLimit is GOMAXPROCS.
	GoProcessorLimit = UpDownCounter{describe(goconv.ProcessorLimit{})}
	// GoConfigGOGC is the garbage collector's target percentage.
	GoConfigGOGC = UpDownCounter{describe(goconv.ConfigGogc{})}
	// GoScheduleDuration is how long goroutines waited, runnable, for a
	// processor, in seconds. The Go runtime chooses the buckets.
	GoScheduleDuration = Histogram{Desc: describe(goconv.ScheduleDuration{})}
)

func when(condition string, d Desc) Desc {
	d.When = condition
	return d
}
