package grafana

import (
	"net/http"
	"testing"
	"time"

	"github.com/ginsight/ginsight/dashboards/grafana/grafanatest"
)

// BenchmarkPublish publishes seven boards to a Grafana that takes 50 ms for each
// answer, for the first time and with nothing to do.
func BenchmarkPublish(b *testing.B) {
	for _, bb := range []struct {
		name     string
		parallel int
		again    bool
	}{
		{"first, one by one", 1, false}, {"first, 4 at a time", 4, false},
		{"again, one by one", 1, true}, {"again, 4 at a time", 4, true},
	} {
		b.Run(bb.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s := fakeSite(b, grafanatest.New(), Config{Token: grafanatest.AdminToken})
				plan := s.plan(s.many(7), func(p *Plan) { p.Parallel = bb.parallel })
				if bb.again {
					s.publish(b, plan)
				}
				s.fake.SetFault(func(int, *http.Request) grafanatest.Fault {
					time.Sleep(50 * time.Millisecond)
					return grafanatest.Fault{}
				})
				before := s.writes.Load()
				b.StartTimer()
				s.publish(b, plan)
				b.StopTimer()
				if n := s.writes.Load() - before; bb.again && n != 0 {
					b.Fatalf("%d writes", n)
				}
				b.StartTimer()
			}
		})
	}
}
