package grafana

import (
	"bytes"
	"context"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/grafana/grafanatest"
)

// waits records what a client would have slept.
type waits []time.Duration

func (w *waits) sleep(ctx context.Context, d time.Duration) error {
	*w = append(*w, d)
	return ctx.Err()
}

func newClient(t *testing.T, cfg Config) *Client {
	t.Helper()
	if cfg.Sleep == nil {
		cfg.Sleep = new(waits).sleep
	}
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func serve(t testing.TB, h http.Handler) string {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv.URL
}

func TestRetry(t *testing.T) {
	const ms = time.Millisecond
	for name, tt := range map[string]struct {
		fault    grafanatest.Fault
		failures int
		requests int
		waits    []time.Duration // exact; nil to check the number only
		ok       bool
	}{
		"busy once":           {fault: grafanatest.Fault{Status: 503}, failures: 1, requests: 2, ok: true},
		"busy four times":     {fault: grafanatest.Fault{Status: 429}, failures: 4, requests: 5, ok: true},
		"busy for good":       {fault: grafanatest.Fault{Status: 502}, failures: 99, requests: 5},
		"gateway":             {fault: grafanatest.Fault{Status: 504}, failures: 1, requests: 2, ok: true},
		"asks for 7 s":        {fault: grafanatest.Fault{Status: 429, RetryAfter: "7"}, failures: 2, requests: 3, waits: []time.Duration{7 * time.Second, 7 * time.Second}, ok: true},
		"asks for nothing":    {fault: grafanatest.Fault{Status: 503, RetryAfter: "0"}, failures: 1, requests: 2, waits: []time.Duration{0}, ok: true},
		"asks for a past day": {fault: grafanatest.Fault{Status: 503, RetryAfter: "Wed, 21 Oct 2015 07:28:00 GMT"}, failures: 1, requests: 2, waits: []time.Duration{0}, ok: true},
		"asks for an hour":    {fault: grafanatest.Fault{Status: 503, RetryAfter: "3600"}, failures: 99, requests: 1, waits: []time.Duration{}},
		"our mistake":         {fault: grafanatest.Fault{Status: 400}, failures: 99, requests: 1, waits: []time.Duration{}},
		"its mistake":         {fault: grafanatest.Fault{Status: 500}, failures: 99, requests: 1, waits: []time.Duration{}},
		"dropped":             {fault: grafanatest.Fault{Drop: true}, failures: 1, requests: 2, ok: true},
		"dropped for good":    {fault: grafanatest.Fault{Drop: true}, failures: 99, requests: 5},
	} {
		t.Run(name, func(t *testing.T) {
			fake := grafanatest.New()
			fake.SetFault(func(n int, _ *http.Request) grafanatest.Fault {
				if n <= tt.failures {
					return tt.fault
				}
				return grafanatest.Fault{}
			})
			var slept waits
			c := newClient(t, Config{URL: serve(t, fake), Token: grafanatest.AdminToken, Sleep: slept.sleep})
			err := c.createFolder(t.Context(), Folder{UID: "f", Title: "F"})
			if (err == nil) != tt.ok {
				t.Errorf("error %v", err)
			}
			if n := len(fake.Requests()); n != tt.requests {
				t.Errorf("%d requests, want %d", n, tt.requests)
			}
			if len(slept) != tt.requests-1 {
				t.Errorf("slept %d times for %d requests", len(slept), tt.requests)
			}
			if tt.waits != nil && !cmp.Equal([]time.Duration(slept), tt.waits) && len(slept)+len(tt.waits) > 0 {
				t.Errorf("slept %v, want %v", slept, tt.waits)
			}
			if tt.waits == nil && len(slept) > 0 && (slept[0] < 125*ms || slept[0] > 250*ms) {
				t.Errorf("first wait %v", slept[0])
			}
		})
	}
}

func TestBackoffDoublesWithinItsBound(t *testing.T) {
	for i, most := range []time.Duration{firstWait, 2 * firstWait, 4 * firstWait, 8 * firstWait} {
		if d := backoff(i + 1); d < most/2 || d > most {
			t.Errorf("try %d waits %v, want %v to %v", i+1, d, most/2, most)
		}
	}
	if d := backoff(1000); d > maxWait || d < maxWait/2 {
		t.Errorf("try 1000 waits %v", d)
	}
}

func TestSleepEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := sleep(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestSubPath(t *testing.T) {
	fake := grafanatest.New()
	base := serve(t, http.StripPrefix("/grafana", fake)) + "/grafana"
	for _, address := range []string{base, base + "/"} {
		c := newClient(t, Config{URL: address, User: grafanatest.User, Password: grafanatest.Password})
		if _, err := c.Folder(t.Context(), "nope"); !IsNotFound(err) {
			t.Errorf("%s: %v", address, err)
		}
		if got := c.DashboardURL("red"); got != base+"/d/red" {
			t.Errorf("dashboard at %s", got)
		}
	}
	// Without the sub-path something answers 404, but not about a folder.
	c := newClient(t, Config{URL: strings.TrimSuffix(base, "/grafana"), Token: grafanatest.AdminToken})
	_, err := c.Folder(t.Context(), "nope")
	if IsNotFound(err) {
		t.Error("a 404 from something else counts as Grafana's")
	}
	checkLine(t, err, "GRAFANA_URL", "sub-path")
}

func TestNamesAreEscaped(t *testing.T) {
	fake := grafanatest.New()
	c := newClient(t, Config{URL: serve(t, fake), Token: grafanatest.AdminToken})
	want := DataSource{UID: "u", Name: "a/b ?#%", Type: prometheus, URL: "http://p"}
	if err := c.createDataSource(t.Context(), newDataSource{DataSource: want, Access: "proxy"}); err != nil {
		t.Fatal(err)
	}
	got, err := c.DataSourceByName(t.Context(), want.Name)
	if err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestTooLargeAnAnswer(t *testing.T) {
	url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"title":"`+strings.Repeat("x", 2000)+`"}`)
	}))
	c := newClient(t, Config{URL: url, Token: "t"})
	c.maxAnswer = 1000
	_, err := c.Folder(t.Context(), "f")
	checkLine(t, err, "too large")
}

func TestTimeoutOfOneTryIsNotTheEnd(t *testing.T) {
	release := make(chan struct{})
	var later atomic.Bool
	url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if !later.Swap(true) {
			<-release
		}
		_, _ = io.WriteString(w, `{"uid":"f"}`)
	}))
	t.Cleanup(func() { close(release) }) // runs before the server closes
	c := newClient(t, Config{URL: url, Token: "t", Timeout: 50 * time.Millisecond})
	c.sleep = func(ctx context.Context, _ time.Duration) error { c.timeout = time.Minute; return ctx.Err() }
	if _, err := c.Folder(t.Context(), "f"); err != nil {
		t.Error(err)
	}
}

func TestCACert(t *testing.T) {
	srv := httptest.NewTLSServer(grafanatest.New())
	t.Cleanup(srv.Close)
	srv.Config.ErrorLog = log.New(io.Discard, "", 0)
	cert := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw}))

	c := newClient(t, Config{URL: srv.URL, Token: grafanatest.AdminToken, CACert: cert})
	if _, err := c.Folder(t.Context(), "nope"); !IsNotFound(err) {
		t.Errorf("with the certificate: %v", err)
	}
	var slept waits
	c = newClient(t, Config{URL: srv.URL, Token: grafanatest.AdminToken, Sleep: slept.sleep})
	_, err := c.Folder(t.Context(), "nope")
	checkLine(t, err, "GRAFANA_CA_CERT")
	if len(slept) > 0 {
		t.Errorf("a certificate that is not trusted was tried %d times more", len(slept))
	}
	for value, word := range map[string]string{"/no/such/file": "no such file", "-----BEGIN nothing": "no certificate"} {
		_, err := New(Config{URL: srv.URL, Token: "t", CACert: value})
		checkLine(t, err, "GRAFANA_CA_CERT", word)
	}
}

// TestErrorsAreOneLineWithoutSecrets lets a client meet everything that can go
// wrong, and looks at the error and at the log.
func TestErrorsAreOneLineWithoutSecrets(t *testing.T) {
	answer := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	echo := func(w http.ResponseWriter, r *http.Request) {
		answer(502, `{"message":"upstream refused\n `+r.Header.Get("Authorization")+`"}`)(w, r)
	}
	redirect := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://u:s3cret@other.example/api?token=s3cret", http.StatusMovedPermanently)
	}
	drop := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	for name, tt := range map[string]struct {
		handler http.HandlerFunc
		words   []string
	}{
		"echo":        {echo, []string{"502", "upstream refused", hidden}},
		"redirect":    {redirect, []string{"https://other.example/api", "GRAFANA_URL"}},
		"dropped":     {drop, []string{"no answer", "GRAFANA_URL"}},
		"login page":  {answer(200, "<html>"), []string{"GRAFANA_URL"}},
		"proxy's 404": {answer(404, "<html>s3cret"), []string{"GRAFANA_URL"}},
		"bad token":   {answer(401, `{"message":"Invalid API key","messageId":"api-key.invalid"}`), []string{"does not know", "GRAFANA_TOKEN"}},
		"no right":    {answer(403, `{"message":"Access denied to save dashboard"}`), []string{"lack the right", "role", "minute"}},
		"k8s status":  {answer(409, `{"message":"no","status":"Failure","code":409}`), []string{"409"}},
		"number":      {answer(500, `{"message":"no","status":500}`), []string{"500"}},
	} {
		for _, cfg := range []Config{{Token: "s3cret"}, {User: "joe", Password: "s3cret"}} {
			t.Run(name, func(t *testing.T) {
				var logged bytes.Buffer
				cfg.URL = serve(t, tt.handler)
				cfg.Log = slog.New(slog.NewTextHandler(&logged, nil))
				c := newClient(t, cfg)
				_, err := c.Folder(t.Context(), "f")
				checkLine(t, err, tt.words...)
				noSecret(t, logged.String())
			})
		}
	}
}

func TestUnreachable(t *testing.T) {
	srv := httptest.NewServer(nil)
	address := strings.Replace(srv.URL, "http://", "http://joe:s3cret@", 1)
	srv.Close()
	var logged bytes.Buffer
	c := newClient(t, Config{URL: address, Log: slog.New(slog.NewTextHandler(&logged, nil))})
	_, err := c.Folder(t.Context(), "f")
	checkLine(t, err, "no answer", "GRAFANA_URL", srv.URL)
	noSecret(t, logged.String())
	if strings.Count(logged.String(), "trying again") != 4 {
		t.Errorf("log of the tries: %s", logged.String())
	}
}
