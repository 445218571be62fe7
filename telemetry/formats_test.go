package telemetry

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// What scrapers accept.
const (
	protobuf    = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"
	openMetrics = "application/openmetrics-text;version=1.0.0"
	// allowUTF8 is what Prometheus 3 adds to every format, and what must not
	// change a name before its users want that.
	allowUTF8 = ";escaping=allow-utf-8"
)

// protobuf reads the exposition as Prometheus does for native histograms.
func (s *service) protobuf(t *testing.T) map[string]*dto.MetricFamily {
	t.Helper()
	rec := httptest.NewRecorder()
	s.telemetry.Handler().ServeHTTP(rec, scrape(t, map[string]string{"Accept": protobuf + allowUTF8}))
	families := map[string]*dto.MetricFamily{}
	for decoder := expfmt.NewDecoder(rec.Body, expfmt.ResponseFormat(rec.Header())); ; {
		family := &dto.MetricFamily{}
		err := decoder.Decode(family)
		if errors.Is(err, io.EOF) {
			return families
		}
		if err != nil {
			t.Fatal(err)
		}
		families[family.GetName()] = family
	}
}

// oneRequest is a service that had one, of 3 bytes, which made an own value too.
func oneRequest(t *testing.T, config Config) *service {
	t.Helper()
	s := newService(t, config)
	s.engine.POST("/x", func(c *gin.Context) { _, _ = c.GetRawData(); c.String(200, "answer") })
	own, err := s.telemetry.MeterProvider().Meter("test").Float64Histogram("weight", nil...)
	if err != nil {
		t.Fatal(err)
	}
	own.Record(t.Context(), 70)
	s.do(t, "POST", "/x", strings.NewReader("abc"))
	s.wantRequests(t, map[string]uint64{"method=POST code=200 route=/x": 1})
	return s
}

func TestHistogramForms(t *testing.T) {
	for name, tc := range map[string]struct {
		form            Histograms
		classic, native bool
	}{
		"classic": {Classic, true, false},
		"native":  {Native, false, true},
		"both":    {Both, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			families := oneRequest(t, Config{Histograms: tc.form}).protobuf(t)
			for _, family := range []string{
				catalog.RequestDuration.PrometheusName(), catalog.RequestBodySize.PrometheusName(),
				catalog.ResponseBodySize.PrometheusName(), "weight",
			} {
				h := families[family].GetMetric()[0].GetHistogram()
				if h.GetSampleCount() != 1 || len(h.GetBucket()) > 0 != tc.classic || isNative(h) != tc.native {
					t.Errorf("%s: %v", family, h)
				}
				if tc.native && (h.GetSchema() > nativeMaxScale || len(h.GetPositiveDelta()) == 0) {
					t.Errorf("%s: the native half is %v", family, h)
				}
			}
			schedule := families[catalog.GoScheduleDuration.PrometheusName()].GetMetric()[0].GetHistogram()
			if isNative(schedule) || len(schedule.GetBucket()) == 0 {
				t.Errorf("the runtime's own buckets are gone: %v", schedule)
			}
			if n := len(families[catalog.ActiveRequests.PrometheusName()].GetMetric()); n != 1 {
				t.Errorf("%d series of a gauge, want 1", n)
			}
		})
	}
}

// TestBothHalvesAgree compares the two halves with each form alone.
func TestBothHalvesAgree(t *testing.T) {
	name := catalog.ResponseBodySize.PrometheusName()
	halves := func(form Histograms) (buckets string, native string) {
		h := oneRequest(t, Config{Histograms: form}).protobuf(t)[name].GetMetric()[0].GetHistogram()
		for _, b := range h.GetBucket() {
			buckets += b.String()
		}
		return buckets, (&dto.Histogram{Schema: h.Schema, PositiveSpan: h.PositiveSpan, PositiveDelta: h.PositiveDelta}).String()
	}
	classic, _ := halves(Classic)
	_, native := halves(Native)
	bothClassic, bothNative := halves(Both)
	if diff := cmp.Diff([]string{classic, native}, []string{bothClassic, bothNative}); diff != "" {
		t.Errorf("both (-alone +both):\n%s", diff)
	}
}

// TestBothUnderLoad reads while requests run: no scrape may be torn.
func TestBothUnderLoad(t *testing.T) {
	s := newService(t, Config{Histograms: Both})
	s.engine.GET("/x", ok)
	s.do(t, "GET", "/x", nil)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for r := httptest.NewRequest("GET", "/x", nil); ; s.engine.ServeHTTP(nowhere{}, r) {
			select {
			case <-stop:
				return
			default:
			}
		}
	}()
	for range 100 {
		for _, m := range s.protobuf(t)[catalog.RequestDuration.PrometheusName()].GetMetric() {
			wantWhole(t, m.GetHistogram())
		}
	}
	close(stop)
	<-stopped
}

// wantWhole checks what Prometheus does before it takes a histogram.
func wantWhole(t *testing.T, h *dto.Histogram) {
	t.Helper()
	var inBuckets, delta int64
	for _, d := range h.GetPositiveDelta() {
		delta += d
		inBuckets += delta
	}
	if total := uint64(inBuckets) + h.GetZeroCount(); total != h.GetSampleCount() {
		t.Errorf("%d values in native buckets, %d in all", total, h.GetSampleCount())
	}
	before := uint64(0)
	for _, b := range h.GetBucket() {
		if n := b.GetCumulativeCount(); n < before || n > h.GetSampleCount() {
			t.Errorf("%d values up to %g, %d in the bucket before, %d in all", n, b.GetUpperBound(), before, h.GetSampleCount())
		}
		before = b.GetCumulativeCount()
	}
}

// TestCreated has every counter and histogram say when it began at 0.
func TestCreated(t *testing.T) {
	families := oneRequest(t, Config{}).protobuf(t)
	start := families[catalog.ProcessStartTime.PrometheusName()].GetMetric()[0].GetGauge().GetValue()
	seen := 0
	for name, family := range families {
		for _, m := range family.GetMetric() {
			for _, created := range []interface {
				GetSeconds() int64
				GetNanos() int32
			}{m.GetCounter().GetCreatedTimestamp(), m.GetHistogram().GetCreatedTimestamp()} {
				if m.Counter == nil && m.Histogram == nil || created.GetSeconds() == 0 {
					continue
				}
				seen++
				if at := float64(created.GetSeconds()) + float64(created.GetNanos())/1e9; at < start-.01 {
					t.Errorf("%s was created at %f, before the process at %f", name, at, start)
				}
			}
			if c := m.Counter; c != nil && c.CreatedTimestamp == nil {
				t.Errorf("the counter %s does not say when it was created", name)
			}
			if h := m.Histogram; h != nil && h.CreatedTimestamp == nil {
				t.Errorf("the histogram %s does not say when it was created", name)
			}
		}
	}
	if seen == 0 {
		t.Error("there was nothing to see")
	}
}

// TestNamesAreEscaped asks for names in UTF-8, as Prometheus 3 does by default.
func TestNamesAreEscaped(t *testing.T) {
	s := oneRequest(t, Config{})
	for _, accept := range []string{"text/plain;version=1.0.0" + allowUTF8, openMetrics + allowUTF8} {
		text := body(s.telemetry.Handler(), scrape(t, map[string]string{"Accept": accept}))
		for line := range strings.Lines(text) {
			name, _, _ := strings.Cut(strings.TrimPrefix(line, `{"`), "{")
			if strings.Contains(name, ".") && !strings.HasPrefix(line, "#") && !strings.Contains(name, " ") {
				t.Errorf("a name has dots: %s", line)
			}
		}
		if !strings.Contains(text, catalog.RequestDuration.PrometheusName()+"_count{") {
			t.Errorf("%s: the requests are missing", accept)
		}
	}
}

func TestCompression(t *testing.T) {
	s := newService(t, Config{})
	for accepted, tc := range map[string]struct {
		encoding string
		open     func(io.Reader) (io.Reader, error)
	}{
		"gzip":           {"gzip", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
		"zstd":           {"zstd", func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r, zstd.WithDecoderConcurrency(1)) }},
		"zstd, gzip;q=0": {"zstd", func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r, zstd.WithDecoderConcurrency(1)) }},
		"br":             {"", func(r io.Reader) (io.Reader, error) { return r, nil }},
		"":               {"", func(r io.Reader) (io.Reader, error) { return r, nil }},
	} {
		t.Run(accepted, func(t *testing.T) {
			rec := httptest.NewRecorder()
			s.telemetry.Handler().ServeHTTP(rec, scrape(t, map[string]string{"Accept-Encoding": accepted}))
			if got := rec.Header().Get("Content-Encoding"); got != tc.encoding {
				t.Errorf("encoding %q, want %q", got, tc.encoding)
			}
			plain, err := tc.open(rec.Body)
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(plain)
			if err != nil || !bytes.Contains(text, []byte(catalog.TargetInfo.PrometheusName())) {
				t.Errorf("unexpected body, error %v:\n%s", err, text)
			}
		})
	}
}

// TestExemplars has a request belong to a trace, sampled or not.
func TestExemplars(t *testing.T) {
	const traceID, spanID = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
	for name, tc := range map[string]struct {
		filter string
		flags  trace.TraceFlags
		want   bool
	}{
		"sampled":                  {"", trace.FlagsSampled, true},
		"not sampled":              {"", 0, false},
		"not sampled, always on":   {"always_on", 0, true},
		"sampled, always off":      {"always_off", trace.FlagsSampled, false},
		"sampled, by the trace":    {"trace_based", trace.FlagsSampled, true},
		"sampled, unknown setting": {"never", trace.FlagsSampled, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("OTEL_METRICS_EXEMPLAR_FILTER", tc.filter)
			s := newService(t, Config{}, inTrace(t, traceID, spanID, tc.flags))
			s.engine.GET("/x", ok)
			s.do(t, "GET", "/x", nil)
			s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x": 1})
			text := body(s.telemetry.Handler(), scrape(t, map[string]string{"Accept": openMetrics}))
			got := strings.Contains(text, `trace_id="`+traceID+`"`) && strings.Contains(text, `span_id="`+spanID+`"`)
			if got != tc.want {
				t.Errorf("the trace is in the exposition: %t, want %t\n%s", got, tc.want, text)
			}
		})
	}
}

// inTrace is a tracing middleware in front.
func inTrace(t *testing.T, traceID, spanID string, flags trace.TraceFlags) gin.HandlerFunc {
	t.Helper()
	tid, err := trace.TraceIDFromHex(traceID)
	if err != nil {
		t.Fatal(err)
	}
	sid, err := trace.SpanIDFromHex(spanID)
	if err != nil {
		t.Fatal(err)
	}
	span := trace.NewSpanContext(trace.SpanContextConfig{TraceID: tid, SpanID: sid, TraceFlags: flags})
	return func(c *gin.Context) {
		c.Request = c.Request.WithContext(trace.ContextWithSpanContext(c.Request.Context(), span))
	}
}

// TestPanickingCallback has a metric of the service's own fail by a bug.
func TestPanickingCallback(t *testing.T) {
	for name, form := range map[string]Histograms{"classic": Classic, "both": Both} {
		t.Run(name, func(t *testing.T) {
			var logged bytes.Buffer
			s := newService(t, Config{Histograms: form, Logger: slog.New(slog.NewTextHandler(&logged, nil))})
			_, err := s.telemetry.MeterProvider().Meter("test").Int64ObservableGauge("queue",
				metric.WithInt64Callback(func(context.Context, metric.Int64Observer) error { panic("boom") }))
			if err != nil {
				t.Fatal(err)
			}
			families := s.families(t)
			if _, up := families[catalog.ProcessCPU.PrometheusName()]; !up {
				t.Error("the rest is missing")
			}
			if n := s.handlerErrors(t)["cause=gathering"]; n < 1 {
				t.Errorf("failed scrapes = %g, want some", n)
			}
			if n := strings.Count(logged.String(), "\n"); n != 1 || !strings.Contains(logged.String(), "boom") {
				t.Errorf("%d lines logged, want 1 that says why:\n%s", n, &logged)
			}
		})
	}
}
