package telemetry

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

func ok(c *gin.Context) { c.Status(http.StatusOK) }

func TestRoute(t *testing.T) { bothWays(t, testRoute) }

func testRoute(t *testing.T, newService starter) {
	s := newService(t, Config{})
	s.engine.Group("/v1").GET("/items/:id", ok)
	s.engine.GET("/files/*path", ok)
	for _, path := range []string{"/v1/items/1", "/v1/items/2", "/files/a/b", "/nowhere"} {
		s.do(t, "GET", path, nil)
	}
	s.wantRequests(t, map[string]uint64{
		"method=GET code=200 route=/v1/items/:id": 2,
		"method=GET code=200 route=/files/*path":  1,
		"method=GET code=404":                     1,
	})
}

// TestHostileRequests sends what a scanner would: nothing that a client chooses
// freely may become a series.
func TestHostileRequests(t *testing.T) { bothWays(t, testHostileRequests) }

func testHostileRequests(t *testing.T, newService starter) {
	s := newService(t, Config{})
	s.engine.GET("/x", ok)
	const n = 3_000
	for range n {
		s.do(t, "GET", fmt.Sprintf("/%x?%x", rand.Uint64(), rand.Uint64()), nil)
	}
	for _, method := range []string{"BREW", "get", "PROPFIND", "_OTHER"} {
		s.do(t, method, "/x", nil)
	}
	for minor := range 10 {
		s.raw(t, fmt.Sprintf("GET /x HTTP/1.%d\r\nHost: %x\r\nConnection: close\r\n\r\n", minor, rand.Uint64()))
	}
	s.wantRequests(t, map[string]uint64{
		"method=GET code=404":                      n,
		"method=_OTHER code=404":                   4,
		"method=GET code=200 route=/x version=1.0": 1,
		"method=GET code=200 route=/x":             9,
	})
	if got := s.telemetry.server.recorder.finished.size(); got != 4 {
		t.Errorf("%d attribute sets are remembered, want 4", got)
	}
}

func TestKnownMethods(t *testing.T) { bothWays(t, testKnownMethods) }

func testKnownMethods(t *testing.T, newService starter) {
	for env, want := range map[string]map[string]uint64{
		"":            {"method=QUERY code=200 route=/x": 1, "method=PATCH code=200 route=/x": 1, "method=_OTHER code=200 route=/x": 1},
		" BREW , GET": {"method=_OTHER code=200 route=/x": 2, "method=BREW code=200 route=/x": 1},
	} {
		t.Run(env, func(t *testing.T) {
			t.Setenv("OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS", env)
			s := newService(t, Config{})
			for _, method := range []string{"QUERY", "PATCH", "BREW"} {
				s.engine.Handle(method, "/x", ok)
				s.do(t, method, "/x", nil)
			}
			s.wantRequests(t, want)
		})
	}
}

func TestStatus(t *testing.T) { bothWays(t, testStatus) }

func testStatus(t *testing.T, newService starter) {
	for status, want := range map[int]string{
		204: "method=GET code=204 route=/x",
		418: "method=GET code=418 route=/x",
		503: "error_type=503 method=GET code=503 route=/x",
		599: "error_type=599 method=GET code=599 route=/x",
		600: "error_type=500 method=GET code=500 route=/x",
		999: "error_type=500 method=GET code=500 route=/x",
	} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			s := newService(t, Config{})
			s.engine.GET("/x", func(c *gin.Context) { c.Status(status) })
			s.do(t, "GET", "/x", nil)
			s.wantRequests(t, map[string]uint64{want: 1})
		})
	}
}

// TestNoStatus has net/http panic, in Gin's code after the last handler, so that
// only a wrapper sees it.
func TestNoStatus(t *testing.T) {
	for _, status := range []int{42, 1000} {
		for want, start := range map[string]starter{
			"error_type=500 method=GET code=500 route=/x":    newService,
			"error_type=string method=GET code=500 route=/x": newWrappedService,
		} {
			s := start(t, Config{})
			s.engine.GET("/x", func(c *gin.Context) { c.Status(status) })
			s.do(t, "GET", "/x", nil)
			s.wantRequests(t, map[string]uint64{want: 1})
		}
	}
}

func TestExcludedPaths(t *testing.T) { bothWays(t, testExcludedPaths) }

func testExcludedPaths(t *testing.T, newService starter) {
	for name, tc := range map[string]struct {
		excluded []string
		want     map[string]uint64
	}{
		"by default": {nil, map[string]uint64{
			"method=GET code=200 route=/health": 1, "method=GET code=404": 1,
		}},
		"replaced": {[]string{"/health"}, map[string]uint64{
			"method=GET code=200 route=/metrics": 1, "method=GET code=404": 1,
		}},
		"none": {[]string{}, map[string]uint64{
			"method=GET code=200 route=/metrics": 1, "method=GET code=200 route=/health": 1, "method=GET code=404": 1,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(t, Config{ExcludedPaths: tc.excluded})
			s.engine.GET("/health", ok)
			for _, path := range []string{"/metrics", "/health", "/metrics/x"} {
				s.do(t, "GET", path, nil)
			}
			s.wantRequests(t, tc.want)
		})
	}
}

func TestActiveRequests(t *testing.T) { bothWays(t, testActiveRequests) }

func testActiveRequests(t *testing.T, newService starter) {
	s := newService(t, Config{})
	begun, end := make(chan struct{}), make(chan struct{})
	s.engine.GET("/x", func(*gin.Context) { close(begun); <-end })
	done := make(chan int)
	go func() { done <- s.do(t, "GET", "/x", nil) }()
	<-begun
	if n := s.active(t); n != 1 {
		t.Errorf("active requests = %g during one, want 1", n)
	}
	close(end)
	<-done
	s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x": 1})
}

func TestTwoEnginesShareOneTelemetry(t *testing.T) {
	first := newService(t, Config{})
	first.engine.GET("/x", ok)
	engine := gin.New()
	engine.Use(first.telemetry.Middleware())
	engine.GET("/x", ok)
	second := &service{Server: httptest.NewServer(engine), telemetry: first.telemetry}
	defer second.Close()
	first.do(t, "GET", "/x", nil)
	second.do(t, "GET", "/x", nil)
	first.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x": 2})
}

func TestSeriesLimit(t *testing.T) { bothWays(t, testSeriesLimit) }

func testSeriesLimit(t *testing.T, newService starter) {
	s := newService(t, Config{SeriesLimit: 3})
	for i := range 5 {
		path := fmt.Sprintf("/%d", i)
		s.engine.GET(path, ok)
		s.do(t, "GET", path, nil)
	}
	s.wantRequests(t, map[string]uint64{
		"method=GET code=200 route=/0": 1, "method=GET code=200 route=/1": 1, "otel_metric_overflow=true": 3,
	})
	if n := len(s.families(t)[catalog.RequestBodySize.PrometheusName()].GetMetric()); n != 3 {
		t.Errorf("%d series of the request body size, want 3", n)
	}
}

// TestNoAllocations holds the middleware to what its caches and pool are for. A request
// with a body costs one, the counter around it.
func TestNoAllocations(t *testing.T) {
	if raceDetector {
		t.Skip("a sync.Pool forgets at random under the race detector")
	}
	tel := newTelemetry(t, Config{})
	engine := gin.New()
	engine.Use(tel.Middleware())
	engine.GET("/x", func(c *gin.Context) { c.Status(http.StatusServiceUnavailable) })
	for name, h := range map[string]http.Handler{"middleware": engine, "wrapped": tel.Wrap(engine)} {
		req := httptest.NewRequest("GET", "/x", nil)
		record := func() { h.ServeHTTP(nowhere{}, req) }
		record()
		if n := testing.AllocsPerRun(100, record); n != 0 {
			t.Errorf("%s: a request allocates %g times, want 0", name, n)
		}
	}
}
