package boards

import (
	"slices"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// optional are metrics and labels on our boards that a service has only at
// times, each with the reason.
var optional = map[string]string{
	catalog.GoMemoryLimit.PrometheusName(): "exists if GOMEMLIMIT is set",
	catalog.ServiceVersion.Name():          "exists if OTEL_RESOURCE_ATTRIBUTES has service.version",
	catalog.BuildRevision.Name():           "is empty, which Prometheus does not store, unless built from a checkout",
	catalog.BuildModified.Name():           "as above",
}

// Optional lists what a check of our boards must not miss.
func Optional() []string {
	var out []string
	for name := range optional {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
