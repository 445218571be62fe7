package telemetry

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

func newProxies(list []string) ([]netip.Prefix, error) {
	var proxies []netip.Prefix
	for _, text := range list {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			addr, addrErr := netip.ParseAddr(text)
			if addrErr != nil {
				return nil, fmt.Errorf("HTTP.TrustedProxies: %q is neither an IP address nor a range: %w", text, err)
			}
			prefix = netip.PrefixFrom(addr.Unmap(), addr.Unmap().BitLen())
		}
		proxies = append(proxies, prefix.Masked())
	}
	return proxies, nil
}

// https reports whether the client used TLS: to us, or to a proxy that we trust
// and that says so. Most services trust none, and it is small enough to be inlined
// for them.
func (r *rules) https(req *http.Request) bool {
	if len(r.proxies) == 0 {
		return req.TLS != nil
	}
	return r.forwardedHTTPS(req)
}

// forwardedHTTPS goes by what the first of a chain of proxies says, which spoke to
// the client.
func (r *rules) forwardedHTTPS(req *http.Request) bool {
	if r.trusts(req) {
		first, _, _ := strings.Cut(req.Header.Get("X-Forwarded-Proto"), ",")
		switch first = strings.TrimSpace(first); {
		case strings.EqualFold(first, "https"):
			return true
		case strings.EqualFold(first, "http"):
			return false
		}
	}
	return req.TLS != nil
}

// trusts reports whether a request comes from a trusted proxy, judged by the
// connection and by no header.
func (r *rules) trusts(req *http.Request) bool {
	local, ok := req.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if ok && strings.HasPrefix(local.Network(), "unix") {
		return true
	}
	peer, err := netip.ParseAddrPort(req.RemoteAddr)
	if err != nil {
		return false
	}
	addr := peer.Addr().Unmap().WithZone("")
	return slices.ContainsFunc(r.proxies, func(p netip.Prefix) bool { return p.Contains(addr) })
}
