package preview

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/source"
)

func TestStream(t *testing.T) {
	src := &fake{labels: map[string]string{"__name__": "up", "job": "a"}}
	p := newPreview(t, src)
	next, leave := listen(t, p, "/stream/board/one?refresh=&w=1200&theme=light")
	var hello struct{ Stream string }
	until(t, next, "hello").read(t, &hello)
	var drawn picture
	until(t, next, "panel").read(t, &drawn)
	if drawn.Key != "2" || !strings.HasPrefix(drawn.SVG, `<svg width="596" height="296"`) || drawn.Error != "" || drawn.Plot == nil {
		t.Errorf("panel %s: %.80s %s, plot %v", drawn.Key, drawn.SVG, drawn.Error, drawn.Plot)
	}
	if diff := cmp.Diff([]sent{{"A", `sent up{job=~"$job"}`}}, drawn.Queries); diff != "" {
		t.Errorf("queries (-want +got):\n%s", diff)
	}
	if len(drawn.Values) != 1 || !strings.HasSuffix(drawn.Values[0][1], " ms") {
		t.Errorf("newest values %q, want one in ms", drawn.Values)
	}
	var result round
	until(t, next, "round").read(t, &result)
	if diff := cmp.Diff(round{Panels: 1}, result); diff != "" {
		t.Errorf("round (-want +got):\n%s", diff)
	}

	at := func(ms int64) (reading, int) {
		var r reading
		status, body := get(t, p, fmt.Sprintf("/at?stream=%s&panel=2&t=%d", hello.Stream, ms))
		if status == http.StatusOK {
			event{data: body}.read(t, &r)
		}
		return r, status
	}
	noon := p.now().UnixMilli()
	r, _ := at(noon - 70_000)
	if r.T != noon-60_000 || r.Time != "2026-01-01 11:59:00" || len(r.Rows) != 1 || !strings.HasSuffix(r.Rows[0].Value, " ms") {
		t.Errorf("a minute before noon: %+v", r)
	}
	_, body := get(t, p, "/data?panel=2&stream="+hello.Stream)
	var raw sheet
	event{data: body}.read(t, &raw)
	want := sheet{
		Names: []string{`up{job="a"}`}, Columns: []string{"Time", "Value"}, Total: 3,
		Rows: [][]string{{"2026-01-01 12:00:00.000", "20.125"}, {"2026-01-01 11:59:00.000", "10.125"}, {"2026-01-01 11:58:00.000", "0.125"}},
	}
	if diff := cmp.Diff(want, raw); diff != "" {
		t.Errorf("raw data (-want +got):\n%s", diff)
	}
	leave()
	p.streams.working.Wait()
	if _, status := at(noon); status != http.StatusNotFound {
		t.Errorf("what a page showed is still there after it was left: status %d", status)
	}
}

func TestStreamRefreshesAndRecovers(t *testing.T) {
	src := &fake{}
	src.fail(&source.UnreachableError{Address: "http://prom", Err: errors.New("refused")})
	p := newPreview(t, src)
	next, _ := listen(t, p, "/stream/board/one?refresh=1s")
	var drawn picture
	until(t, next, "panel").read(t, &drawn)
	var result round
	until(t, next, "round").read(t, &result)
	if !drawn.Lost || !result.Lost || result.Again != 1 || !strings.Contains(result.Error, "refused") {
		t.Errorf("panel %+v, round %+v: want both lost, and another attempt in a second", drawn, result)
	}
	src.fail(nil)
	until(t, next, "round").read(t, &result)
	if result.Lost || result.Failed != 0 || result.Again <= 0 {
		t.Errorf("round %+v after the source is back", result)
	}
}

func TestQueryErrorIsNotLost(t *testing.T) {
	src := &fake{}
	src.fail(&source.APIError{Type: "bad_data", Message: "no such function"})
	p := newPreview(t, src)
	next, _ := listen(t, p, "/stream/board/one?refresh=")
	var drawn picture
	until(t, next, "panel").read(t, &drawn)
	if drawn.Lost || drawn.Error != "no such function" {
		t.Errorf("panel %+v", drawn)
	}
}

func TestNews(t *testing.T) {
	p := newPreview(t, &fake{})
	next, _ := listen(t, p, "/stream/news")
	var n news
	until(t, next, "news").read(t, &n)
	until(t, next, "round")
	p.SetBuildError("boards/http.go:3: undefined: x")
	var broken news
	until(t, next, "news").read(t, &broken)
	if broken.Build != "boards/http.go:3: undefined: x" {
		t.Errorf("news %+v", broken)
	}
	if _, body := get(t, p, "/d/one"); !strings.Contains(body, "undefined: x") || !strings.Contains(body, "panel-2") {
		t.Error("the last good board is not there with the build error")
	}
	p.SetBoards([]Board{{"one.json", []byte(strings.Replace(boardJSON, "First", "Second", 1))}})
	var built news
	until(t, next, "news").read(t, &built)
	if built.Build != "" || built.Version == n.Version {
		t.Errorf("news %+v after %+v", built, n)
	}
	if e := next(); e.name != "" {
		t.Errorf("event %q after the boards changed, want the end", e.name)
	}
	if _, body := get(t, p, "/d/one"); !strings.Contains(body, "Second board") {
		t.Error("the new board is not shown")
	}
}

func TestLeavingCancels(t *testing.T) {
	src := &fake{hold: make(chan struct{}), held: make(chan struct{})}
	p := newPreview(t, src)
	_, leave := listen(t, p, "/stream/board/one")
	<-src.hold
	leave()
	<-src.held
}

func TestCloseEndsStreams(t *testing.T) {
	p := newPreview(t, &fake{})
	next, _ := listen(t, p, "/stream/board/one?refresh=")
	until(t, next, "round")
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if e := next(); e.name != "" {
		t.Errorf("event %q after the end", e.name)
	}
	if status, _ := get(t, p, "/"); status != http.StatusServiceUnavailable {
		t.Errorf("status %d after the end", status)
	}
}

func TestStreamsAreBounded(t *testing.T) {
	p := newPreview(t, &fake{})
	p.streams.most = 1
	next, _ := listen(t, p, "/stream/news")
	until(t, next, "round")
	if status, _ := get(t, p, "/stream/news"); status != http.StatusServiceUnavailable {
		t.Errorf("status %d for one page too many", status)
	}
}

func TestPace(t *testing.T) {
	at := time.Date(2026, 1, 1, 12, 0, 3, 500e6, time.UTC)
	p := pace{interval: 5 * time.Second}
	if got := p.next(at, false); got != 1500*time.Millisecond {
		t.Errorf("next in %v, want at a multiple of the interval", got)
	}
	if got := (&pace{interval: 5 * time.Second}).moment(at); got.Second() != 0 {
		t.Errorf("the moment is %v, want a multiple of the interval", got)
	}
	p = pace{}
	var waits []time.Duration
	for range 7 {
		waits = append(waits, p.next(at, true)/time.Second)
	}
	if diff := cmp.Diff([]time.Duration{1, 2, 4, 8, 16, 30, 30}, waits); diff != "" {
		t.Errorf("attempts after seconds (-want +got):\n%s", diff)
	}
	if got := p.next(at, false); got != 0 {
		t.Errorf("next in %v, want never without an interval", got)
	}
}

func TestFlights(t *testing.T) {
	f := flights{slots: make(chan struct{}, 1)}
	started, release := make(chan struct{}), make(chan struct{})
	calls := 0
	run := func(ctx context.Context) ([]frame.Frame, error) {
		calls++
		close(started)
		select {
		case <-release:
			return []frame.Frame{{Name: "x"}}, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	leaving, leave := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(func() {
		if _, err := f.do(leaving, "k", run); !errors.Is(err, context.Canceled) {
			t.Errorf("who left got %v", err)
		}
	})
	<-started
	for range 3 {
		all.Go(func() {
			if got, err := f.do(t.Context(), "k", run); err != nil || len(got) != 1 {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
	for waiting := 0; waiting < 4; {
		f.mu.Lock()
		waiting = f.flying["k"].waiting
		f.mu.Unlock()
	}
	leave() // the others still get their answer
	close(release)
	all.Wait()
	f.wait()
	if calls != 1 || len(f.flying) != 0 {
		t.Errorf("%d calls, %d still flying", calls, len(f.flying))
	}
}

func TestEqualPagesAskOnce(t *testing.T) {
	a := source.Query{Width: 600}
	a.Panel.Targets = append(a.Panel.Targets, model.Target{RefID: "A", Expr: "up"})
	b := a
	if identity(a) != identity(b) {
		t.Error("equal queries have different identities")
	}
	b.Width = 601
	c := source.Query{Width: 600}
	c.Panel.Targets = append(c.Panel.Targets, model.Target{RefID: "A", Expr: "down"})
	if identity(a) == identity(b) || identity(a) == identity(c) {
		t.Error("different queries have one identity")
	}
}

func TestLostIsWhenNobodyGotAnAnswer(t *testing.T) {
	asks, text := job{}, job{}
	asks.panel.Targets = []model.Target{{Expr: "up"}}
	well, failed, silent := picture{}, picture{Error: "no"}, picture{Error: "gone", Lost: true}
	for _, c := range []struct {
		jobs []job
		done []picture
		want round
	}{
		{nil, nil, round{}},
		{[]job{text}, []picture{well}, round{Panels: 1}},
		{[]job{asks, text}, []picture{silent, well}, round{Panels: 2, Failed: 1, Lost: true, Error: "gone"}},
		{[]job{asks, asks}, []picture{silent, well}, round{Panels: 2, Failed: 1}},
		{[]job{asks, asks}, []picture{silent, failed}, round{Panels: 2, Failed: 2}},
	} {
		if diff := cmp.Diff(c.want, summed(c.jobs, c.done)); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c.done, diff)
		}
	}
}

// An annotation that cannot be asked for is missing on the pictures, which says
// the page.
func TestAnnotationThatFails(t *testing.T) {
	src := &fake{}
	src.fail(&source.APIError{Type: "bad_data", Message: "no such function"})
	p := newPreview(t, src)
	p.SetBoards([]Board{{Name: "a.json", JSON: []byte(`{"uid": "a", "title": "A", "panels": [], "annotations": {"list": [
		{"name": "Deploys", "enable": true, "expr": "changes(", "datasource": {"type": "prometheus", "uid": "x"}}]}}`)}})
	next, _ := listen(t, p, "/stream/board/a?refresh=")
	var result round
	until(t, next, "round").read(t, &result)
	if want := []string{`annotation "Deploys": no such function`}; !cmp.Equal(want, result.Unmarked) {
		t.Errorf("unmarked %q, want %q", result.Unmarked, want)
	}
}
