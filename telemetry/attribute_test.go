package telemetry

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

func header(name string) func(*gin.Context) string {
	return func(c *gin.Context) string { return c.GetHeader(name) }
}

func TestAttributes(t *testing.T) {
	bothWays(t, func(t *testing.T, newService starter) {
		s := newService(t, Config{HTTP: HTTPConfig{Attributes: []Attribute{
			{Label: "shop.plan", Value: header("Plan"), Values: []string{"free", "paid"}},
			{Label: "shop.tenant", Value: header("Tenant"), Limit: 2},
			{Label: "shop.cache", Value: func(c *gin.Context) string { return c.Writer.Header().Get("Cache") }, Limit: 1},
		}}})
		s.engine.GET("/x", func(c *gin.Context) { c.Header("Cache", c.Query("cache")) })
		for _, r := range []struct{ path, plan, tenant string }{
			{"/x", "free", "a"}, {"/x", "Free", "b"}, {"/x", "paid", "c"}, {"/x", "", "a"}, {"/x?cache=hit", "", ""}, {"/y", "paid", ""},
		} {
			s.raw(t, "GET "+r.path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\nPlan: "+r.plan+"\r\nTenant: "+r.tenant+"\r\n\r\n")
		}
		const x = "method=GET code=200 route=/x"
		s.wantRequests(t, map[string]uint64{
			x + " shop_plan=free shop_tenant=a":       1,
			x + " shop_plan=_OTHER shop_tenant=b":     1,
			x + " shop_plan=paid shop_tenant=_OTHER":  1,
			x + " shop_tenant=a":                      1,
			x + " shop_cache=hit":                     1,
			"method=GET code=404" + " shop_plan=paid": 1,
		})
		for _, h := range []catalog.Histogram{catalog.RequestBodySize, catalog.ResponseBodySize} {
			if diff := cmp.Diff(s.requests(t), s.counts(t, h)); diff != "" {
				t.Errorf("%s has other series than the duration (-duration +size):\n%s", h.Name, diff)
			}
		}
	})
}

// counts is the number of observations of each series of a histogram.
func (s *service) counts(t *testing.T, h catalog.Histogram) map[string]uint64 {
	t.Helper()
	got := map[string]uint64{}
	for _, m := range s.families(t)[h.PrometheusName()].GetMetric() {
		got[series(m)] = m.GetHistogram().GetSampleCount()
	}
	return got
}

// TestAttributePanics must not lose the request, nor hide the panic.
func TestAttributePanics(t *testing.T) {
	bothWays(t, func(t *testing.T, newService starter) {
		s := newService(t, Config{HTTP: HTTPConfig{Attributes: []Attribute{
			{Label: "shop.tenant", Value: func(c *gin.Context) string { panic("no tenant") }, Limit: 1},
		}}}, recovery())
		s.engine.GET("/x", func(*gin.Context) {})
		s.engine.GET("/y", panics(http.ErrBodyNotAllowed))
		for _, path := range []string{"/x", "/y"} {
			if got := s.do(t, "GET", path, nil); got != http.StatusInternalServerError {
				t.Errorf("%s: status %d, want 500", path, got)
			}
		}
		s.wantRequests(t, map[string]uint64{
			"error_type=string method=GET code=500 route=/x":              1,
			"error_type=*errors.errorString method=GET code=500 route=/y": 1,
		})
	})
}

// TestAttributesDoNotAllocate when a hook returns what has been seen.
func TestAttributesDoNotAllocate(t *testing.T) {
	if raceDetector {
		t.Skip("a sync.Pool forgets at random under the race detector")
	}
	tel := newTelemetry(t, Config{HTTP: HTTPConfig{
		Servers: []string{"example.com"}, TrustedProxies: []string{"192.0.2.0/24"},
		Attributes: []Attribute{{Label: "shop.tenant", Value: header("Tenant"), Limit: 2}},
	}})
	engine := gin.New()
	engine.Use(tel.Middleware())
	engine.GET("/x", ok)
	req := httptest.NewRequest("GET", "/x", nil)
	req.Header.Set("X-Forwarded-Proto", "https")
	for _, tenant := range []string{"a", "b", "one too many"} {
		req.Header.Set("Tenant", tenant)
		record := func() { engine.ServeHTTP(nowhere{}, req) }
		record()
		if n := testing.AllocsPerRun(100, record); n != 0 {
			t.Errorf("tenant %s: a request allocates %g times, want 0", tenant, n)
		}
	}
}

// TestBoundedUnderLoad adds values from many goroutines at once, again and again,
// where there is room for one.
func TestBoundedUnderLoad(t *testing.T) {
	for range 200 {
		var b bounded[string]
		b.init(1, strings.Clone)
		start := make(chan struct{})
		var wait sync.WaitGroup
		for i := range 8 {
			wait.Go(func() {
				<-start
				v := fmt.Sprint("v", i)
				id := b.id(v)
				if got, known := b.value(id); known && got != v {
					t.Errorf("%d stands for %s, want %s", id, got, v)
				}
				if again := b.id(v); again != id {
					t.Errorf("%s is %d and then %d", v, id, again)
				}
			})
		}
		close(start)
		wait.Wait()
		if n := len(b.values); n != 1 {
			t.Fatalf("%d values are kept, want 1", n)
		}
	}
}
