package preview

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/ginsight/ginsight/dashboards/view/source"
)

// serveFor answers one request of a host that came in at an address.
func serveFor(t *testing.T, p *Preview, method, host, local string, headers map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	ctx := t.Context()
	if local != "" {
		address, err := net.ResolveTCPAddr("tcp", local)
		if err != nil {
			t.Fatal(err)
		}
		ctx = context.WithValue(ctx, http.LocalAddrContextKey, net.Addr(address))
	}
	r := httptest.NewRequestWithContext(ctx, method, "/", nil)
	r.Host = host
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w
}

func TestHost(t *testing.T) {
	p := newPreview(t, &fake{})
	p.cfg.Hosts = []string{"boards.example"}
	for _, c := range []struct {
		host, local string
		want        int
	}{
		{"localhost:9100", "", http.StatusOK},
		{"LOCALHOST.", "", http.StatusOK},
		{"127.0.0.1:9100", "", http.StatusOK},
		{"[::1]:9100", "", http.StatusOK},
		{"Boards.example:80", "", http.StatusOK},
		{"10.1.2.3:9100", "10.1.2.3:9100", http.StatusOK},
		{"10.1.2.3:9100", "127.0.0.1:9100", http.StatusMisdirectedRequest},
		{"evil.example", "", http.StatusMisdirectedRequest},
		{"localhost.evil.example:9100", "", http.StatusMisdirectedRequest},
		{"127.0.0.1.evil.example", "", http.StatusMisdirectedRequest},
		{"evil.example:9100", "10.1.2.3:9100", http.StatusMisdirectedRequest},
		{"", "", http.StatusMisdirectedRequest},
	} {
		if got := serveFor(t, p, http.MethodGet, c.host, c.local, nil).Code; got != c.want {
			t.Errorf("host %q at %q: status %d, want %d", c.host, c.local, got, c.want)
		}
	}
}

func TestMethodsAndOtherSites(t *testing.T) {
	p := newPreview(t, &fake{})
	for _, c := range []struct {
		method, site, mode, dest, origin string
		want                             int
	}{
		{http.MethodGet, "", "", "", "", http.StatusOK},
		{http.MethodGet, "", "", "", "http://localhost", http.StatusOK},
		{http.MethodGet, "", "", "", "http://localhost:81", http.StatusForbidden},
		{http.MethodGet, "", "", "", "http://evil.example", http.StatusForbidden},
		{http.MethodGet, "", "", "", "null", http.StatusForbidden},
		{http.MethodGet, "", "", "", "%", http.StatusForbidden},
		{http.MethodHead, "same-origin", "cors", "empty", "", http.StatusOK},
		{http.MethodGet, "none", "navigate", "document", "", http.StatusOK},
		{http.MethodGet, "cross-site", "navigate", "document", "", http.StatusOK},
		{http.MethodGet, "cross-site", "navigate", "iframe", "", http.StatusForbidden},
		{http.MethodGet, "cross-site", "no-cors", "image", "", http.StatusForbidden},
		{http.MethodGet, "same-site", "cors", "empty", "", http.StatusForbidden},
		{http.MethodPost, "", "", "", "", http.StatusMethodNotAllowed},
		{http.MethodPost, "same-origin", "cors", "empty", "http://localhost", http.StatusMethodNotAllowed},
		{http.MethodOptions, "", "", "", "", http.StatusMethodNotAllowed},
		{http.MethodOptions, "", "", "", "http://evil.example", http.StatusForbidden},
		{http.MethodDelete, "", "", "", "", http.StatusMethodNotAllowed},
	} {
		w := serveFor(t, p, c.method, "localhost", "", map[string]string{
			"Sec-Fetch-Site": c.site, "Sec-Fetch-Mode": c.mode, "Sec-Fetch-Dest": c.dest, "Origin": c.origin,
		})
		if w.Code != c.want {
			t.Errorf("%+v: status %d", c, w.Code)
		}
		if w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%+v: another site may read the answer", c)
		}
	}
}

func TestHeaders(t *testing.T) {
	p := newPreview(t, &fake{})
	for _, host := range []string{"localhost", "evil.example"} {
		got := serveFor(t, p, http.MethodGet, host, "", nil).Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; " +
				"connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "no-referrer",
			"Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got.Get(name) != want {
				t.Errorf("%s: %s is %q, want %q", host, name, got.Get(name), want)
			}
		}
	}
}

// hostile is what somebody may write wherever a text can stand.
const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>`

var hostileBoard = strings.ReplaceAll(`{"uid":"bad","title":"@","description":"@","tags":["@"],"time":{"from":"now-1h","to":"now"},
 "links":[{"title":"@","type":"link","url":"javascript:alert(1)"},{"title":"good","type":"link","url":"https://example.com/"}],
 "templating":{"list":[{"name":"v","label":"@","type":"query","multi":true,"query":"label_values(@)"},{"name":"job","type":"custom","query":"@","current":{"value":"@"}}]},
 "panels":[
  {"id":1,"type":"timeseries","title":"@ $job","description":"@","gridPos":{"w":12,"h":8},"targets":[{"refId":"A","expr":"up","legendFormat":"@"}]},
  {"id":2,"type":"text","title":"@","gridPos":{"x":12,"w":12,"h":8},"options":{"mode":"markdown","content":"@ [a](javascript:alert(1))"}},
  {"id":3,"type":"table","title":"@","gridPos":{"y":8,"w":12,"h":8},"targets":[{"refId":"A","expr":"up","instant":true,"format":"table"}]},
  {"id":4,"type":"@","title":"@","gridPos":{"x":12,"y":8,"w":12,"h":8},"targets":[{"refId":"A","expr":"up"}]}]}`, "@", strings.ReplaceAll(hostile, `"`, `\"`))

// active lists what in HTML would run, or come from elsewhere.
func active(t *testing.T, text string) []string {
	t.Helper()
	tree, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for n := range tree.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			own := strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "//")
			switch {
			case n.Data == "script" && a.Key == "src" && own, n.Data == "script" && a.Key == "type":
			case n.Data == "script", n.Data == "img", n.Data == "iframe", n.Data == "object", n.Data == "foreignObject":
				found = append(found, n.Data+" "+a.Key+"="+a.Val)
			case strings.HasPrefix(a.Key, "on"), a.Key == "style":
				found = append(found, n.Data+" "+a.Key)
			case a.Key == "href" && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:"):
				found = append(found, n.Data+" "+a.Val)
			}
		}
		if n.Data == "script" && n.FirstChild != nil {
			found = append(found, "script "+n.FirstChild.Data)
		}
	}
	return found
}

func TestWhatActiveFinds(t *testing.T) {
	if got := active(t, "<a "+hostile[1:]+`<a href="javascript:x">`); len(got) < 4 {
		t.Fatalf("found only %q", got)
	}
}

func TestNothingHostileRuns(t *testing.T) {
	src := &fake{legend: hostile, labels: map[string]string{"__name__": "up", "job": hostile}}
	p := newPreview(t, src, Board{hostile, []byte(hostileBoard)}, Board{hostile, []byte("{")})
	p.SetBuildError(hostile)
	for _, target := range []string{
		"/", "/?q=" + url.QueryEscape(hostile) + "&tag=" + url.QueryEscape(hostile), "/d/bad", "/d/bad?viewPanel=1",
		"/d/bad?from=" + url.QueryEscape(hostile) + "&to=now&refresh=" + url.QueryEscape(hostile) + "&theme=" + url.QueryEscape(hostile) + "&toggle=" + url.QueryEscape(hostile),
		"/d/bad?var-job=" + url.QueryEscape(hostile), "/d/bad?viewPanel=" + url.QueryEscape(hostile),
		"/explore?q=" + url.QueryEscape(hostile) + "&type=" + url.QueryEscape(hostile), "/d/" + url.PathEscape(hostile),
	} {
		_, body := get(t, p, target)
		if found := active(t, body); len(found) > 0 {
			t.Errorf("%.60s: %q", target, found)
		}
		if !strings.Contains(body, "alert(1)") && target != "/d/"+url.PathEscape(hostile) {
			t.Errorf("%.60s: what was written is not there at all", target)
		}
	}
	p.SetBoards([]Board{{"bad.json", []byte(hostileBoard)}})
	next, _ := listen(t, p, "/stream/board/bad?w=1200")
	pictures := 0
	for e := next(); e.name != "round"; e = next() {
		if e.name != "panel" {
			continue
		}
		var drawn picture
		e.read(t, &drawn)
		if found := active(t, drawn.SVG); len(found) > 0 || drawn.SVG == "" {
			t.Errorf("panel %s: %q in %.80s", drawn.Key, found, drawn.SVG)
		}
		pictures++
	}
	if pictures != 4 {
		t.Errorf("%d pictures, want 4", pictures)
	}
}

// TestOneServerOnly points every parameter that could name a server to another.
func TestOneServerOnly(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("another server was asked for %s", r.URL) }))
	defer other.Close()
	asked := make(chan string, 100)
	own := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		_, _ = w.Write([]byte(`{"status":"success","data":{"resultType":"matrix","result":[]}}`))
	}))
	defer own.Close()
	src, err := source.NewPrometheus(source.Config{Address: own.URL})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	p := newPreview(t, src)
	evil := url.QueryEscape(other.URL)
	next, leave := listen(t, p, "/stream/board/one?var-datasource="+evil+"&datasource="+evil+"&source="+evil+"&prometheus="+evil+"&url="+evil+"&var-job="+evil)
	defer leave()
	until(t, next, "round")
	found := false
	for len(asked) > 0 {
		found = found || strings.HasSuffix(<-asked, "/query_range")
	}
	if !found {
		t.Error("the server of the configuration was not asked")
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	src := &fake{}
	src.fail(&source.UnreachableError{Address: "http://prom", Err: errors.New("Get \"http://user:secret@prom:9090/api\": refused")})
	p := newPreview(t, src)
	next, _ := listen(t, p, "/stream/board/one")
	shown := until(t, next, "panel").data + until(t, next, "round").data
	_, page := get(t, p, "/d/one")
	_, completion := get(t, p, "/explore/complete?q=u")
	if all := shown + page + completion; strings.Contains(all, "secret") || !strings.Contains(all, "refused") {
		t.Errorf("a password, or no reason, is shown: %s", all)
	}
}

func serveAsset(t *testing.T, p *Preview, name string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/assets/"+name, nil)
	r.Host = "localhost"
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w
}
