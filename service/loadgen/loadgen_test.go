package loadgen

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"
	vegeta "github.com/tsenart/vegeta/v12/lib"
	"go.uber.org/goleak"

	"github.com/ginsight/ginsight/service/fate"
)

func TestMain(m *testing.M) {
	gin.SetMode(gin.TestMode)
	goleak.VerifyTestMain(m)
}

func TestWeightsAddUp(t *testing.T) {
	sum := 0
	for _, kind := range mix {
		sum += kind.weight
	}
	if sum != 1000 {
		t.Errorf("the weights add up to %d, want 1000", sum)
	}
}

func TestTrafficIsAFunctionOfTheSeed(t *testing.T) {
	differ := 0
	for seq := range uint64(100) {
		a, again, other := nth(1, seq), nth(1, seq), nth(2, seq)
		if diff := cmp.Diff(a, again, cmp.AllowUnexported(request{})); diff != "" {
			t.Errorf("request %d differs from itself:\n%s", seq, diff)
		}
		if a.path != other.path {
			differ++
		}
	}
	if differ < 50 {
		t.Errorf("of 100 requests of two seeds only %d differ", differ)
	}
}

// All kinds occur early, so that a short run fills every panel.
func TestTrafficCoversEveryRouteAndMistake(t *testing.T) {
	missing := map[fate.Route]bool{}
	for _, route := range fate.Routes() {
		missing[route] = true
	}
	methods := map[string]bool{}
	unrouted := 0
	for seq := range uint64(1000) {
		req := nth(1, seq)
		delete(missing, req.route)
		methods[req.method] = true
		if req.route == "" {
			unrouted++
		} else if req.method != req.route.Method() {
			t.Errorf("request %d is a %s to %s", seq, req.method, req.route)
		}
	}
	if len(missing) > 0 {
		t.Errorf("1000 requests do not reach %v", missing)
	}
	if !methods[UnknownMethod] || !methods[http.MethodDelete] {
		t.Errorf("1000 requests have only the methods %v", methods)
	}
	if unrouted < 10 || unrouted > 60 {
		t.Errorf("%d of 1000 requests reach no route, want about 30", unrouted)
	}
}

func TestTargetsCarryTheirNumber(t *testing.T) {
	next := targets(Config{BaseURL: "http://shop.example", Seed: 3})
	for seq := range uint64(50) {
		var target vegeta.Target
		if err := next(&target); err != nil {
			t.Fatal(err)
		}
		want := nth(3, seq)
		if !strings.HasPrefix(target.URL, "http://shop.example"+want.path+"#") || target.Method != want.method {
			t.Errorf("target %d is %s %s, want %s %s", seq, target.Method, target.URL, want.method, want.path)
		}
		if got := sequence(&vegeta.Result{URL: target.URL}); got != seq {
			t.Errorf("target %d has the number %d", seq, got)
		}
	}
}

func TestConfigThatMakesNoSense(t *testing.T) {
	for _, cfg := range []Config{
		{},
		{BaseURL: "127.0.0.1:8080"},
		{BaseURL: "localhost:8080"},
		{BaseURL: "http://127.0.0.1:8080", Rate: -1},
		{BaseURL: "http://127.0.0.1:8080", Duration: -1},
	} {
		if _, err := Run(t.Context(), cfg, nil); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%+v: %v, want an error in one line", cfg, err)
		}
	}
}

// A service that is not there is not an error of the run.
func TestRequestsThatReachNobodyAreCountedApart(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	report, err := Run(t.Context(), Config{BaseURL: gone.URL, Rate: 200, Duration: 100 * time.Millisecond}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Unreached == 0 || report.Cut != 0 || report.Answered() != 0 {
		t.Errorf("unreached %d, cut %d, answered %d; want some, 0, 0", report.Unreached, report.Cut, report.Answered())
	}
	if !strings.Contains(report.LastError, "connection refused") {
		t.Errorf("the last error is %q", report.LastError)
	}
}

func TestRequestsWithoutACompleteAnswerAreCut(t *testing.T) {
	var served atomic.Int64
	half := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		served.Add(1)
		w.Header().Set("Content-Length", "10")
		w.Write([]byte("half")) //nolint:errcheck // half or less, it is cut
		panic(http.ErrAbortHandler)
	}))
	defer half.Close()
	report, err := Run(t.Context(), Config{BaseURL: half.URL, Rate: 200, Duration: 100 * time.Millisecond}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Cut != served.Load() || report.Unreached != 0 || report.Answered() != 0 {
		t.Errorf("cut %d, unreached %d, answered %d; want %d, 0, 0", report.Cut, report.Unreached, report.Answered(), served.Load())
	}
}

// The end of the context ends the sending, not the requests in flight.
func TestTheEndWaitsForRequestsInFlight(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var served atomic.Int64
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if served.Add(1) == 5 {
			cancel()
		}
		<-ctx.Done()
		time.Sleep(20 * time.Millisecond)
	}))
	defer slow.Close()
	var last Snapshot
	report, err := Run(ctx, Config{BaseURL: slow.URL, Rate: 500}, func(s Snapshot) { last = s })
	if err != nil {
		t.Fatal(err)
	}
	if n := report.Answered(); n != served.Load() || n < 5 || report.Cut != 0 || report.Unreached != 0 {
		t.Errorf("answered %d of %d, cut %d, unreached %d", n, served.Load(), report.Cut, report.Unreached)
	}
	if last.Sent != served.Load() || last.InFlight != 0 || last.Answered != served.Load() {
		t.Errorf("the last snapshot is %+v, want %d sent and answered", last, served.Load())
	}
}

func TestMaxInFlightBoundsConcurrency(t *testing.T) {
	var now, most atomic.Int64
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(5 * time.Millisecond)
		now.Add(-1)
	}))
	defer slow.Close()
	_, err := Run(t.Context(), Config{BaseURL: slow.URL, Rate: 2000, MaxInFlight: 3, Duration: 100 * time.Millisecond}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if most.Load() != 3 {
		t.Errorf("up to %d requests were in flight, want 3", most.Load())
	}
}

func TestDelays(t *testing.T) {
	d := Delays{10: 1, 20: 2, 30: 1}
	d.Merge(Delays{30: 5, 40: 1})
	if diff := cmp.Diff(Delays{10: 1, 20: 2, 30: 6, 40: 1}, d); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
	if got := d.Sum(); got != 10+40+180+40 {
		t.Errorf("Sum() = %d, want 270", got)
	}
	for q, want := range map[float64]time.Duration{0: 10, .1: 10, .3: 20, .5: 30, .9: 30, 1: 40} {
		if got := d.Quantile(q); got != want {
			t.Errorf("Quantile(%g) = %d, want %d", q, got, want)
		}
	}
	if got := (Delays{}).Quantile(.5); got != 0 {
		t.Errorf("a quantile of nothing is %d, want 0", got)
	}
}
