package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"go.uber.org/goleak"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/provisioning/local"
	"github.com/ginsight/ginsight/provisioning/prometheus"
)

func TestMain(m *testing.M) {
	gin.SetMode(gin.TestMode)
	os.Exit(m.Run())
}

// output collects what a command writes while it runs.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// await waits for a line and returns the pattern's groups.
func (o *output) await(t *testing.T, pattern string) []string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if m := re.FindStringSubmatch(o.String()); m != nil {
			return m
		}
	}
	t.Fatalf("no line like %s in:\n%s", pattern, o)
	return nil
}

// command is run under test, on free ports.
type command struct {
	stdout, stderr output
	interrupt      context.CancelFunc
	status         chan int
}

func start(t *testing.T, args ...string) *command {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	c := &command{interrupt: cancel, status: make(chan int, 1)}
	args = append([]string{"--service-addr", "127.0.0.1:0", "--prometheus-addr", "127.0.0.1:0", "--preview-addr", "127.0.0.1:0"}, args...)
	go func() { c.status <- run(ctx, args, &c.stdout, &c.stderr) }()
	return c
}

func (c *command) ends(t *testing.T, status int, stderr string) {
	t.Helper()
	if got := <-c.status; got != status {
		t.Errorf("exit status %d, want %d; output:\n%s", got, status, &c.stdout)
	}
	if got := c.stderr.String(); got != stderr {
		t.Errorf("said %q, want %q", got, stderr)
	}
}

func TestRun(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	pictures := t.TempDir()
	c := start(t, "--for", "2s", "--render", pictures)
	pages := c.stdout.await(t, `dashboards +(http://\S+/)\n`)[1]
	service := c.stdout.await(t, `service +(http://\S+)/api/orders\n`)[1]
	server := c.stdout.await(t, `Prometheus +(http://\S+)\n`)[1]
	data := c.stdout.await(t, `its data +(\S+) \(removed at the end\)\n`)[1]
	c.stdout.await(t, `Both targets are up, \S+ after the start\.\n`)

	if got := get(t, service+"/health"); got != `{"status":"up"}` {
		t.Errorf("/health says %s", got)
	}
	ask, err := newAsker(server)
	if err != nil {
		t.Fatal(err)
	}
	defer ask.close()
	for job, addr := range map[string]string{prometheus.ServiceJob: service, prometheus.PrometheusJob: server} {
		query := fmt.Sprintf(`up{job=%q, instance=%q}`, job, strings.TrimPrefix(addr, "http://"))
		if up, err := ask.number(t.Context(), query); err != nil || up != 1 {
			t.Errorf("%s is %v, error %v", query, up, err)
		}
	}

	if got := get(t, pages+"d/ginsight-http"); !strings.Contains(got, "<title>HTTP overview") {
		t.Errorf("the page of a board is %.200s", got)
	}

	c.ends(t, exitOK, "")
	if drawn, _ := filepath.Glob(filepath.Join(pictures, "ginsight-*.svg")); len(drawn) != len(boards.All()) {
		t.Errorf("%d boards are drawn, want %d", len(drawn), len(boards.All()))
	}
	// One more than was sent: this test asked for /health.
	got := c.stdout.await(t, `\n(\d+) requests were answered, Prometheus counted (\d+)\.\n$`)
	if got[1] == "0" || number(t, got[2]) != number(t, got[1])+1 {
		t.Errorf("answered %s, counted %s, want one more", got[1], got[2])
	}
	if _, err := os.Stat(data); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the temporary directory %s is still there: %v", data, err)
	}
}

func TestInterrupt(t *testing.T) {
	tests := map[string]struct {
		args   []string
		status int
		stderr string
	}{
		"a run":   {nil, exitOK, ""},
		"a check": {[]string{"--check", "--for", "1h"}, exitUnable, "provisioning: interrupted before the check: nothing is proved\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			c := start(t, tt.args...)
			c.stdout.await(t, `Both targets are up`)
			c.interrupt()
			c.ends(t, tt.status, tt.stderr)
			c.stdout.await(t, `\nStopping: `)
		})
	}
	t.Run("at once", func(t *testing.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		c := start(t)
		c.interrupt()
		c.ends(t, exitOK, "")
	})
}

func TestPartDies(t *testing.T) {
	parts := map[string]func(*stack) error{
		"the service": func(s *stack) error { return s.service.Close() },
		"Prometheus":  func(s *stack) error { return s.server.Close() },
	}
	for name, kill := range parts {
		t.Run(name, func(t *testing.T) {
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			s := bound(t, options{rate: 10})
			ended := make(chan error, 1)
			go func() { ended <- s.run(t.Context()) }()
			s.screen.out.(*output).await(t, `Both targets are up`)
			if err := kill(s); err != nil {
				t.Fatal(err)
			}
			err := <-ended
			if !errors.As(err, new(failed)) || !strings.HasPrefix(err.Error(), name+" ended: ") {
				t.Errorf("error %v, want a failure that says that %s ended", err, name)
			}
		})
	}
}

func TestCannotRun(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().String()
	locked := t.TempDir()
	holder, err := local.New(local.Config{
		Addr:          "127.0.0.1:0",
		DataDir:       locked,
		Configuration: func(string) ([]byte, error) { return prometheus.Render(prometheus.Values{}) },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	free := []string{"--service-addr", "127.0.0.1:0", "--prometheus-addr", "127.0.0.1:0", "--preview-addr", "127.0.0.1:0"}

	tests := map[string]struct {
		args []string
		want string
	}{
		"unknown flag":     {[]string{"--fro", "3s"}, "unknown flag: --fro; see provisioning --help"},
		"no duration":      {[]string{"--for", "soon"}, `invalid argument "soon" for "--for" flag: time: invalid duration "soon"; see provisioning --help`},
		"unknown verb":     {[]string{"confg"}, `unknown command "confg" for "provisioning"`},
		"backwards":        {[]string{"--for", "-1s"}, "--for -1s is negative; give a duration such as 30s"},
		"endless picture":  {[]string{"--render", "pictures"}, "--render draws at the end; give --for 30s, or longer for more to see"},
		"endless check":    {[]string{"--check"}, "--check needs 10s of traffic for every panel to have data; give --for 10s or more"},
		"hasty check":      {[]string{"--check", "--for", "3s"}, "--check needs 10s of traffic for every panel to have data; give --for 10s or more"},
		"no traffic":       {[]string{"--rate", "0"}, "--rate 0 is no traffic; give 1 request per second or more"},
		"no address":       {[]string{"--service-addr", "here"}, "the service cannot listen on here: address here: missing port in address; choose another address with --service-addr"},
		"preview's port":   {append(free[:4:4], "--preview-addr", port), "the dashboards' page cannot listen on " + port + ": address already in use; choose another address with --preview-addr"},
		"service's port":   {[]string{"--service-addr", port}, "the service cannot listen on " + port + ": address already in use; choose another address with --service-addr"},
		"Prometheus' port": {append(free[:2:2], "--prometheus-addr", port), "Prometheus cannot listen on " + port + ": address already in use; choose another address with --prometheus-addr"},
		"data in use":      {append(free[:4:4], "--data", locked), "open data directory " + locked + ": another Prometheus is using it; stop that one or choose another directory with --data"},
		"data below file":  {append(free[:4:4], "--data", file+"/data"), "open data directory " + file + "/data: mkdir " + file + ": not a directory; choose another directory with --data"},
		"config elsewhere": {[]string{"config", "-o", file}, "open " + file + "/prometheus/prometheus.yml: not a directory; run this at the root of the repository, or give its provisioning directory with -o"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			var stdout, stderr bytes.Buffer
			if got := run(t.Context(), tt.args, &stdout, &stderr); got != exitUnable {
				t.Errorf("exit status %d, want %d", got, exitUnable)
			}
			if got, want := stderr.String(), "provisioning: "+tt.want+"\n"; got != want {
				t.Errorf("said %q\nwant %q", got, want)
			}
			if stdout.Len() > 0 {
				t.Errorf("nothing ran, and yet it said:\n%s", &stdout)
			}
		})
	}
}

func TestConfig(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "prometheus"), 0o700); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	if status := run(t.Context(), []string{"config", "-o", dir}, &stdout, &stderr); status != exitOK {
		t.Fatalf("exit status %d: %s", status, &stderr)
	}
	got, err := os.ReadFile(strings.TrimSpace(stdout.String()))
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("prometheus/prometheus.yml")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("prometheus/prometheus.yml is out of sync: run `go run ./provisioning config`")
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	res, err := (&http.Client{Transport: transport}).Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(res.Body); err != nil {
		t.Fatal(err)
	}
	return body.String()
}
