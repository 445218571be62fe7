package telemetry

import (
	"runtime/debug"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

func TestBuildInfo(t *testing.T) {
	name := catalog.BuildInfo.PrometheusName()
	head := "# HELP " + name + " " + catalog.BuildInfo.Help + "\n# TYPE " + name + " gauge\n" + name
	for title, tc := range map[string]struct {
		info debug.BuildInfo
		want string
	}{
		"from version control": {
			debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Path: "example.com/shop", Version: "v1.2.3"}, Settings: []debug.BuildSetting{
				{Key: "-trimpath", Value: "true"}, {Key: "vcs.revision", Value: "6f9f2a1"}, {Key: "vcs.modified", Value: "false"},
			}},
			`{goversion="go1.26.8",modified="false",path="example.com/shop",revision="6f9f2a1",version="v1.2.3"} 1`,
		},
		"from nowhere": {
			debug.BuildInfo{GoVersion: "go1.26.8"},
			`{goversion="go1.26.8",modified="",path="",revision="",version=""} 1`,
		},
	} {
		t.Run(title, func(t *testing.T) {
			registry := prometheus.NewRegistry()
			registry.MustRegister(newBuildInfo(&tc.info))
			if err := testutil.GatherAndCompare(registry, strings.NewReader(head+tc.want+"\n")); err != nil {
				t.Error(err)
			}
		})
	}
}
