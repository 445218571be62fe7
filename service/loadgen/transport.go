package loadgen

import (
	"errors"
	"net"
	"net/http"
	"sync/atomic"
)

// transport sends requests over connections that it keeps, and counts.
type transport struct {
	*http.Transport
	// sent counts the requests that were begun.
	sent atomic.Int64
	// unreached counts those for which there was no connection.
	unreached atomic.Int64
}

func newTransport(connections int) *transport {
	return &transport{Transport: &http.Transport{
		DialContext:         new(net.Dialer).DialContext,
		MaxIdleConns:        connections,
		MaxIdleConnsPerHost: connections,
	}}
}

// RoundTrip implements [http.RoundTripper].
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	t.sent.Add(1)
	res, err := t.Transport.RoundTrip(req)
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" {
		t.unreached.Add(1)
	}
	return res, err
}
