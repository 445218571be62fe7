package telemetry

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

func TestFailedCalls(t *testing.T) {
	c := newCalls(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/slow":
			<-r.Context().Done()
		case "/abort":
			panic(http.ErrAbortHandler)
		}
	})
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	expired, cancel := context.WithTimeout(t.Context(), 1)
	defer cancel()
	unused, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	unused.Close()
	secure := httptest.NewUnstartedServer(nil)
	secure.Config.ErrorLog = discard()
	secure.StartTLS()
	defer secure.Close()

	for _, r := range []struct {
		ctx context.Context
		url string
	}{
		{cancelled, c.URL + "/slow"},
		{expired, c.URL + "/slow"},
		{t.Context(), c.URL + "/abort"},
		{t.Context(), "http://" + unused.Addr().String()},
		{t.Context(), secure.URL},
		{t.Context(), strings.Replace(c.URL, "http", "https", 1)},
		{t.Context(), "gopher://127.0.0.1/"},
	} {
		if err := c.call(t, r.ctx, "GET", r.url, nil); err == nil {
			t.Errorf("GET %s succeeded", r.url)
		}
	}
	_, closed, _ := net.SplitHostPort(unused.Addr().String())
	_, tlsPort, _ := net.SplitHostPort(strings.TrimPrefix(secure.URL, "https://"))
	c.wantMade(t, map[string]uint64{
		"error_type=canceled method=GET server":                                                            1,
		"error_type=timeout method=GET server":                                                             1,
		"error_type=connection_closed method=GET server":                                                   1,
		"error_type=tls method=GET server":                                                                 1,
		"error_type=connection_refused method=GET server_address=127.0.0.1 server_port=" + closed:          1,
		"error_type=server_certificate_invalid method=GET server_address=127.0.0.1 server_port=" + tlsPort: 1,
		"error_type=*errors.errorString method=GET server_address=127.0.0.1 server_port=80":                1,
	})
	if got := c.counts(t, catalog.ClientResponseBodySize); len(got) > 0 {
		t.Errorf("sizes of responses that never were: %v", got)
	}
}

func TestFailure(t *testing.T) {
	for want, errs := range map[string][]error{
		"canceled":                   {context.Canceled, fmt.Errorf("call: %w", context.Canceled)},
		"timeout":                    {context.DeadlineExceeded, &net.OpError{Op: "dial", Err: timeout{}}, syscall.ETIMEDOUT},
		"name_resolution":            {&net.OpError{Op: "dial", Err: &net.DNSError{Name: "x.example.com", IsNotFound: true}}, &net.DNSError{IsTimeout: true}},
		"connection_refused":         {&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}},
		"connection_reset":           {syscall.ECONNRESET, syscall.EPIPE},
		"unreachable":                {syscall.EHOSTUNREACH, syscall.ENETUNREACH},
		"server_certificate_invalid": {&tls.CertificateVerificationError{Err: errors.New("x.example.com")}},
		"tls":                        {tls.RecordHeaderError{Msg: "10.0.0.1"}, tls.AlertError(40)},
		"connection_closed":          {io.EOF, io.ErrUnexpectedEOF},
		"*errors.errorString":        {errors.New("10.0.0.1 is tired"), fmt.Errorf("a: %w", errors.New("b"))},
	} {
		for _, err := range errs {
			if got := failure(err); got != want {
				t.Errorf("failure(%v) = %s, want %s", err, got, want)
			}
		}
	}
}

type timeout struct{}

func (timeout) Error() string { return "too slow" }
func (timeout) Timeout() bool { return true }
