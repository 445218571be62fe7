package telemetry

import (
	"context"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
)

// h2c makes the client speak HTTP/2 without TLS.
func h2c() *http.Transport {
	protocols := &http.Protocols{}
	protocols.SetUnencryptedHTTP2(true)
	return &http.Transport{Protocols: protocols}
}

func TestHTTP2(t *testing.T) {
	for name, tc := range map[string]struct {
		handler func(*service) http.Handler
		tls     bool
		want    string
	}{
		"over TLS":          {func(s *service) http.Handler { return s.engine }, true, "method=GET code=200 route=/x version=2 url_scheme=https"},
		"over TLS, wrapped": {func(s *service) http.Handler { return s.telemetry.Wrap(s.engine) }, true, "method=GET code=200 route=/x version=2 url_scheme=https"},
		"h2c":               {func(s *service) http.Handler { return s.engine }, false, "method=GET code=200 route=/x version=2"},
		"h2c, wrapped":      {func(s *service) http.Handler { return s.telemetry.Wrap(s.engine) }, false, "method=GET code=200 route=/x version=2"},
		"h2c of Gin":        {func(s *service) http.Handler { s.engine.UseH2C = true; return s.engine.Handler() }, false, "method=GET code=200 route=/x version=2"},
	} {
		t.Run(name, func(t *testing.T) {
			s := prepareService(t, Config{})
			s.engine.GET("/x", ok)
			s.Config.Handler = tc.handler(s)
			if tc.tls {
				s.EnableHTTP2 = true
				s.StartTLS()
			} else {
				if !s.engine.UseH2C {
					s.Config.Protocols = &http.Protocols{}
					s.Config.Protocols.SetHTTP1(true)
					s.Config.Protocols.SetUnencryptedHTTP2(true)
				}
				s.Start()
				transport := h2c()
				defer transport.CloseIdleConnections()
				s.transport = transport
			}
			if got := s.do(t, "GET", "/x", nil); got != http.StatusOK {
				t.Errorf("status %d, want 200", got)
			}
			s.wantRequests(t, map[string]uint64{tc.want: 1})
		})
	}
}

// TestWriterKeepsItsMethods asks for everything that a handler can do to a
// response, with the middleware and without anything.
func TestWriterKeepsItsMethods(t *testing.T) {
	type abilities struct{ Push, ReadDeadline, WriteDeadline, FullDuplex, Flush bool }
	plain := func(t *testing.T, _ Config, _ ...gin.HandlerFunc) *service {
		s := prepareService(t, Config{})
		s.engine = gin.New()
		s.Config.Handler = s.engine
		return s
	}
	middleware := func(t *testing.T, config Config, _ ...gin.HandlerFunc) *service { return prepareService(t, config) }
	wrapped := func(t *testing.T, config Config, _ ...gin.HandlerFunc) *service {
		s := prepareService(t, config)
		s.Config.Handler = s.telemetry.Wrap(s.engine)
		return s
	}
	ask := func(t *testing.T, start starter, http2 bool) (got abilities) {
		s := start(t, Config{})
		s.engine.GET("/x", func(c *gin.Context) {
			controller := http.NewResponseController(c.Writer)
			got.Push = c.Writer.Pusher() != nil
			got.ReadDeadline = controller.SetReadDeadline(time.Now().Add(time.Minute)) == nil
			got.WriteDeadline = controller.SetWriteDeadline(time.Now().Add(time.Minute)) == nil
			got.FullDuplex = controller.EnableFullDuplex() == nil
			got.Flush = controller.Flush() == nil
			_ = c.Writer.CloseNotify()
		})
		s.EnableHTTP2 = http2
		s.StartTLS()
		s.do(t, "GET", "/x", nil)
		return got
	}
	for _, http2 := range []bool{false, true} {
		want := ask(t, plain, http2)
		if !want.Flush || want.Push != http2 {
			t.Fatalf("HTTP/2 %t: the server itself can %+v", http2, want)
		}
		for name, start := range map[string]starter{"middleware": middleware, "wrapped": wrapped} {
			if got := ask(t, start, http2); got != want {
				t.Errorf("HTTP/2 %t, %s: a handler can %+v, want %+v", http2, name, got, want)
			}
		}
	}
}

// TestEarlyHints sends an informational response before the real one, in the two
// ways that Gin leaves for it.
func TestEarlyHints(t *testing.T) {
	for name, tc := range map[string]struct {
		handler gin.HandlerFunc
		answer  int
		want    string
	}{
		"to the server's writer": {
			func(c *gin.Context) {
				server := c.Writer.(interface{ Unwrap() http.ResponseWriter }).Unwrap()
				server.WriteHeader(http.StatusEarlyHints)
				c.String(http.StatusNotFound, "hello")
			},
			404, "method=GET code=404 route=/x",
		},
		"to Gin's, which takes it for the status": {
			func(c *gin.Context) {
				c.Status(http.StatusEarlyHints)
				c.Writer.WriteHeaderNow()
				c.String(http.StatusOK, "hello")
			},
			200, "method=GET code=200 route=/x",
		},
	} {
		t.Run(name, func(t *testing.T) {
			bothWays(t, func(t *testing.T, newService starter) {
				s := newService(t, Config{})
				s.engine.GET("/x", tc.handler)
				hints := 0
				ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{
					Got1xxResponse: func(code int, _ textproto.MIMEHeader) error { hints = code; return nil },
				})
				req, err := http.NewRequestWithContext(ctx, "GET", s.URL+"/x", nil)
				if err != nil {
					t.Fatal(err)
				}
				res, err := s.Client().Do(req)
				if err != nil {
					t.Fatal(err)
				}
				res.Body.Close()
				if res.StatusCode != tc.answer || hints != http.StatusEarlyHints {
					t.Errorf("status %d after %d, want %d after 103", res.StatusCode, hints, tc.answer)
				}
				s.wantRequests(t, map[string]uint64{tc.want: 1})
			})
		})
	}
}

// TestTimeoutHandler answers in place of a handler that is too slow and then
// writes to nobody.
func TestTimeoutHandler(t *testing.T) {
	bothWays(t, func(t *testing.T, newService starter) {
		s := newService(t, Config{})
		answered := make(chan struct{})
		s.engine.GET("/x", func(c *gin.Context) { <-answered; c.String(200, "too late") })
		s.engine.GET("/y", func(c *gin.Context) { <-answered; _, _ = c.Writer.WriteString("too late") })
		s.Config.Handler = http.TimeoutHandler(s.Config.Handler, time.Millisecond, "")
		for _, path := range []string{"/x", "/y"} {
			if got := s.do(t, "GET", path, nil); got != http.StatusServiceUnavailable {
				t.Errorf("status %d, want 503", got)
			}
		}
		close(answered)
		s.wantRequests(t, map[string]uint64{
			"error_type=503 method=GET code=503 route=/x": 1, "error_type=503 method=GET code=503 route=/y": 1,
		})
	})
}

// TestDeadline has a handler answer after a deadline of its own, which its client
// knows nothing of.
func TestDeadline(t *testing.T) {
	bothWays(t, func(t *testing.T, newService starter) {
		s := newService(t, Config{}, func(c *gin.Context) {
			ctx, cancel := context.WithTimeout(c.Request.Context(), time.Nanosecond)
			defer cancel()
			c.Request = c.Request.WithContext(ctx)
			c.Next()
		})
		s.engine.GET("/x", func(c *gin.Context) { wait(c); c.String(200, "late, but here") })
		if got := s.do(t, "GET", "/x", nil); got != http.StatusOK {
			t.Errorf("status %d, want 200", got)
		}
		s.wantRequests(t, map[string]uint64{"method=GET code=200 route=/x": 1})
	})
}
