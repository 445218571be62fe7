package grafana

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"sync/atomic"
	"testing"

	"github.com/ginsight/ginsight/dashboards/grafana/grafanatest"
)

// site is a Grafana to publish to: the fake, or the live one that GRAFANA_URL
// and the credentials beside it lead to. Everything a test makes there has a
// uid with a prefix of its own and is removed at the end.
type site struct {
	*Client
	fake   *grafanatest.Server // nil on a live one
	prefix string
	writes *atomic.Int64
}

// eachSite runs a test against the fake, and against a live server if there is
// one.
func eachSite(t *testing.T, test func(t *testing.T, s site)) {
	t.Run("fake", func(t *testing.T) { test(t, fakeSite(t, grafanatest.New(), Config{Token: grafanatest.AdminToken})) })
	if os.Getenv("GRAFANA_URL") == "" {
		return
	}
	t.Run("live", func(t *testing.T) {
		cfg, err := ConfigFromEnv(os.Getenv)
		if err != nil {
			t.Fatal(err)
		}
		test(t, newSite(t, cfg))
	})
}

func fakeSite(t testing.TB, fake *grafanatest.Server, cfg Config) site {
	t.Helper()
	cfg.URL = serve(t, fake)
	if cfg.Sleep == nil {
		cfg.Sleep = new(waits).sleep
	}
	s := newSite(t, cfg)
	s.fake = fake
	return s
}

func newSite(t testing.TB, cfg Config) site {
	t.Helper()
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s := site{Client: c, prefix: fmt.Sprintf("ginsight-test-%08x", rand.Uint32()), writes: new(atomic.Int64)}
	c.http.Transport = counter{c.http.Transport, s.writes}
	t.Cleanup(func() {
		_ = c.do(context.Background(), http.MethodDelete, "api/folders/"+s.uid("folder")+"?forceDeleteRules=true", nil, nil)
		_ = c.do(context.Background(), http.MethodDelete, "api/datasources/uid/"+s.uid("ds"), nil, nil)
		c.Close()
	})
	return s
}

// counter counts the requests that are not plain reads.
type counter struct {
	http.RoundTripper
	writes *atomic.Int64
}

func (c counter) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodGet {
		c.writes.Add(1)
	}
	return c.RoundTripper.RoundTrip(r)
}

func (s site) uid(name string) string { return s.prefix + "-" + name }

// plan publishes two boards, "one" and "two".
func (s site) plan(edits ...func(*Plan)) Plan {
	p := Plan{
		DataSource: PlannedDataSource{UID: s.uid("ds"), Name: s.uid("ds"), URL: "http://127.0.0.1:9090"},
		Folder:     Folder{UID: s.uid("folder"), Title: "Ginsight test"},
		Boards:     boards(s.board("one", "Requests"), s.board("two", "Runtime")),
		Message:    "from the test",
		Parallel:   1, // so that the requests come in a known order
	}
	for _, edit := range edits {
		edit(&p)
	}
	return p
}

func (s site) board(name, description string) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{
		"uid": %q, "title": "Ginsight test %s", "description": %q, "schemaVersion": 42, "tags": ["ginsight"], "refresh": "30s",
		"panels": [{"id": 1, "type": "timeseries", "title": "Rate", "gridPos": {"h": 8, "w": 12, "x": 0, "y": 0},
			"datasource": {"type": "prometheus", "uid": "${datasource}"},
			"fieldConfig": {"defaults": {"min": 1.50, "max": 1e3, "decimals": 0}, "overrides": []}, "options": {},
			"targets": [{"refId": "A", "expr": "rate(x[1m]) > 0 < 5 & \"é\""}]}],
		"templating": {"list": [
			{"name": "datasource", "type": "datasource", "query": "prometheus", "current": {}},
			{"name": "job", "type": "query", "query": "label_values(up, job)", "current": {}}]}
	}`, s.uid(name), name, description))
}

func (s site) publish(t testing.TB, p Plan) Result {
	t.Helper()
	r, err := Publish(t.Context(), s.Client, p)
	if err != nil {
		t.Fatalf("publish: %v; %+v", err, r.Boards)
	}
	return r
}

// stored returns a board as Grafana has it.
func (s site) stored(t *testing.T, name string) (board map[string]any, meta map[string]any) {
	t.Helper()
	var answer struct{ Dashboard, Meta map[string]any }
	if err := s.do(t.Context(), http.MethodGet, "api/dashboards/uid/"+s.uid(name), nil, &answer); err != nil {
		t.Fatal(err)
	}
	delete(answer.Dashboard, "id") // float64 cannot hold it
	return answer.Dashboard, answer.Meta
}

// saveByHand saves a board as somebody else would, over whatever is there.
func (s site) saveByHand(t *testing.T, board map[string]any, folder string) {
	t.Helper()
	err := s.do(context.Background(), http.MethodPost, "api/dashboards/db",
		map[string]any{"dashboard": board, "folderUid": folder, "overwrite": true, "message": "by hand"}, nil)
	if err != nil {
		t.Fatal(err)
	}
}

func (s site) delete(t *testing.T, name string) {
	t.Helper()
	if err := s.do(context.Background(), http.MethodDelete, "api/dashboards/uid/"+s.uid(name), nil, nil); err != nil {
		t.Fatal(err)
	}
}

// states lists what became of the boards.
func states(r Result) string {
	text := ""
	for _, b := range r.Boards {
		text += string(b.State) + " "
	}
	return text
}

func checkStates(t *testing.T, r Result, want string) {
	t.Helper()
	if got := states(r); got != want+" " {
		t.Errorf("boards are %s, want %s", got, want)
		for _, b := range r.Boards {
			t.Logf("%s: %s %s %v", b.UID, b.State, b.Reason, b.Err)
		}
	}
}

// boards makes a plan's boards of dashboards.
func boards(dashboards ...json.RawMessage) []Board {
	var out []Board
	for i, d := range dashboards {
		out = append(out, Board{JSON: d, Source: fmt.Sprintf("boards/%d.go", i)})
	}
	return out
}

func folderCreated(r Result) bool { return len(r.FoldersCreated) > 0 }
