// Package export makes exporters that push metrics, as the standard OpenTelemetry
// environment asks for them:
//
//	exporters, err := export.FromEnv(ctx)
//	...
//	tel, err := telemetry.New(ctx, telemetry.Config{Exporters: exporters})
//
// The variables are those of the specification:
//
//   - OTEL_METRICS_EXPORTER is a list of otlp and console, and of prometheus and
//     none, which are not pushed. The specification's default is otlp; here it is
//     prometheus, so that nothing is pushed unasked;
//   - OTEL_EXPORTER_OTLP_METRICS_PROTOCOL or OTEL_EXPORTER_OTLP_PROTOCOL is
//     http/protobuf, the default, or grpc;
//   - OTEL_EXPORTER_OTLP_ENDPOINT, _HEADERS, _TIMEOUT, _COMPRESSION, _INSECURE,
//     _CERTIFICATE, _CLIENT_CERTIFICATE and _CLIENT_KEY, each also with METRICS_
//     after OTLP_, say where to and how;
//   - OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE is cumulative, the
//     default, delta or lowmemory;
//   - OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION is
//     explicit_bucket_histogram, the default, or
//     base2_exponential_bucket_histogram;
//   - OTEL_METRIC_EXPORT_INTERVAL and OTEL_METRIC_EXPORT_TIMEOUT, in
//     milliseconds, say how often and how long.
//
// A Prometheus that receives OTLP at /api/v1/otlp gives the metrics the names that
// it scrapes, with service.name as the job. It spells the bounds of classic
// buckets differently (le="64", where a scrape has "64.0"), so a query that picks
// a bucket by its text needs one or the other.
//
// It is a package of its own because OTLP brings gRPC's modules along, for HTTP
// as well: a service that is only scraped shall not carry them.
// (go.opentelemetry.io/contrib/exporters/autoexport reads the same variables, and
// brings the exporters of traces and logs too.)
package export

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetricgrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp"
	"go.opentelemetry.io/otel/exporters/stdout/stdoutmetric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
)

// The variables that this package reads itself; the others are read by the
// exporters.
const (
	exporterVariable        = "OTEL_METRICS_EXPORTER"
	protocolVariable        = "OTEL_EXPORTER_OTLP_PROTOCOL"
	metricsProtocolVariable = "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL"
)

// FromEnv makes the exporters that OTEL_METRICS_EXPORTER lists, one for each
// name; nil if there is nothing to push. Nothing is sent yet, so a receiver may
// start later. It fails, in one line, on a name or a protocol that it does not
// know, and if an exporter refuses its configuration. Whoever does not pass the
// exporters on to telemetry.New shuts them down.
func FromEnv(ctx context.Context) ([]sdkmetric.Exporter, error) {
	var exporters []sdkmetric.Exporter
	for _, name := range names(os.Getenv(exporterVariable)) {
		exporter, err := newExporter(ctx, name)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s=%s: %w", exporterVariable, name, err), shutdown(ctx, exporters))
		}
		if exporter != nil {
			exporters = append(exporters, exporter)
		}
	}
	return exporters, nil
}

// names are the elements of a list, each once.
func names(list string) []string {
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// newExporter returns nil for what is not pushed.
func newExporter(ctx context.Context, name string) (sdkmetric.Exporter, error) {
	switch name {
	case "prometheus", "none":
		return nil, nil
	case "console":
		return stdoutmetric.New()
	case "otlp":
		return newOTLP(ctx)
	}
	return nil, errors.New("unknown exporter; known are prometheus, otlp, console and none")
}

func newOTLP(ctx context.Context) (sdkmetric.Exporter, error) {
	name, protocol := metricsProtocolVariable, os.Getenv(metricsProtocolVariable)
	if protocol == "" {
		name, protocol = protocolVariable, os.Getenv(protocolVariable)
	}
	switch strings.TrimSpace(protocol) {
	case "", "http/protobuf":
		return otlpmetrichttp.New(ctx)
	case "grpc":
		return otlpmetricgrpc.New(ctx)
	}
	return nil, fmt.Errorf("%s=%s: unknown protocol; known are http/protobuf and grpc", name, protocol)
}

func shutdown(ctx context.Context, exporters []sdkmetric.Exporter) error {
	var errs []error
	for _, exporter := range exporters {
		errs = append(errs, exporter.Shutdown(ctx))
	}
	return errors.Join(errs...)
}
