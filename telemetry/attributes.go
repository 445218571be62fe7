package telemetry

import (
	"math"
	"net/http"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
)

// methods are the request methods that are reported as they are, frequent ones
// first: for most requests, a look at one or two is cheaper than a map.
type methods []string

// knownMethods are the methods of RFC 9110 and 5789 and QUERY. A comma-separated
// list, the value of OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS, replaces them.
func knownMethods(list string) methods {
	var known methods
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			known = append(known, name)
		}
	}
	if len(known) > 0 {
		return known[:min(len(known), maxMethods)]
	}
	for _, kv := range []attribute.KeyValue{
		semconv.HTTPRequestMethodGet, semconv.HTTPRequestMethodPost, semconv.HTTPRequestMethodPut,
		semconv.HTTPRequestMethodDelete, semconv.HTTPRequestMethodPatch, semconv.HTTPRequestMethodHead,
		semconv.HTTPRequestMethodOptions, semconv.HTTPRequestMethodQuery, semconv.HTTPRequestMethodConnect,
		semconv.HTTPRequestMethodTrace,
	} {
		known = append(known, kv.Value.AsString())
	}
	return known
}

// methodID is a method's place in the list, from 1. 0 is one that is not known.
type methodID uint8

// maxMethods is how many methods can be told apart.
const maxMethods = math.MaxUint8

// id is the place of a method.
func (m methods) id(method string) methodID {
	for i, name := range m {
		if name == method {
			return methodID(i + 1)
		}
	}
	return 0
}

// name is the method itself if it is known, and _OTHER if not: any client can
// make methods up. It is never a part of the request's memory.
func (m methods) name(method string) string { return m.value(m.id(method)) }

// value is the method in a place.
func (m methods) value(id methodID) string {
	if id == 0 {
		return semconv.HTTPRequestMethodOther.Value.AsString()
	}
	return m[id-1]
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

// runningKey tells apart the series of requests in flight. Like the whole of
// finishedKey it is small, since it is compared for every request.
type runningKey struct {
	method methodID
	server serverID
	https  bool
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
	protocol protocol
	status   int32
	custom   [maxAttributes]valueID
	route    string // empty if none matched
	panicked string // the type of the panic's value, empty if there was none
}

func (k *runningKey) place() uint64 {
	place := uint64(k.method) | uint64(k.server)<<8
	if k.https {
		place |= 1 << 16
	}
	return spread(place)
}

func (k *finishedKey) place() uint64 {
	numbers := uint64(k.method) | uint64(k.server)<<8 | uint64(k.status)<<16 | uint64(k.custom[0])<<32 | uint64(k.custom[1])<<48
	return spread(address(k.route) ^ spread(numbers))
}

// panicKey tells apart the series of panics.
type panicKey struct{ route, panicked string }

func (k *panicKey) place() uint64 { return spread(address(k.route)) }

func (r *rules) runningAttributes(k runningKey) []attribute.KeyValue {
	scheme := "http"
	if k.https {
		scheme = "https"
	}
	attrs := []attribute.KeyValue{semconv.HTTPRequestMethodKey.String(r.methods.value(k.method)), semconv.URLScheme(scheme)}
	return append(attrs, r.servers.attributes(k.server)...)
}

func (r *rules) finishedAttributes(k finishedKey) []attribute.KeyValue {
	attrs := append(r.runningAttributes(k.runningKey), semconv.HTTPResponseStatusCode(int(k.status)))
	attrs = append(attrs, protocolAttributes(k.protocol)...)
	if k.route != "" {
		attrs = append(attrs, semconv.HTTPRoute(k.route))
	}
	if k.panicked != "" {
		attrs = append(attrs, semconv.ErrorTypeKey.String(k.panicked))
	} else if k.status >= http.StatusInternalServerError {
		attrs = append(attrs, semconv.ErrorTypeKey.String(strconv.Itoa(int(k.status))))
	}
	return append(attrs, r.custom.attributes(k.custom)...)
}

func (k panicKey) attributes() []attribute.KeyValue {
	attrs := []attribute.KeyValue{semconv.ErrorTypeKey.String(k.panicked)}
	if k.route != "" {
		attrs = append(attrs, semconv.HTTPRoute(k.route))
	}
	return attrs
}

func protocolAttributes(p protocol) []attribute.KeyValue {
	if v := protocolVersions[p]; v != "" {
		return []attribute.KeyValue{semconv.NetworkProtocolVersion(v)}
	}
	return nil
}
