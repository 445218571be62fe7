package telemetry

import (
	"log/slog"
	"os"
	"path"
	"runtime/debug"
	"strings"

	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
)

// Config says what to measure and how to name it. The zero value is useful: it
// takes what it needs from the standard OpenTelemetry environment variables and
// from the build information of the running program.
type Config struct {
	// ServiceName is the resource attribute service.name. Empty means
	// OTEL_SERVICE_NAME, else service.name in OTEL_RESOURCE_ATTRIBUTES, else
	// the last element of the main module's path, else unknown_service.
	ServiceName string
	// ServiceVersion is the resource attribute service.version. Empty means
	// service.version in OTEL_RESOURCE_ATTRIBUTES, else the version that the go
	// command stamped into the program, if it did.
	ServiceVersion string
	// ExcludedPaths are request paths, compared exactly, that are served but
	// not measured. Nil means /metrics; anything else replaces that, so that an
	// empty slice measures every path.
	ExcludedPaths []string
	// HTTP refines what is measured of requests.
	HTTP HTTPConfig
	// SeriesLimit is the number of attribute sets that one instrument keeps.
	// What comes after it lands in a single set that carries the attribute
	// otel.metric.overflow=true. 0 means 2000; a negative limit means none.
	SeriesLimit int
	// Histograms is the form in which the endpoint shows histograms. The zero
	// value is Classic. Exporters have a form of their own, which for OTLP is
	// OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION.
	Histograms Histograms
	// Exporters are pushed what the endpoint shows, every
	// OTEL_METRIC_EXPORT_INTERVAL milliseconds (default 60000) and once more by
	// Shutdown. Package telemetry/export makes them from the environment. New
	// takes them over and Shutdown stops them.
	Exporters []sdkmetric.Exporter
	// Readers are read beside the endpoint, for what Exporters cannot do. They
	// see the instruments of MeterProvider, but nothing that comes from a
	// producer, such as go.schedule.duration or the process metrics: a reader
	// takes producers only when it is made. With any, requests are recorded by
	// the SDK's instruments, which takes several times as long, and there is no
	// telemetry.series. New takes them over and Shutdown stops them.
	Readers []sdkmetric.Reader
	// Logger gets what goes wrong while serving a scrape, once per kind of
	// error, and what the environment asks for in vain. Nil means
	// slog.Default().
	Logger *slog.Logger
}

const (
	defaultExcludedPath = "/metrics"
	defaultSeriesLimit  = 2000
)

// defaults fills what does not depend on the environment. The service's name
// and version stay empty here, because the environment comes before their
// defaults.
func (c Config) defaults() Config {
	if c.ExcludedPaths == nil {
		c.ExcludedPaths = []string{defaultExcludedPath}
	}
	if c.SeriesLimit == 0 {
		c.SeriesLimit = defaultSeriesLimit
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	c.Exporters, c.Readers = withoutNil(c.Exporters), withoutNil(c.Readers)
	return c
}

// disabled reports whether OTEL_SDK_DISABLED is true, in any case, which is the
// only value that the specification gives a meaning.
func disabled() bool {
	return strings.EqualFold(strings.TrimSpace(os.Getenv("OTEL_SDK_DISABLED")), "true")
}

// built is the name and version of the running program according to the go
// command; either is empty if it cannot be told.
func built() (name, version string) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "", ""
	}
	return moduleName(info.Main.Path), moduleVersion(info.Main.Version)
}

// moduleName is the last element of a module path that names something: a major
// version suffix such as /v2 does not.
func moduleName(modulePath string) string {
	if modulePath == "" {
		return ""
	}
	dir, base := path.Split(modulePath)
	if digits, ok := strings.CutPrefix(base, "v"); ok && dir != "" && strings.Trim(digits, "0123456789") == "" {
		return path.Base(dir)
	}
	return base
}

// moduleVersion drops the placeholder of a build outside version control.
func moduleVersion(version string) string {
	if version == "(devel)" {
		return ""
	}
	return version
}
