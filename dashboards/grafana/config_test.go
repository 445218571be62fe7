package grafana

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func env(pairs ...string) func(string) string {
	m := map[string]string{}
	for _, p := range pairs {
		k, v, _ := strings.Cut(p, "=")
		m[k] = v
	}
	return func(k string) string { return m[k] }
}

func TestConfigFromEnv(t *testing.T) {
	for name, tt := range map[string]struct {
		env           []string
		base, auth    string
		org, errNames string
	}{
		"token":            {env: []string{"GRAFANA_URL=http://g:3000", "GRAFANA_TOKEN=t0ken"}, base: "http://g:3000/", auth: "Bearer t0ken"},
		"terraform's":      {env: []string{"GRAFANA_SERVER=https://g/sub", "GRAFANA_AUTH=t0ken"}, base: "https://g/sub/", auth: "Bearer t0ken"},
		"basic in auth":    {env: []string{"GRAFANA_URL=http://g", "GRAFANA_AUTH=joe:s3:cret"}, base: "http://g/", auth: "Basic am9lOnMzOmNyZXQ="},
		"user, password":   {env: []string{"GRAFANA_URL=http://g/", "GRAFANA_USER=joe", "GRAFANA_PASSWORD=s3:cret"}, base: "http://g/", auth: "Basic am9lOnMzOmNyZXQ="},
		"user in URL":      {env: []string{"GRAFANA_URL=http://joe:s3%3Acret@g/x/?a=b#c"}, base: "http://g/x/", auth: "Basic am9lOnMzOmNyZXQ="},
		"said twice alike": {env: []string{"GRAFANA_URL=http://g", "GRAFANA_SERVER=http://g", "GRAFANA_TOKEN=t", "GRAFANA_AUTH=t"}, base: "http://g/", auth: "Bearer t"},
		"organisation":     {env: []string{"GRAFANA_URL=http://g", "GRAFANA_TOKEN=t", "GRAFANA_ORG_ID=7"}, base: "http://g/", auth: "Bearer t", org: "7"},

		"nothing":            {errNames: "GRAFANA_URL"},
		"no credentials":     {env: []string{"GRAFANA_URL=http://g"}, errNames: "GRAFANA_TOKEN"},
		"two addresses":      {env: []string{"GRAFANA_URL=http://g", "GRAFANA_SERVER=http://h", "GRAFANA_TOKEN=t"}, errNames: "GRAFANA_SERVER"},
		"two tokens":         {env: []string{"GRAFANA_URL=http://g", "GRAFANA_AUTH=s3cret", "GRAFANA_TOKEN=t"}, errNames: "GRAFANA_AUTH"},
		"token and password": {env: []string{"GRAFANA_URL=http://g", "GRAFANA_TOKEN=t", "GRAFANA_PASSWORD=s3cret"}, errNames: "GRAFANA_PASSWORD"},
		"token and URL user": {env: []string{"GRAFANA_URL=http://u:s3cret@g", "GRAFANA_TOKEN=t"}, errNames: "GRAFANA_URL"},
		"no password":        {env: []string{"GRAFANA_URL=http://g", "GRAFANA_USER=joe"}, errNames: "GRAFANA_PASSWORD"},
		"no user":            {env: []string{"GRAFANA_URL=http://g", "GRAFANA_PASSWORD=s3cret"}, errNames: "GRAFANA_USER"},
		"no scheme":          {env: []string{"GRAFANA_URL=u:s3cret@g:3000", "GRAFANA_TOKEN=t"}, errNames: "GRAFANA_URL"},
		"no URL":             {env: []string{"GRAFANA_URL=http://u:s3cret%@g:3000", "GRAFANA_TOKEN=t"}, errNames: "GRAFANA_URL"},
		"line in token":      {env: []string{"GRAFANA_URL=http://g", "GRAFANA_TOKEN=s3cret\nx"}, errNames: "GRAFANA_TOKEN"},
		"organisation name":  {env: []string{"GRAFANA_URL=http://g", "GRAFANA_TOKEN=t", "GRAFANA_ORG_ID=main"}, errNames: "GRAFANA_ORG_ID"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg, err := ConfigFromEnv(env(tt.env...))
			if tt.errNames != "" {
				checkLine(t, err, tt.errNames)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			c, err := New(cfg)
			if err != nil {
				t.Fatal(err)
			}
			if c.base != tt.base || c.header.Get("Authorization") != tt.auth || c.header.Get("X-Grafana-Org-Id") != tt.org {
				t.Errorf("base %q, headers %v", c.base, c.header)
			}
		})
	}
}

// checkLine checks that err is one line, has the words and no secret.
func checkLine(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", words)
	}
	text := err.Error()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("error %q does not say %q", text, w)
		}
	}
	if strings.Contains(text, "\n") {
		t.Errorf("error %q has several lines", text)
	}
	noSecret(t, text)
}

func noSecret(t *testing.T, text string) {
	t.Helper()
	for _, secret := range []string{"s3cret", "s3:cret", "5ecret", "czNjcmV0"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q gives a secret away", text)
		}
	}
}

func TestSecretNeverShows(t *testing.T) {
	cfg := Config{URL: "http://g", Token: "s3cret", Password: "s3cret"}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		fmt.Fprintf(&out, verb+"\n", cfg)
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "cfg", cfg, "token", cfg.Token)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "cfg", struct{ Token Secret }{cfg.Token})
	raw, err := json.Marshal(struct{ Token Secret }{cfg.Token})
	if err != nil {
		t.Fatal(err)
	}
	out.Write(raw)
	noSecret(t, out.String())
	noSecret(t, strings.ToLower(out.String()))
	if !strings.Contains(out.String(), "***") || strings.Contains(out.String(), "733363726574") { // in hexadecimal
		t.Errorf("printed as %s", out.String())
	}
}
