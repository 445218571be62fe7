package telemetry

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"syscall"
)

// failure says why a request got no response, as one of a few words. An error
// that is none of these is known by its type: its text names addresses.
func failure(err error) string {
	for _, kind := range []struct {
		name string
		is   func(error) bool
	}{
		{"canceled", among(context.Canceled)},
		{"name_resolution", as[*net.DNSError]},
		{"server_certificate_invalid", as[*tls.CertificateVerificationError]},
		{"timeout", timedOut},
		{"connection_refused", among(syscall.ECONNREFUSED)},
		{"connection_reset", among(syscall.ECONNRESET, syscall.EPIPE)},
		{"unreachable", among(syscall.EHOSTUNREACH, syscall.ENETUNREACH)},
		{"tls", func(err error) bool { return as[tls.RecordHeaderError](err) || as[tls.AlertError](err) }},
		{"connection_closed", among(io.EOF, io.ErrUnexpectedEOF)},
	} {
		if kind.is(err) {
			return kind.name
		}
	}
	return typeName(err)
}

func as[E error](err error) bool {
	var target E
	return errors.As(err, &target)
}

func among(targets ...error) func(error) bool {
	return func(err error) bool {
		for _, target := range targets {
			if errors.Is(err, target) {
				return true
			}
		}
		return false
	}
}

func timedOut(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}
