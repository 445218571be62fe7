package source

import (
	"compress/gzip"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// What goes wrong is said in one line, with what was answered so far.
func TestErrors(t *testing.T) {
	s := server(t)
	src := ask(t, s)
	for _, c := range []struct{ expr, kind, want string }{
		{"up{", "", "parse error"},
		{"up", "loki", "only Prometheus"},
		{"$A * 2", "__expr__", "expression of Grafana's"},
	} {
		p := panel(model.Target{Expr: "up"}, model.Target{Expr: c.expr, Datasource: model.Datasource{Type: c.kind}})
		frames, err := src.Query(t.Context(), Query{Panel: p, Range: hour})
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") || len(frames) != 2 {
			t.Errorf("%s: %d frames, %v", c.expr, len(frames), err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := src.Query(ctx, Query{Panel: panel(model.Target{Expr: "up"}), Range: hour}); !errors.Is(err, context.Canceled) {
		t.Errorf("after a cancellation: %v", err)
	}
	s.Close()
	_, err := src.Query(t.Context(), Query{Panel: panel(model.Target{Expr: "up"}), Range: hour})
	if err == nil || !strings.HasPrefix(err.Error(), "Prometheus at "+s.URL+" cannot be reached: ") {
		t.Errorf("of a server that is gone: %v", err)
	}
}

// Odd servers, and credentials that no error shows.
func TestOddServers(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("another server was asked") }))
	defer other.Close()
	for want, handler := range map[string]http.HandlerFunc{
		"is it the address of a Prometheus?": http.NotFound,
		"does not answer like a Prometheus":  func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) },
		"not understood": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"status":"success","data":{"resultType":"matrix","result":[{"values":[[]]}]}}`))
		},
		"other credentials": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) },
		"redirects to":      func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, http.StatusFound) },
		"more than 1 MiB":   func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 2<<20)) },
		"unexpected EOF": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = w.Write([]byte(`{"status":"success","data":{`))
		},
		"more than 1 MiB; ask": func(w http.ResponseWriter, _ *http.Request) { // a few bytes that unpack to many
			w.Header().Set("Content-Encoding", "gzip")
			packed := gzip.NewWriter(w)
			_, _ = packed.Write(make([]byte, 8<<20))
			_ = packed.Close()
		},
		"two \ufffd[31mlines": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(`{"status":"error","error":"two\n\u001b[31mlines` + strings.Repeat("!", 1<<16) + `"}`))
		},
		"a result of the type \"string\"": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"status":"success","data":{"resultType":"string","result":[1,"a"]}}`))
		},
	} {
		s := httptest.NewServer(handler)
		p, err := NewPrometheus(Config{Address: strings.Replace(s.URL, "://", "://me:s3cret@", 1), MaxAnswer: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.Instant(t.Context(), "up", time.Unix(0, 0))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "\n") || len(err.Error()) > 2*maxMessage {
			t.Errorf("want %q, got %.2000v", want, err)
		}
		p.Close()
		s.Close()
	}
	if _, err := NewPrometheus(Config{Address: "ftp://me:s3cret@"}); err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("of no address: %v", err)
	}
}

// A password does not follow a redirect to where all can read it.
func TestRedirects(t *testing.T) {
	p, err := NewPrometheus(Config{Address: "https://me:s3cret@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	for to, want := range map[string]bool{"https://example.com/login": true, "http://example.com/": false, "https://example.com:8443/": false, "https://example.org/": false} {
		next, err := http.NewRequestWithContext(t.Context(), http.MethodGet, to, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.sameHost(next, nil); (err == nil) != want {
			t.Errorf("to %s: %v", to, err)
		}
	}
}

func TestCredentialsAndFallback(t *testing.T) {
	var methods []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		methods = append(methods, r.Method+" "+r.URL.Path+" "+user+":"+password+" "+r.FormValue("query"))
		if r.Method == http.MethodPost {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		_, _ = w.Write([]byte(`{"status":"success","data":{"resultType":"vector","result":[]}}`))
	}))
	defer s.Close()
	p, err := NewPrometheus(Config{Address: strings.Replace(s.URL, "://", "://me:s3cret@", 1) + "/prometheus/"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if _, err := p.Instant(t.Context(), "a&b", time.Unix(0, 0)); err != nil {
		t.Fatal(err)
	}
	want := []string{"POST /prometheus/api/v1/query me:s3cret a&b", "GET /prometheus/api/v1/query me:s3cret a&b"}
	if diff := cmp.Diff(want, methods); diff != "" {
		t.Error(diff)
	}
}

// What Prometheus warns of comes with what it answered.
func TestWarnings(t *testing.T) {
	src := ask(t, server(t))
	frames, err := src.Query(t.Context(), Query{Panel: panel(model.Target{Expr: `quantile(2, up)`}), Range: hour})
	if len(frames) != 1 || !isWarning(err) || !strings.HasPrefix(err.Error(), "Prometheus warns: ") || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %d frames, %v", len(frames), err)
	}
	if list, err := src.Results(t.Context(), `quantile(2, up)`, hour); len(list) != 1 || err != nil {
		t.Errorf("for a variable: %v, %v", list, err)
	}
}

// A server that does not answer is waited for once, and not by every query.
func TestSilentServer(t *testing.T) {
	over := make(chan struct{})
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		asked.Add(1)
		<-over
	}))
	defer s.Close()
	defer close(over)
	p, err := NewPrometheus(Config{Address: s.URL, Timeout: 50 * time.Millisecond, Parallel: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			_, err := p.Instant(t.Context(), "up", hour.To)
			if _, ok := errors.AsType[*UnreachableError](err); !ok || !strings.HasSuffix(err.Error(), "there is no answer within 50ms") {
				t.Errorf("got %v", err)
			}
		})
	}
	all.Wait()
	if n := asked.Load(); n > 4 {
		t.Errorf("it was asked %d times", n)
	}
}

// Large answers wait for each other, and are whole.
func TestLargeAnswers(t *testing.T) {
	body := matrix(1, 500_000)
	if len(body) <= large {
		t.Fatalf("%d bytes are not large", len(body))
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }))
	defer s.Close()
	src := ask(t, s)
	for _, f := range query(t, src, panel(slices.Repeat([]model.Target{{Expr: "x"}}, 5)...)) {
		if f.Len() != 500_000 {
			t.Errorf("%d samples", f.Len())
		}
	}
}

// A query that takes too long while others are answered is no outage, and one
// ends in time.
func TestOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o outage
		late := &UnreachableError{"", os.ErrDeadlineExceeded}
		for _, c := range []struct {
			what  string
			err   error
			since int // answers that came meanwhile
			want  error
		}{
			{"slow", late, 1, nil},
			{"refused", &UnreachableError{"", errors.New("refused")}, 0, nil},
			{"silent", late, 0, late},
		} {
			n, err := o.begin()
			if err != nil {
				t.Fatal(c.what, err)
			}
			for range c.since {
				o.end(n, nil)
			}
			o.end(n, c.err)
			if _, err := o.begin(); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", c.what, err)
			}
		}
		time.Sleep(lasting)
		if _, err := o.begin(); err != nil {
			t.Errorf("later: %v", err)
		}
	})
}

// A panic over an answer is an error of its query.
func TestPanicIsAnError(t *testing.T) {
	err := func() (err error) {
		defer harmless(&err)
		panic("odd")
	}()
	if !errors.Is(err, errAnswer) {
		t.Errorf("got %v", err)
	}
}
