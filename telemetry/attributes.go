package telemetry

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
)

// methods maps the request methods that are reported as they are to themselves,
// so that what is kept is not a part of a request's memory.
type methods map[string]string

// knownMethods are the methods of RFC 9110 and 5789 and QUERY. A comma-separated
// list, the value of OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS, replaces them.
func knownMethods(list string) methods {
	known := methods{}
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			known[name] = name
		}
	}
	if len(known) > 0 {
		return known
	}
	for _, kv := range []attribute.KeyValue{
		semconv.HTTPRequestMethodConnect, semconv.HTTPRequestMethodDelete, semconv.HTTPRequestMethodGet,
		semconv.HTTPRequestMethodHead, semconv.HTTPRequestMethodOptions, semconv.HTTPRequestMethodPatch,
		semconv.HTTPRequestMethodPost, semconv.HTTPRequestMethodPut, semconv.HTTPRequestMethodQuery,
		semconv.HTTPRequestMethodTrace,
	} {
		known[kv.Value.AsString()] = kv.Value.AsString()
	}
	return known
}

// name is the method itself if it is known, and _OTHER if not: any client can
// make methods up.
func (m methods) name(method string) string {
	if name, ok := m[method]; ok {
		return name
	}
	return semconv.HTTPRequestMethodOther.Value.AsString()
}

// protocol is a version of HTTP. The zero value is a version that nobody has
// defined yet and is not reported.
type protocol uint8

const (
	_ protocol = iota
	http10
	http11
	http2
	http3
)

var protocolVersions = [...]string{http10: "1.0", http11: "1.1", http2: "2", http3: "3"}

// protocolOf takes every minor version of HTTP/1 above 0 as 1.1, as the server
// does, because a client can send any digit.
func protocolOf(major, minor int) protocol {
	switch major {
	case 1:
		if minor == 0 {
			return http10
		}
		return http11
	case 2:
		return http2
	case 3:
		return http3
	}
	return 0
}

// runningKey tells apart the series of requests in flight.
type runningKey struct {
	method string
	https  bool
	server serverID
}

// finishedKey tells apart the series of finished requests.
//
// There cannot be many of them, whatever clients send: routes are the engine's
// templates, methods are the known ones, servers and the values of attributes
// are configured or limited, statuses lie between 100 and 599, protocols and
// schemes are enumerated, and the types that a program can panic with are part
// of its code.
type finishedKey struct {
	runningKey
	route    string // empty if none matched
	panicked string // the type of the panic's value, empty if there was none
	status   int
	protocol protocol
	custom   [maxAttributes]valueID
}

// panicKey tells apart the series of panics.
type panicKey struct{ route, panicked string }

func (r *rules) attributes(k runningKey) []attribute.KeyValue {
	scheme := "http"
	if k.https {
		scheme = "https"
	}
	attrs := []attribute.KeyValue{semconv.HTTPRequestMethodKey.String(k.method), semconv.URLScheme(scheme)}
	return append(attrs, r.servers.attributes(k.server)...)
}

func (r *rules) runningOptions(k runningKey) []metric.AddOption {
	return []metric.AddOption{metric.WithAttributeSet(attribute.NewSet(r.attributes(k)...))}
}

func (r *rules) finishedOptions(k finishedKey) []metric.RecordOption {
	attrs := append(r.attributes(k.runningKey), semconv.HTTPResponseStatusCode(k.status))
	attrs = append(attrs, protocolAttributes(k.protocol)...)
	if k.route != "" {
		attrs = append(attrs, semconv.HTTPRoute(k.route))
	}
	if k.panicked != "" {
		attrs = append(attrs, semconv.ErrorTypeKey.String(k.panicked))
	} else if k.status >= http.StatusInternalServerError {
		attrs = append(attrs, semconv.ErrorTypeKey.String(strconv.Itoa(k.status)))
	}
	attrs = append(attrs, r.custom.attributes(k.custom)...)
	return []metric.RecordOption{metric.WithAttributeSet(attribute.NewSet(attrs...))}
}

func (k panicKey) options() []metric.AddOption {
	attrs := []attribute.KeyValue{semconv.ErrorTypeKey.String(k.panicked)}
	if k.route != "" {
		attrs = append(attrs, semconv.HTTPRoute(k.route))
	}
	return []metric.AddOption{metric.WithAttributeSet(attribute.NewSet(attrs...))}
}

func protocolAttributes(p protocol) []attribute.KeyValue {
	if v := protocolVersions[p]; v != "" {
		return []attribute.KeyValue{semconv.NetworkProtocolVersion(v)}
	}
	return nil
}

// cache remembers what make returned for a key. Reading takes no lock and
// allocates nothing, which a sync.Map would for a struct key. Adding copies the
// map: keys are few, and all of them are seen soon after the start.
type cache[K comparable, V any] struct {
	make func(K) V

	seen atomic.Pointer[map[K]V]
	mu   sync.Mutex // held while adding
}

func (c *cache[K, V]) get(key K) V {
	if seen := c.seen.Load(); seen != nil {
		if v, ok := (*seen)[key]; ok {
			return v
		}
	}
	return c.add(key)
}

func (c *cache[K, V]) add(key K) V {
	c.mu.Lock()
	defer c.mu.Unlock()
	next := map[K]V{}
	if seen := c.seen.Load(); seen != nil {
		if v, ok := (*seen)[key]; ok {
			return v
		}
		next = maps.Clone(*seen)
	}
	next[key] = c.make(key)
	c.seen.Store(&next)
	return next[key]
}
