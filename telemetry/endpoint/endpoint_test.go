package endpoint

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/crypto/bcrypt"

	"github.com/ginsight/ginsight/telemetry"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func newTelemetry(t testing.TB) *telemetry.Telemetry {
	t.Helper()
	tel, err := telemetry.New(t.Context(), telemetry.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tel.Shutdown(context.Background()) })
	return tel
}

// run starts an endpoint on a free port and returns it.
func run(t *testing.T, config Config) *Endpoint {
	t.Helper()
	config.Addr, config.Logger = "127.0.0.1:0", slog.New(slog.DiscardHandler)
	e, err := New(newTelemetry(t), config)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- e.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("Run() = %v", err)
		}
	})
	return e
}

// get asks for the metrics and returns the status, or 0 and why there is none.
func get(t *testing.T, url string, tlsConfig *tls.Config, prepare func(*http.Request)) (int, error) {
	t.Helper()
	transport := &http.Transport{TLSClientConfig: tlsConfig}
	defer transport.CloseIdleConnections()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if prepare != nil {
		prepare(req)
	}
	res, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if shown := strings.Contains(string(text), catalog.TargetInfo.PrometheusName()); shown != (res.StatusCode == http.StatusOK) {
		t.Errorf("status %d, and the metrics are there: %t", res.StatusCode, shown)
	}
	return res.StatusCode, nil
}

func bearer(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

func basic(user, password string) func(*http.Request) {
	return func(r *http.Request) { r.SetBasicAuth(user, password) }
}

func webConfig(t testing.TB, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "web.yml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func users(t testing.TB) string {
	t.Helper()
	hash, err := bcrypt.GenerateFromPassword([]byte("s3cret"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("basic_auth_users:\n  prom: %s\n", hash)
}

func TestOverHTTP(t *testing.T) {
	guard := &telemetry.Guard{BearerToken: "t0ken"}
	for name, tc := range map[string]struct {
		config  Config
		path    string
		prepare func(*http.Request)
		want    int
	}{
		"open":                  {Config{}, "/metrics", nil, 200},
		"elsewhere":             {Config{}, "/", nil, 404},
		"another path":          {Config{Path: "/figures"}, "/figures", nil, 200},
		"token":                 {Config{Guard: guard}, "/metrics", bearer("t0ken"), 200},
		"no token":              {Config{Guard: guard}, "/metrics", nil, 401},
		"wrong token":           {Config{Guard: guard}, "/metrics", bearer("token"), 401},
		"user of the file":      {Config{WebConfig: webConfig(t, users(t))}, "/metrics", basic("prom", "s3cret"), 200},
		"wrong password":        {Config{WebConfig: webConfig(t, users(t))}, "/metrics", basic("prom", "secret"), 401},
		"token for a user":      {Config{WebConfig: webConfig(t, users(t))}, "/metrics", bearer("s3cret"), 401},
		"an empty file":         {Config{WebConfig: webConfig(t, "")}, "/metrics", nil, 200},
		"a file beside a guard": {Config{WebConfig: webConfig(t, ""), Guard: guard}, "/metrics", nil, 401},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := get(t, "http://"+run(t, tc.config).Addr()+tc.path, nil, tc.prepare)
			if err != nil || got != tc.want {
				t.Errorf("status %d, %v, want %d", got, err, tc.want)
			}
		})
	}
}

func TestOverTLS(t *testing.T) {
	own, guard := newAuthority(t), &telemetry.Guard{BearerToken: "t0ken"}
	serverOnly := "tls_server_config:\n" + own.serverFiles(t)
	mutual := serverOnly + "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: " + own.file(t) + "\n"
	named := mutual + "  client_allowed_sans: [prometheus.example.com]\n"
	for name, tc := range map[string]struct {
		file    string
		client  *tls.Config
		guard   *telemetry.Guard
		prepare func(*http.Request)
		want    int // 0 if there is no connection
	}{
		"known authority":        {serverOnly, own.trusted(), nil, nil, 200},
		"unknown authority":      {serverOnly, nil, nil, nil, 0},
		"with a token":           {serverOnly, own.trusted(), guard, bearer("t0ken"), 200},
		"without the token":      {serverOnly, own.trusted(), guard, nil, 401},
		"client's certificate":   {mutual, own.client(t, "any.example.com"), nil, nil, 200},
		"no certificate":         {mutual, own.trusted(), nil, nil, 0},
		"another authority's":    {mutual, own.impostor(t), nil, nil, 0},
		"an allowed name":        {named, own.client(t, "prometheus.example.com"), nil, nil, 200},
		"a name not allowed":     {named, own.client(t, "any.example.com"), nil, nil, 0},
		"certificate, password":  {mutual + users(t), own.client(t, "any.example.com"), nil, basic("prom", "s3cret"), 200},
		"certificate, forgotten": {mutual + users(t), own.client(t, "any.example.com"), nil, nil, 401},
	} {
		t.Run(name, func(t *testing.T) {
			e := run(t, Config{WebConfig: webConfig(t, tc.file), Guard: tc.guard})
			got, err := get(t, "https://"+e.Addr()+"/metrics", tc.client, tc.prepare)
			if got != tc.want {
				t.Errorf("status %d, %v, want %d", got, err, tc.want)
			}
		})
	}
}

func TestCannot(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, err = New(newTelemetry(t), Config{Addr: taken.Addr().String()})
	if !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("port in use: %v", err)
	}
	guard := &telemetry.Guard{BearerToken: "t0ken"}
	for name, tc := range map[string]struct {
		config Config
		want   string
	}{
		"no file":              {Config{WebConfig: "nowhere.yml"}, "read the web configuration: open nowhere.yml: no such file"},
		"an unknown key":       {Config{WebConfig: webConfig(t, "tls: {}\n")}, "field tls not found"},
		"a secret out of line": {Config{WebConfig: webConfig(t, "basic_auth_users: s3cret\n")}, "cannot unmarshal !!str ... into"},
		"a plain password":     {Config{WebConfig: webConfig(t, "basic_auth_users: {prom: s3cret}\n")}, "bcrypt"},
		"no certificate":       {Config{WebConfig: webConfig(t, "tls_server_config: {cert_file: nowhere.pem, key_file: nowhere.key}\n")}, "nowhere.pem"},
		"an empty token":       {Config{Guard: &telemetry.Guard{}}, "no secret"},
		"two guards":           {Config{WebConfig: webConfig(t, users(t)), Guard: guard}, "keep one of them"},
		"no port":              {Config{Addr: "here"}, "missing port"},
	} {
		t.Run(name, func(t *testing.T) {
			if tc.config.Addr == "" {
				tc.config.Addr = "127.0.0.1:0"
			}
			_, err := New(newTelemetry(t), tc.config)
			if err == nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "\n") {
				t.Fatalf("error %v, want one line with %q", err, tc.want)
			}
			if strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "t0ken") {
				t.Errorf("the error gives a secret away: %v", err)
			}
		})
	}
}

func TestAddressOfTheEnvironment(t *testing.T) {
	if got := (Config{}).defaults().Addr; got != "localhost:9464" {
		t.Errorf("default address %s", got)
	}
	t.Setenv("OTEL_EXPORTER_PROMETHEUS_HOST", "::1")
	t.Setenv("OTEL_EXPORTER_PROMETHEUS_PORT", "9000")
	if got := (Config{}).defaults().Addr; got != "[::1]:9000" {
		t.Errorf("address of the environment %s", got)
	}
}

func TestRunReportsABrokenListener(t *testing.T) {
	e, err := New(newTelemetry(t), Config{Addr: "127.0.0.1:0", Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if err := e.Run(t.Context()); err == nil || !strings.Contains(err.Error(), e.Addr()) {
		t.Errorf("Run() = %v, want an error that names %s", err, e.Addr())
	}
}

// FuzzWebConfig looks for a file that breaks the parser, or has it quote a secret.
func FuzzWebConfig(f *testing.F) {
	for _, seed := range []string{
		"", "tls_server_config: {cert_file: a, key_file: b, min_version: TLS13}", "basic_auth_users: {prom: x}",
		"basic_auth_users: [x]", "http_server_config: {headers: {A: b}}", "a: &a [*a]", "\x00", "rate_limit: {interval: 1s}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, err := parseWebConfig(text); err != nil && strings.ContainsAny(unquoted(err).Error(), "\n`") {
			t.Errorf("the error quotes, or has lines: %v", unquoted(err))
		}
	})
}
