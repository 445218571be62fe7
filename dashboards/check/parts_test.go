package check

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestReplace(t *testing.T) {
	known := values{"job": "(a|b)", "__rate_interval": "1m", "x": "1"}
	for in, want := range map[string]string{
		`up{job=~"$job"}`:              `up{job=~"(a|b)"}`,
		`up{job=~"${job}"}`:            `up{job=~"(a|b)"}`,
		`up{job=~"${job:regex}"}`:      `up{job=~"(a|b)"}`,
		`up{job=~"[[job]]"}`:           `up{job=~"(a|b)"}`,
		`rate(up[$__rate_interval])`:   `rate(up[1m])`,
		`label_replace(up, "a", "$x")`: `label_replace(up, "a", "1")`,
		`up{a=~"x$"}`:                  `up{a=~"x$"}`,
	} {
		if got, err := known.replace(in); err != nil || got != want {
			t.Errorf("%s: got %s, %v, want %s", in, got, err, want)
		}
	}
	if _, err := known.replace("up{a=\"$b\"} + $c"); err == nil || err.Error() != "there is no variable $b, $c" {
		t.Errorf("got %v", err)
	}
}

// The numbers are those of Grafana's documentation: $__rate_interval is the
// larger of the interval plus the scrape interval and four scrape intervals.
func TestBuiltIns(t *testing.T) {
	now := time.Date(2026, 1, 1, 1, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		lookback, scrape time.Duration
		want             values
	}{
		{time.Hour, 15 * time.Second, values{"__rate_interval": "1m", "__interval": "36s", "__range": "1h", "__to": "1767229200000"}},
		{24 * time.Hour, 15 * time.Second, values{"__rate_interval": "14m39s", "__interval": "14m24s", "__range": "1d"}},
		{0, 0, values{"__rate_interval": "1m", "__interval": "15s", "__range": "15m", "__range_s": "900"}},
		{time.Minute, time.Second, values{"__rate_interval": "4s", "__interval_ms": "1000"}},
	} {
		got := builtIns(Options{Lookback: tc.lookback, Now: now}.window(tc.scrape))
		for name, want := range tc.want {
			if got[name] != want {
				t.Errorf("%v scraped every %v: $%s is %s, want %s", tc.lookback, tc.scrape, name, got[name], want)
			}
		}
	}
}

func TestJoined(t *testing.T) {
	for _, tc := range []struct {
		in   []string
		want string
	}{
		{[]string{"a"}, "a"},
		{[]string{"a.b", "c"}, `(a\\.b|c)`},
		{[]string{"/api/:id"}, "/api/:id"},
	} {
		if got := joined(tc.in); got != tc.want {
			t.Errorf("%v: got %s, want %s", tc.in, got, tc.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for in, want := range map[string]string{
		``:                    "parse dashboard",
		`[]`:                  "parse dashboard",
		`{}`:                  "is it a dashboard?",
		`{"spec":{"a":1}}`:    "export it in the classic format",
		`{"panels":"many"}`:   "parse dashboard",
		`{"panels":[{"id":"`:  "parse dashboard",
		`{"dashboard": null}`: "is it a dashboard?",
	} {
		if _, err := Parse([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q in it", in, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"panels":[{"targets":[{"expr":"up"}],"panels":[{}]}],"templating":{"list":[{"query":{"query":"a"}}]}}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		b, err := Parse(in)
		if err == nil && b.Panels == nil && len(b.Variables) > 1000 {
			t.Skip("only that it does not panic matters")
		}
	})
}

func FuzzReplace(f *testing.F) {
	f.Add(`up{job=~"${job:regex}"}[$__rate_interval] [[job]]`)
	f.Fuzz(func(t *testing.T, in string) {
		out, err := values{"job": "x"}.replace(in)
		if err == nil && !strings.Contains(in, "$") && !strings.Contains(in, "[[") && out != in {
			t.Errorf("a text without a variable changed: %q to %q", in, out)
		}
	})
}

func TestFormat(t *testing.T) {
	for _, tc := range []struct {
		v          float64
		unit, want string
	}{
		{0.1234, "percentunit", "12.3%"}, {50, "percent", "50%"},
		{0.00000012, "s", "120 ns"}, {0.00042, "s", "420 µs"}, {0.042, "s", "42 ms"}, {4.2, "s", "4.2 s"}, {0, "s", "0 s"}, {3723, "s", "1h2m3s"},
		{1536, "bytes", "1.5 KiB"}, {1 << 30, "bytes", "1 GiB"}, {2048, "binBps", "2 KiB/s"},
		{12.34, "reqps", "12.3 req/s"}, {1500, "ops", "1.5K ops/s"}, {4321, "short", "4.32 K"},
		{7, "", "7"}, {12345, "none", "12345"}, {3, "furlongs", "3 furlongs"},
	} {
		if got := Format(tc.v, tc.unit); got != tc.want {
			t.Errorf("%v %s: got %q, want %q", tc.v, tc.unit, got, tc.want)
		}
	}
}

// The happy path of a server runs against a real Prometheus in package
// provisioning; here are the ways in which one can disappoint.
func TestServerErrors(t *testing.T) {
	for _, address := range []string{"", "localhost:9090", "ftp://x", "http://", "::"} {
		if _, err := NewServer(address); err == nil {
			t.Errorf("%q passes as an address", address)
		}
	}
	s, err := NewServer("http://user:secret@127.0.0.1:9")
	if err != nil {
		t.Fatal(err)
	}
	_, err = Boards(t.Context(), s, nil, Options{})
	if err == nil || !unreachable(err) || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
	for name, body := range map[string]string{
		"no JSON":     "<html>",
		"no duration": `{"data":{"activeTargets":[{"scrapeInterval":"soon"}]}}`,
	} {
		odd := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Write([]byte(body)) //nolint:errcheck // a short answer is an error too
		}))
		s, err := NewServer(odd.URL)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.ScrapeInterval(t.Context()); err == nil || !strings.Contains(err.Error(), "list targets") {
			t.Errorf("%s: got %v", name, err)
		}
		s.Close()
		odd.Close()
	}
}
