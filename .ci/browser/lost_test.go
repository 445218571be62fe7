package browser

import (
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"
)

// door stands before a Prometheus and can be closed, as if it had stopped.
type door struct {
	addr    string
	handler http.Handler
	server  *http.Server
}

// newDoor opens a door to a server; change may answer some requests itself and
// says whether it did.
func newDoor(t *testing.T, to string, change func(http.ResponseWriter, *http.Request) bool) *door {
	t.Helper()
	target, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	pass := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	d := &door{addr: "127.0.0.1:0", handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if change == nil || !change(w, r) {
			pass.ServeHTTP(w, r)
		}
	})}
	d.open(t)
	t.Cleanup(func() { _ = d.server.Close() })
	return d
}

func (d *door) open(t *testing.T) {
	t.Helper()
	listener, err := net.Listen("tcp", d.addr)
	if err != nil {
		t.Fatal(err)
	}
	d.addr = listener.Addr().String()
	d.server = &http.Server{Handler: d.handler}
	go func() { _ = d.server.Serve(listener) }()
}

func (d *door) close(t *testing.T) {
	t.Helper()
	if err := d.server.Close(); err != nil {
		t.Fatal(err)
	}
}

// startPreview starts `dashboards preview` in a folder and returns its address.
func (s stage) startPreview(t *testing.T, folder, prometheus string, args ...string) string {
	t.Helper()
	lines := start(t, folder, s.dashboards, append([]string{"preview", "--addr", "127.0.0.1:0", "--scrape-interval", "1s", "--prometheus", prometheus}, args...)...)
	return addresses(t, lines, "dashboards")["dashboards"]
}

// lost stops Prometheus: the last pictures stay and are marked, the page says
// why, and when Prometheus is back all is as before.
func (s stage) lost(t *testing.T) {
	d := newDoor(t, s.prometheus, nil)
	address := s.startPreview(t, "", "http://"+d.addr)
	tab := openTab(t, s.browser, address+board)
	tab.drawn()
	d.close(t)
	tab.until(`!document.querySelector("figure.panel:not([data-state=stale])")`)
	tab.until(`document.querySelector("#status").textContent.startsWith("Prometheus does not answer")`)
	if missing := eval[int](tab, `[...document.querySelectorAll("figure.panel")].filter(f => !f.querySelector("svg") || f.querySelector(".badge").textContent !== "stale").length`); missing > 0 {
		t.Errorf("%d panels have lost their picture, or are not marked", missing)
	}
	tab.picture("lost-desk-dark")
	tab.accessible("a board without Prometheus", "")

	t.Run("Opened", func(t *testing.T) {
		tab := openTab(t, s.browser, address+board)
		tab.until(`document.querySelector("#status").textContent.startsWith("Prometheus does not answer")`)
		tab.until(`document.querySelector(".banner.warn").textContent.includes("cannot be reached")`)
		tab.picture("lost-opened-desk-dark")
		tab.accessible("a board opened without Prometheus", "")
		tab.do("see it on a phone", chromedp.EmulateViewport(390, 844))
		tab.picture("lost-opened-phone-dark")
	})

	d.open(t)
	tab.drawn()
	tab.until(`document.querySelector("#status").textContent === "Live"`)
}
