package catalog

// Process metrics of client_golang's process collector. Their names are older
// than the semantic conventions, and every Prometheus user knows them.
// https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics
var (
	// ProcessCPU is processor time used by the process, user and system.
	ProcessCPU = Counter{foreign("process_cpu_seconds_total", "s", "Total user and system CPU time spent in seconds.")}
	// ProcessResidentMemory is the resident set size.
	ProcessResidentMemory = Gauge{foreign("process_resident_memory_bytes", "By", "Resident memory size in bytes.")}
	// ProcessVirtualMemory is the address space in use.
	ProcessVirtualMemory = Gauge{foreign("process_virtual_memory_bytes", "By", "Virtual memory size in bytes.")}
	// ProcessVirtualMemoryMax is the limit of the address space.
	ProcessVirtualMemoryMax = Gauge{foreign("process_virtual_memory_max_bytes", "By", "Maximum amount of virtual memory available in bytes.")}
	// ProcessOpenFDs is the number of open file descriptors.
	ProcessOpenFDs = Gauge{foreign("process_open_fds", "", "Number of open file descriptors.")}
	// ProcessMaxFDs is the limit of open file descriptors.
	ProcessMaxFDs = Gauge{foreign("process_max_fds", "", "Maximum number of open file descriptors.")}
	// ProcessStartTime is when the process started, in seconds since the epoch.
	ProcessStartTime = Gauge{foreign("process_start_time_seconds", "s", "Start time of the process since unix epoch in seconds.")}
	// ProcessNetworkReceived is bytes received by the process's network namespace.
	ProcessNetworkReceived = Counter{when("the platform is Linux", foreign("process_network_receive_bytes_total", "By", "Number of bytes received by the process over the network."))}
	// ProcessNetworkTransmitted is bytes sent by the process's network namespace.
	ProcessNetworkTransmitted = Counter{when("the platform is Linux", foreign("process_network_transmit_bytes_total", "By", "Number of bytes sent by the process over the network."))}
)

// The target and its scrapes.
var (
	// TargetInfo carries the OpenTelemetry resource as labels; its value is 1.
	// Listed are the attributes that package telemetry sets itself; those in
	// OTEL_RESOURCE_ATTRIBUTES come on top.
	// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
	TargetInfo = Gauge{foreign("target_info", "", "Target metadata", ServiceName, ServiceVersion, SDKName, SDKLanguage, SDKVersion)}
	// BuildInfo says what was built: the main module and its version, the
	// revision in version control and whether files differed from it, and the
	// version of Go. Its value is 1. Labels that the go command did not stamp
	// are empty, which to Prometheus is the same as absent.
	BuildInfo = Gauge{foreign("go_build_info", "", "Build information about the main Go module.", BuildPath, BuildVersion, BuildRevision, BuildModified, BuildGoVersion)}
	// HandlerErrors counts scrapes that the metrics endpoint could not serve
	// in full.
	HandlerErrors = Counter{foreign("promhttp_metric_handler_errors_total", "{error}", "Total number of internal errors encountered by the promhttp metric handler.", Cause)}
	// SeriesCount is how many series the instruments of package telemetry have,
	// by the OpenTelemetry name of each. At SeriesLimit, one of them is where
	// everything else goes: the one with otel_metric_overflow="true".
	SeriesCount = Gauge{when("there are no Config.Readers", Desc{
		Name: "telemetry.series", Unit: "{series}", Help: "Attribute sets that an instrument keeps.", Labels: []Label{MetricName},
	})}
	// SeriesLimit is how many series each of them may have.
	SeriesLimit = Gauge{when("there is a limit", Desc{
		Name: "telemetry.series.limit", Unit: "{series}", Help: "Attribute sets that an instrument may keep.",
	})}
	// Up is 1 when Prometheus' last scrape of a target succeeded.
	// https://prometheus.io/docs/concepts/jobs_instances/
	Up = Gauge{foreign("up", "", "Whether the last scrape of the target succeeded.")}
	// ScrapeDuration is how long the last scrape of a target took.
	ScrapeDuration = Gauge{foreign("scrape_duration_seconds", "s", "Duration of the last scrape.")}
	// ScrapeSamples is the number of samples that the target exposed.
	ScrapeSamples = Gauge{foreign("scrape_samples_scraped", "{sample}", "Samples that the target exposed in the last scrape.")}
)

func foreign(name, unit, help string, labels ...Label) Desc {
	return Desc{Name: name, Unit: unit, Help: help, Labels: labels, Foreign: true}
}
