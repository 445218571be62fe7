package main

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/common/model"
	"go.uber.org/goleak"

	"github.com/ginsight/ginsight/provisioning/local"
	"github.com/ginsight/ginsight/provisioning/prometheus"
	"github.com/ginsight/ginsight/service/loadgen"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// TestTruth holds what Prometheus kept of a run against what the load generator
// knows that it sent: the same number of requests for each method, route and
// status, not about the same. The samples are read from the data directory
// after everything has ended, so that the last ones are known to be in it.
func TestTruth(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	dir := t.TempDir()
	s := bound(t, options{dataDir: dir, rate: 300, duration: 2 * time.Second})
	if err := s.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s.report.Cut != 0 || s.report.Unreached != 0 {
		t.Fatalf("%d requests cut off and %d not sent: %s", s.report.Cut, s.report.Unreached, s.report.LastError)
	}
	sent := map[loadgen.Key]int64{}
	for key, count := range s.report.Counts {
		if key.Method == loadgen.UnknownMethod {
			key.Method = "_OTHER" // the conventions' name for it
		}
		sent[key] += count.Requests
	}
	if len(sent) < 10 {
		t.Fatalf("the traffic has %d kinds of answers, which proves little", len(sent))
	}
	if diff := cmp.Diff(sent, stored(t, dir)); diff != "" {
		t.Errorf("requests by method, route and status (-sent +stored):\n%s", diff)
	}
}

// stored reads the counts out of a data directory with a server of its own.
func stored(t *testing.T, dir string) map[loadgen.Key]int64 {
	t.Helper()
	server, err := local.New(local.Config{
		Addr:          "127.0.0.1:0",
		DataDir:       dir,
		Configuration: func(string) ([]byte, error) { return prometheus.Render(prometheus.Values{}) },
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx) }()
	defer func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	ask, err := newAsker(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer ask.close()

	method, route, status := catalog.Method.Name(), catalog.Route.Name(), catalog.StatusCode.Name()
	query := fmt.Sprintf("sum by (%s, %s, %s) (last_over_time(%s{job=%q}[1h]))", method, route, status,
		catalog.RequestDuration.Count().Cumulative().Name, prometheus.ServiceJob)
	value, _, _, err := ask.api.Query(t.Context(), query, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	counts := map[loadgen.Key]int64{}
	for _, sample := range value.(model.Vector) {
		label := func(name string) string { return string(sample.Metric[model.LabelName(name)]) }
		key := loadgen.Key{Method: label(method), Route: label(route), Status: number(t, label(status))}
		counts[key] = int64(sample.Value)
	}
	return counts
}

// bound is a stack on free ports, whose screen is an *output.
func bound(t *testing.T, opts options) *stack {
	t.Helper()
	opts.serviceAddr, opts.prometheusAddr, opts.previewAddr = "127.0.0.1:0", "127.0.0.1:0", "127.0.0.1:0"
	s, err := bind(t.Context(), opts, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		t.Fatal(err)
	}
	s.screen = newScreen(&output{})
	return s
}

func number(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		t.Fatal(err)
	}
	return n
}
