package local

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	v1 "github.com/prometheus/prometheus/web/api/v1"
)

const module = "github.com/prometheus/prometheus"

// buildInfo is what the server says it is. Grafana reads the version to know
// which features the API has, so it has to be the server's own numbering. A test
// binary does not know its modules: there the version is unknown.
func buildInfo(program *debug.BuildInfo) *v1.PrometheusVersion {
	out := &v1.PrometheusVersion{Version: "unknown", GoVersion: runtime.Version()}
	for _, dep := range program.Deps {
		if dep.Path == module {
			out.Version = serverVersion(dep.Version)
		}
	}
	return out
}

// serverVersion turns the Go module's version into the server's: v0.316.0 of
// the module is 3.16.0, since a module may not say v3 without moving.
func serverVersion(version string) string {
	var minor, patch int
	if _, err := fmt.Sscanf(version, "v0.%d.%d", &minor, &patch); err != nil {
		return strings.TrimPrefix(version, "v")
	}
	return fmt.Sprintf("%d.%d.%d", minor/100, minor%100, patch)
}
