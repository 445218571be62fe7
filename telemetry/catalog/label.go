package catalog

import (
	"github.com/prometheus/otlptranslator"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
)

// Label is an attribute key as OpenTelemetry spells it, such as http.route.
type Label string

// Attributes of the HTTP and Go runtime metrics and of the resource, spelt by
// the semantic conventions.
const (
	Method          = Label(semconv.HTTPRequestMethodKey)
	Route           = Label(semconv.HTTPRouteKey)
	StatusCode      = Label(semconv.HTTPResponseStatusCodeKey)
	Scheme          = Label(semconv.URLSchemeKey)
	ProtocolVersion = Label(semconv.NetworkProtocolVersionKey)
	ErrorType       = Label(semconv.ErrorTypeKey)
	ServerAddress   = Label(semconv.ServerAddressKey)
	ServerPort      = Label(semconv.ServerPortKey)
	URLTemplate     = Label(semconv.URLTemplateKey)
	GoMemoryType    = Label(semconv.GoMemoryTypeKey)
	ServiceName     = Label(semconv.ServiceNameKey)
	ServiceVersion  = Label(semconv.ServiceVersionKey)
	SDKName         = Label(semconv.TelemetrySDKNameKey)
	SDKLanguage     = Label(semconv.TelemetrySDKLanguageKey)
	SDKVersion      = Label(semconv.TelemetrySDKVersionKey)
)

// Labels that Prometheus or its text format attach.
const (
	// Job and Instance are on every series of a scraped target.
	Job      Label = "job"
	Instance Label = "instance"
	// LE is the upper bound of a classic histogram's bucket.
	LE Label = "le"
	// Labels of BuildInfo, as client_golang and Prometheus' own build
	// information spell them.
	BuildPath      Label = "path"
	BuildVersion   Label = "version"
	BuildRevision  Label = "revision"
	BuildModified  Label = "modified"
	BuildGoVersion Label = "goversion"
	// MetricName is the OpenTelemetry name of a metric that another is about.
	MetricName Label = "metric"
	// Cause is why the metrics endpoint could not serve a scrape in full.
	Cause Label = "cause"
)

// TargetLabels are on every series of a scraped target.
func TargetLabels() []Label { return []Label{Job, Instance} }

// Name is the label's name in Prometheus, such as http_route; empty if the
// attribute key has no character that Prometheus allows.
func (l Label) Name() string {
	name, err := (&otlptranslator.LabelNamer{}).Build(string(l))
	if err != nil {
		return ""
	}
	return name
}
