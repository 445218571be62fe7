package telemetry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/metric"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// statusClientGone is how proxies report a client that closed its connection
// before the response began. No client ever sees it.
const statusClientGone = 499

// recorder measures HTTP server requests. It knows net/http and the
// OpenTelemetry API but no web framework: an adapter calls start before the
// handlers run and finish, exactly once, after them.
type recorder struct {
	methods  methods
	duration metric.Float64Histogram
	active   metric.Int64UpDownCounter
	received metric.Int64Histogram
	sent     metric.Int64Histogram

	running  cache[runningKey, []metric.AddOption]
	finished cache[finishedKey, []metric.RecordOption]
}

// newRecorder creates the instruments as the catalogue describes them.
func newRecorder(meter metric.Meter, known methods) (*recorder, error) {
	r := &recorder{methods: known}
	r.running.make = runningKey.options
	r.finished.make = finishedKey.options

	var errs [4]error
	r.duration, errs[0] = newFloat64Histogram(meter, catalog.RequestDuration)
	r.active, errs[1] = newInt64UpDownCounter(meter, catalog.ActiveRequests)
	r.received, errs[2] = newInt64Histogram(meter, catalog.RequestBodySize)
	r.sent, errs[3] = newInt64Histogram(meter, catalog.ResponseBodySize)
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

// request is a request that is being served.
type request struct {
	begun time.Time
	// ctx is the context that the server gave the request, before any handler
	// derived its own from it: only this one says whether the client is there.
	ctx  context.Context
	key  finishedKey
	body *countedBody // nil if the request has none
	add  []metric.AddOption
}

// response is what the handlers made of a request.
type response struct {
	status   int
	begun    bool // whether the header has been sent
	size     int  // bytes of the body; negative if there is none
	panicked any  // what the handlers panicked with, nil if they did not
}

// start counts a request as active and replaces its body by one that counts
// what is read. The route is the template that matched, or empty.
func (r *recorder) start(req *http.Request, route string) request {
	q := request{begun: time.Now(), ctx: req.Context(), key: finishedKey{
		runningKey: runningKey{method: r.methods.name(req.Method), tls: req.TLS != nil},
		route:      route,
		protocol:   protocolOf(req),
	}}
	if req.Body != nil && req.Body != http.NoBody {
		q.body = &countedBody{ReadCloser: req.Body}
		req.Body = q.body
	}
	q.add = r.running.get(q.key.runningKey)
	r.active.Add(q.ctx, 1, q.add...)
	return q
}

// finish records the outcome.
func (r *recorder) finish(q *request, res response) {
	elapsed := time.Since(q.begun)
	r.active.Add(q.ctx, -1, q.add...)

	q.key.status, q.key.panicked = res.outcome(clientGone(q.ctx))
	opts := r.finished.get(q.key)
	r.duration.Record(q.ctx, elapsed.Seconds(), opts...)
	r.received.Record(q.ctx, q.body.read(), opts...)
	r.sent.Record(q.ctx, bodySize(q.key.method, res.size), opts...)
}

// outcome is the status to count, and what the handlers panicked with.
//
// A panic is a 500 even if a header was sent before it: whatever the handler
// meant to say, it did not finish. A client that left is a 499 if the response
// had not begun, or if it is the server error that handlers make of a cancelled
// context. A response that had begun keeps its status, because leaving is how
// the client of a stream ends it.
func (res response) outcome(gone bool) (status int, panicked string) {
	switch {
	case res.panicked == http.ErrAbortHandler && gone:
		return statusClientGone, ""
	case res.panicked == http.ErrAbortHandler:
		return http.StatusInternalServerError, "http.ErrAbortHandler"
	case res.panicked != nil:
		return http.StatusInternalServerError, panicType(res.panicked)
	case gone && (!res.begun || res.status >= http.StatusInternalServerError):
		return statusClientGone, ""
	case res.status < 100 || res.status > 599:
		// A handler can set any number. A client has to take one that is not
		// a status as a server error (RFC 9110, section 15), and so do we,
		// which also bounds the number of series.
		return http.StatusInternalServerError, ""
	}
	return res.status, ""
}

// panicType is the type of a panic's value, which unlike its text is one of a
// few. Wrapping by fmt.Errorf says nothing, so the wrapped error counts.
func panicType(v any) string {
	for err, ok := v.(error); ok && err != nil; err = errors.Unwrap(err) {
		if name := fmt.Sprintf("%T", err); name != "*fmt.wrapError" {
			return name
		}
	}
	return fmt.Sprintf("%T", v)
}

// clientGone reports whether the server cancelled a request because its client
// closed the connection or the stream. A deadline, or a cancellation with a
// cause, is somebody else's: a middleware in front of ours. A service that
// cancels its server's base context without a cause looks like all clients
// leaving; it should give one.
func clientGone(ctx context.Context) bool {
	return ctx.Err() != nil && context.Cause(ctx) == context.Canceled
}

// bodySize corrects what a response writer counted: nothing is sent in answer
// to HEAD, and a writer without a body may say -1.
func bodySize(method string, written int) int64 {
	if method == http.MethodHead {
		return 0
	}
	return int64(max(written, 0))
}

// countedBody counts the bytes that were really read, which Content-Length does
// not tell: it may be absent or a lie, and a handler may stop reading early. The
// count is atomic because a handler may leave a goroutine behind that reads.
type countedBody struct {
	io.ReadCloser
	n atomic.Int64
}

func (b *countedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.n.Add(int64(n))
	return n, err
}

// read is the number of bytes read so far; a request without a body has 0.
func (b *countedBody) read() int64 {
	if b == nil {
		return 0
	}
	return b.n.Load()
}
