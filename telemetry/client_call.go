package telemetry

import (
	"context"
	"io"
	"net/http"
	"runtime"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/metric"

	"github.com/ginsight/ginsight/telemetry/internal/bound"
)

// roundTripper is what [Telemetry.RoundTripper] returns.
type roundTripper struct {
	client *client
	base   http.RoundTripper
}

// RoundTrip implements [http.RoundTripper].
func (t *roundTripper) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL == nil {
		return t.base.RoundTrip(req) // which refuses it
	}
	c := t.client.start(req)
	res, err := t.base.RoundTrip(c.counting(req))
	if err != nil {
		c.fail(err)
		return res, err
	}
	c.answer(res)
	return res, nil
}

// CloseIdleConnections is for [http.Client.CloseIdleConnections].
func (t *roundTripper) CloseIdleConnections() {
	if closer, ok := t.base.(interface{ CloseIdleConnections() }); ok {
		closer.CloseIdleConnections()
	}
}

// call is a request that a client makes.
type call struct {
	client   *client
	begun    time.Time
	ctx      context.Context
	key      calledKey
	active   metric.Int64UpDownCounter
	sent     atomic.Int64 // bytes of the request's body
	received atomic.Int64 // bytes of the response's
	ended    atomic.Bool
}

// start counts a request as active.
func (c *client) start(req *http.Request) *call {
	template, _ := req.Context().Value(templateKey{}).(string)
	k := &call{client: c, begun: time.Now(), ctx: req.Context(), key: calledKey{callKey: callKey{
		method:   c.methods.name(methodOf(req)),
		target:   c.targets.id(target{req.URL.Host, req.URL.Scheme == "https"}),
		template: c.templates.id(template),
	}}}
	k.active = c.running.get(k.key.callKey.place(), &k.key.callKey)
	k.active.Add(bound.Unlinked(), 1)
	return k
}

// methodOf knows that a client's empty method is GET.
func methodOf(req *http.Request) string {
	if req.Method == "" {
		return http.MethodGet
	}
	return req.Method
}

// counting returns the request with a body that counts what is sent. It is a copy,
// because a RoundTripper must not change the request.
func (c *call) counting(req *http.Request) *http.Request {
	if req.Body == nil || req.Body == http.NoBody {
		return req
	}
	counted := req.WithContext(req.Context())
	counted.Body = &sentBody{req.Body, &c.sent}
	if again := req.GetBody; again != nil {
		counted.GetBody = func() (io.ReadCloser, error) {
			body, err := again()
			if err != nil {
				return nil, err
			}
			c.sent.Store(0) // what the first attempt sent is sent again
			return &sentBody{body, &c.sent}, nil
		}
	}
	return counted
}

// fail records a request without a response.
func (c *call) fail(err error) {
	c.key.failure = failure(err)
	ctx, series := linked(c.ctx), c.client.finished.get(c.key.place(), &c.key)
	series.duration.Record(ctx, time.Since(c.begun).Seconds())
	series.sent.Record(ctx, c.sent.Load())
	c.active.Add(bound.Unlinked(), -1)
}

// answer records the duration and sees to it that the end is noticed.
func (c *call) answer(res *http.Response) {
	c.key.status = boundedStatus(res.StatusCode)
	c.key.protocol = protocolOf(res.ProtoMajor, res.ProtoMinor)
	c.client.finished.get(c.key.place(), &c.key).duration.Record(linked(c.ctx), time.Since(c.begun).Seconds())
	// The body of an upgraded connection can be written to as well. That is no
	// longer HTTP, and whoever made the request needs all of its methods.
	if res.Body == nil || res.Body == http.NoBody || res.StatusCode == http.StatusSwitchingProtocols {
		c.end()
		return
	}
	body := &receivedBody{ReadCloser: res.Body, call: c}
	body.unclosed = runtime.AddCleanup(body, (*call).end, c)
	res.Body = body
}

// boundedStatus is 500 for what is no status, as a client has to take it.
func boundedStatus(status int) int {
	if status < 100 || status > 599 {
		return http.StatusInternalServerError
	}
	return status
}

// end records the sizes, once.
func (c *call) end() {
	if c.ended.Swap(true) {
		return
	}
	ctx, series := linked(c.ctx), c.client.finished.get(c.key.place(), &c.key)
	series.sent.Record(ctx, c.sent.Load())
	series.received.Record(ctx, c.received.Load())
	c.active.Add(bound.Unlinked(), -1)
}

// sentBody counts the bytes of a request's body.
type sentBody struct {
	io.ReadCloser
	n *atomic.Int64
}

func (b *sentBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.n.Add(int64(n))
	return n, err
}

// receivedBody counts the bytes of a response's body and notices its end.
type receivedBody struct {
	io.ReadCloser
	call     *call
	unclosed runtime.Cleanup
}

func (b *receivedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.call.received.Add(int64(n))
	if err != nil {
		b.end()
	}
	return n, err
}

// Close implements [io.Closer].
func (b *receivedBody) Close() error {
	defer b.end()
	return b.ReadCloser.Close()
}

func (b *receivedBody) end() {
	b.unclosed.Stop()
	b.call.end()
}
