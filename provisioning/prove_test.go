package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/check"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/service/loadgen"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// live is a stack under load whose service can be killed before the rest.
type live struct {
	*stack
	server *part
	// endTraffic and endService may be called more than once.
	endTraffic, endService func() error
}

func startLive(t *testing.T, opts options) *live {
	t.Helper()
	// The limit is a metric only where there is one, as main sees to it.
	before := debug.SetMemoryLimit(memoryLimit)
	t.Cleanup(func() { debug.SetMemoryLimit(before) })
	leaks := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, leaks) })
	ctx, abort := context.WithCancelCause(context.Background())
	l := &live{stack: bound(t, opts)}
	l.server = begin(abort, "Prometheus", l.stack.server.Run)
	l.endService = sync.OnceValue(begin(abort, "the service", l.stack.service.Run).end)
	l.endTraffic = func() error { return nil } // it has not begun
	t.Cleanup(func() {
		l.stopService(t)
		l.ask.close()
		if err := l.server.end(); err != nil {
			t.Error(err)
		}
		abort(nil)
	})
	if err := l.ask.until(ctx, patience, `count(up == 1) == 2`); err != nil {
		t.Fatal(err)
	}
	l.endTraffic = sync.OnceValue(begin(abort, "the load generator", l.generate).end)
	return l
}

// stopService ends the traffic and then the service.
func (l *live) stopService(t *testing.T) {
	t.Helper()
	if err := errors.Join(l.endTraffic(), l.endService()); err != nil {
		t.Error(err)
	}
}

// proved asks until the proof comes out as wanted, since the rarest requests
// need their time to happen, and returns what it printed last.
func (l *live) proved(t *testing.T, want error) string {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(scrapeInterval / 2) {
		out := &output{}
		err := prove(t.Context(), l.stack.server.URL(), l.opts.histograms, out)
		if errors.Is(err, want) {
			return out.String()
		}
		if time.Now().After(deadline) {
			t.Fatalf("the proof ends with %v, want %v:\n%s", err, want, out)
		}
	}
}

// The product's promise, on a real service, a real Prometheus and real traffic:
// every panel has data, whatever the user picks; what the panels say is what was
// sent; and when the service dies, the proof names every panel that went blank.
func TestProof(t *testing.T) {
	l := startLive(t, options{rate: 100})
	list, err := boards.Checked()
	if err != nil {
		t.Fatal(err)
	}
	panels := 0
	for _, b := range list {
		panels += len(b.Panels)
	}

	t.Run("every panel has data", func(t *testing.T) {
		out := l.proved(t, nil)
		if n := strings.Count(out, " ok\n"); n != panels {
			t.Errorf("%d panels are ok, want %d:\n%s", n, panels, out)
		}
	})

	server, err := check.NewServer(l.stack.server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()

	t.Run("one, several and all values of each variable", func(t *testing.T) {
		service, prometheus := l.service.Addr(), strings.TrimPrefix(l.stack.server.URL(), "http://")
		for _, tc := range []struct {
			boards   []string
			selected map[string][]string
		}{
			{watching, map[string][]string{"job": {"service"}}},
			{watching, map[string][]string{"job": {"service", "prometheus"}, "instance": {service}}},
			{watching, map[string][]string{"instance": {service, "elsewhere:1"}}},
			{[]string{"HTTP overview", "Routes"}, map[string][]string{"route": {"/api/orders"}}},
			{[]string{"HTTP overview", "Routes"}, map[string][]string{"route": {"/api/orders", "/api/orders/:id"}, "job": {"service"}}},
			{[]string{"SLO", "Fleet"}, map[string][]string{"job": {"service"}}},
			{[]string{"SLO", "Fleet"}, map[string][]string{"job": {"service", "prometheus"}, "instance": {service, prometheus}}},
			{[]string{"Prometheus"}, map[string][]string{"job": {"prometheus"}, "instance": {prometheus}}},
		} {
			report, err := check.Boards(t.Context(), server, named(list, tc.boards), check.Options{
				Lookback: proveLookback, Strict: true, Selected: tc.selected,
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range report.Findings {
				t.Errorf("with %v: %v", tc.selected, f)
			}
		}
	})

	t.Run("a pick that matches nothing shows nothing", func(t *testing.T) {
		report, err := check.Boards(t.Context(), server, list, check.Options{
			Lookback: proveLookback, Selected: map[string][]string{"instance": {"elsewhere:1"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Findings) < panels {
			t.Errorf("%d findings on %d panels", len(report.Findings), panels)
		}
	})

	t.Run("the panels tell the truth", func(t *testing.T) { l.tellsTruth(t, server, list) })

	t.Run("a dead service is named panel by panel", func(t *testing.T) {
		l.stopService(t)
		// Prometheus goes on to record how its attempts to scrape went.
		const alive = 2
		want := -alive
		for _, b := range named(list, watching) {
			want += len(b.Panels)
		}
		var out string
		for deadline := time.Now().Add(time.Minute); ; {
			out = l.proved(t, errBlank)
			if countLines(out, watching, " ok") == alive { // the last rates have run out
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("more than %d panels still have data:\n%s", alive, out)
			}
		}
		if n := countLines(out, watching, " lost data"); n < want {
			t.Errorf("%d panels are said to have lost their data, want %d:\n%s", n, want, out)
		}
	})
}

// The same boards prove themselves on native histograms.
func TestProofNative(t *testing.T) {
	l := startLive(t, options{rate: 100, histograms: query.Native})
	l.proved(t, nil)
	// Nothing of the classic form can have helped.
	_, err := l.ask.number(t.Context(), fmt.Sprintf("count(%s)", catalog.RequestDuration.Bucket().Cumulative().Name))
	if !errors.Is(err, errNothing) {
		t.Errorf("there are classic buckets: %v", err)
	}
	if n, err := l.ask.number(t.Context(), requestsCounted()); err != nil || n == 0 {
		t.Errorf("%g requests are counted, error %v", n, err)
	}
}

// watching are the boards that show a service as it is now. The SLO board looks
// back over days, and the others are about more than one service.
var watching = []string{"HTTP overview", "Routes", "Go runtime", "HTTP client"}

// named picks boards by their titles.
func named(list []check.Board, titles []string) []check.Board {
	return slices.DeleteFunc(slices.Clone(list), func(b check.Board) bool { return !slices.Contains(titles, b.Title) })
}

// countLines counts the lines about one of the boards that end in a certain way.
func countLines(out string, titles []string, end string) int {
	n := 0
	for line := range strings.Lines(out) {
		about := slices.ContainsFunc(titles, func(t string) bool { return strings.HasPrefix(line, t) })
		if about && strings.HasSuffix(line, end+"\n") {
			n++
		}
	}
	return n
}

// tellsTruth compares what panels say with what the load generator sent: the
// rate within 1 %, quantiles within one bucket of the histogram.
func (l *live) tellsTruth(t *testing.T, server *check.Server, list []check.Board) {
	// A machine that is busy with other things sends unevenly, and then a rate
	// that was taken a moment earlier differs; a panel that lies always does.
	var say panelValues
	for deadline := time.Now().Add(time.Minute); ; {
		sent := l.sentPerSecond(t)
		say = l.panelValues(t, server, list)
		got := say.value(t, "Requests", "A")
		if math.Abs(got-sent) <= sent/100 {
			break
		}
		if time.Now().After(deadline) {
			t.Errorf("Requests says %g/s, %g/s were sent", got, sent)
			break
		}
	}

	delays := loadgen.Delays{}
	if err := l.endTraffic(); err != nil {
		t.Fatal(err)
	}
	for _, count := range l.report.Counts {
		delays.Merge(count.Delays)
	}
	for ref, q := range map[string]float64{"A": .5, "B": .95, "C": .99} {
		got, sent := say.value(t, "Duration", ref), delays.Quantile(q).Seconds()
		if apart := bucketOf(got) - bucketOf(sent); apart < -1 || apart > 1 {
			t.Errorf("Duration says p%g is %gs, the service was told %gs: %d buckets apart", q*100, got, sent, apart)
		}
	}
}

// rateWindow is the $__rate_interval of a panel of 15 minutes at a scrape a
// second.
const rateWindow = 10 * time.Second

// sentPerSecond is what the load generator did during the last rateWindow.
func (l *live) sentPerSecond(t *testing.T) float64 {
	t.Helper()
	first := l.load.Load()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(scrapeInterval / 20) {
		now := l.load.Load()
		switch {
		case first == nil:
			first = now
		case now.Elapsed-first.Elapsed >= rateWindow:
			return float64(now.Answered-first.Answered) / (now.Elapsed - first.Elapsed).Seconds()
		}
		if time.Now().After(deadline) {
			t.Fatal("the load generator does not get on")
		}
	}
}

// panelValues are what the panels of the HTTP overview show now, by panel and
// query.
type panelValues map[[2]string]float64

func (l *live) panelValues(t *testing.T, server *check.Server, list []check.Board) panelValues {
	t.Helper()
	report, err := check.Boards(t.Context(), server, list, check.Options{Lookback: 15 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	out := panelValues{}
	for _, row := range report.Rows {
		for _, a := range row.Answers {
			if row.Board == "HTTP overview" {
				out[[2]string{row.Panel, a.RefID}] = a.Last
			}
		}
	}
	return out
}

func (v panelValues) value(t *testing.T, panel, ref string) float64 {
	t.Helper()
	got, ok := v[[2]string{panel, ref}]
	if !ok {
		t.Fatalf("no panel %q with a query %s", panel, ref)
	}
	return got
}

// bucketOf is the number of the bucket that a duration in seconds falls into.
func bucketOf(seconds float64) int {
	n, _ := slices.BinarySearch(catalog.RequestDuration.Buckets, seconds)
	return n
}

// Every variable of every board has to be picked from in TestProof.
func TestProofKnowsEveryVariable(t *testing.T) {
	list, err := boards.Checked()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, b := range list {
		for _, v := range b.Variables {
			names[v.Name] = true
		}
	}
	if got := slices.Sorted(maps.Keys(names)); !slices.Equal(got, []string{"datasource", "instance", "job", "route"}) {
		t.Errorf("the boards have the variables %v: pick from them in TestProof", got)
	}
}
