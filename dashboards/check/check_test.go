package check

import (
	"bytes"
	"context"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func shop(t *testing.T) Board {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "shop.json"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func exposition(t *testing.T, target string, interval time.Duration) *Exposition {
	t.Helper()
	x, err := newExposition(t.Context(), interval, target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func states(r Report) map[string]State {
	out := map[string]State{}
	for _, row := range r.Rows {
		out[row.Panel] = row.State()
	}
	return out
}

// Every state that a panel can be in, on a real engine that scraped a file.
func TestStates(t *testing.T) {
	x := exposition(t, filepath.Join("testdata", "shop.txt"), 0)
	r, err := Boards(t.Context(), x, []Board{shop(t)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]State{
		"Fine": OK, "In a row": OK, "Renamed metric": Empty, "Not PromQL": Failed,
		"Unknown variable": Failed, "Idle": Undecided, "Half silent": Partly,
	}
	if diff := cmp.Diff(want, states(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var out bytes.Buffer
	if err := r.Write(&out); err != nil {
		t.Fatal(err)
	}
	golden(t, "shop.golden", out.Bytes())

	strict, err := Boards(t.Context(), x, []Board{shop(t)}, Options{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(strict.Findings), len(r.Findings)+2; got != want {
		t.Errorf("strict finds %d, want %d: an idle and a half silent panel more", got, want)
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("run with -update if this is meant (-want +got):\n%s", diff)
	}
}

// A service that dies takes its panels with it, and the report says so in words.
func TestLostData(t *testing.T) {
	body, err := os.ReadFile(filepath.Join("testdata", "shop.txt"))
	if err != nil {
		t.Fatal(err)
	}
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType(body))
		w.Write(body) //nolint:errcheck // the scraper reports a short answer
	}))
	x := exposition(t, service.URL+"/metrics?name=a%20b", fileInterval)
	board := Board{Title: "Shop", Panels: []Panel{{Title: "Stock", Targets: []Target{{RefID: "A", Expr: "shop_stock"}}}}}
	check := func() Report {
		r, err := Boards(t.Context(), x, []Board{board}, Options{Lookback: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := check(); r.Rows[0].State() != OK {
		t.Fatalf("before: %v", r.Findings)
	}
	service.Close()
	deadline := time.Now().Add(30 * time.Second)
	for {
		r := check()
		if r.Rows[0].State() == Lost {
			if got := r.Findings[0].String(); !strings.Contains(got, `Shop: panel "Stock", query A: lost its data: the last value was at `) {
				t.Error(got)
			}
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the panel is %v", r.Rows[0].State())
		}
		time.Sleep(fileInterval)
	}
}

func TestExpositionErrors(t *testing.T) {
	broken := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		w.Write([]byte("not { metrics\n")) //nolint:errcheck // as above
	}))
	defer broken.Close()
	for _, tc := range []struct{ name, target, want string }{
		{"no such file", filepath.Join("testdata", "nope.txt"), "no such file"},
		{"nobody listens", "http://user:secret@127.0.0.1:9/metrics", "does not answer"},
		{"no metrics", broken.URL, "does not answer"},
		{"no host", "http:///metrics", "must be a file or a URL"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			x, err := newExposition(t.Context(), fileInterval, tc.target)
			if err == nil {
				x.Close()
				t.Fatal("no error")
			}
			if !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("got %v, want %q in it and no password", err, tc.want)
			}
		})
	}
	t.Run("interrupted", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := newExposition(ctx, 0, filepath.Join("testdata", "shop.txt")); err == nil {
			t.Error("no error")
		}
	})
}

func TestContentType(t *testing.T) {
	for body, want := range map[string]string{
		"a 1\n":                 "text/plain",
		"a 1\n# EOF\n":          "openmetrics",
		"\x1f\n\x01a\x12\x00\"": "protobuf",
	} {
		if got := contentType([]byte(body)); !strings.Contains(got, want) {
			t.Errorf("%q: got %s, want %s", body, got, want)
		}
	}
}
