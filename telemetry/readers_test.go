package telemetry

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/sdk/metric"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// TestExporterVariable has the environment list exporters, some of which nobody
// made.
func TestExporterVariable(t *testing.T) {
	for list, tc := range map[string]struct {
		exporters []metric.Exporter
		endpoint  bool
		warning   string
	}{
		"":                           {nil, true, ""},
		" ,":                         {nil, true, ""},
		"prometheus":                 {nil, true, ""},
		"prometheus, otlp , console": {nil, true, "OTEL_METRICS_EXPORTER=otlp,console"},
		"otlp":                       {nil, false, "OTEL_METRICS_EXPORTER=otlp"},
		"console,prometheus":         {[]metric.Exporter{&exporter{}}, true, ""},
		"none":                       {nil, false, ""},
	} {
		t.Run(list, func(t *testing.T) {
			t.Setenv(exporterVariable, list)
			var logged bytes.Buffer
			s := newService(t, Config{Exporters: tc.exporters, Logger: slog.New(slog.NewTextHandler(&logged, nil))})
			s.engine.GET("/x", ok)
			s.do(t, "GET", "/x", nil)
			if tc.endpoint {
				s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x": 1})
			} else {
				s.wantProcessOnly(t)
			}
			if tc.warning == "" && logged.Len() > 0 || !strings.Contains(logged.String(), tc.warning) {
				t.Errorf("logged %q, want %q", &logged, tc.warning)
			}
		})
	}
}

// TestFailedStart gives New something that it cannot use. What it has taken over
// must not go on.
func TestFailedStart(t *testing.T) {
	pushed, read := &exporter{err: errors.New("receiver is gone")}, &exporter{}
	config := Config{
		HTTP:      HTTPConfig{Streams: []string{"///"}},
		Exporters: []metric.Exporter{pushed, nil},
		Readers:   []metric.Reader{metric.NewPeriodicReader(read), nil},
	}
	if _, err := New(t.Context(), config); err == nil || !strings.Contains(err.Error(), "receiver is gone") {
		t.Errorf("New() = %v, want also what went wrong while cleaning up", err)
	}
	if pushed.shutdowns != 1 || read.shutdowns != 1 {
		t.Errorf("shut down %d and %d times, want once each", pushed.shutdowns, read.shutdowns)
	}
}

// TestExporters has an exporter see what the endpoint shows.
func TestExporters(t *testing.T) {
	pushed := &exporter{}
	tel, err := New(t.Context(), Config{Exporters: []metric.Exporter{pushed}})
	if err != nil {
		t.Fatal(err)
	}
	s := &service{telemetry: tel}
	shown := s.families(t)
	if err := tel.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, m := range []catalog.Metric{catalog.GoGoroutines, catalog.GoScheduleDuration, catalog.ProcessCPU, catalog.BuildInfo} {
		if !pushed.names[m.Describe().Name] || shown[m.PrometheusName()] == nil {
			t.Errorf("%s is not with both", m.Describe().Name)
		}
	}
}
