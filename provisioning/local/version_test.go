package local

import (
	"runtime/debug"
	"testing"
)

func TestBuildInfo(t *testing.T) {
	program := &debug.BuildInfo{Deps: []*debug.Module{
		{Path: "github.com/prometheus/client_golang", Version: "v1.25.0"},
		{Path: "github.com/prometheus/prometheus", Version: "v0.316.0"},
	}}
	if got := buildInfo(program).Version; got != "3.16.0" {
		t.Errorf("version %q, want 3.16.0", got)
	}
	if got := buildInfo(&debug.BuildInfo{}).Version; got != "unknown" {
		t.Errorf("version of a program without modules %q, want unknown", got)
	}
}

func TestServerVersion(t *testing.T) {
	for module, want := range map[string]string{
		"v0.316.0":                           "3.16.0",
		"v0.316.2":                           "3.16.2",
		"v0.400.11":                          "4.0.11",
		"v0.317.0-rc.1":                      "3.17.0",
		"v3.18.0":                            "3.18.0",
		"v0.0.0-20261001000000-0123456789ab": "0.0.0",
		"(devel)":                            "(devel)",
	} {
		if got := serverVersion(module); got != want {
			t.Errorf("serverVersion(%q) = %q, want %q", module, got, want)
		}
	}
}
