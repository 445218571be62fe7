package telemetry

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// BenchmarkMiddleware is what a request costs with and without measuring it. The
// difference between the two is the overhead.
func BenchmarkMiddleware(b *testing.B) {
	tel, err := New(b.Context(), Config{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = tel.Shutdown(context.Background()) })
	for _, bench := range []struct {
		name       string
		middleware []gin.HandlerFunc
	}{
		{"gin", nil},
		{"ginsight", []gin.HandlerFunc{tel.Middleware()}},
		{"prom-3", []gin.HandlerFunc{newProm3(prometheus.NewRegistry()).measure}},
	} {
		engine := gin.New()
		engine.Use(bench.middleware...)
		engine.GET("/items/:id", ok)
		b.Run(bench.name, func(b *testing.B) { serve(b, engine) })
		b.Run(bench.name+"-parallel", func(b *testing.B) { serveParallel(b, engine) })
	}
}

func serve(b *testing.B, h http.Handler) {
	b.ReportAllocs()
	w, r := nowhere{}, httptest.NewRequest(http.MethodGet, "/items/42", nil)
	for b.Loop() {
		h.ServeHTTP(w, r)
	}
}

func serveParallel(b *testing.B, h http.Handler) {
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		w, r := nowhere{}, httptest.NewRequest(http.MethodGet, "/items/42", nil)
		for pb.Next() {
			h.ServeHTTP(w, r)
		}
	})
}

// nowhere is a response writer that costs nothing.
type nowhere struct{ header http.Header }

func (w nowhere) Header() http.Header       { return w.header }
func (nowhere) Write(p []byte) (int, error) { return len(p), nil }
func (nowhere) WriteHeader(int)             {}

// prom3 is the yardstick: what a careful engineer writes with client_golang, 3
// instruments and 5 labels, whose values are resolved once. It gets none of the
// difficult requests right.
type prom3 struct {
	active         prometheus.Gauge
	duration, size *prometheus.HistogramVec
	seen           atomic.Pointer[map[prom3Key]prom3Series]
	adding         sync.Mutex
}

type prom3Key struct {
	method, route, proto string
	status               int
	tls                  bool
}

type prom3Series struct{ duration, size prometheus.Observer }

func newProm3(registry *prometheus.Registry) *prom3 {
	histogram := func(h catalog.Histogram) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(
			prometheus.HistogramOpts{Name: h.PrometheusName(), Help: h.Help, Buckets: h.Buckets},
			[]string{"method", "route", "proto", "status", "scheme"})
	}
	p := &prom3{
		active:   prometheus.NewGauge(prometheus.GaugeOpts{Name: catalog.ActiveRequests.PrometheusName()}),
		duration: histogram(catalog.RequestDuration),
		size:     histogram(catalog.ResponseBodySize),
	}
	p.seen.Store(&map[prom3Key]prom3Series{})
	registry.MustRegister(p.active, p.duration, p.size)
	return p
}

func (p *prom3) measure(c *gin.Context) {
	begun := time.Now()
	p.active.Inc()
	c.Next()
	p.active.Dec()
	s := p.series(prom3Key{c.Request.Method, c.FullPath(), c.Request.Proto, c.Writer.Status(), c.Request.TLS != nil})
	s.duration.Observe(time.Since(begun).Seconds())
	s.size.Observe(float64(max(c.Writer.Size(), 0)))
}

func (p *prom3) series(key prom3Key) prom3Series {
	if s, ok := (*p.seen.Load())[key]; ok {
		return s
	}
	p.adding.Lock()
	defer p.adding.Unlock()
	scheme := "http"
	if key.tls {
		scheme = "https"
	}
	values := []string{key.method, key.route, key.proto, strconv.Itoa(key.status), scheme}
	next := maps.Clone(*p.seen.Load())
	next[key] = prom3Series{p.duration.WithLabelValues(values...), p.size.WithLabelValues(values...)}
	p.seen.Store(&next)
	return next[key]
}
