package grafana

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// FuzzParseError feeds answers that are not a success.
func FuzzParseError(f *testing.F) {
	for _, seed := range []string{
		`{"message":"Invalid API key","messageId":"api-key.invalid"}`, `{"message":"a\nb","status":"version-mismatch"}`,
		`{"status":500,"message":"x"}`, `<html>`, ``, `null`, `[]`, `{"message":5}`, `"x"`,
	} {
		f.Add(400, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		text := parseError(status, body).Error()
		if strings.ContainsAny(text, "\n\r") || len(text) > 4*maxMessage {
			t.Errorf("not one short line: %q", text)
		}
	})
}

// FuzzParseContent feeds stored boards: whatever somebody saved, it must be
// weighed without a panic, and what we would save must be taken for ours when it
// comes back.
func FuzzParseContent(f *testing.F) {
	for _, seed := range []string{
		`{"uid":"a","title":"b","refresh":"30s","templating":{"list":[{"type":"datasource","name":"datasource"}]}}`,
		`{"ginsight":{"version":1,"contentHash":"sha256:00"},"version":1}`, `{"ginsight":{"refresh":{}}}`, `{"ginsight":[1]}`,
		`{"refresh":false,"templating":{"list":[null,1,{}]}}`, `{"templating":[]}`, `null`, `{"a":1e400}`, `{"id":4160082088681472}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := parseContent(raw)
		if err != nil {
			return
		}
		if err := c.selectDataSource(DataSource{UID: "u", Name: "n"}); err != nil {
			t.Fatal(err)
		}
		saved, err := c.marked(6, false)
		if err != nil {
			t.Fatal(err)
		}
		back, err := parseContent(saved)
		if err != nil {
			t.Fatal(err)
		}
		if !back.publishedAs(c, 7) || back.publishedAs(c, 8) || !bytes.Equal(back.canonical, c.canonical) {
			t.Errorf("%s is not recognised as its own publication", saved)
		}
	})
}

// FuzzConfig feeds the environment. No error may show a value.
func FuzzConfig(f *testing.F) {
	f.Add("http://joe:s3cret@g:3000/x", "", "", "")
	f.Add("http://g", "joe:s3cret", "", "1")
	f.Add("://s3cret", "s3cret\n", "s3cret", "s3cret")
	f.Fuzz(func(t *testing.T, address, auth, password, org string) {
		cfg, err := ConfigFromEnv(func(key string) string {
			return map[string]string{"GRAFANA_URL": address, "GRAFANA_AUTH": auth, "GRAFANA_USER": "joe", "GRAFANA_PASSWORD": password, "GRAFANA_ORG_ID": org}[key]
		})
		if err != nil {
			noSecret(t, err.Error())
			return
		}
		c, err := New(cfg)
		if err != nil {
			noSecret(t, err.Error())
			return
		}
		if strings.Contains(c.base, "@") && !strings.Contains(address, "/") {
			t.Errorf("base %q", c.base)
		}
		if _, err := json.Marshal(cfg.Token); err != nil {
			t.Error(err)
		}
	})
}

// FuzzAnswers gives every request of a look and of the prune after it the same
// answer: whatever a server says, there is an end, and no panic.
func FuzzAnswers(f *testing.F) {
	for _, seed := range []string{
		`[]`, `null`, `{"versions":[{"version":1,"data":{"ginsight":{"version":1}}}]}`, `{"versions":[{"data":null}]}`, `[{"uid":"ginsight-x","tags":["ginsight"],"folderUid":"f"}]`,
		`{"dashboard":{"uid":"u","title":"t"},"meta":{"version":2,"folderUid":"f"},"uid":"f","type":"prometheus","id":1}`,
		`{"metadata":{"annotations":{"grafana.app/managedBy":"x"},"generation":1},"type":"prometheus","id":2}`, `{"id":"x"}`, `<html>`,
	} {
		f.Add([]byte(seed), 200)
	}
	f.Fuzz(func(t *testing.T, body []byte, status int) {
		c, err := New(Config{URL: "http://grafana.invalid", Token: "t", Tries: 1})
		if err != nil {
			t.Fatal(err)
		}
		c.http.Transport = sameAnswer{body, 200 + max(status, -status)%400}
		_, err = Look(t.Context(), c, Plan{
			DataSource: PlannedDataSource{UID: "d"}, Folder: Folder{UID: "f"}, Lock: PutLock, Parallel: 1,
			Boards: boards(json.RawMessage(`{"uid":"u","title":"t","panels":[]}`)),
			Prune:  &Prune{Tag: "ginsight", UIDPrefix: "ginsight-"},
		})
		if err != nil && strings.ContainsAny(err.Error(), "\n\r") {
			t.Errorf("not one line: %q", err)
		}
		p := publisher{client: c, plan: Plan{DryRun: true, Annotation: &Annotation{Text: "x"}}}
		if err := p.annotate(t.Context(), new(Result)); err != nil && strings.ContainsAny(err.Error(), "\n\r") {
			t.Errorf("not one line: %q", err)
		}
	})
}

type sameAnswer struct {
	body   []byte
	status int
}

func (a sameAnswer) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: a.status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(a.body)), Request: r}, nil
}
