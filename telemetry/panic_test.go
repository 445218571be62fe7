package telemetry

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
)

func recovery() gin.HandlerFunc { return gin.RecoveryWithWriter(io.Discard) }

func panics(v any) gin.HandlerFunc { return func(*gin.Context) { panic(v) } }

func TestPanic(t *testing.T) { bothWays(t, testPanic) }

func testPanic(t *testing.T, newService starter) {
	type where struct{ outside, inside bool }
	for name, tc := range map[string]struct {
		recovery where
		handler  gin.HandlerFunc
		answer   int // 0 if the connection is closed without one
		want     string
	}{
		"Recovery outside": {
			where{outside: true}, panics("boom"),
			500, "error_type=string method=GET code=500 route=/x",
		},
		"Recovery inside": {
			where{inside: true}, panics("boom"),
			500, "error_type=500 method=GET code=500 route=/x",
		},
		"no Recovery": {
			where{}, panics(errors.New("boom")),
			0, "error_type=*errors.errorString method=GET code=500 route=/x",
		},
		"after the header": {
			where{outside: true}, func(c *gin.Context) { c.String(200, "a"); panic("boom") },
			200, "error_type=string method=GET code=500 route=/x",
		},
		"wrapped error": {
			where{outside: true}, panics(fmt.Errorf("a: %w", fmt.Errorf("b: %w", io.ErrUnexpectedEOF))),
			500, "error_type=*errors.errorString method=GET code=500 route=/x",
		},
		"runtime error": {
			where{outside: true}, func(*gin.Context) { _ = make([]int, 0)[len(http.MethodGet)] },
			500, "error_type=runtime.boundsError method=GET code=500 route=/x",
		},
		"nil": {
			where{outside: true}, panics(nil),
			500, "error_type=*runtime.PanicNilError method=GET code=500 route=/x",
		},
		"uncomparable value": {
			where{outside: true}, panics([]int{1}),
			500, "error_type=[]int method=GET code=500 route=/x",
		},
		"abort": {
			where{}, panics(http.ErrAbortHandler),
			0, "error_type=http.ErrAbortHandler method=GET code=500 route=/x",
		},
		// Gin's Recovery swallows an abort and answers 200 with nothing in
		// it. Inside, it hides the panic, and what the client got counts.
		"abort, Recovery inside": {
			where{inside: true}, panics(http.ErrAbortHandler),
			200, "method=GET code=200 route=/x",
		},
		"abort, Recovery outside": {
			where{outside: true}, panics(http.ErrAbortHandler),
			200, "error_type=http.ErrAbortHandler method=GET code=500 route=/x",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var front []gin.HandlerFunc
			if tc.recovery.outside {
				front = append(front, recovery())
			}
			s := newService(t, Config{}, front...)
			if tc.recovery.inside {
				s.engine.Use(recovery())
			}
			s.engine.GET("/x", tc.handler)
			if got := s.do(t, "GET", "/x", nil); got != tc.answer {
				t.Errorf("client got status %d, want %d", got, tc.answer)
			}
			s.wantRequests(t, map[string]uint64{tc.want: 1})
		})
	}
}

// TestPanicPassesThrough checks that whoever recovers in front of the middleware
// gets the same value, and a stack that still shows where it came from.
func TestPanicPassesThrough(t *testing.T) { bothWays(t, testPanicPassesThrough) }

func testPanicPassesThrough(t *testing.T, newService starter) {
	var value any
	var frames string
	s := newService(t, Config{}, func(c *gin.Context) {
		defer func() {
			value = recover()
			stack := make([]byte, 64<<10)
			frames = string(stack[:runtime.Stack(stack, false)])
		}()
		c.Next()
	})
	boom := errors.New("boom")
	s.engine.GET("/x", func(*gin.Context) { explode(boom) })
	s.do(t, "GET", "/x", nil)
	s.wantRequests(t, map[string]uint64{"error_type=*errors.errorString method=GET code=500 route=/x": 1})
	if value != boom { //nolint:errorlint // the value itself goes on, not one that wraps it
		t.Errorf("recovered %v, want %v", value, boom)
	}
	if !strings.Contains(frames, "telemetry.explode") {
		t.Errorf("the stack does not show the function that panicked:\n%s", frames)
	}
}

//go:noinline
func explode(err error) { panic(err) }
