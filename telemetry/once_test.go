package telemetry

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

func TestRegisteredTwice(t *testing.T) {
	bothWays(t, func(t *testing.T, newService starter) {
		s := newService(t, Config{})
		s.engine.Use(s.telemetry.Middleware())
		begun, end := make(chan struct{}), make(chan struct{})
		s.engine.Group("/v1", s.telemetry.Middleware()).GET("/x", func(c *gin.Context) {
			close(begun)
			<-end
			c.String(200, "hello")
		})
		done := make(chan int)
		go func() { done <- s.do(t, "GET", "/v1/x", nil) }()
		<-begun
		if n := s.active(t); n != 1 {
			t.Errorf("active requests = %g during one, want 1", n)
		}
		close(end)
		<-done
		s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/v1/x": 1})
	})
}

// TestHandleContext sends a request on inside the engine: it is one request, and
// its route is the one that answered.
func TestHandleContext(t *testing.T) {
	bothWays(t, func(t *testing.T, newService starter) {
		s := newService(t, Config{})
		active := 0.0
		s.engine.GET("/old/:id", func(c *gin.Context) {
			c.Request.URL.Path = "/new/" + c.Param("id")
			s.engine.HandleContext(c)
		})
		s.engine.GET("/new/:id", func(c *gin.Context) {
			active = s.active(t)
			c.String(200, "hello")
		})
		s.engine.NoRoute(func(c *gin.Context) {
			c.Request.URL.Path = "/new/1"
			s.engine.HandleContext(c)
		})
		for _, path := range []string{"/old/1", "/new/1", "/nowhere"} {
			s.do(t, "GET", path, nil)
			if active != 1 {
				t.Errorf("%s: active requests = %g during one, want 1", path, active)
			}
		}
		s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/new/:id": 3})
		want := map[string]float64{"method=GET code=200 route=/new/:id": 15}
		if diff := cmp.Diff(want, s.sums(t, catalog.ResponseBodySize)); diff != "" {
			t.Errorf("bytes (-want +got):\n%s", diff)
		}
	})
}

// TestHandleContextKeepsWatching has the second handler stream, through a writer
// that Gin has put back.
func TestHandleContextKeepsWatching(t *testing.T) {
	bothWays(t, func(t *testing.T, newService starter) {
		s := newService(t, Config{})
		s.engine.GET("/old", func(c *gin.Context) {
			c.Request.URL.Path = "/new"
			s.engine.HandleContext(c)
		})
		s.engine.GET("/new", hijacks(func(*stream) {}))
		s.upgrade(t, "/old").Close()
		s.wantRequests(t, map[string]uint64{"method=GET code=101 route=/new": 1})
	})
}

// TestPanicBehindRecovery registers the middleware on either side of Recovery, to
// know of a panic and of what became of it.
func TestPanicBehindRecovery(t *testing.T) {
	bothWays(t, func(t *testing.T, newService starter) {
		s := newService(t, Config{})
		s.engine.Use(gin.CustomRecoveryWithWriter(discard().Writer(), func(c *gin.Context, _ any) {
			c.AbortWithStatus(http.StatusServiceUnavailable)
		}), s.telemetry.Middleware())
		s.engine.GET("/x", panics("boom"))
		s.do(t, "GET", "/x", nil)
		s.wantRequests(t, map[string]uint64{"error_type=string method=GET code=503 route=/x": 1})
	})
}

// TestOldMark serves one request object again and again, as tests do, also to
// another engine: what an earlier time has left on it must not count.
func TestOldMark(t *testing.T) {
	s := newService(t, Config{})
	s.engine.GET("/x", ok)
	other := gin.New()
	other.Use(s.telemetry.Middleware())
	other.GET("/x", ok)
	req := httptest.NewRequest("GET", "/x", nil)
	for _, h := range []http.Handler{s.engine, s.telemetry.Wrap(s.engine), other, s.engine, s.telemetry.Wrap(other)} {
		h.ServeHTTP(httptest.NewRecorder(), req)
	}
	s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x": 5})
}

// TestCopiedContext leaves goroutines behind that read what Gin says is theirs.
// It is for the race detector.
func TestCopiedContext(t *testing.T) {
	bothWays(t, func(t *testing.T, newService starter) {
		const n = 50
		s := newService(t, Config{})
		done := make(chan string, n)
		s.engine.POST("/x", func(c *gin.Context) {
			mine := c.Copy()
			go func() {
				<-mine.Request.Context().Done() // after the response
				r := mine.Request.WithContext(t.Context())
				_, _ = r.Body.Read(make([]byte, 1))
				done <- mine.FullPath() + r.URL.Path + r.Header.Get("X")
			}()
		})
		for range n {
			s.do(t, "POST", "/x", strings.NewReader("hello"))
		}
		for range n {
			if got := <-done; got != "/x/x" {
				t.Errorf("the copy says %q", got)
			}
		}
		s.wantRequests(t, map[string]uint64{"method=POST code=200 route=/x": n})
	})
}

func TestPanicsAreCounted(t *testing.T) {
	bothWays(t, func(t *testing.T, newService starter) {
		s := newService(t, Config{}, recovery())
		s.engine.GET("/x/:id", panics("boom"))
		s.engine.GET("/y", panics(http.ErrAbortHandler))
		s.engine.NoRoute(panics(http.ErrNoCookie))
		for _, path := range []string{"/x/1", "/x/2", "/y", "/z"} {
			s.do(t, "GET", path, nil)
		}
		eventually(t, func() bool { return total(s.requests(t)) == 4 })
		got := map[string]float64{}
		for _, m := range s.families(t)[catalog.Panics.PrometheusName()].GetMetric() {
			got[series(m)] = m.GetCounter().GetValue()
		}
		want := map[string]float64{"error_type=string route=/x/:id": 2, "error_type=*errors.errorString": 1}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("panics (-want +got):\n%s", diff)
		}
	})
}
