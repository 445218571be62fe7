package telemetry

import (
	"context"
	"errors"
	"net/http"
	"time"

	"go.opentelemetry.io/otel/metric"

	"github.com/ginsight/ginsight/telemetry/catalog"
	"github.com/ginsight/ginsight/telemetry/internal/bound"
)

// recorder measures HTTP server requests. It knows net/http and the
// OpenTelemetry API but no web framework: an adapter calls start before the
// handlers run and finish, exactly once, after them.
type recorder struct {
	rules    rules
	epoch    time.Time // what clock counts from
	duration metric.Float64Histogram
	active   metric.Int64UpDownCounter
	received metric.Int64Histogram
	sent     metric.Int64Histogram
	panics   metric.Int64Counter

	running  cache[runningKey, metric.Int64UpDownCounter]
	finished cache[finishedKey, *finishedSeries]
	panicked cache[panicKey, metric.Int64Counter]
}

// finishedSeries is where a finished request is recorded.
type finishedSeries struct {
	active         metric.Int64UpDownCounter
	duration       metric.Float64Histogram
	received, sent metric.Int64Histogram
	group          *bound.Group // all four, or nil
}

// record records all of a request at once: seconds, bytes of the bodies, and that
// it is active no more.
func (s *finishedSeries) record(ctx context.Context, duration float64, received, sent int64) {
	if s.group != nil {
		s.group.Record(ctx, duration, received, sent)
		return
	}
	s.active.Add(bound.Unlinked(), -1)
	s.duration.Record(ctx, duration)
	s.received.Record(ctx, received)
	s.sent.Record(ctx, sent)
}

// newRecorder creates the instruments as the catalogue describes them.
func newRecorder(meter metric.Meter, rules rules) (*recorder, error) {
	r := &recorder{rules: rules, epoch: time.Now()}
	r.running.make, r.finished.make, r.panicked.make = r.bindRunning, r.bindFinished, r.bindPanicked

	var errs [5]error
	r.duration, errs[0] = newFloat64Histogram(meter, catalog.RequestDuration)
	r.active, errs[1] = newInt64UpDownCounter(meter, catalog.ActiveRequests)
	r.received, errs[2] = newInt64Histogram(meter, catalog.RequestBodySize)
	r.sent, errs[3] = newInt64Histogram(meter, catalog.ResponseBodySize)
	r.panics, errs[4] = newInt64Counter(meter, catalog.Panics)
	return r, errors.Join(errs[:]...)
}

func newFloat64Histogram(meter metric.Meter, h catalog.Histogram) (metric.Float64Histogram, error) {
	return meter.Float64Histogram(h.Name, metric.WithUnit(h.Unit), metric.WithDescription(h.Help),
		metric.WithExplicitBucketBoundaries(h.Buckets...))
}

func newInt64Histogram(meter metric.Meter, h catalog.Histogram) (metric.Int64Histogram, error) {
	return meter.Int64Histogram(h.Name, metric.WithUnit(h.Unit), metric.WithDescription(h.Help),
		metric.WithExplicitBucketBoundaries(h.Buckets...))
}

func newInt64UpDownCounter(meter metric.Meter, u catalog.UpDownCounter) (metric.Int64UpDownCounter, error) {
	return meter.Int64UpDownCounter(u.Name, metric.WithUnit(u.Unit), metric.WithDescription(u.Help))
}

func newInt64Counter(meter metric.Meter, c catalog.Counter) (metric.Int64Counter, error) {
	return meter.Int64Counter(c.Name, metric.WithUnit(c.Unit), metric.WithDescription(c.Help))
}

func (r *recorder) bindRunning(k runningKey) metric.Int64UpDownCounter {
	return bindUpDownCounter(r.active, r.rules.runningAttributes(k))
}

func (r *recorder) bindFinished(k finishedKey) *finishedSeries {
	attrs := r.rules.finishedAttributes(k)
	s := &finishedSeries{
		active:   r.running.get(k.runningKey.place(), &k.runningKey),
		duration: bindDuration(r.duration, attrs), received: bindSize(r.received, attrs), sent: bindSize(r.sent, attrs),
	}
	s.group = bound.Together(s.active, s.duration, s.received, s.sent)
	return s
}

func (r *recorder) bindPanicked(k panicKey) metric.Int64Counter {
	return bindCounter(r.panics, k.attributes())
}

// clock is the time since epoch. It reads only the monotonic clock, which costs
// half of what time.Now does.
func (r *recorder) clock() time.Duration { return time.Since(r.epoch) }

// start counts a request as active and replaces its body by one that counts
// what is read.
func (r *recorder) start(q *request, req *http.Request) {
	// One by one, because a whole request would be made first and then copied.
	q.recorder, q.ctx, q.asks, q.body = r, req.Context(), req.Header, nil
	q.progress = progress{}
	q.head = req.Method == http.MethodHead
	q.key = finishedKey{
		runningKey: runningKey{
			method: r.rules.methods.id(req.Method), server: r.rules.servers.match(req.Host), https: r.rules.https(req),
		},
		protocol: protocolOf(req.ProtoMajor, req.ProtoMinor),
	}
	q.begun = r.clock()
	if req.Body != nil && req.Body != http.NoBody {
		q.body = &countedBody{ReadCloser: req.Body}
		req.Body = q.body
	}
	// An exemplar of that would say nothing, so it is not given the context.
	r.running.get(q.key.runningKey.place(), &q.key.runningKey).Add(bound.Unlinked(), 1)
}

// finish records the outcome.
func (r *recorder) finish(q *request, res response) {
	elapsed := q.established
	if elapsed == 0 {
		elapsed = r.clock() - q.begun
	}
	ctx := linked(q.ctx)
	status, panicked := q.outcome(res, clientGone(q.ctx))
	q.key.status, q.key.panicked = int32(status), panicked
	r.finished.get(q.key.place(), &q.key).record(ctx, float64(elapsed)/float64(time.Second), q.body.read(), q.bodySize(res.size))
	if q.panicked != nil && q.panicked != http.ErrAbortHandler { //nolint:errorlint // net/http knows only the value itself
		k := panicKey{q.key.route, q.key.panicked}
		r.panicked.get(k.place(), &k).Add(ctx, 1)
	}
}

// clientGone reports whether the server cancelled a request because its client
// closed the connection or the stream. A deadline, or a cancellation with a
// cause, is somebody else's: a middleware in front of ours. A service that
// cancels its server's base context without a cause looks like all clients
// leaving; it should give one.
func clientGone(ctx context.Context) bool {
	return ctx.Err() != nil && context.Cause(ctx) == context.Canceled //nolint:errorlint // a cause may wrap it
}
