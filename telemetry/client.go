package telemetry

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// RoundTripper measures the requests that a client makes through base, or through
// [http.DefaultTransport] if that is nil:
//
//	client := &http.Client{Transport: tel.RoundTripper(nil)}
//
// Every round trip counts, so a redirect counts as one request and its target as
// another. The duration ends with the response's header; what the body takes is up
// to whoever reads it. The sizes are recorded, and the request is active, until the
// body is read to its end or closed, or found by the garbage collector, should
// nobody close it. A request without a response has no response size.
//
// Where a request goes is told by server.address and server.port, of as many
// targets as HTTPConfig.ClientLimit allows; [WithURLTemplate] says more.
func (t *Telemetry) RoundTripper(base http.RoundTripper) http.RoundTripper {
	if base == nil {
		base = http.DefaultTransport
	}
	if t.client == nil {
		return base
	}
	return &roundTripper{client: t.client, base: base}
}

// WithURLTemplate returns a context whose requests are told apart by url.template,
// such as "/orders/{id}". It must not hold what differs between requests.
func WithURLTemplate(ctx context.Context, template string) context.Context {
	return context.WithValue(ctx, templateKey{}, template)
}

type templateKey struct{}

// client measures what RoundTrippers do.
type client struct {
	methods   methods
	duration  metric.Float64Histogram
	active    metric.Int64UpDownCounter
	sent      metric.Int64Histogram
	received  metric.Int64Histogram
	targets   bounded[target]
	templates bounded[string]

	running  cache[callKey, metric.Int64UpDownCounter]
	finished cache[calledKey, *finishedSeries]
}

func newClient(meter metric.Meter, limit int, known methods) (*client, error) {
	if limit == 0 {
		limit = defaultClientLimit
	}
	if limit < 0 || limit > maxValues {
		return nil, errors.New("HTTP.ClientLimit: it must be from 1 to " + strconv.Itoa(maxValues))
	}
	c := &client{methods: known}
	c.targets.init(limit, target.clone)
	c.templates.init(limit, strings.Clone)
	c.running.make, c.finished.make = c.bindRunning, c.bindFinished

	var errs [4]error
	c.duration, errs[0] = newFloat64Histogram(meter, catalog.ClientRequestDuration)
	c.active, errs[1] = newInt64UpDownCounter(meter, catalog.ClientActiveRequests)
	c.sent, errs[2] = newInt64Histogram(meter, catalog.ClientRequestBodySize)
	c.received, errs[3] = newInt64Histogram(meter, catalog.ClientResponseBodySize)
	return c, errors.Join(errs[:]...)
}

// callKey tells apart the series of requests under way.
type callKey struct {
	method   string
	target   valueID
	template valueID
}

// calledKey tells apart the series of requests that are done.
type calledKey struct {
	callKey
	status   int    // 0 without a response
	failure  string // why there is none, one of a few
	protocol protocol
}

func (k *callKey) place() uint64 {
	return spread(address(k.method) ^ uint64(k.target)<<16 ^ uint64(k.template))
}

func (k *calledKey) place() uint64 { return spread(k.callKey.place() ^ uint64(k.status)<<32) }

// target is where requests go, as a URL has it.
type target struct {
	host  string // with the port, if the URL has one
	https bool
}

func (t target) clone() target { return target{strings.Clone(t.host), t.https} }

// name is the target's address, and its port even if the URL leaves that out.
func (t target) name() serverName {
	u := url.URL{Host: strings.ToLower(t.host)}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	switch {
	case err == nil:
	case t.https:
		port = 443
	default:
		port = 80
	}
	return serverName{u.Hostname(), int(port)}
}

func (c *client) attributes(k callKey) []attribute.KeyValue {
	attrs := []attribute.KeyValue{semconv.HTTPRequestMethodKey.String(k.method)}
	if t, ok := c.targets.value(k.target); ok {
		attrs = append(attrs, addressAttributes(t.name())...)
	} else if k.target == otherValue {
		attrs = append(attrs, semconv.ServerAddress(other))
	}
	if t, ok := c.templates.value(k.template); ok {
		attrs = append(attrs, semconv.URLTemplate(t))
	} else if k.template == otherValue {
		attrs = append(attrs, semconv.URLTemplate(other))
	}
	return attrs
}

func (c *client) bindRunning(k callKey) metric.Int64UpDownCounter {
	return bindUpDownCounter(c.active, c.attributes(k))
}

func (c *client) bindFinished(k calledKey) *finishedSeries {
	attrs := c.finishedAttributes(k)
	return &finishedSeries{
		duration: bindDuration(c.duration, attrs), received: bindSize(c.received, attrs), sent: bindSize(c.sent, attrs),
	}
}

func (c *client) finishedAttributes(k calledKey) []attribute.KeyValue {
	attrs := append(c.attributes(k.callKey), protocolAttributes(k.protocol)...)
	if k.status != 0 {
		attrs = append(attrs, semconv.HTTPResponseStatusCode(k.status))
	}
	// For a client, a request that the server refuses has failed as well.
	switch {
	case k.failure != "":
		attrs = append(attrs, semconv.ErrorTypeKey.String(k.failure))
	case k.status >= http.StatusBadRequest:
		attrs = append(attrs, semconv.ErrorTypeKey.String(strconv.Itoa(k.status)))
	}
	return attrs
}
