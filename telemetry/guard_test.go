package telemetry

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// yes answers 200.
var yes = http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})

func (g Guard) mustHandler(t testing.TB) http.Handler {
	t.Helper()
	h, err := g.Handler(yes)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func authorized(h http.Handler, authorization string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec
}

func basic(credentials string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(credentials))
}

func write(t *testing.T, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestGuard(t *testing.T) {
	token, password := Guard{BearerToken: "t0ken"}, Guard{Username: "prom", Password: "s3cret"}
	either := Guard{BearerToken: "t0ken", Username: "prom", Password: "s3cret"}
	files := Guard{BearerTokenFile: write(t, "t0ken\n"), Username: "prom", PasswordFile: write(t, "s3cret\r\n")}
	for name, tc := range map[string]struct {
		guard         Guard
		authorization string
		want          int
	}{
		"token":                       {token, "Bearer t0ken", 200},
		"scheme in another case":      {token, "bearer t0ken", 200},
		"token from a file":           {files, "Bearer t0ken", 200},
		"password":                    {password, basic("prom:s3cret"), 200},
		"password from a file":        {files, basic("prom:s3cret"), 200},
		"either by token":             {either, "Bearer t0ken", 200},
		"either by password":          {either, basic("prom:s3cret"), 200},
		"nothing":                     {token, "", 401},
		"another token":               {token, "Bearer t0ken2", 401},
		"a part of the token":         {token, "Bearer t0ke", 401},
		"no token":                    {token, "Bearer", 401},
		"token without a scheme":      {token, "t0ken", 401},
		"token as a password":         {token, basic(":t0ken"), 401},
		"password as a token":         {password, "Bearer s3cret", 401},
		"another password":            {password, basic("prom:s3cre"), 401},
		"another user":                {password, basic("root:s3cret"), 401},
		"no password":                 {password, basic("prom:"), 401},
		"no base64":                   {password, "Basic prom:s3cret", 401},
		"credentials without a colon": {password, basic("prom"), 401},
	} {
		t.Run(name, func(t *testing.T) {
			if got := authorized(tc.guard.mustHandler(t), tc.authorization).Code; got != tc.want {
				t.Errorf("status %d, want %d", got, tc.want)
			}
		})
	}
	want := []string{`Bearer realm="metrics"`, `Basic realm="metrics"`}
	if diff := cmp.Diff(want, authorized(either.mustHandler(t), "").Header()["Www-Authenticate"]); diff != "" {
		t.Errorf("challenges (-want +got):\n%s", diff)
	}
}

func TestGuardCannot(t *testing.T) {
	for name, tc := range map[string]struct {
		guard Guard
		want  string
	}{
		"without a secret":       {Guard{}, "no secret"},
		"with a user only":       {Guard{Username: "prom", BearerToken: "t"}, "a user name needs a password"},
		"with a password only":   {Guard{Password: "s3cret"}, "a password a user name"},
		"with two tokens":        {Guard{BearerToken: "t0ken", BearerTokenFile: "x"}, "given twice"},
		"with an empty file":     {Guard{BearerTokenFile: write(t, "\n")}, "is empty"},
		"with a file that lacks": {Guard{BearerTokenFile: "nowhere"}, "read the bearer token: open nowhere"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := tc.guard.Handler(yes)
			if err == nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %v, want one line with %q", err, tc.want)
			}
			if err != nil && (strings.Contains(err.Error(), "t0ken") || strings.Contains(err.Error(), "s3cret")) {
				t.Errorf("the error gives the secret away: %v", err)
			}
		})
	}
}

// TestGuardRotation changes the token while the service runs.
func TestGuardRotation(t *testing.T) {
	file := write(t, "old")
	h := Guard{BearerTokenFile: file}.mustHandler(t)
	for _, step := range []struct {
		change func() error
		valid  string
	}{
		{func() error { return nil }, "old"},
		{func() error { return os.WriteFile(file, []byte("new\n"), 0o600) }, "new"},
		{func() error { return os.Truncate(file, 0) }, "new"},
		{func() error { return os.Remove(file) }, "new"},
	} {
		if err := step.change(); err != nil {
			t.Fatal(err)
		}
		for _, token := range []string{"old", "new", ""} {
			if got := authorized(h, "Bearer "+token).Code == 200; got != (token == step.valid) {
				t.Errorf("token %q is let through: %t, valid is %q", token, got, step.valid)
			}
		}
	}
}

func TestSecretDoesNotShow(t *testing.T) {
	g := Guard{BearerToken: "t0ken", Username: "prom", Password: "s3cret"}
	var logged strings.Builder
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("start", "guard", g, "token", g.BearerToken)
	slog.New(slog.NewTextHandler(&logged, nil)).Info("start", "guard", g, "token", g.BearerToken)
	text, err := json.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprintf("%v %+v %#v %s %q %s %s", g, g, g, g.Password, g.Password, &logged, text)
	if strings.Contains(all, "t0ken") || strings.Contains(all, "s3cret") {
		t.Errorf("a secret is in %s", all)
	}
}

// FuzzGuard looks for a header that opens the door and is not one of the two.
func FuzzGuard(f *testing.F) {
	h := Guard{BearerToken: "t0ken", Username: "prom", Password: "s3cret"}.mustHandler(f)
	for _, seed := range []string{"", "Bearer t0ken", "bearer  t0ken ", basic("prom:s3cret"), basic("prom:"), "Basic =", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, authorization string) {
		if authorized(h, authorization).Code != http.StatusOK {
			return
		}
		scheme, rest, _ := strings.Cut(authorization, " ")
		decoded, _ := base64.StdEncoding.DecodeString(rest)
		switch {
		case strings.EqualFold(scheme, "Bearer") && strings.TrimSpace(rest) == "t0ken":
		case strings.EqualFold(scheme, "Basic") && string(decoded) == "prom:s3cret":
		default:
			t.Errorf("%q opens the door", authorization)
		}
	})
}
