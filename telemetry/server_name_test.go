package telemetry

import (
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
)

func TestServers(t *testing.T) {
	s := newService(t, Config{HTTP: HTTPConfig{Servers: []string{"Shop.example.com", "shop.example.com:8443", "[::1]:80"}}})
	s.engine.GET("/x", ok)
	const route = "method=GET code=200 route=/x"
	want := map[string]uint64{}
	for _, host := range []struct{ header, labels string }{
		{"shop.example.com", " server_address=shop.example.com"},
		{"SHOP.example.COM", " server_address=shop.example.com"},
		{"shop.example.com:80", " server_address=shop.example.com"},
		{"shop.example.com:8443", " server_address=shop.example.com server_port=8443"},
		{"[::1]:80", " server_address=::1 server_port=80"},
		{"[::1]", ""},
		{"evil.example.com", ""},
		{"shop.example.com.evil.example.com", ""},
		{"", ""},
	} {
		s.raw(t, "GET /x HTTP/1.1\r\nHost: "+host.header+"\r\nConnection: close\r\n\r\n")
		want[route+host.labels]++
	}
	s.wantRequests(t, want)
}

// TestHostIsIgnored is the default.
func TestHostIsIgnored(t *testing.T) {
	s := newService(t, Config{})
	s.engine.GET("/x", ok)
	s.do(t, "GET", "/x", nil)
	s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x": 1})
}

func TestTrustedProxies(t *testing.T) {
	for name, tc := range map[string]struct {
		trusted []string
		header  []string
		want    string
	}{
		"not asked for":      {nil, []string{"https"}, ""},
		"somebody else":      {[]string{"10.0.0.0/8", "::1"}, []string{"https"}, ""},
		"trusted":            {[]string{"10.0.0.0/8", "127.0.0.0/8"}, []string{"https"}, " url_scheme=https"},
		"one address":        {[]string{"127.0.0.1"}, []string{"HTTPS"}, " url_scheme=https"},
		"mapped":             {[]string{"::ffff:127.0.0.1"}, []string{"https"}, " url_scheme=https"},
		"plain":              {[]string{"127.0.0.1"}, []string{"http"}, ""},
		"a chain of proxies": {[]string{"127.0.0.1"}, []string{"https, http"}, " url_scheme=https"},
		"no header":          {[]string{"127.0.0.1"}, nil, ""},
		"nonsense":           {[]string{"127.0.0.1"}, []string{"wss"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(t, Config{HTTP: HTTPConfig{TrustedProxies: tc.trusted}})
			s.engine.GET("/x", ok)
			s.raw(t, "GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"+
				strings.Join(append(prefixed("X-Forwarded-Proto: ", tc.header), "", ""), "\r\n"))
			s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x" + tc.want: 1})
		})
	}
}

func prefixed(prefix string, values []string) (lines []string) {
	for _, v := range values {
		lines = append(lines, prefix+v)
	}
	return lines
}

// TestTrusts has peers that a test's server cannot have.
func TestTrusts(t *testing.T) {
	proxies, err := newProxies([]string{"10.0.0.0/8", "fe80::/10"})
	if err != nil {
		t.Fatal(err)
	}
	r := &rules{proxies: proxies}
	for peer, want := range map[string]bool{
		"10.1.2.3:4": true, "[::ffff:10.1.2.3]:4": true, "[fe80::1%eth0]:4": true,
		"11.1.2.3:4": false, "[::1]:4": false, "": false, "@": false, "10.1.2.3": false,
	} {
		if got := r.trusts(&http.Request{RemoteAddr: peer}); got != want {
			t.Errorf("trusts(%q) = %t, want %t", peer, got, want)
		}
	}
}

// TestUnixSocket trusts whoever may connect, as Gin does.
func TestUnixSocket(t *testing.T) {
	s := prepareService(t, Config{HTTP: HTTPConfig{TrustedProxies: []string{"10.0.0.1"}}})
	s.engine.GET("/x", ok)
	path := filepath.Join(t.TempDir(), "s")
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	s.Listener.Close()
	s.Listener = listener
	s.Start()
	conn, err := net.Dial("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	req := httptest.NewRequest("GET", "/x", nil)
	req.Header.Set("X-Forwarded-Proto", "https")
	if err := req.Write(conn); err != nil {
		t.Fatal(err)
	}
	s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x url_scheme=https": 1})
}

func TestHTTPConfigErrors(t *testing.T) {
	value := func(c *gin.Context) string { return "" }
	one := func(a Attribute) HTTPConfig { return HTTPConfig{Attributes: []Attribute{a}} }
	for want, config := range map[string]HTTPConfig{
		`HTTP.Streams: "text/" is no media type`:                           {Streams: []string{"text/"}},
		`HTTP.Servers: "https://x" is neither`:                             {Servers: []string{"https://x"}},
		`HTTP.Servers: "x:99999" is neither`:                               {Servers: []string{"x:99999"}},
		`HTTP.Servers: ":80" is neither`:                                   {Servers: []string{":80"}},
		`HTTP.Servers: 256 names, at most 255`:                             {Servers: make([]string, 256)},
		`HTTP.TrustedProxies: "proxy" is neither an IP address nor`:        {TrustedProxies: []string{"proxy"}},
		`HTTP.ClientLimit: it must be from 1 to 1000`:                      {ClientLimit: -1},
		`HTTP.Attributes: there are 5, at most 4`:                          {Attributes: make([]Attribute, 5)},
		`HTTP.Attributes: "" cannot be a label`:                            one(Attribute{Value: value, Limit: 1}),
		`HTTP.Attributes: request metrics have a label "http_route"`:       one(Attribute{Label: "http_route", Value: value, Limit: 1}),
		`HTTP.Attributes: shop.tenant has no Value`:                        one(Attribute{Label: "shop.tenant", Limit: 1}),
		`HTTP.Attributes: shop.tenant needs either Values or a Limit`:      one(Attribute{Label: "shop.tenant", Value: value}),
		`HTTP.Attributes: shop.tenant can have at most 1000 values`:        one(Attribute{Label: "shop.tenant", Value: value, Limit: 1001}),
		`HTTP.Attributes: request metrics have a label "shop_tenant" alre`: {Attributes: []Attribute{{Label: "shop.tenant", Value: value, Limit: 1}, {Label: "shop_tenant", Value: value, Limit: 1}}},
	} {
		_, err := New(t.Context(), Config{HTTP: config})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("New() = %v, want an error with %q", err, want)
		}
	}
}

// FuzzServers holds a Host header to the list, whatever is in it.
func FuzzServers(f *testing.F) {
	for _, host := range []string{"", "shop.example.com", "SHOP.example.com:1", "[::1]:80", "[", "]:", ":", "a:b:c", "shop.example.com:"} {
		f.Add(host)
	}
	s, err := newServers([]string{"shop.example.com", "shop.example.com:8443", "[::1]"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, host string) {
		id := s.match(host)
		if int(id) > len(s.names) {
			t.Fatalf("match(%q) = %d, there are %d names", host, id, len(s.names))
		}
		if id != 0 && !strings.Contains(strings.ToLower(host), s.names[id-1].host) {
			t.Errorf("match(%q) = %v", host, s.names[id-1])
		}
	})
}

// FuzzServerNames reads names back that were accepted.
func FuzzServerNames(f *testing.F) {
	for _, name := range []string{"a", "a:1", "[::1]:80", "[::1]", ":", "a:0x1", "a:-1", "[]"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		s, err := newServers([]string{name})
		if err != nil {
			return
		}
		if id := s.match(name); id != 1 {
			t.Errorf("match(%q) = %d, want the name itself", name, id)
		}
		if got := s.names[0]; got.host == "" || got.port < 0 || got.port > 65535 {
			t.Errorf("newServers(%q) = %+v", name, got)
		}
	})
}

// FuzzTrustedProxies asks about requests from anywhere with any header.
func FuzzTrustedProxies(f *testing.F) {
	f.Add("127.0.0.1:1", "https")
	f.Add("[::ffff:127.0.0.1%eth0]:1", "http,https")
	f.Add("@", "")
	proxies, err := newProxies([]string{"127.0.0.0/8"})
	if err != nil {
		f.Fatal(err)
	}
	r := &rules{proxies: proxies}
	f.Fuzz(func(t *testing.T, peer, proto string) {
		req := httptest.NewRequest(http.MethodGet, "/", nil)
		req.RemoteAddr = peer
		req.Header.Set("X-Forwarded-Proto", proto)
		if r.https(req) && !strings.Contains(peer, "127.") && !strings.Contains(peer, "7f") {
			t.Errorf("%q is trusted to say %q", peer, proto)
		}
	})
}
