package telemetry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// calls is a client of a server, measured by a Telemetry.
type calls struct {
	*service
	client *http.Client
}

func newCalls(t *testing.T, config Config, handler http.HandlerFunc) *calls {
	t.Helper()
	s := &service{Server: httptest.NewUnstartedServer(handler), telemetry: newTelemetry(t, config)}
	s.Config.ErrorLog = discard()
	s.Start()
	t.Cleanup(s.Close)
	return &calls{s, &http.Client{Transport: s.telemetry.RoundTripper(s.Client().Transport)}}
}

// call makes a request and reads the whole answer.
func (c *calls) call(t *testing.T, ctx context.Context, method, url string, body io.Reader) error {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return err
}

// made is the count of each series, without what depends on the test's server.
func (c *calls) made(t *testing.T, h catalog.Histogram) map[string]uint64 {
	t.Helper()
	got := map[string]uint64{}
	for labels, n := range c.counts(t, h) {
		got[c.short(labels)] = n
	}
	return got
}

func (c *calls) short(labels string) string {
	u, _ := url.Parse(c.URL)
	return strings.ReplaceAll(labels, fmt.Sprintf("server_address=%s server_port=%s", u.Hostname(), u.Port()), "server")
}

func (c *calls) wantMade(t *testing.T, want map[string]uint64) {
	t.Helper()
	if diff := cmp.Diff(want, c.made(t, catalog.ClientRequestDuration)); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if n := c.under(t); n != 0 {
		t.Errorf("active requests = %g, want 0", n)
	}
}

// under is the number of requests under way.
func (c *calls) under(t *testing.T) (n float64) {
	t.Helper()
	for _, m := range c.families(t)[catalog.ClientActiveRequests.PrometheusName()].GetMetric() {
		n += m.GetGauge().GetValue()
	}
	return n
}

func TestRoundTripper(t *testing.T) {
	c := newCalls(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		n, _ := io.Copy(io.Discard, r.Body)
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/", http.StatusFound)
		case "/failing":
			http.Error(w, "sorry", http.StatusBadGateway)
		case "/refusing":
			http.Error(w, "no", http.StatusForbidden)
		default:
			fmt.Fprint(w, strings.Repeat("b", int(2*n)))
		}
	})
	for _, r := range []struct {
		method, path string
		body         io.Reader
	}{
		{"GET", "/", nil}, {"", "/", nil}, {"HEAD", "/", nil}, {"POST", "/", strings.NewReader("hello")},
		{"POST", "/", io.MultiReader(strings.NewReader("chunked"))}, {"GET", "/moved", nil},
		{"GET", "/failing", nil}, {"GET", "/refusing", nil}, {"BREW", "/", nil},
	} {
		if err := c.call(t, t.Context(), r.method, c.URL+r.path, r.body); err != nil {
			t.Error(err)
		}
	}
	c.wantMade(t, map[string]uint64{
		"method=GET code=200 server":                3,
		"method=GET code=302 server":                1,
		"method=HEAD code=200 server":               1,
		"method=POST code=200 server":               2,
		"method=_OTHER code=200 server":             1,
		"error_type=502 method=GET code=502 server": 1,
		"error_type=403 method=GET code=403 server": 1,
	})
	for h, want := range map[*catalog.Histogram]float64{&catalog.ClientRequestBodySize: 12, &catalog.ClientResponseBodySize: 24} {
		for labels, got := range c.sums(t, *h) {
			if c.short(labels) == "method=POST code=200 server" && got != want {
				t.Errorf("%s: %g bytes, want %g", h.Name, got, want)
			}
		}
		if diff := cmp.Diff(c.made(t, catalog.ClientRequestDuration), c.made(t, *h)); diff != "" {
			t.Errorf("%s has other series than the duration (-duration +size):\n%s", h.Name, diff)
		}
	}
}

func TestRoundTripperHTTP2(t *testing.T) {
	c := newCalls(t, Config{}, func(http.ResponseWriter, *http.Request) {})
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	c.Server, c.client.Transport = server, c.telemetry.RoundTripper(server.Client().Transport)
	if err := c.call(t, t.Context(), "GET", server.URL, nil); err != nil {
		t.Fatal(err)
	}
	c.wantMade(t, map[string]uint64{"method=GET code=200 version=2 server": 1})
}

// TestResponseIsActiveUntilItEnds by being read to the end, closed or forgotten.
func TestResponseIsActiveUntilItEnds(t *testing.T) {
	for name, end := range map[string]func(*http.Response){
		"read":        func(res *http.Response) { _, _ = io.ReadAll(res.Body) },
		"closed":      func(res *http.Response) { res.Body.Close() },
		"both, twice": func(res *http.Response) { _, _ = io.ReadAll(res.Body); res.Body.Close(); res.Body.Close() },
		"forgotten":   func(res *http.Response) { res.Body = nil },
	} {
		t.Run(name, func(t *testing.T) {
			c := newCalls(t, Config{}, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello") })
			base := c.Server.Client().Transport
			c.client.Transport = c.telemetry.RoundTripper(roundTrip(func(req *http.Request) (*http.Response, error) {
				res, err := base.RoundTrip(req)
				if err == nil {
					// A forgotten body keeps its connection for good.
					t.Cleanup(func(body io.Closer) func() { return func() { body.Close() } }(res.Body))
				}
				return res, err
			}))
			res, err := c.client.Get(c.URL)
			if err != nil {
				t.Fatal(err)
			}
			if n := c.under(t); n != 1 {
				t.Errorf("active requests = %g before the end, want 1", n)
			}
			end(res)
			eventually(t, func() bool { runtime.GC(); return c.under(t) == 0 })
			c.wantMade(t, map[string]uint64{"method=GET code=200 server": 1})
			if diff := cmp.Diff(c.made(t, catalog.ClientRequestDuration), c.made(t, catalog.ClientResponseBodySize)); diff != "" {
				t.Errorf("sizes (-duration +size):\n%s", diff)
			}
			runtime.KeepAlive(res)
		})
	}
}

// TestClientLimits makes requests to more targets, by more templates, than there
// is room for.
func TestClientLimits(t *testing.T) {
	c := newCalls(t, Config{HTTP: HTTPConfig{ClientLimit: 2}}, func(http.ResponseWriter, *http.Request) {})
	answer := roundTrip(func(req *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, ProtoMajor: 1, ProtoMinor: 1, Body: http.NoBody, Request: req}, nil
	})
	c.client.Transport = c.telemetry.RoundTripper(answer)
	for i, url := range []string{"http://A.example.com/", "https://b.example.com:8443/", "http://c.example.com/", "http://a.example.com/"} {
		ctx := t.Context()
		if i > 0 {
			ctx = WithURLTemplate(ctx, fmt.Sprintf("/%d/{id}", i))
		}
		if err := c.call(t, ctx, "GET", url, nil); err != nil {
			t.Error(err)
		}
	}
	c.wantMade(t, map[string]uint64{
		"method=GET code=200 server_address=a.example.com server_port=80":                        1,
		"method=GET code=200 server_address=b.example.com server_port=8443 url_template=/1/{id}": 1,
		"method=GET code=200 server_address=_OTHER url_template=/2/{id}":                         1,
		"method=GET code=200 server_address=_OTHER url_template=_OTHER":                          1,
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// TestRoundTripperKeepsToItsContract compares the request before and after.
func TestRoundTripperKeepsToItsContract(t *testing.T) {
	c := newCalls(t, Config{}, func(http.ResponseWriter, *http.Request) {})
	req, err := http.NewRequestWithContext(t.Context(), "POST", c.URL, strings.NewReader("hello"))
	if err != nil {
		t.Fatal(err)
	}
	body, before := req.Body, *req
	res, err := c.client.Transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	res, err = c.client.Transport.RoundTrip(&http.Request{URL: req.URL, Header: http.Header{}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	c.wantMade(t, map[string]uint64{"method=POST code=200 server": 1, "method=GET code=200 server": 1})
	if req.Body != body || req.ContentLength != before.ContentLength || req.Context() != before.Context() {
		t.Error("the request has changed")
	}
	if _, err := c.client.Transport.RoundTrip(&http.Request{}); err == nil {
		t.Error("a request without a URL succeeded")
	}
}

// TestRetriedBody has a transport send a body again, as it does on a new connection
// if the server had closed the old one. What was sent counts once.
func TestRetriedBody(t *testing.T) {
	c := newCalls(t, Config{}, nil)
	c.client.Transport = c.telemetry.RoundTripper(roundTrip(func(req *http.Request) (*http.Response, error) {
		if err := drain(req.Body); err != nil {
			return nil, err
		}
		again, err := req.GetBody()
		if err != nil {
			return nil, err
		}
		return nil, errors.Join(drain(again), io.EOF)
	}))
	if err := c.call(t, t.Context(), "POST", c.URL, strings.NewReader("hello")); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	for labels, got := range c.sums(t, catalog.ClientRequestBodySize) {
		if got != 5 {
			t.Errorf("%s: %g bytes were sent, want 5", labels, got)
		}
	}
}

func drain(body io.Reader) error {
	_, err := io.Copy(io.Discard, body)
	return err
}

// TestUpgradedResponse needs a body that can be written to.
func TestUpgradedResponse(t *testing.T) {
	c := newCalls(t, Config{}, func(w http.ResponseWriter, _ *http.Request) {
		conn, buffered, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		fmt.Fprint(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n")
		_, _ = io.CopyN(conn, buffered, 5)
	})
	req, err := http.NewRequestWithContext(t.Context(), "GET", c.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Connection", "Upgrade")
	req.Header.Set("Upgrade", "echo")
	res, err := c.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	writer, ok := res.Body.(io.Writer)
	if !ok {
		t.Fatal("the body cannot be written to")
	}
	fmt.Fprint(writer, "hello")
	if got, err := io.ReadAll(res.Body); string(got) != "hello" {
		t.Errorf("read %q, %v", got, err)
	}
	c.wantMade(t, map[string]uint64{"method=GET code=101 server": 1})
}

// TestCloseIdleConnections reaches the transport behind.
func TestCloseIdleConnections(t *testing.T) {
	c := newCalls(t, Config{}, func(http.ResponseWriter, *http.Request) {})
	base := &closer{}
	(&http.Client{Transport: c.telemetry.RoundTripper(base)}).CloseIdleConnections()
	if base.closed != 1 {
		t.Errorf("closed %d times, want once", base.closed)
	}
}

type closer struct {
	http.RoundTripper
	closed int
}

func (c *closer) CloseIdleConnections() { c.closed++ }

func TestRoundTripperDisabled(t *testing.T) {
	t.Setenv("OTEL_SDK_DISABLED", "true")
	if got := newTelemetry(t, Config{}).RoundTripper(nil); got != http.DefaultTransport {
		t.Errorf("RoundTripper(nil) = %v, want the default transport itself", got)
	}
}

// FuzzTarget takes apart whatever a URL can have for a host.
func FuzzTarget(f *testing.F) {
	for _, u := range []string{"http://a", "https://A:1", "http://[::1]:80/", "http://[fe80::1%25en0]/", "http://:80", "//x:99999", "//]0", "x:"} {
		f.Add(u)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := url.Parse(raw)
		if err != nil {
			return
		}
		got := target{u.Host, u.Scheme == "https"}.name()
		if got.port < 0 || got.port > 65535 || !strings.EqualFold(got.host, u.Hostname()) {
			t.Errorf("%q: target %+v, want host %q", raw, got, u.Hostname())
		}
	})
}
