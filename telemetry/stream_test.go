package telemetry

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// stream is a connection after an upgrade, seen from either end.
type stream struct {
	net.Conn
	read *bufio.Reader
}

// hijacks answers a WebSocket handshake as libraries do, and then speaks.
func hijacks(speak func(*stream)) gin.HandlerFunc {
	return func(c *gin.Context) {
		conn, buffered, err := c.Writer.Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		fmt.Fprint(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
		speak(&stream{conn, buffered.Reader})
	}
}

// upgrade asks for a WebSocket.
func (s *service) upgrade(t *testing.T, path string) *stream {
	t.Helper()
	conn := s.dial(t, "GET "+path+" HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
	client := &stream{conn, bufio.NewReader(conn)}
	res, err := http.ReadResponse(client.read, nil)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("status %d, want 101", res.StatusCode)
	}
	return client
}

// TestWebSocket says hello both ways over a connection that stays open for longer
// than its handshake took, however long that was.
func TestWebSocket(t *testing.T) {
	bothWays(t, func(t *testing.T, newService starter) {
		for name, tc := range map[string]struct {
			streams []string
			toEnd   bool
		}{"by default": {nil, false}, "measured to the end": {[]string{}, true}} {
			t.Run(name, func(t *testing.T) {
				s := newService(t, Config{HTTP: HTTPConfig{Streams: tc.streams}})
				s.engine.GET("/x", hijacks(func(server *stream) { _, _ = io.CopyN(server, server.read, 5) }))
				began := time.Now()
				client := s.upgrade(t, "/x")
				defer client.Close()
				handshake := time.Since(began)
				if n := s.active(t); n != 1 {
					t.Errorf("active requests = %g during one, want 1", n)
				}
				time.Sleep(handshake)
				fmt.Fprint(client, "hello")
				if got, err := io.ReadAll(client.read); string(got) != "hello" {
					t.Errorf("read %q, %v", got, err)
				}
				s.wantRequests(t, map[string]uint64{"method=GET code=101 route=/x": 1})
				s.wantDuration(t, "method=GET code=101 route=/x", handshake, tc.toEnd)
			})
		}
	})
}

// wantDuration compares the duration of a request with how long its beginning took
// as the client saw it, which cannot be less.
func (s *service) wantDuration(t *testing.T, series string, beginning time.Duration, toEnd bool) {
	t.Helper()
	got := s.sums(t, catalog.RequestDuration)[series]
	if longer := got > beginning.Seconds(); longer != toEnd {
		t.Errorf("duration %gs, its beginning took %gs; measured to the end: %t, want %t", got, beginning.Seconds(), longer, toEnd)
	}
}

// TestHijackWithoutUpgrade takes over the connection of an ordinary request, as a
// proxy does for CONNECT.
func TestHijackWithoutUpgrade(t *testing.T) {
	bothWays(t, func(t *testing.T, newService starter) {
		s := newService(t, Config{})
		s.engine.Handle("CONNECT", "/x", func(c *gin.Context) {
			conn, _, err := c.Writer.Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			fmt.Fprint(conn, "HTTP/1.1 200 Connection established\r\n\r\n")
			conn.Close()
		})
		s.raw(t, "CONNECT /x HTTP/1.1\r\nHost: x\r\n\r\n")
		s.wantRequests(t, map[string]uint64{"method=CONNECT code=200 route=/x": 1})
	})
}

// TestHijackEndsWithTheServer cancels what the server's requests derive from. That
// is not the client's doing, and the handshake was long ago.
func TestHijackEndsWithTheServer(t *testing.T) {
	for name, wrapped := range map[string]bool{"middleware": false, "wrapped": true} {
		t.Run(name, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			s := prepareService(t, Config{})
			s.Config.BaseContext = func(net.Listener) context.Context { return ctx }
			if wrapped {
				s.Config.Handler = s.telemetry.Wrap(s.engine)
			}
			s.Start()
			s.engine.GET("/x", hijacks(func(*stream) { stop() }))
			s.upgrade(t, "/x").Close()
			s.wantRequests(t, map[string]uint64{"method=GET code=101 route=/x": 1})
		})
	}
}

// TestHijackFails asks for a connection that HTTP/2 does not give away. Gin alone
// panics then.
func TestHijackFails(t *testing.T) {
	s := prepareService(t, Config{})
	s.Config.Handler = s.telemetry.Wrap(s.engine)
	s.EnableHTTP2 = true
	s.StartTLS()
	s.engine.GET("/x", func(c *gin.Context) {
		if _, _, err := c.Writer.Hijack(); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("Hijack() = %v, want %v", err, http.ErrNotSupported)
		}
	})
	s.do(t, "GET", "/x", nil)
	s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x version=2 url_scheme=https": 1})
}

func TestServerSentEvents(t *testing.T) {
	for name, tc := range map[string]struct {
		contentType string
		streams     []string
		toEnd       bool
	}{
		"by default":          {"text/event-stream", nil, false},
		"with a parameter":    {"Text/Event-Stream; charset=utf-8", nil, false},
		"another type":        {"application/x-ndjson", nil, true},
		"configured":          {"application/x-ndjson", []string{"Application/X-NDJSON"}, false},
		"measured to the end": {"text/event-stream", []string{}, true},
	} {
		t.Run(name, func(t *testing.T) {
			bothWays(t, func(t *testing.T, newService starter) {
				s := newService(t, Config{HTTP: HTTPConfig{Streams: tc.streams}})
				end := make(chan struct{})
				s.engine.GET("/x", func(c *gin.Context) {
					c.Header("Content-Type", tc.contentType)
					fmt.Fprint(c.Writer, "data: 1\n\n")
					if err := http.NewResponseController(c.Writer).Flush(); err != nil {
						t.Error(err)
					}
					<-end
					fmt.Fprint(c.Writer, "data: 2\n\n")
					c.Writer.Flush()
				})
				began := time.Now()
				res, err := s.Client().Get(s.URL + "/x")
				if err != nil {
					t.Fatal(err)
				}
				defer res.Body.Close()
				header := time.Since(began)
				if n := s.active(t); n != 1 {
					t.Errorf("active requests = %g during one, want 1", n)
				}
				time.Sleep(header)
				close(end)
				if got, err := io.ReadAll(res.Body); strings.Count(string(got), "data") != 2 {
					t.Errorf("read %q, %v", got, err)
				}
				s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x": 1})
				s.wantDuration(t, "method=GET code=200 route=/x", header, tc.toEnd)
			})
		})
	}
}
