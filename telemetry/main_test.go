package telemetry

import (
	"context"
	"flag"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"go.uber.org/goleak"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestMain(m *testing.M) {
	gin.SetMode(gin.ReleaseMode)
	goleak.VerifyTestMain(m)
}

// service is a Gin engine on a real server, measured by a Telemetry.
type service struct {
	*httptest.Server
	engine    *gin.Engine
	telemetry *Telemetry
	transport http.RoundTripper // of the client, nil for the server's own
}

// newService starts a server whose engine has the middleware and /metrics. What
// front does to the engine comes before the middleware.
func newService(t *testing.T, config Config, front ...gin.HandlerFunc) *service {
	t.Helper()
	s := prepareService(t, config, front...)
	s.Start()
	return s
}

// newWrappedService is measured from outside the engine as well.
func newWrappedService(t *testing.T, config Config, front ...gin.HandlerFunc) *service {
	t.Helper()
	s := prepareService(t, config, front...)
	s.Config.Handler = s.telemetry.Wrap(s.engine)
	s.Start()
	return s
}

// starter is one of the two.
type starter func(*testing.T, Config, ...gin.HandlerFunc) *service

// bothWays runs a test with either: they have to measure the same.
func bothWays(t *testing.T, test func(*testing.T, starter)) {
	t.Run("middleware", func(t *testing.T) { test(t, newService) })
	t.Run("wrapped", func(t *testing.T) { test(t, newWrappedService) })
}

func prepareService(t *testing.T, config Config, front ...gin.HandlerFunc) *service {
	t.Helper()
	tel := newTelemetry(t, config)
	engine := gin.New()
	engine.Use(front...)
	engine.Use(tel.Middleware())
	engine.GET("/metrics", gin.WrapH(tel.Handler()))
	s := &service{Server: httptest.NewUnstartedServer(engine), engine: engine, telemetry: tel}
	s.Config.ErrorLog = discard()
	t.Cleanup(s.Close)
	return s
}

func newTelemetry(t *testing.T, config Config) *Telemetry {
	t.Helper()
	tel, err := New(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tel.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return tel
}

// do sends a request and reads the whole answer. A connection that the server
// aborts is no failure here: several tests provoke it.
func (s *service) do(t *testing.T, method, path string, body io.Reader) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	client := s.Client()
	if s.transport != nil {
		client = &http.Client{Transport: s.transport}
	}
	res, err := client.Do(req)
	if err != nil {
		return 0
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode
}

// families reads the exposition as Prometheus would.
func (s *service) families(t *testing.T) map[string]*dto.MetricFamily {
	t.Helper()
	rec := httptest.NewRecorder()
	s.telemetry.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if rec.Code != http.StatusOK {
		t.Fatalf("exposition answered %d: %s", rec.Code, rec.Body)
	}
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(rec.Body)
	if err != nil {
		t.Fatal(err)
	}
	return families
}

// series writes the labels of a series as sorted "name=value" words, without
// the name's prefix and what every request of these tests has in common.
func series(m *dto.Metric) string {
	short := strings.NewReplacer("http_request_", "", "http_response_status_", "", "http_", "", "network_protocol_", "")
	var words []string
	for _, l := range m.GetLabel() {
		switch pair := l.GetName() + "=" + l.GetValue(); pair {
		case "url_scheme=http", "network_protocol_version=1.1":
		default:
			words = append(words, short.Replace(pair))
		}
	}
	return strings.Join(words, " ")
}

// requests is the count of each series of the duration histogram.
func (s *service) requests(t *testing.T) map[string]uint64 {
	t.Helper()
	got := map[string]uint64{}
	for _, m := range s.families(t)[catalog.RequestDuration.PrometheusName()].GetMetric() {
		got[series(m)] = m.GetHistogram().GetSampleCount()
	}
	return got
}

// sums is the sum of each series of a histogram.
func (s *service) sums(t *testing.T, h catalog.Histogram) map[string]float64 {
	t.Helper()
	got := map[string]float64{}
	for _, m := range s.families(t)[h.PrometheusName()].GetMetric() {
		got[series(m)] = m.GetHistogram().GetSampleSum()
	}
	return got
}

// active is the number of requests in flight, over all series.
func (s *service) active(t *testing.T) (n float64) {
	t.Helper()
	for _, m := range s.families(t)[catalog.ActiveRequests.PrometheusName()].GetMetric() {
		n += m.GetGauge().GetValue()
	}
	return n
}

// wantRequests waits until as many requests are finished as are wanted, because
// a client can have its answer before the handler returns, and compares.
func (s *service) wantRequests(t *testing.T, want map[string]uint64) {
	t.Helper()
	var got map[string]uint64
	eventually(t, func() bool {
		got = s.requests(t)
		return total(got) >= total(want)
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if n := s.active(t); n != 0 {
		t.Errorf("active requests = %g, want 0", n)
	}
}

func total(counts map[string]uint64) (n uint64) {
	for _, c := range counts {
		n += c
	}
	return n
}

// eventually polls; it gives up late, because a busy machine is not a failure.
func eventually(t *testing.T, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Error("gave up waiting")
			return
		}
	}
}

// golden compares with a file under testdata, or rewrites it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got), -update rewrites it:\n%s", path, diff)
	}
}

// discard is where servers log the panics that tests provoke.
func discard() *log.Logger { return log.New(io.Discard, "", 0) }
