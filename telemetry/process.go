package telemetry

import (
	"runtime"
	"runtime/debug"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// newProcessRegistry makes a registry with what is known without OpenTelemetry.
func newProcessRegistry() *prometheus.Registry {
	info, ok := debug.ReadBuildInfo()
	if !ok { // built without modules
		info = &debug.BuildInfo{GoVersion: runtime.Version()}
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		newBuildInfo(info),
	)
	return registry
}

// newBuildInfo is the metric catalog.BuildInfo. client_golang has one of this
// name, which lacks the one thing that tells two builds of a service apart:
// their main module's version is "(devel)" unless a tag was built.
func newBuildInfo(info *debug.BuildInfo) prometheus.Collector {
	desc := catalog.BuildInfo.Describe()
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: desc.Name, Help: desc.Help, ConstLabels: prometheus.Labels{
		catalog.BuildPath.Name():      info.Main.Path,
		catalog.BuildVersion.Name():   info.Main.Version,
		catalog.BuildRevision.Name():  settings["vcs.revision"],
		catalog.BuildModified.Name():  settings["vcs.modified"],
		catalog.BuildGoVersion.Name(): info.GoVersion,
	}})
	build.Set(1)
	return build
}
