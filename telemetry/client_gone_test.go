package telemetry

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
)

// wait blocks until the client of a request has gone.
func wait(c *gin.Context) { <-c.Request.Context().Done() }

func TestClientGone(t *testing.T) { bothWays(t, testClientGone) }

func testClientGone(t *testing.T, newService starter) {
	for name, tc := range map[string]struct {
		handler gin.HandlerFunc
		want    string
	}{
		"no response": {wait, "method=GET code=499 route=/x"},
		"an error made of the cancelled context": {
			func(c *gin.Context) { wait(c); c.String(500, c.Request.Context().Err().Error()) },
			"method=GET code=499 route=/x",
		},
		"an answer nobody waits for": {
			func(c *gin.Context) { wait(c); c.Status(204) },
			"method=GET code=499 route=/x",
		},
		"a body nobody waits for": {
			func(c *gin.Context) { wait(c); c.String(200, "hello") },
			"method=GET code=499 route=/x",
		},
		"an abort nobody waits for": {
			func(c *gin.Context) { wait(c); c.AbortWithStatus(204) },
			"method=GET code=499 route=/x",
		},
		"a proxy that aborts": {
			func(c *gin.Context) { wait(c); panic(http.ErrAbortHandler) },
			"method=GET code=499 route=/x",
		},
		"a stream": {
			func(c *gin.Context) { c.String(200, "data"); c.Writer.Flush(); wait(c) },
			"method=GET code=200 route=/x",
		},
		"a bug remains a bug": {
			func(c *gin.Context) { wait(c); panic("boom") },
			"error_type=string method=GET code=500 route=/x",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(t, Config{}, recovery())
			begun := make(chan struct{})
			s.engine.GET("/x", func(c *gin.Context) { close(begun); tc.handler(c) })
			ctx, leave := context.WithCancel(t.Context())
			go func() { <-begun; leave() }()
			req, err := http.NewRequestWithContext(ctx, "GET", s.URL+"/x", nil)
			if err != nil {
				t.Fatal(err)
			}
			if res, err := s.Client().Do(req); err == nil {
				// The header of the stream was faster than the cancellation.
				defer res.Body.Close()
				<-ctx.Done()
			}
			s.wantRequests(t, map[string]uint64{tc.want: 1})
		})
	}
}

// TestClientStillThere has contexts end for other reasons than the client's.
func TestClientStillThere(t *testing.T) { bothWays(t, testClientStillThere) }

func testClientStillThere(t *testing.T, newService starter) {
	timeout := func(c *gin.Context) {
		ctx, cancel := context.WithTimeout(c.Request.Context(), time.Nanosecond)
		defer cancel()
		c.Request = c.Request.WithContext(ctx)
		c.Next()
	}
	cause := func(c *gin.Context) {
		ctx, cancel := context.WithCancelCause(c.Request.Context())
		cancel(errors.New("shutting down"))
		c.Request = c.Request.WithContext(ctx)
		c.Next()
	}
	cancelled := func(c *gin.Context) {
		ctx, cancel := context.WithCancel(c.Request.Context())
		cancel()
		c.Request = c.Request.WithContext(ctx)
		c.Next()
	}
	gatewayTimeout := func(c *gin.Context) { wait(c); c.Status(504) }

	for name, tc := range map[string]struct {
		front, handlers []gin.HandlerFunc
	}{
		"the handler's own timeout":           {nil, []gin.HandlerFunc{timeout, gatewayTimeout}},
		"the handler's own cancellation":      {nil, []gin.HandlerFunc{cancelled, gatewayTimeout}},
		"a timeout in front":                  {[]gin.HandlerFunc{timeout}, []gin.HandlerFunc{gatewayTimeout}},
		"a cancellation with a cause, before": {[]gin.HandlerFunc{cause}, []gin.HandlerFunc{gatewayTimeout}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(t, Config{}, tc.front...)
			s.engine.GET("/x", tc.handlers...)
			if got := s.do(t, "GET", "/x", nil); got != 504 {
				t.Errorf("client got status %d, want 504", got)
			}
			s.wantRequests(t, map[string]uint64{"error_type=504 method=GET code=504 route=/x": 1})
		})
	}
}
