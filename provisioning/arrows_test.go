package main_test

import (
	"os/exec"
	"strings"
	"testing"
)

// The arrows of the house: which part must not know which, also not through
// something else. Only provisioning sees both sides.
var arrows = []struct {
	part string
	// never are import paths, each with everything below it.
	never []string
	why   string
}{
	{"../dashboards/...", []string{"github.com/gin-gonic/gin", "go.opentelemetry.io/otel/sdk", module + "/service", module + "/provisioning"},
		"dashboards learn of a service only through what it exposes"},
	{"../service/...", []string{"github.com/K-Phoen", "github.com/prometheus/prometheus", module + "/dashboards", module + "/provisioning"},
		"a service carries its telemetry and nothing that reads it"},
	{"../telemetry/...", []string{"github.com/K-Phoen", "github.com/grafana", "github.com/prometheus/prometheus", module + "/service", module + "/dashboards", module + "/provisioning"},
		"users of the instrumentation compile nothing else"},
	{"../telemetry/catalog", []string{"go.opentelemetry.io/otel/sdk", "github.com/gin-gonic/gin", "github.com/prometheus/client_golang", module + "/telemetry"},
		"the catalogue is a leaf"},
	{"../dashboards/check", []string{module + "/dashboards/boards", module + "/dashboards/panels", module + "/telemetry", "github.com/K-Phoen"},
		"the check takes any dashboard and knows nothing of ours"},
}

const module = "github.com/ginsight/ginsight"

func TestArrows(t *testing.T) {
	for _, a := range arrows {
		t.Run(strings.TrimPrefix(a.part, "../"), func(t *testing.T) {
			t.Parallel()
			out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", a.part).Output()
			if err != nil {
				t.Fatalf("go list -deps %s: %v", a.part, err)
			}
			deps := strings.Fields(string(out))
			if len(deps) < 20 {
				t.Fatalf("only %d packages: go list did not look", len(deps))
			}
			for _, dep := range deps {
				for _, never := range a.never {
					// The catalogue lies below telemetry and may import itself.
					itself := strings.HasSuffix(a.part, strings.TrimPrefix(dep, module+"/"))
					if (dep == never || strings.HasPrefix(dep, never+"/")) && !itself {
						t.Errorf("%s imports %s: %s", a.part, dep, a.why)
					}
				}
			}
		})
	}
}
