package telemetry

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"testing"

	"github.com/gin-gonic/gin"
)

const hostileRequests = 1_000_000

// BenchmarkHostile is a million requests by somebody who makes up the method, the
// path, the query, the host, the headers and the version of each. It reports what
// they leave behind: series of any metric, and memory.
func BenchmarkHostile(b *testing.B) {
	tel, err := New(b.Context(), Config{HTTP: HTTPConfig{Servers: []string{"shop.example.com"}}})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = tel.Shutdown(context.Background()) })
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.Use(tel.Middleware())
	engine.GET("/items/:id", ok)
	engine.POST("/items", ok)

	random := rand.New(rand.NewPCG(1, 2))
	attack := func(n int) {
		for range n {
			engine.ServeHTTP(nowhere{http.Header{}}, hostile(random))
		}
	}
	attack(10_000) // makes the few series that there are, and fills Gin's pools
	series, memory := exposedSeries(b, tel), heap()
	for b.Loop() {
		attack(hostileRequests)
	}
	b.ReportMetric(float64(exposedSeries(b, tel)-series), "series")
	b.ReportMetric(float64(heap()-memory)/float64(b.N)/hostileRequests, "retained-B/request")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/hostileRequests, "ns/request")
	b.ReportMetric(0, "ns/op")
}

func hostile(random *rand.Rand) *http.Request {
	word := func() string { return fmt.Sprintf("%x", random.Uint64()) }
	r := &http.Request{
		Method: word(), Host: word(), Proto: "HTTP/" + word(), ProtoMajor: random.IntN(10), ProtoMinor: random.IntN(10),
		URL:    &url.URL{Path: "/" + word(), RawQuery: word()},
		Header: http.Header{"User-Agent": {word()}, "X-" + word(): {word()}, "X-Forwarded-Proto": {word()}},
	}
	switch random.IntN(4) {
	case 0: // one that has a route, with a parameter
		r.Method, r.URL.Path = http.MethodGet, "/items/"+word()
	case 1: // one for another method
		r.URL.Path = "/items"
	}
	return r
}

// exposedSeries counts the series of all metrics.
func exposedSeries(b *testing.B, tel *Telemetry) (n int) {
	b.Helper()
	families, err := tel.handler.collections.gather()
	if err != nil {
		b.Fatal(err)
	}
	for _, family := range families {
		n += len(family.Metric)
	}
	return n
}

func heap() int64 {
	runtime.GC()
	runtime.GC() // the second empties what pools kept through the first
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestHostile is the same on a small scale, so that it is not only a figure.
func TestHostile(t *testing.T) {
	s := newService(t, Config{})
	random := rand.New(rand.NewPCG(3, 4))
	for range 10_000 {
		s.engine.ServeHTTP(httptest.NewRecorder(), hostile(random))
	}
	before := s.telemetry.instruments.Series()
	for range 10_000 {
		s.engine.ServeHTTP(httptest.NewRecorder(), hostile(random))
	}
	for name, n := range s.telemetry.instruments.Series() {
		if n != before[name] {
			t.Errorf("%s: %d series have become %d", name, before[name], n)
		}
	}
}
