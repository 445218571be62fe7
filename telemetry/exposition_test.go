package telemetry

import (
	"bufio"
	"bytes"
	"net/http"
	"net/http/httptest"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"
	dto "github.com/prometheus/client_model/go"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// TestGoldenExposition shows what goes over the wire for a few requests. Time is
// the test's own in a bubble, so that the durations are exact.
func TestGoldenExposition(t *testing.T) {
	for format, accept := range map[string]string{
		"text":        "text/plain",
		"openmetrics": "application/openmetrics-text;version=1.0.0",
	} {
		t.Run(format, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tel := newTelemetry(t, Config{})
				serveSome(tel)
				req := httptest.NewRequest(http.MethodGet, "/metrics", nil)
				req.Header.Set("Accept", accept)
				rec := httptest.NewRecorder()
				tel.Handler().ServeHTTP(rec, req)
				golden(t, "http."+format+".txt", httpFamilies(rec.Body))
			})
		})
	}
}

// serveSome serves a success, a failure, a panic and a path without a route.
func serveSome(tel *Telemetry) {
	engine := gin.New()
	engine.Use(recovery(), tel.Middleware())
	engine.GET("/items/:id", func(c *gin.Context) {
		time.Sleep(30 * time.Millisecond)
		c.String(http.StatusOK, strings.Repeat("a", 300))
	})
	engine.POST("/items", func(c *gin.Context) {
		_, _ = c.GetRawData()
		time.Sleep(2 * time.Second)
		c.Status(http.StatusServiceUnavailable)
	})
	engine.DELETE("/items/:id", panics("boom"))
	for _, r := range []*http.Request{
		httptest.NewRequest(http.MethodGet, "/items/1", nil),
		httptest.NewRequest(http.MethodGet, "/items/2", nil),
		httptest.NewRequest(http.MethodPost, "/items", strings.NewReader(strings.Repeat("b", 5000))),
		httptest.NewRequest(http.MethodDelete, "/items/1", nil),
		httptest.NewRequest(http.MethodGet, "/nowhere", nil),
	} {
		engine.ServeHTTP(httptest.NewRecorder(), r)
	}
}

// httpFamilies keeps the lines of the HTTP metrics.
func httpFamilies(exposition *bytes.Buffer) string {
	var kept strings.Builder
	for lines := bufio.NewScanner(exposition); lines.Scan(); {
		line := lines.Text()
		for _, m := range catalog.HTTP() {
			if strings.HasPrefix(strings.TrimLeft(line, "# HELPTYUNI"), strings.TrimSuffix(m.PrometheusName(), "_total")) {
				kept.WriteString(line + "\n")
			}
		}
	}
	return kept.String()
}

// TestCatalogueAndServiceAgree holds the two against each other in both
// directions, with the metrics of a service that has answered a request, made one
// and had a handler panic.
func TestCatalogueAndServiceAgree(t *testing.T) {
	// The limit's metric exists only if there is one; this is far away.
	limit := debug.SetMemoryLimit(1 << 40)
	t.Cleanup(func() { debug.SetMemoryLimit(limit) })
	s := newService(t, Config{ServiceVersion: "v1.2.3"})
	s.engine.GET("/x", panics("boom"))
	calls := &service{Server: s.Server, transport: s.telemetry.RoundTripper(nil)}
	calls.do(t, "GET", "/metrics", nil)
	s.do(t, "GET", "/x", nil)
	s.wantRequests(t, map[string]uint64{"error_type=string method=GET code=500 route=/x": 1})

	emitted := s.families(t)
	for _, m := range catalog.Exposed() {
		name := m.PrometheusName()
		family, ok := emitted[name]
		if !ok {
			t.Errorf("%s is in the catalogue but not exposed", name)
			continue
		}
		delete(emitted, name)
		agree(t, m, family)
	}
	for name := range emitted {
		t.Errorf("%s is exposed but not in the catalogue", name)
	}
}

func agree(t *testing.T, m catalog.Metric, family *dto.MetricFamily) {
	t.Helper()
	name, desc := m.PrometheusName(), m.Describe()
	if diff := cmp.Diff(desc.Help, family.GetHelp()); diff != "" {
		t.Errorf("%s: HELP (-catalogue +service):\n%s", name, diff)
	}
	if want := metricType(m); family.GetType() != want {
		t.Errorf("%s: TYPE is %s, want %s", name, family.GetType(), want)
	}
	for _, series := range family.GetMetric() {
		for _, pair := range series.GetLabel() {
			known := func(l catalog.Label) bool { return l.Name() == pair.GetName() }
			if !slices.ContainsFunc(desc.Labels, known) {
				t.Errorf("%s: the label %s is not in the catalogue", name, pair.GetName())
			}
		}
		agreeOnBuckets(t, m, series)
	}
}

func agreeOnBuckets(t *testing.T, m catalog.Metric, series *dto.Metric) {
	t.Helper()
	h, ok := m.(catalog.Histogram)
	if !ok || h.Buckets == nil {
		return
	}
	var bounds []float64
	for _, b := range series.GetHistogram().GetBucket() {
		bounds = append(bounds, b.GetUpperBound())
	}
	// The text format adds +Inf.
	if diff := cmp.Diff(h.Buckets, bounds[:len(bounds)-1]); diff != "" {
		t.Errorf("%s: buckets (-catalogue +service):\n%s", m.PrometheusName(), diff)
	}
}

func metricType(m catalog.Metric) dto.MetricType {
	switch m.(type) {
	case catalog.Counter:
		return dto.MetricType_COUNTER
	case catalog.Histogram:
		return dto.MetricType_HISTOGRAM
	}
	return dto.MetricType_GAUGE
}
