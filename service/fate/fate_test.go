package fate_test

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/service/fate"
)

const us = time.Microsecond

// The values are part of what a seed means: reports of earlier runs and
// recordings depend on them.
func TestFatesStayWhatTheyAre(t *testing.T) {
	want := map[fate.Route][]fate.Fate{
		fate.Health:    {{}, {}, {}},
		fate.ReadOrder: {{Delay: 3600 * us}, {Delay: 4000 * us}, {Delay: 11200 * us}},
		fate.CreatePayment: {
			{Delay: 43800 * us},
			{Delay: 26300 * us, Status: http.StatusServiceUnavailable},
			{Delay: 39300 * us},
		},
	}
	for route := range want {
		var got []fate.Fate
		for seq := range uint64(3) {
			got = append(got, fate.Of(7, route, seq))
		}
		if diff := cmp.Diff(want[route], got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", route, diff)
		}
	}
}

func TestDelaysFollowTheDistribution(t *testing.T) {
	const n = 20000
	for _, route := range fate.Routes() {
		delays := make([]time.Duration, n)
		for seq := range uint64(n) {
			delays[seq] = fate.Of(1, route, seq).Delay
		}
		slices.Sort(delays)
		for _, q := range []float64{.05, .5, .9, .99} {
			want, got := route.Latency().Quantile(q), delays[int(q*n)]
			if math.Abs(float64(got-want)) > .04*float64(want)+float64(fate.Resolution) {
				t.Errorf("%s: quantile %g of %d fates is %s, the distribution's is %s", route, q, n, got, want)
			}
		}
		if limit := route.Latency().Max; delays[n-1] > limit {
			t.Errorf("%s: a delay of %s exceeds the limit of %s", route, delays[n-1], limit)
		}
	}
}

func TestFailuresKeepTheirRatio(t *testing.T) {
	const n = 20000
	for _, route := range fate.Routes() {
		failed := 0
		for seq := range uint64(n) {
			if fate.Of(2, route, seq).Status != 0 {
				failed++
			}
		}
		if got, want := float64(failed)/n, route.FailureRatio(); math.Abs(got-want) > .1*want {
			t.Errorf("%s: %g of the requests fail, want %g", route, got, want)
		}
	}
}

func TestFateDependsOnSeedRouteAndNumber(t *testing.T) {
	base := fate.Of(1, fate.ReadReport, 1)
	if again := fate.Of(1, fate.ReadReport, 1); again != base {
		t.Errorf("the same request has the fates %v and %v", base, again)
	}
	for name, other := range map[string]fate.Fate{
		"seed":   fate.Of(2, fate.ReadReport, 1),
		"route":  fate.Of(1, fate.CreatePayment, 1),
		"number": fate.Of(1, fate.ReadReport, 2),
	} {
		if other.Delay == base.Delay {
			t.Errorf("another %s does not change the delay of %s", name, base.Delay)
		}
	}
	if got := fate.Of(1, "GET /nowhere", 1); got != (fate.Fate{}) {
		t.Errorf("an unknown route has the fate %v, want none", got)
	}
}

func TestQuantileIsLimited(t *testing.T) {
	l := fate.Latency{Median: 10 * time.Millisecond, Sigma: 1, Max: 30 * time.Millisecond}
	for q, want := range map[float64]time.Duration{
		0: 0, .5: 10 * time.Millisecond, .8413447460685429: 27200 * us, .99: l.Max, 1: l.Max,
	} {
		if got := l.Quantile(q); got != want {
			t.Errorf("Quantile(%g) = %s, want %s", q, got, want)
		}
	}
}

func TestRouteNamesMethodAndTemplate(t *testing.T) {
	if m, p := fate.ReadOrder.Method(), fate.ReadOrder.Template(); m != http.MethodGet || p != "/api/orders/:id" {
		t.Errorf("ReadOrder is %q %q", m, p)
	}
	if m, p := fate.Route("").Method(), fate.Route("").Template(); m != "" || p != "" {
		t.Errorf("no route is %q %q, want nothing", m, p)
	}
}

func ExampleOf() {
	const seed = 7
	for seq := range uint64(3) {
		f := fate.Of(seed, fate.CreatePayment, seq)
		fmt.Println(seq, f.Delay, f.Status)
	}
	// Output:
	// 0 43.8ms 0
	// 1 26.3ms 503
	// 2 39.3ms 0
}
