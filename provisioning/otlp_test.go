package main

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/common/model"
	"go.uber.org/goleak"

	"github.com/ginsight/ginsight/provisioning/local"
	"github.com/ginsight/ginsight/provisioning/prometheus"
	"github.com/ginsight/ginsight/service/app"
	"github.com/ginsight/ginsight/telemetry"
	"github.com/ginsight/ginsight/telemetry/catalog"
	"github.com/ginsight/ginsight/telemetry/export"
)

// pushedJob is the job label of what came over OTLP: the service's name.
const pushedJob = "pushed"

// TestOTLPBesideTheScrape has one Prometheus get the metrics of one service in
// both ways at once. Both must tell the same.
func TestOTLPBesideTheScrape(t *testing.T) {
	none := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, none) })
	t.Setenv("OTEL_METRICS_EXPORTER", "prometheus,otlp")
	t.Setenv("OTEL_METRIC_EXPORT_INTERVAL", "100")
	var d *deployed
	server, err := local.New(local.Config{
		Addr: "127.0.0.1:0",
		OTLP: true,
		Configuration: func(self string) ([]byte, error) {
			t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://"+self+"/api/v1/otlp")
			d = deployPushing(t)
			return prometheus.Render(prometheus.Values{ScrapeInterval: tailInterval, Service: []string{d.app.Addr()}})
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	ask := asking(t, server)
	if err := ask.until(t.Context(), patience, upSince(d.began, 1)); err != nil {
		t.Fatal(err)
	}
	sent := d.work(t, 50)
	d.end(t)
	if counted := ask.final(t, d.began); counted != sent {
		t.Errorf("%g requests answered, %g scraped", sent, counted)
	}
	for _, m := range catalog.HTTP() {
		for _, s := range m.Series() {
			scraped, pushed := ask.byLabels(t, s, prometheus.ServiceJob), ask.byLabels(t, s, pushedJob)
			if diff := cmp.Diff(scraped, pushed); diff != "" {
				t.Errorf("%s (-scraped +pushed):\n%s", s.Name, diff)
			}
			if s.Name == catalog.RequestDuration.Count().Cumulative().Name && len(scraped) == 0 {
				t.Errorf("%s has no series", s.Name)
			}
		}
	}
}

// deployPushing runs a service with what the environment wants pushed.
func deployPushing(t *testing.T) *deployed {
	t.Helper()
	exporters, err := export.FromEnv(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return deployWith(t, app.Config{
		Addr:      "127.0.0.1:0",
		Telemetry: telemetry.Config{ServiceName: pushedJob, Exporters: exporters},
	})
}

// byLabels is the last value of each series of a job. Prometheus writes the bounds
// of buckets that it is sent over OTLP in another way (le="64", scraped "64.0").
func (a *asker) byLabels(t *testing.T, s catalog.Series, job string) map[string]float64 {
	t.Helper()
	query := fmt.Sprintf("last_over_time(%s{job=%q}[1h])", s.Name, job)
	value, _, _, err := a.api.Query(t.Context(), query, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for _, sample := range value.(model.Vector) {
		delete(sample.Metric, "job")
		delete(sample.Metric, "instance")
		if le, err := strconv.ParseFloat(string(sample.Metric[model.BucketLabel]), 64); err == nil {
			sample.Metric[model.BucketLabel] = model.LabelValue(strconv.FormatFloat(le, 'g', -1, 64))
		}
		values[sample.Metric.String()] = float64(sample.Value)
	}
	return values
}
