package export_test

import (
	"context"
	"fmt"

	"github.com/ginsight/ginsight/telemetry"
	"github.com/ginsight/ginsight/telemetry/export"
)

// OTLP beside the scrape: with OTEL_METRICS_EXPORTER=prometheus,otlp the endpoint
// goes on as before, and OTEL_EXPORTER_OTLP_ENDPOINT gets the same figures every
// minute and once more at the end.
func ExampleFromEnv() {
	ctx := context.Background()
	exporters, err := export.FromEnv(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	tel, err := telemetry.New(ctx, telemetry.Config{Exporters: exporters})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tel.Shutdown(ctx)
	fmt.Println(len(exporters), "exporters in an environment that asks for none")
	// Output:
	// 0 exporters in an environment that asks for none
}
