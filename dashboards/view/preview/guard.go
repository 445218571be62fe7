package preview

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// maxQuery bounds what a URL may say, in bytes.
const maxQuery = 32 << 10

// policy allows what the pages are made of and nothing else: no inline script,
// no inline style, nothing from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; " +
	"connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

// guard stands before every page: it refuses who has no business here, and sets
// the headers that keep a browser from doing more than it must.
func (p *Preview) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		switch {
		case p.ctx.Err() != nil:
			http.Error(w, "the preview has ended", http.StatusServiceUnavailable)
		case !p.known(r):
			http.Error(w, "this host name is not known here: open the address that was printed at the start", http.StatusMisdirectedRequest)
		case foreign(r):
			http.Error(w, "other sites may link to this page, and nothing else", http.StatusForbidden)
		case len(r.URL.RawQuery) > maxQuery:
			http.Error(w, "the address is too long", http.StatusRequestURITooLong)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// known tells whether the Host header names this server. A page of another site
// whose name was pointed at this address (DNS rebinding) still sends its own
// name, so that only loopback names, the address of this very connection and
// configured names pass.
func (p *Preview) known(r *http.Request) bool {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	if slices.ContainsFunc(p.cfg.Hosts, func(name string) bool { return strings.EqualFold(name, host) }) {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.IsLoopback() || ip.Unmap() == local(r))
}

// local is the server's own end of the connection.
func local(r *http.Request) netip.Addr {
	address, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if address == nil {
		return netip.Addr{}
	}
	parsed, err := netip.ParseAddrPort(address.String())
	if err != nil {
		return netip.Addr{}
	}
	return parsed.Addr().Unmap()
}

// foreign tells whether a page of another site asks, which may link to a page
// but neither load parts of it nor make it ask Prometheus. Browsers that say
// nothing of the site (over plain HTTP they do so only for the loopback) still
// name the origin of a script's request.
func foreign(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" {
		if u, err := url.Parse(origin); err != nil || u.Host != r.Host {
			return true
		}
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return false
	}
	return r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
}
