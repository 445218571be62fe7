package preview

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/source"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fake is a source that answers every query with one series.
type fake struct {
	mu     sync.Mutex
	asked  []source.Query
	labels map[string]string
	legend string
	err    error
	// hold, if set, keeps a query until its context ends.
	hold, held chan struct{}
}

func (f *fake) Query(ctx context.Context, q source.Query) ([]frame.Frame, error) {
	f.mu.Lock()
	f.asked = append(f.asked, q)
	err, hold := f.err, f.hold
	f.mu.Unlock()
	if hold != nil {
		close(hold)
		<-ctx.Done()
		close(f.held)
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	var out []frame.Frame
	for _, t := range q.Panel.Targets {
		one := frame.Frame{RefID: t.RefID, Name: f.legend, Expr: "sent " + t.Expr, Instant: t.Instant, Fields: []*frame.Field{
			{Name: "Time", Kind: frame.Time},
			{Name: "Value", Kind: frame.Number, Labels: f.labels},
		}}
		steps := 3
		if t.Instant {
			steps = 1
		}
		for i := range steps {
			at := q.Range.To.Add(time.Duration(i-steps+1) * time.Minute)
			one.Fields[0].Times = append(one.Fields[0].Times, at.UnixMilli())
			one.Fields[1].Numbers = append(one.Fields[1].Numbers, float64(10*i)+0.125)
		}
		out = append(out, one)
	}
	return out, nil
}

func (f *fake) LabelValues(_ context.Context, label, _ string, _ model.Range) ([]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if label == "__name__" {
		return []string{"http_server_request_duration_seconds_count", "up"}, f.err
	}
	return []string{"a", "b"}, f.err
}

func (f *fake) LabelNames(context.Context, string, model.Range) ([]string, error) {
	return []string{"__name__", "instance", "job"}, nil
}

func (f *fake) Results(context.Context, string, model.Range) ([]string, error) { return nil, nil }

func (f *fake) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
}

func (f *fake) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.asked)
}

const boardJSON = `{"uid":"one","title":"First board","description":"What it is for","tags":["go"],
 "time":{"from":"now-15m","to":"now"},"refresh":"5s","timezone":"utc",
 "templating":{"list":[
  {"name":"datasource","type":"datasource","query":"prometheus","current":{"value":"p"}},
  {"name":"job","label":"Job","type":"query","multi":true,"includeAll":true,"query":"label_values(up, job)","current":{"value":"$__all"}}]},
 "panels":[
  {"id":1,"type":"row","title":"Open","gridPos":{"x":0,"y":0,"w":24,"h":1}},
  {"id":2,"type":"timeseries","title":"Lines of $job","description":"How to read it","gridPos":{"x":0,"y":1,"w":12,"h":8},
   "fieldConfig":{"defaults":{"unit":"ms"}},"targets":[{"refId":"A","expr":"up{job=~\"$job\"}"}]},
  {"id":3,"type":"row","title":"Closed","collapsed":true,"gridPos":{"x":0,"y":9,"w":24,"h":1},"panels":[
   {"id":4,"type":"stat","title":"Hidden","gridPos":{"x":0,"y":10,"w":6,"h":4},"targets":[{"refId":"A","expr":"count(up)"}]}]}]}`

func newPreview(t *testing.T, src source.Source, more ...Board) *Preview {
	t.Helper()
	p, err := New(Config{Source: src, Boards: append([]Board{{"one.json", []byte(boardJSON)}}, more...), Grafana: "http://u:secret@graf:3000/g", Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	p.now = func() time.Time { return time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC) }
	return p
}

// get asks the handler and returns the status and the body.
func get(t *testing.T, h http.Handler, target string) (int, string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
	r.Host = "localhost:1234"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// event is one of a stream.
type event struct{ name, data string }

func (e event) read(t *testing.T, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(e.data), into); err != nil {
		t.Fatalf("%s: %v", e.data, err)
	}
}

// listen opens a stream; next returns its next event, the zero one at its end.
func listen(t *testing.T, p *Preview, path string) (next func() event, leave func()) {
	t.Helper()
	server := httptest.NewServer(p)
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(resp.Body)
		t.Fatalf("%s: %s %s", path, resp.Status, body)
	}
	leave = sync.OnceFunc(func() {
		cancel()
		_ = resp.Body.Close()
		server.Close()
	})
	t.Cleanup(leave)
	lines := bufio.NewReader(resp.Body)
	return func() event {
		var e event
		for {
			text, err := lines.ReadString('\n')
			if err != nil {
				return event{}
			}
			if name, ok := strings.CutPrefix(text, "event: "); ok {
				e.name = strings.TrimSpace(name)
			}
			if data, ok := strings.CutPrefix(text, "data: "); ok {
				e.data = strings.TrimSpace(data)
				return e
			}
		}
	}, leave
}

// until reads events up to one of a name.
func until(t *testing.T, next func() event, name string) event {
	t.Helper()
	for {
		e := next()
		if e.name == name {
			return e
		}
		if e.name == "" {
			t.Fatalf("the stream ended before %q", name)
		}
	}
}

func TestConfig(t *testing.T) {
	for _, c := range []struct {
		config Config
		want   string
	}{
		{Config{}, "source"},
		{Config{Source: &fake{}, Theme: "pink"}, "dark or light"},
		{Config{Source: &fake{}, Grafana: "javascript:alert(1)"}, "address"},
	} {
		if _, err := New(c.config); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("New(%+v) = %v, want an error with %q", c.config, err, c.want)
		}
	}
}

func TestStartIsConfigured(t *testing.T) {
	p, err := New(Config{Source: &fake{}, Boards: []Board{{Name: "one.json", JSON: []byte(boardJSON)}}, From: "now-5m", Refresh: "1s"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	for _, path := range []string{"/d/one", "/explore"} {
		_, body := get(t, p, path)
		for _, want := range []string{`name="from" value="now-5m"`, `<option value="1s" selected>`} {
			if !strings.Contains(body, want) {
				t.Errorf("%s has no %s", path, want)
			}
		}
	}
	if _, err := New(Config{Source: &fake{}, From: "yesterday"}); err == nil {
		t.Error("a start that is no time is accepted")
	}
}

func TestIndex(t *testing.T) {
	p := newPreview(t, &fake{}, Board{"broken.json", []byte("{")}, Board{"again.json", []byte(boardJSON)}, Board{"No UID.json", []byte(`{"panels":[]}`)})
	status, body := get(t, p, "/")
	for _, want := range []string{"First board", "What it is for", `href="/d/one"`, `href="/d/no-uid"`, "broken.json: ", "again.json: one.json has the uid one already", "2 of 2 dashboards"} {
		if status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("status %d, no %q on the index", status, want)
		}
	}
	for target, want := range map[string]string{
		"/?q=first+GO": "1 of 2", "/?q=nothing": "0 of 2", "/?tag=go": "1 of 2",
	} {
		if _, body := get(t, p, target); !strings.Contains(body, want+" dashboards") {
			t.Errorf("%s: not %s dashboards", target, want)
		}
	}
}

// A board without a range has the same one everywhere.
func TestRangeOfBoardWithoutOne(t *testing.T) {
	p := newPreview(t, &fake{}, Board{"bare.json", []byte(`{"uid":"bare","panels":[]}`)})
	if _, body := get(t, p, "/d/bare"); !strings.Contains(body, `data-stream="/stream/board/bare?from=`+model.DefaultFrom+"&amp;") {
		t.Error("the board does not show the default range")
	}
}

func TestBoard(t *testing.T) {
	p := newPreview(t, &fake{})
	_, body := get(t, p, "/d/one?var-job=a&var-job=b&from=now-1h&to=now&theme=light")
	for _, want := range []string{
		`data-theme="light"`, `id="panel-2"`, `class="panel x0 w12 y1 h8"`, "Lines of a &#43; b",
		`<a href="/d/one?from=now-1h&amp;refresh=5s&amp;theme=light&amp;to=now&amp;toggle=3&amp;var-job=a&amp;var-job=b" aria-expanded="false"`,
		`value="a" checked`, "Last 1 hour", `/d/one?from=now-5m&amp;`,
		`href="http://graf:3000/g/d/one?from=now-1h&amp;`, `data-stream="/stream/board/one?from=now-1h&amp;`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q on the board's page", want)
		}
	}
	for _, not := range []string{"secret", "Hidden", "var-datasource", "style="} {
		if strings.Contains(body, not) {
			t.Errorf("%q is on the board's page", not)
		}
	}
	if _, body := get(t, p, "/d/one?toggle=3&toggle=1"); strings.Contains(body, "Lines of") || !strings.Contains(body, `id="panel-4"`) {
		t.Error("toggling does not open the closed row and close the open one")
	}
	if _, body := get(t, p, "/d/one/any-slug?viewPanel=panel-4"); !strings.Contains(body, `data-view="4"`) || strings.Contains(body, `id="panel-2"`) {
		t.Error("the panel is not shown alone")
	}
	if status, _ := get(t, p, "/d/other"); status != http.StatusNotFound {
		t.Errorf("an unknown board has status %d", status)
	}
}

func TestMove(t *testing.T) {
	p := newPreview(t, &fake{})
	noon := p.now()
	for word, want := range map[string][2]time.Duration{
		"back": {-90 * time.Minute, -30 * time.Minute}, "forward": {-30 * time.Minute, 30 * time.Minute}, "out": {-90 * time.Minute, 30 * time.Minute},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/d/one?from=now-1h&to=now&move="+word, nil)
		r.Host = "localhost"
		w := httptest.NewRecorder()
		p.ServeHTTP(w, r)
		to, err := url.Parse(w.Header().Get("Location"))
		if err != nil || w.Code != http.StatusSeeOther {
			t.Fatalf("%s: status %d, %v", word, w.Code, err)
		}
		for i, name := range []string{"from", "to"} {
			if got := to.Query().Get(name); got != milliseconds(noon.Add(want[i])) {
				t.Errorf("%s: %s=%s, want %s", word, name, got, milliseconds(noon.Add(want[i])))
			}
		}
	}
}

func TestBounds(t *testing.T) {
	p := newPreview(t, &fake{})
	many := strings.Repeat("&var-job=a", maxValues+1)
	rows := strings.Repeat("&toggle=1", maxToggle+1)
	queries := strings.Repeat("&q=up", maxQueries+1)
	for target, want := range map[string]int{
		"/d/one?x=1" + many:                                http.StatusBadRequest,
		"/stream/board/one?x=1" + many:                     http.StatusBadRequest,
		"/d/one?x=1" + rows:                                http.StatusBadRequest,
		"/explore?x=1" + queries:                           http.StatusBadRequest,
		"/explore?q=" + strings.Repeat("a", 9000):          http.StatusBadRequest,
		"/explore/check?q=" + strings.Repeat("a", 9000):    http.StatusBadRequest,
		"/explore/complete?q=" + strings.Repeat("a", 9000): http.StatusBadRequest,
		"/d/one?x=" + strings.Repeat("a", maxQuery):        http.StatusRequestURITooLong,
		"/d/one?move=sideways":                             http.StatusBadRequest,
		"/at?stream=x&panel=2&t=1":                         http.StatusNotFound,
		"/data?stream=x&panel=2":                           http.StatusNotFound,
		"/assets/..%2fpreview.go":                          http.StatusNotFound,
	} {
		if status, _ := get(t, p, target); status != want {
			t.Errorf("%.40s: status %d, want %d", target, status, want)
		}
	}
	if _, body := get(t, p, "/d/one?from=now-9y"); !strings.Contains(body, "longer than 3 years") {
		t.Error("a range of nine years is not refused")
	}
	if _, err := span("now", "now", p.now(), time.UTC); err == nil {
		t.Error("an empty range is not refused")
	}
	for given, want := range map[string]float64{"": 1568, "1": minWidth, "99999": maxWidth, "x": 1568, "640": 640} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/?w="+given, nil)
		if got, _ := windowOf(r); got.w != want {
			t.Errorf("w=%s is %v px, want %v", given, got.w, want)
		}
	}
	list := make([]model.Panel, 2*maxPanels)
	if got := len(lay(list, state{})); got != maxPanels {
		t.Errorf("%d panels on a page, want %d at most", got, maxPanels)
	}
}

func TestNearestRefresh(t *testing.T) {
	for asked, want := range map[string]string{"": "", "5s": "5s", "7s": "5s", "1h": "1m", "100ms": "1s", "nonsense": "", "-5s": ""} {
		if got := nearestRefresh(asked); got != want {
			t.Errorf("nearestRefresh(%q) = %q, want %q", asked, got, want)
		}
	}
}

func ExampleNew() {
	p, err := New(Config{
		Source: &fake{},
		Boards: []Board{{Name: "one.json", JSON: []byte(boardJSON)}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer p.Close()
	w := httptest.NewRecorder()
	p.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost/d/one", nil))
	fmt.Println(w.Code)
	// Output: 200
}
