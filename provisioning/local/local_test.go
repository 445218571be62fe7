package local_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/api"
	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/prometheus/common/model"
	"go.uber.org/goleak"

	config "github.com/ginsight/ginsight/provisioning/prometheus"

	"github.com/ginsight/ginsight/provisioning/local"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// target is a small program worth scraping: a counter at 3, and a histogram of
// one observation, in both forms and with an exemplar.
type target struct {
	addr string

	mu    sync.Mutex
	types []string // Content-Type of every exposition it gave
}

func newTarget(t *testing.T) *target {
	t.Helper()
	reg := prometheus.NewRegistry()
	jobs := prometheus.NewCounter(prometheus.CounterOpts{Name: "jobs_total"})
	latency := prometheus.NewHistogram(prometheus.HistogramOpts{
		Name:                        "job_seconds",
		Buckets:                     []float64{.1, 1},
		NativeHistogramBucketFactor: 1.1,
	})
	reg.MustRegister(jobs, latency)
	jobs.Add(3)
	latency.(prometheus.ExemplarObserver).ObserveWithExemplar(.5, prometheus.Labels{"trace_id": "0af7651916cd43dd"})

	tg := &target{}
	metrics := promhttp.HandlerFor(reg, promhttp.HandlerOpts{EnableOpenMetrics: true})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		metrics.ServeHTTP(w, r)
		tg.mu.Lock()
		defer tg.mu.Unlock()
		tg.types = append(tg.types, w.Header().Get("Content-Type"))
	}))
	t.Cleanup(srv.Close)
	tg.addr = srv.Listener.Addr().String()
	return tg
}

func (tg *target) contentTypes() []string {
	tg.mu.Lock()
	defer tg.mu.Unlock()
	return slices.Clone(tg.types)
}

// scraping renders the product's own configuration, ten times as hasty.
func scraping(v config.Values) func(string) ([]byte, error) {
	return func(self string) ([]byte, error) {
		v.ScrapeInterval = 100 * time.Millisecond
		v.Prometheus = []string{self}
		return config.Render(v)
	}
}

// run starts a server and returns it with what stops it and waits for its end.
func run(t *testing.T, cfg local.Config) (*local.Prometheus, func()) {
	t.Helper()
	cfg.Addr = "127.0.0.1:0"
	p, err := local.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- p.Run(ctx) }()
	stop := sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	t.Cleanup(stop)
	return p, stop
}

func client(t *testing.T, p *local.Prometheus) v1.API {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	c, err := api.NewClient(api.Config{Address: p.URL(), RoundTripper: transport})
	if err != nil {
		t.Fatal(err)
	}
	return v1.NewAPI(c)
}

// await asks until the query has a result and returns it by series.
func await(t *testing.T, c v1.API, query string) map[string]float64 {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		value, _, _, err := c.Query(t.Context(), query, time.Now())
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		out := map[string]float64{}
		for _, s := range value.(model.Vector) {
			out[s.Metric.String()] = float64(s.Value)
		}
		if len(out) > 0 {
			return out
		}
	}
	t.Fatalf("%s: no result", query)
	return nil
}

func TestServer(t *testing.T) {
	tg := newTarget(t)
	rules := filepath.Join(t.TempDir(), "rules.yml")
	writeFile(t, rules, `
groups:
  - name: test
    rules:
      - record: job:jobs:sum
        expr: sum by (job) (jobs_total)
      - alert: Always
        expr: vector(1)
`)
	p, _ := run(t, local.Config{
		Configuration: scraping(config.Values{Service: []string{tg.addr}, RuleFiles: []string{rules}}),
	})
	c := client(t, p)

	// Each waits until all of it has come: the two targets are scraped apart.
	for query, want := range map[string]map[string]float64{
		`sum(up) == 2`:                           {`{}`: 2},
		`max by (job) (up) and on () sum(up)==2`: {`{job="service"}`: 1, `{job="prometheus"}`: 1},
		`sum(jobs_total)`:                        {`{}`: 3},
		`sum(histogram_count(job_seconds))`:      {`{}`: 1},
		`sum by (le) (job_seconds_bucket)`:       {`{le="0.1"}`: 0, `{le="1.0"}`: 1, `{le="+Inf"}`: 1},
		`job:jobs:sum`:                           {`job:jobs:sum{job="service"}`: 3},
		`sum(ALERTS{alertname="Always"})`:        {`{}`: 1},
		// The server's own registry, not the process's default one.
		`count(prometheus_tsdb_head_series)`: {`{}`: 1},
	} {
		if diff := cmp.Diff(want, await(t, c, query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	if types := tg.contentTypes(); !strings.HasPrefix(types[0], "application/vnd.google.protobuf") {
		t.Errorf("scraped as %q, want protobuf", types[0])
	}

	t.Run("exemplars", func(t *testing.T) {
		got, err := c.QueryExemplars(t.Context(), "job_seconds_bucket", time.Now().Add(-time.Hour), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if len(got) == 0 || got[0].Exemplars[0].Labels["trace_id"] != "0af7651916cd43dd" {
			t.Errorf("exemplars %v, want the one of trace 0af7651916cd43dd", got)
		}
	})
	t.Run("targets", func(t *testing.T) {
		got, err := c.Targets(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		urls := map[string]bool{}
		for _, a := range got.Active {
			urls[a.ScrapeURL] = true
		}
		if want := p.URL() + "/metrics"; !urls[want] {
			t.Errorf("targets %v, want the server's real address %s among them", urls, want)
		}
	})
	t.Run("build", func(t *testing.T) {
		got, err := c.Buildinfo(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got.GoVersion != runtime.Version() {
			t.Errorf("built with %q, want %q", got.GoVersion, runtime.Version())
		}
	})
	t.Run("status", func(t *testing.T) {
		if got, err := c.TSDB(t.Context()); err != nil || got.HeadStats.NumSeries == 0 {
			t.Errorf("TSDB status %+v, error %v", got, err)
		}
		if got, err := c.Runtimeinfo(t.Context()); err != nil || got.StorageRetention != "15d" {
			t.Errorf("runtime %+v, error %v", got, err)
		}
	})
	t.Run("pages", func(t *testing.T) { pages(t, p.URL()) })
}

func pages(t *testing.T, url string) {
	for path, want := range map[string]struct {
		status int
		text   string
	}{
		"/":                              {200, "/api/v1/query"},
		"/-/healthy":                     {200, "Healthy"},
		"/-/ready":                       {200, "Ready"},
		"/metrics":                       {200, "prometheus_tsdb_head_series"},
		"/graph":                         {404, "not found"},
		"/api/v1/notifications":          {200, `"success"`},
		"/api/v1/features":               {200, `"exemplar_storage":true`},
		"/api/v1/query?query=up%7B":      {400, "parse error"},
		"/api/v1/status/tsdb/blocks":     {200, `"blocks"`},
		"/api/v1/status/walreplay":       {200, `"current"`},
		"/api/v1/targets/relabel_steps":  {400, ""},
		"/api/v1/query?query=vector%281": {400, "unclosed"},
	} {
		res, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != want.status || !strings.Contains(string(body), want.text) {
			t.Errorf("GET %s: %d %.200s\nwant %d and %q", path, res.StatusCode, body, want.status, want.text)
		}
		// The scrape client is instrumented through OpenTelemetry's globals.
		if strings.Contains(string(body), "http_client_") {
			t.Errorf("GET %s shows metrics of the scrape client: a global MeterProvider is set", path)
		}
	}
	http.DefaultClient.CloseIdleConnections()
}

func TestRestartKeepsData(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "on demand")
	tg := newTarget(t)
	p, stop := run(t, local.Config{DataDir: dir, Configuration: scraping(config.Values{Service: []string{tg.addr}})})
	await(t, client(t, p), `jobs_total`)
	stop()
	if _, err := os.Stat(filepath.Join(dir, "lock")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the lock should be gone, Stat says %v", err)
	}

	p, _ = run(t, local.Config{DataDir: dir, Configuration: scraping(config.Values{})})
	if got := await(t, client(t, p), `sum(last_over_time(jobs_total[1h]))`); got["{}"] != 3 {
		t.Errorf("after a restart jobs_total is %v, want 3", got)
	}
}

func TestTemporaryDataIsRemoved(t *testing.T) {
	p, stop := run(t, local.Config{Configuration: scraping(config.Values{})})
	await(t, client(t, p), `up`)
	if _, err := os.Stat(p.DataDir()); err != nil {
		t.Errorf("while it runs: %v", err)
	}
	stop()
	if _, err := os.Stat(p.DataDir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("after the end %s should be gone, Stat says %v", p.DataDir(), err)
	}
}

// TestStreamsEndWithTheServer holds an event stream open, which no graceful
// shutdown would ever see the end of.
func TestStreamsEndWithTheServer(t *testing.T) {
	p, stop := run(t, local.Config{Configuration: scraping(config.Values{})})
	await(t, client(t, p), `up`)
	res, err := http.Get(p.URL() + "/api/v1/notifications/live")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	stop()
	if _, err := io.ReadAll(res.Body); err != nil {
		t.Errorf("the stream was cut off (%v), want a clean end", err)
	}
}

func TestDiesWithItsListener(t *testing.T) {
	p, err := local.New(local.Config{Addr: "127.0.0.1:0", Configuration: scraping(config.Values{})})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if err := p.Run(t.Context()); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Run on a closed server: %v, want one that wraps net.ErrClosed", err)
	}
}

func TestRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	locked := t.TempDir()
	run(t, local.Config{DataDir: locked, Configuration: scraping(config.Values{})})
	file := filepath.Join(t.TempDir(), "file")
	writeFile(t, file, "groups: [{name: a, rules: [{record: b, expr: 'sum('}]}]")
	yaml := func(s string) func(string) ([]byte, error) {
		return func(string) ([]byte, error) { return []byte(s), nil }
	}

	tests := []struct {
		name string
		cfg  local.Config
		is   error
		want string
	}{
		{"port in use", local.Config{Addr: taken.Addr().String()}, syscall.EADDRINUSE, "listen on 127.0.0.1:"},
		{"locked", local.Config{DataDir: locked}, local.ErrLocked, "open data directory " + locked + ": another Prometheus is using it"},
		{"directory below a file", local.Config{DataDir: filepath.Join(file, "data")}, syscall.ENOTDIR, "open data directory " + file},
		{"no configuration", local.Config{}, nil, "configure Prometheus: no configuration was given"},
		{"not YAML", local.Config{Configuration: yaml("{")}, nil, "configure Prometheus: yaml:"},
		{"remote write", local.Config{Configuration: yaml("remote_write: [{url: 'http://x'}]")}, nil, "has no remote_write"},
		{"rules that do not parse", local.Config{Configuration: yaml("rule_files: [" + file + "]")}, nil, "rule files: parse rules from file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.cfg.Addr == "" {
				tt.cfg.Addr = "127.0.0.1:0"
			}
			if tt.cfg.DataDir != "" {
				tt.cfg.Configuration = scraping(config.Values{})
			}
			_, err := local.New(tt.cfg)
			if err == nil {
				t.Fatal("no error")
			}
			if tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("error %v does not wrap %v", err, tt.is)
			}
			if !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %q, want one line with %q", err, tt.want)
			}
		})
	}
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
