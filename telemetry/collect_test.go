package telemetry

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	dto "github.com/prometheus/client_model/go"
)

// clock is a gatherer that says how often it was asked, and waits to answer.
type clock struct {
	asked   atomic.Int64
	entered chan struct{}
	answer  chan struct{}
}

func newClock() *clock {
	return &clock{entered: make(chan struct{}, 100), answer: make(chan struct{}, 100)}
}

func (c *clock) Gather() ([]*dto.MetricFamily, error) {
	n := float64(c.asked.Add(1))
	c.entered <- struct{}{}
	<-c.answer
	return []*dto.MetricFamily{{
		Name: new("tick"), Type: dto.MetricType_GAUGE.Enum(),
		Metric: []*dto.Metric{{Gauge: &dto.Gauge{Value: &n}}},
	}}, nil
}

// TestCollectionsAreShared has ten scrapes come while one is being collected.
func TestCollectionsAreShared(t *testing.T) {
	from := newClock()
	c := collections{gather: from.Gather}
	first := c.join()
	<-from.entered
	later := make([]*collection, 10)
	for i := range later {
		later[i] = c.join()
	}
	from.answer <- struct{}{}
	<-first.done
	<-from.entered
	from.answer <- struct{}{}
	for _, l := range later {
		<-l.done
		if got := value(l); got != 2 {
			t.Errorf("a scrape that came during collection 1 got that of %g, want 2", got)
		}
	}
	if got := value(first); got != 1 {
		t.Errorf("the first scrape got collection %g", got)
	}
	if n := from.asked.Load(); n != 2 {
		t.Errorf("collected %d times, want 2", n)
	}
}

func value(c *collection) float64 { return c.families[0].Metric[0].GetGauge().GetValue() }

func TestCollectionsEndAndBeginAgain(t *testing.T) {
	from := newClock()
	c := collections{gather: from.Gather}
	for want := range 3 {
		from.answer <- struct{}{}
		one := c.join()
		<-one.done
		if got := value(one); got != float64(want+1) {
			t.Errorf("collection %g, want %d", got, want+1)
		}
	}
}

func TestCollectionSurvivesAPanic(t *testing.T) {
	c := collections{gather: func() ([]*dto.MetricFamily, error) { panic("boom") }}
	one := c.join()
	<-one.done
	if one.err == nil || !strings.Contains(one.err.Error(), "boom") {
		t.Errorf("error %v, want what it panicked with", one.err)
	}
}

// stuck is a scraper that reads nothing of its answer until it is released.
type stuck struct {
	nowhere
	reached, release chan struct{}
	once             sync.Once
}

func (s *stuck) Header() http.Header { return http.Header{} }

func (s *stuck) Write(p []byte) (int, error) {
	s.once.Do(func() { close(s.reached) })
	<-s.release
	return len(p), nil
}

// TestSlowReader shows why the endpoint does not use client_golang's coalescing:
// as long as anybody reads an old collection, everybody gets that one.
func TestSlowReader(t *testing.T) {
	options := promhttp.HandlerOpts{CoalesceGather: true}
	for name, tc := range map[string]struct {
		handler func(prometheus.Gatherer) http.Handler
		want    string
	}{
		"client_golang": {func(g prometheus.Gatherer) http.Handler { return promhttp.HandlerFor(g, options) }, "tick 1"},
		"ours":          {func(g prometheus.Gatherer) http.Handler { return &handler{collections: collections{gather: g.Gather}} }, "tick 2"},
	} {
		t.Run(name, func(t *testing.T) {
			from := newClock()
			h := tc.handler(from)
			slow := &stuck{reached: make(chan struct{}), release: make(chan struct{})}
			var reading sync.WaitGroup
			reading.Go(func() { h.ServeHTTP(slow, scrape(t, nil)) })
			from.answer <- struct{}{}
			<-slow.reached
			from.answer <- struct{}{}
			if got := body(h, scrape(t, nil)); !strings.Contains(got, tc.want) {
				t.Errorf("a scrape beside a slow one got %q, want %q", got, tc.want)
			}
			close(slow.release)
			reading.Wait()
		})
	}
}
