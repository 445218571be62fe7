package main

import (
	"bytes"
	"context"
	"flag"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/ginsight/ginsight/service/fate"
)

var update = flag.Bool("update", false, "write the golden files")

func TestMain(m *testing.M) {
	gin.SetMode(gin.TestMode)
	goleak.VerifyTestMain(m)
}

// env makes an environment of NAME=value pairs.
func env(pairs ...string) func(string) string {
	return func(name string) string {
		for _, pair := range pairs {
			if value, found := strings.CutPrefix(pair, name+"="); found {
				return value
			}
		}
		return ""
	}
}

func TestHelp(t *testing.T) {
	var stdout, stderr bytes.Buffer
	// A broken environment must not keep help from whoever needs it.
	if code := run(t.Context(), []string{"--help"}, env("SEED=x"), &stdout, &stderr); code != exitOK || stderr.Len() > 0 {
		t.Errorf("exit status %d, stderr %q", code, &stderr)
	}
	const golden = "testdata/help.txt"
	if *update {
		if err := os.WriteFile(golden, stdout.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), stdout.String()); diff != "" {
		t.Errorf("the help (-want +got):\n%s", diff)
	}
}

// Every flag and its variable are in the help text.
func TestHelpIsComplete(t *testing.T) {
	for _, f := range append(variables, variable{flag: "url"}) {
		if !strings.Contains(help, "--"+f.flag+" ") || !strings.Contains(help, f.name) {
			t.Errorf("the help lacks --%s or %s", f.flag, f.name)
		}
	}
	if !strings.Contains(help, fate.Header) {
		t.Errorf("the help lacks %s", fate.Header)
	}
	for _, route := range fate.Routes() {
		if !regexp.MustCompile(route.Method() + ` +` + route.Template() + `\b`).MatchString(help) {
			t.Errorf("the help lacks %s", route)
		}
	}
}

func TestUsageErrors(t *testing.T) {
	for _, test := range []struct {
		args []string
		env  []string
		want string
	}{
		{[]string{"--port", "1"}, nil, "service: flag provided but not defined: -port (see service --help)\n"},
		{[]string{"start"}, nil, `service: unknown argument "start" (see service --help)` + "\n"},
		{[]string{"--seed", "x"}, nil, `service: invalid value "x" for flag -seed: parse error (see service --help)` + "\n"},
		{nil, []string{"SEED=x"}, `service: SEED="x": parse error (see service --help)` + "\n"},
		{[]string{"--grace", "0s"}, nil, "service: the grace period must be longer than 0s (see service --help)\n"},
		{[]string{"--addr", "8080"}, nil, `service: the address "8080" is not like 127.0.0.1:8080 (see service --help)` + "\n"},
		{[]string{"--addr", ":70000"}, nil, `service: the address ":70000" is not like 127.0.0.1:8080 (see service --help)` + "\n"},
		{[]string{"--url", "http://x"}, nil, "service: flag provided but not defined: -url (see service --help)\n"},
	} {
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), test.args, env(test.env...), &stdout, &stderr)
		if code != exitUsage || stderr.String() != test.want || stdout.Len() > 0 {
			t.Errorf("%v %v: exit status %d, stderr %q, want %d, %q", test.args, test.env, code, &stderr, exitUsage, test.want)
		}
	}
}

// What package export reads of the environment is a part of how the service is
// called.
func TestUnknownExporter(t *testing.T) {
	t.Setenv("OTEL_METRICS_EXPORTER", "otpl")
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"--addr", "127.0.0.1:0"}, env(), &stdout, &stderr)
	want := "service: OTEL_METRICS_EXPORTER=otpl: unknown exporter; known are prometheus, otlp, console and none\n"
	if code != exitUsage || stderr.String() != want {
		t.Errorf("exit status %d, stderr %q, want %d, %q", code, &stderr, exitUsage, want)
	}
}

func TestFlagsWinOverTheEnvironment(t *testing.T) {
	for _, test := range []struct {
		name string
		args []string
		env  []string
		want options
	}{
		{"defaults", nil, nil, options{addr: "127.0.0.1:8080", grace: 10 * time.Second, url: "http://127.0.0.1:8080/health"}},
		{"PORT", nil, []string{"PORT=80"}, options{addr: ":80", grace: 10 * time.Second, url: "http://127.0.0.1:80/health"}},
		{"ADDR before PORT", nil, []string{"PORT=80", "ADDR=[::]:81"}, options{addr: "[::]:81", grace: 10 * time.Second, url: "http://127.0.0.1:81/health"}},
		{"environment", nil, []string{"SEED=3", "GRACE=1s", "LOG_LEVEL=warn"}, options{
			addr: "127.0.0.1:8080", seed: 3, grace: time.Second, level: 4, url: "http://127.0.0.1:8080/health",
		}},
		{"flags", []string{"--addr", "[::1]:1", "--seed=4", "--grace=2s", "--log-level=debug"}, []string{"ADDR=:2", "SEED=x", "GRACE=1s", "LOG_LEVEL=warn"}, options{
			addr: "[::1]:1", seed: 4, grace: 2 * time.Second, level: -4, url: "http://[::1]:1/health",
		}},
		{"verb", []string{"healthcheck", "--url", "http://x/health"}, []string{"PORT=80"}, options{
			addr: ":80", grace: 10 * time.Second, healthcheck: true, url: "http://x/health",
		}},
	} {
		got, err := parse(test.args, env(test.env...))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(options{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestPortInUse(t *testing.T) {
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	addr := other.Addr().String()
	var stderr bytes.Buffer
	code := run(t.Context(), []string{"--addr", addr}, env(), io.Discard, &stderr)
	want := "service: listen tcp " + addr + ": bind: address already in use: choose another address with --addr or ADDR\n"
	if code != exitFailed || stderr.String() != want {
		t.Errorf("exit status %d, stderr %q, want %d, %q", code, &stderr, exitFailed, want)
	}
}

var serving = regexp.MustCompile(`msg=serving url=(\S+)`)

// The command serves until it is told to stop, and the verb healthcheck tells
// whether it does.
func TestServeAndHealthcheck(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	logs, log := io.Pipe()
	exit := make(chan int, 1)
	go func() {
		exit <- run(ctx, []string{"--addr", "127.0.0.1:0"}, env(), io.Discard, log)
		log.Close()
	}()
	line := make([]byte, 1024)
	n, err := logs.Read(line) // a log line is one write
	if err != nil {
		t.Fatal(err)
	}
	match := serving.FindSubmatch(line[:n])
	if match == nil {
		t.Fatalf("the first line is %q, want the URL", line[:n])
	}
	rest := make(chan string)
	go func() {
		text, _ := io.ReadAll(logs)
		rest <- string(text)
	}()

	check := []string{"healthcheck", "--url", string(match[1]) + "/health"}
	var stderr bytes.Buffer
	if code := run(t.Context(), check, env(), io.Discard, &stderr); code != exitOK {
		t.Errorf("healthcheck of a service that is up: exit status %d, %s", code, &stderr)
	}
	interrupt()
	if code := <-exit; code != exitOK {
		t.Errorf("exit status %d after an interrupt, want 0", code)
	}
	if text := <-rest; !strings.Contains(text, "msg=stopped") {
		t.Errorf("the log does not end with a stop: %q", text)
	}
	if code := run(t.Context(), check, env(), io.Discard, &stderr); code != exitFailed || !strings.Contains(stderr.String(), "connection refused") {
		t.Errorf("healthcheck of a service that is down: exit status %d, %s", code, &stderr)
	}
}

func TestHealthcheckWantsToHearUp(t *testing.T) {
	for _, test := range []struct {
		status int
		body   string
		want   int
	}{
		{200, `{"status":"up"}`, exitOK},
		{200, `{"status":"down"}`, exitFailed},
		{200, `up`, exitFailed},
		{503, `{"status":"up"}`, exitFailed},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(test.status)
			io.WriteString(w, test.body) //nolint:errcheck // a short answer is not healthy
		}))
		var stderr bytes.Buffer
		code := run(t.Context(), []string{"healthcheck", "--url", server.URL}, env(), io.Discard, &stderr)
		if code != test.want || strings.Count(stderr.String(), "\n") != code {
			t.Errorf("%d %s: exit status %d, %q, want %d", test.status, test.body, code, &stderr, test.want)
		}
		server.Close()
	}
}
