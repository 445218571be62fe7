package export_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"
	colmetric "go.opentelemetry.io/proto/otlp/collector/metrics/v1"
	pb "go.opentelemetry.io/proto/otlp/metrics/v1"
	"go.uber.org/goleak"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"github.com/ginsight/ginsight/telemetry"
	"github.com/ginsight/ginsight/telemetry/catalog"
	"github.com/ginsight/ginsight/telemetry/export"
)

func TestMain(m *testing.M) {
	gin.SetMode(gin.ReleaseMode)
	goleak.VerifyTestMain(m)
}

// receiver takes OTLP over both protocols and keeps what came last.
type receiver struct {
	colmetric.UnimplementedMetricsServiceServer
	mu   sync.Mutex
	got  map[string]*pb.Metric
	auth string
}

func (r *receiver) Export(_ context.Context, req *colmetric.ExportMetricsServiceRequest) (*colmetric.ExportMetricsServiceResponse, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.got = map[string]*pb.Metric{}
	for _, resource := range req.GetResourceMetrics() {
		for _, scope := range resource.GetScopeMetrics() {
			for _, m := range scope.GetMetrics() {
				r.got[m.GetName()] = m
			}
		}
	}
	return &colmetric.ExportMetricsServiceResponse{}, nil
}

// ServeHTTP implements [http.Handler] for the protocol http/protobuf.
func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body := io.Reader(req.Body)
	if req.Header.Get("Content-Encoding") == "gzip" {
		plain, err := gzip.NewReader(body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		body = plain
	}
	raw, err := io.ReadAll(body)
	message := &colmetric.ExportMetricsServiceRequest{}
	if err != nil || proto.Unmarshal(raw, message) != nil || req.URL.Path != "/v1/metrics" {
		http.Error(w, "not OTLP", http.StatusBadRequest)
		return
	}
	r.auth = req.Header.Get("Authorization")
	_, _ = r.Export(req.Context(), message)
	w.Header().Set("Content-Type", "application/x-protobuf")
}

// overHTTP starts a receiver and points the environment at it.
func overHTTP(t *testing.T) *receiver {
	r := &receiver{}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", server.URL)
	return r
}

func overGRPC(t *testing.T) *receiver {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r, server := &receiver{}, grpc.NewServer()
	colmetric.RegisterMetricsServiceServer(server, r)
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	t.Cleanup(func() {
		server.Stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://"+listener.Addr().String())
	t.Setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
	return r
}

// requests has a service with the environment's exporters answer three requests
// and end, and returns what its endpoint showed before that.
func requests(t *testing.T) (endpoint string) {
	t.Helper()
	exporters, err := export.FromEnv(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tel, err := telemetry.New(t.Context(), telemetry.Config{Exporters: exporters})
	if err != nil {
		t.Fatal(err)
	}
	engine := gin.New()
	engine.Use(tel.Middleware())
	engine.GET("/x", func(c *gin.Context) { c.String(http.StatusOK, "answer") })
	for range 3 {
		engine.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/x", nil))
	}
	rec := httptest.NewRecorder()
	tel.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if err := tel.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	return rec.Body.String()
}

func TestOTLP(t *testing.T) {
	for name, tc := range map[string]struct {
		receiver func(*testing.T) *receiver
		env      map[string]string
		want     pb.AggregationTemporality
		native   bool
	}{
		"http": {overHTTP, nil, pb.AggregationTemporality_AGGREGATION_TEMPORALITY_CUMULATIVE, false},
		"grpc": {overGRPC, nil, pb.AggregationTemporality_AGGREGATION_TEMPORALITY_CUMULATIVE, false},
		"compressed": {overHTTP, map[string]string{"OTEL_EXPORTER_OTLP_COMPRESSION": "gzip"},
			pb.AggregationTemporality_AGGREGATION_TEMPORALITY_CUMULATIVE, false},
		"delta": {overHTTP, map[string]string{"OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE": "delta"},
			pb.AggregationTemporality_AGGREGATION_TEMPORALITY_DELTA, false},
		"exponential": {overHTTP, map[string]string{"OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION": "base2_exponential_bucket_histogram"},
			pb.AggregationTemporality_AGGREGATION_TEMPORALITY_CUMULATIVE, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("OTEL_METRICS_EXPORTER", "prometheus, otlp")
			for k, v := range tc.env {
				t.Setenv(k, v)
			}
			r := tc.receiver(t)
			endpoint := requests(t)

			m := r.got[catalog.RequestDuration.Name]
			count, temporality := m.GetHistogram().GetDataPoints(), m.GetHistogram().GetAggregationTemporality()
			n := uint64(0)
			if tc.native {
				n, temporality = m.GetExponentialHistogram().GetDataPoints()[0].GetCount(), m.GetExponentialHistogram().GetAggregationTemporality()
			} else if len(count) == 1 {
				n = count[0].GetCount()
			}
			if n != 3 || temporality != tc.want {
				t.Errorf("received %d requests, %s, want 3, %s: %v", n, temporality, tc.want, m)
			}
			series := catalog.RequestDuration.PrometheusName() + `_count{http_request_method="GET",http_response_status_code="200",http_route="/x",network_protocol_version="1.1",url_scheme="http"} 3`
			if !strings.Contains(endpoint, series) {
				t.Errorf("the endpoint does not show the same:\n%s", endpoint)
			}
			// One of each source: the SDK, its producers, the process.
			for _, also := range []catalog.Metric{catalog.GoGoroutines, catalog.GoScheduleDuration, catalog.ProcessCPU, catalog.BuildInfo} {
				if r.got[also.Describe().Name] == nil {
					t.Errorf("%s was not received", also.Describe().Name)
				}
			}
		})
	}
}

// TestPushOnly leaves the endpoint out.
func TestPushOnly(t *testing.T) {
	t.Setenv("OTEL_METRICS_EXPORTER", "otlp")
	r := overHTTP(t)
	t.Setenv("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20t0ken")
	endpoint := requests(t)
	if r.got[catalog.RequestDuration.Name] == nil || r.auth != "Bearer t0ken" {
		t.Errorf("received %v with authorization %q", r.got[catalog.RequestDuration.Name], r.auth)
	}
	if strings.Contains(endpoint, "http_server") || !strings.Contains(endpoint, catalog.ProcessCPU.PrometheusName()) {
		t.Errorf("the endpoint shows more than the process, or less:\n%s", endpoint)
	}
}

// TestConsole has the program print its metrics as it ends.
func TestConsole(t *testing.T) {
	t.Setenv("OTEL_METRICS_EXPORTER", "console")
	file, err := os.Create(t.TempDir() + "/out")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	stdout := os.Stdout
	os.Stdout = file
	requests(t)
	os.Stdout = stdout
	text, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(text) || !strings.Contains(string(text), catalog.RequestDuration.Name) {
		t.Errorf("printed %s", text)
	}
}

func TestNothingToPush(t *testing.T) {
	for _, list := range []string{"", "prometheus", "none", " prometheus , none,"} {
		t.Setenv("OTEL_METRICS_EXPORTER", list)
		if exporters, err := export.FromEnv(t.Context()); err != nil || exporters != nil {
			t.Errorf("list %q: %v, %v", list, exporters, err)
		}
	}
}

func TestCannot(t *testing.T) {
	t.Setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")
	for list, want := range map[string]string{
		"otpl":         "OTEL_METRICS_EXPORTER=otpl: unknown exporter; known are prometheus, otlp, console and none",
		"console,otlp": "OTEL_METRICS_EXPORTER=otlp: OTEL_EXPORTER_OTLP_PROTOCOL=http/json: unknown protocol; known are http/protobuf and grpc",
	} {
		t.Setenv("OTEL_METRICS_EXPORTER", list)
		_, err := export.FromEnv(t.Context())
		if err == nil {
			t.Errorf("list %q: no error", list)
			continue
		}
		if diff := cmp.Diff(want, err.Error()); diff != "" {
			t.Errorf("list %q (-want +got):\n%s", list, diff)
		}
	}
}
