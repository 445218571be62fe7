package main

import (
	"fmt"
	"testing"

	"go.uber.org/goleak"

	"github.com/ginsight/ginsight/provisioning/prometheus"
	"github.com/ginsight/ginsight/service/app"
	"github.com/ginsight/ginsight/telemetry"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// TestBothFormsOfHistograms has Prometheus take a histogram with both kinds of
// buckets, and asks for the requests in each.
func TestBothFormsOfHistograms(t *testing.T) {
	none := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, none) })
	d := deployWith(t, app.Config{Addr: "127.0.0.1:0", Telemetry: telemetry.Config{Histograms: telemetry.Both}})
	ask := watched(t, d.app.Addr())
	if err := ask.until(t.Context(), patience, upSince(d.began, 1)); err != nil {
		t.Fatal(err)
	}
	sent := d.work(t, 50)
	d.end(t)
	if counted := ask.final(t, d.began); counted != sent {
		t.Errorf("%g requests answered, %g scraped", sent, counted)
	}
	name := catalog.RequestDuration.PrometheusName()
	for form, query := range map[string]string{
		"classic": `sum(last_over_time(%s_bucket{job=%q, le="+Inf"}[1h]))`,
		"native":  `sum(histogram_count(last_over_time(%s{job=%q}[1h])))`,
	} {
		if n, err := ask.number(t.Context(), fmt.Sprintf(query, name, prometheus.ServiceJob)); err != nil || n != sent {
			t.Errorf("%s buckets: %g requests, %v, want %g", form, n, err, sent)
		}
	}
}
