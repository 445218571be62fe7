package catalog

import "go.opentelemetry.io/otel/semconv/v1.43.0/httpconv"

// Attributes of a request that a client made, and of one that is under way.
var (
	callLabels    = []Label{Method, ServerAddress, ServerPort, URLTemplate, StatusCode, ProtocolVersion, ErrorType}
	callingLabels = []Label{Method, ServerAddress, ServerPort, URLTemplate}
)

// wrapped is when the metrics of HTTP clients exist.
const wrapped = "a request was made through Telemetry.RoundTripper"

// HTTP client metrics of the semantic conventions, v1.43.
// https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
var (
	// ClientRequestDuration counts the requests that the service made and
	// measures how long their responses took to begin, in seconds.
	ClientRequestDuration = Histogram{
		Desc:    when(wrapped, describe(httpconv.ClientRequestDuration{}, callLabels...)),
		Buckets: RequestDuration.Buckets,
	}
	// ClientActiveRequests is the number of requests under way, until the body
	// of the response is read or closed.
	ClientActiveRequests = UpDownCounter{when(wrapped, describe(httpconv.ClientActiveRequests{}, callingLabels...))}
	// ClientRequestBodySize is the size of request bodies as sent, in bytes.
	ClientRequestBodySize = Histogram{
		Desc:    when(wrapped, describe(httpconv.ClientRequestBodySize{}, callLabels...)),
		Buckets: byteBuckets,
	}
	// ClientResponseBodySize is the size of response bodies as read, in bytes,
	// after decompression if the transport did that.
	ClientResponseBodySize = Histogram{
		Desc:    when(wrapped, describe(httpconv.ClientResponseBodySize{}, callLabels...)),
		Buckets: byteBuckets,
	}
)
