package telemetry

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// TestRedirects has Gin answer before it calls any middleware.
func TestRedirects(t *testing.T) {
	for name, tc := range map[string]struct {
		method, path string
		answer       int
		want         map[string]uint64
	}{
		"trailing slash":  {"GET", "/x/", 301, map[string]uint64{"method=GET code=301": 1, "method=GET code=200 route=/x": 1}},
		"fixed path":      {"GET", "/X", 301, map[string]uint64{"method=GET code=301": 1, "method=GET code=200 route=/x": 1}},
		"another method":  {"PUT", "/x/", 307, map[string]uint64{"method=PUT code=307": 1}},
		"nothing is left": {"GET", "/y", 404, map[string]uint64{"method=GET code=404": 1}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newWrappedService(t, Config{})
			s.engine.RedirectFixedPath = true
			s.engine.GET("/x", ok)
			s.engine.PUT("/x", ok)
			req, err := http.NewRequestWithContext(t.Context(), tc.method, s.URL+tc.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			res, err := s.Client().Transport.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			if res.StatusCode != tc.answer {
				t.Errorf("status %d, want %d", res.StatusCode, tc.answer)
			}
			if tc.want["method=GET code=200 route=/x"] > 0 {
				s.do(t, "GET", res.Header.Get("Location"), nil)
			}
			s.wantRequests(t, tc.want)
		})
	}
}

// TestRedirectSize has the size of a body that only a wrapper sees.
func TestRedirectSize(t *testing.T) {
	s := newWrappedService(t, Config{})
	s.engine.GET("/x", ok)
	rec := httptest.NewRecorder()
	s.telemetry.Wrap(s.engine).ServeHTTP(rec, httptest.NewRequest("GET", "/x/", nil))
	want := map[string]float64{"method=GET code=301": float64(rec.Body.Len())}
	if diff := cmp.Diff(want, s.sums(t, catalog.ResponseBodySize)); diff != "" || rec.Body.Len() == 0 {
		t.Errorf("bytes (-want +got):\n%s", diff)
	}
}

// TestWrapAlone measures without the middleware, which is what routes need.
func TestWrapAlone(t *testing.T) {
	tel := newTelemetry(t, Config{ExcludedPaths: []string{"/health"}})
	engine := gin.New()
	engine.Use(recovery())
	engine.GET("/x", ok)
	engine.GET("/health", ok)
	engine.GET("/boom", panics("boom"))
	s := &service{Server: httptest.NewServer(tel.Wrap(engine)), engine: engine, telemetry: tel}
	defer s.Close()
	for _, path := range []string{"/x", "/health", "/boom"} {
		s.do(t, "GET", path, nil)
	}
	s.wantRequests(t, map[string]uint64{"method=GET code=200": 1, "error_type=500 method=GET code=500": 1})
}

func TestWrapDisabled(t *testing.T) {
	t.Setenv("OTEL_SDK_DISABLED", "true")
	s := newWrappedService(t, Config{})
	s.engine.GET("/x", func(c *gin.Context) { c.Status(http.StatusTeapot) })
	if got := s.do(t, "GET", "/x", nil); got != http.StatusTeapot {
		t.Errorf("status %d, want 418", got)
	}
}

// TestOpaqueWriter has a middleware put a writer in front that neither unwraps
// nor is taken away again, which many do.
func TestOpaqueWriter(t *testing.T) {
	type opaque struct{ gin.ResponseWriter }
	hide := func(c *gin.Context) { c.Writer = opaque{c.Writer} }
	for name, front := range map[string][]gin.HandlerFunc{"before": {hide}, "behind": nil} {
		t.Run(name, func(t *testing.T) {
			bothWays(t, func(t *testing.T, newService starter) {
				s := newService(t, Config{}, front...)
				if front == nil {
					s.engine.Use(hide)
				}
				s.engine.GET("/x", func(c *gin.Context) { c.String(200, "hello") })
				s.do(t, "GET", "/x", nil)
				s.do(t, "GET", "/y", nil)
				s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x": 1, "method=GET code=404": 1})
				want := map[string]float64{"method=GET code=200 route=/x": 5, "method=GET code=404": float64(len(gin404))}
				if diff := cmp.Diff(want, s.sums(t, catalog.ResponseBodySize)); diff != "" {
					t.Errorf("bytes (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// TestWriterIsNotSharedTooSoon has someone in front write, after the middleware,
// through a writer that was left standing. By then another request has begun.
func TestWriterIsNotSharedTooSoon(t *testing.T) {
	var s *service
	other := httptest.NewRecorder()
	s = newService(t, Config{}, func(c *gin.Context) {
		c.Next()
		if c.FullPath() == "/x" {
			s.engine.ServeHTTP(other, httptest.NewRequest("GET", "/y", nil))
			c.String(200, "mine")
		}
	})
	s.engine.GET("/y", ok)
	type opaque struct{ gin.ResponseWriter }
	s.engine.Use(func(c *gin.Context) { c.Writer = opaque{c.Writer} })
	s.engine.GET("/x", func(*gin.Context) {})
	rec := httptest.NewRecorder()
	s.engine.ServeHTTP(rec, httptest.NewRequest("GET", "/x", nil))
	if rec.Body.String() != "mine" || other.Body.Len() > 0 {
		t.Errorf("answers are %q and %q, want %q and nothing", rec.Body, other.Body, "mine")
	}
}
