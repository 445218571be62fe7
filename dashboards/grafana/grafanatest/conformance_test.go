package grafanatest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/grafana/grafanatest"
)

// exchange is one recorded request with its answer.
type exchange struct {
	Request struct {
		Method, Path string
		Headers      map[string]string
		Body         json.RawMessage
	}
	Response struct {
		Status int
		Body   any
	}
	Note string
}

// notReplayed needs six writers at the same moment.
const notReplayed = "404-race-create-same-uid.json"

// afterRestart is the first exchange after a restart, when no rights are cached.
const afterRestart = "395-lock-create.json"

// TestConformance replays the recorded exchanges in their order. Each must give
// the recorded status and, but for ids, times and the like, the recorded body.
func TestConformance(t *testing.T) {
	now := time.Date(2026, 11, 24, 22, 26, 54, 0, time.UTC)
	fake := grafanatest.New()
	fake.Now = func() time.Time { return now }
	fake.AddProvisioned("p-file", "Filed", "filed.json")

	files, err := filepath.Glob("../testdata/contract/*.json")
	if err != nil || len(files) < 100 {
		t.Fatalf("found %d recorded exchanges, error %v", len(files), err)
	}
	ids := map[string]string{} // recorded to the fake's own
	for _, file := range files {
		name := filepath.Base(file)
		if name == notReplayed {
			continue
		}
		x := readExchange(t, file)
		if strings.Contains(x.Note, "over a minute after") || name == afterRestart {
			now = now.Add(2 * time.Minute)
		}
		t.Run(strings.TrimSuffix(name, ".json"), func(t *testing.T) { x.replay(t, fake, ids) })
	}
}

func readExchange(t *testing.T, file string) exchange {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var x exchange
	if err := decode(raw, &x); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return x
}

// decode keeps all 16 digits of an id.
func decode(raw []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	return dec.Decode(into)
}

func (x exchange) replay(t *testing.T, fake http.Handler, ids map[string]string) {
	for recorded, own := range ids {
		x.Request.Body = bytes.ReplaceAll(x.Request.Body, []byte(recorded), []byte(own))
	}
	rec := httptest.NewRecorder()
	fake.ServeHTTP(rec, x.request(t))
	if rec.Code != x.Response.Status {
		t.Fatalf("status %d, recorded %d; body %s", rec.Code, x.Response.Status, rec.Body)
	}
	var got any
	if err := decode(rec.Body.Bytes(), &got); err != nil {
		t.Fatalf("body is not JSON: %v", err)
	}
	learn(ids, x.Response.Body, got)
	want := mask(x.Response.Body, "")
	got = mask(got, "")
	if strings.Contains(x.Note, "cut") {
		got = cutLike(want, got)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("body differs (-recorded +fake):\n%s", diff)
	}
}

func (x exchange) request(t *testing.T) *http.Request {
	body := []byte(x.Request.Body)
	var text string
	if json.Unmarshal(body, &text) == nil { // recorded as text because it is not JSON, or not sent as such
		body = []byte(text)
	}
	r := httptest.NewRequest(x.Request.Method, x.Request.Path, bytes.NewReader(body))
	for k, v := range x.Request.Headers {
		r.Header.Set(k, v)
	}
	switch sent := x.Request.Headers["Authorization"]; sent {
	case "", "Bearer BAD-TOKEN":
	case "Basic admin:PASSWORD":
		r.SetBasicAuth(grafanatest.User, grafanatest.Password)
	case "Basic admin:WRONG":
		r.SetBasicAuth(grafanatest.User, "wrong")
	case "Bearer TOKEN (editor service account)":
		r.Header.Set("Authorization", "Bearer "+grafanatest.EditorToken)
	case "Bearer TOKEN (viewer service account)":
		r.Header.Set("Authorization", "Bearer "+grafanatest.ViewerToken)
	default:
		t.Fatalf("unknown credentials %q", sent)
	}
	return r
}

// learn remembers which id or resource version of the fake stands for a recorded
// one of 16 digits.
func learn(ids map[string]string, recorded, own any) {
	r, _ := recorded.(map[string]any)
	o, _ := own.(map[string]any)
	if from, to := fmt.Sprint(r["id"]), fmt.Sprint(o["id"]); len(from) == 16 {
		ids[from] = to
	}
	r, _ = r["metadata"].(map[string]any)
	o, _ = o["metadata"].(map[string]any)
	if from, known := r["resourceVersion"].(string); known {
		ids[from], _ = o["resourceVersion"].(string)
	}
}

// masked are the fields that differ on each run, or that a client must not use.
var masked = map[string]bool{
	"id": true, "dashboardId": true, "folderId": true, "accessErrorId": true,
	"created": true, "updated": true, "createdBy": true, "updatedBy": true,
	"creationTimestamp": true, "grafana.app/createdBy": true, "grafana.app/updatedBy": true, "grafana.app/updatedTimestamp": true,
	"grafana.app/deprecatedInternalID": true, "login": true, "email": true,
}

// left out are who wrote which field, and a resource version that is missing
// from the answer to a write that changed nothing.
var leftOut = map[string]bool{"managedFields": true, "resourceVersion": true}

// mask replaces what differs on each run, and generated uids wherever they are.
// The ids of panels are content and stay.
func mask(v any, key string) any {
	switch v := v.(type) {
	case map[string]any:
		generated, _ := v["uid"].(string)
		if len(generated) != 14 && len(generated) != 36 {
			generated = ""
		}
		out := map[string]any{}
		for k, e := range v {
			switch s, text := e.(string); {
			case leftOut[k]:
			case masked[k] && key != "panels", k == "continueToken" && e != "":
				out[k] = "masked"
			case text && generated != "":
				out[k] = strings.ReplaceAll(s, generated, "generated")
			default:
				out[k] = mask(e, k)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = mask(e, key)
		}
		return out
	}
	return v
}

// cutLike drops from got what a cut recording does not have.
func cutLike(want, got any) any {
	w, ok := want.(map[string]any)
	g, both := got.(map[string]any)
	if !ok || !both {
		if s, text := want.(string); text && s == "(cut)" {
			return want
		}
		return got
	}
	out := map[string]any{}
	for k := range w {
		if e, has := g[k]; has {
			out[k] = cutLike(w[k], e)
		}
	}
	return out
}
