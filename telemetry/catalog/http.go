package catalog

import "go.opentelemetry.io/otel/semconv/v1.43.0/httpconv"

// convention is how the generated semantic-convention packages describe an
// instrument.
type convention interface {
	Name() string
	Unit() string
	Description() string
}

func describe(c convention, labels ...Label) Desc {
	return Desc{Name: c.Name(), Unit: c.Unit(), Help: c.Description(), Labels: labels}
}

// Attributes of a finished request, and of one that is still running.
var (
	requestLabels = []Label{Method, Route, StatusCode, Scheme, ProtocolVersion, ErrorType, ServerAddress, ServerPort}
	activeLabels  = []Label{Method, Scheme, ServerAddress, ServerPort}
)

// HTTP server metrics of the semantic conventions, v1.43.
// https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
var (
	// RequestDuration counts requests and measures how long they took, in
	// seconds. The bounds are the ones that the convention advises.
	RequestDuration = Histogram{
		Desc:    describe(httpconv.ServerRequestDuration{}, requestLabels...),
		Buckets: []float64{.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10},
	}
	// ActiveRequests is the number of requests in flight.
	ActiveRequests = UpDownCounter{describe(httpconv.ServerActiveRequests{}, activeLabels...)}
	// Panics counts the panics of handlers. The conventions have no such metric;
	// in request durations a panic is a 500 like any other, unless one knows the
	// types.
	Panics = Counter{Desc{
		Name: "http.server.panics", Unit: "{panic}",
		Help: "Number of panics in HTTP handlers.", Labels: []Label{Route, ErrorType},
		When: "a handler panicked",
	}}
	// RequestBodySize is the size of request bodies as read, in bytes.
	RequestBodySize = Histogram{
		Desc:    describe(httpconv.ServerRequestBodySize{}, requestLabels...),
		Buckets: byteBuckets,
	}
	// ResponseBodySize is the size of response bodies as written, in bytes.
	ResponseBodySize = Histogram{
		Desc:    describe(httpconv.ServerResponseBodySize{}, requestLabels...),
		Buckets: byteBuckets,
	}
)

// byteBuckets are powers of four from 64 B to 64 MiB. The conventions advise no
// bounds for sizes, and the SDK's default ones end at 10 kB.
var byteBuckets = []float64{
	64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10,
	1 << 20, 4 << 20, 16 << 20, 64 << 20,
}
