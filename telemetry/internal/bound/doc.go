// Package bound provides metric instruments whose attributes are bound ahead of
// time, so that recording costs neither an allocation nor a lookup.
//
// OpenTelemetry specifies the operation as Bind, and
// go.opentelemetry.io/otel/metric/x v0.69 has the interfaces (Int64CounterBinder
// and its siblings) that the instruments of this package satisfy. No SDK
// implements them yet, and the SDK's Record hashes the attribute set every time
// (open-telemetry/opentelemetry-go#8471). This package is deleted on the day the
// SDK implements Bind (open-telemetry/opentelemetry-go#8759): whoever uses it
// asks an instrument whether it binds, and takes the SDK's meter instead of
// [Provider.Meter].
//
// What is recorded reaches every reader of the SDK through its own extension
// point, [go.opentelemetry.io/otel/sdk/metric.Producer], and is the same that
// the SDK's instruments would have given it. The tests hold the two against
// each other.
//
// # How a record is counted
//
// A histogram's count, sum, extrema and buckets belong together: a collection
// must see all of a record or nothing. Each series keeps them in a cell of plain
// numbers behind a mutex, which is two atomic operations if nobody else wants
// it, fewer than a lock-free histogram needs (it counts entries and exits and
// adds to a bucket and a sum). Several processors that record to one series at
// the same time are given cells of their own, as soon as they are seen to
// collide. A collection drains the cells into totals, one per kind of reader:
// all readers with cumulative temporality share one, each reader with delta
// temporality has its own. Sums are a single number each, so an atomic one is
// enough for them.
package bound
