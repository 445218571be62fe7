// Package yardstick has what package telemetry is measured against and that needs
// no other module: the best that one can write by hand in an hour. Both record
// three instruments with five attributes, whose values are resolved once. Neither
// gets the difficult requests right that package telemetry has tests for.
package yardstick

import (
	"maps"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// key tells apart the series of a request.
type key struct {
	method, route, proto string
	status               int
	tls                  bool
}

func keyOf(c *gin.Context) key {
	return key{c.Request.Method, c.FullPath(), c.Request.Proto, c.Writer.Status(), c.Request.TLS != nil}
}

func (k key) scheme() string {
	if k.tls {
		return "https"
	}
	return "http"
}

// cache is read without a lock.
type cache[V any] struct {
	seen   atomic.Pointer[map[key]V]
	adding sync.Mutex
}

func (c *cache[V]) get(k key) (V, bool) {
	if seen := c.seen.Load(); seen != nil {
		v, ok := (*seen)[k]
		return v, ok
	}
	var none V
	return none, false
}

func (c *cache[V]) add(k key, v V) V {
	c.adding.Lock()
	defer c.adding.Unlock()
	next := map[key]V{}
	if seen := c.seen.Load(); seen != nil {
		next = maps.Clone(*seen)
	}
	next[k] = v
	c.seen.Store(&next)
	return v
}

// Prom3 is a middleware written with client_golang.
type Prom3 struct {
	active         prometheus.Gauge
	duration, size *prometheus.HistogramVec
	series         cache[promSeries]
}

type promSeries struct{ duration, size prometheus.Observer }

// NewProm3 registers the three metrics.
func NewProm3(registry *prometheus.Registry) *Prom3 {
	histogram := func(h catalog.Histogram) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(
			prometheus.HistogramOpts{Name: h.PrometheusName(), Help: h.Help, Buckets: h.Buckets},
			[]string{"method", "route", "proto", "status", "scheme"})
	}
	p := &Prom3{
		active:   prometheus.NewGauge(prometheus.GaugeOpts{Name: catalog.ActiveRequests.PrometheusName()}),
		duration: histogram(catalog.RequestDuration),
		size:     histogram(catalog.ResponseBodySize),
	}
	registry.MustRegister(p.active, p.duration, p.size)
	return p
}

// Measure is the middleware.
func (p *Prom3) Measure(c *gin.Context) {
	begun := time.Now()
	p.active.Inc()
	c.Next()
	p.active.Dec()
	k := keyOf(c)
	s, ok := p.series.get(k)
	if !ok {
		s = p.series.add(k, p.bind(k))
	}
	s.duration.Observe(time.Since(begun).Seconds())
	s.size.Observe(float64(max(c.Writer.Size(), 0)))
}

func (p *Prom3) bind(k key) promSeries {
	values := []string{k.method, k.route, k.proto, strconv.Itoa(k.status), k.scheme()}
	return promSeries{p.duration.WithLabelValues(values...), p.size.WithLabelValues(values...)}
}
