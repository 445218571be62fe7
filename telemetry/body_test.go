package telemetry

import (
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

func TestResponseBodySize(t *testing.T) { bothWays(t, testResponseBodySize) }

func testResponseBodySize(t *testing.T, newService starter) {
	for name, tc := range map[string]struct {
		method, path string
		handler      gin.HandlerFunc
		series       string
		want         float64
	}{
		"written":       {"GET", "/x", func(c *gin.Context) { c.String(200, "hello") }, "method=GET code=200 route=/x", 5},
		"no content":    {"GET", "/x", func(c *gin.Context) { c.Status(204) }, "method=GET code=204 route=/x", 0},
		"nothing":       {"GET", "/x", func(*gin.Context) {}, "method=GET code=200 route=/x", 0},
		"HEAD":          {"HEAD", "/x", func(c *gin.Context) { c.String(200, "hello") }, "method=HEAD code=200 route=/x", 0},
		"Gin's own 404": {"GET", "/y", nil, "method=GET code=404", float64(len("404 page not found"))},
		"Gin's own 405": {"PUT", "/x", nil, "method=PUT code=405", float64(len("405 method not allowed"))},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(t, Config{})
			s.engine.HandleMethodNotAllowed = true
			s.engine.GET("/x", tc.handler)
			s.engine.HEAD("/x", tc.handler)
			s.do(t, tc.method, tc.path, nil)
			s.wantRequests(t, map[string]uint64{tc.series: 1})
			want := map[string]float64{tc.series: tc.want}
			if diff := cmp.Diff(want, s.sums(t, catalog.ResponseBodySize)); diff != "" {
				t.Errorf("bytes (-want +got):\n%s", diff)
			}
		})
	}
}

// TestDefaultBodiesAreGins fails when Gin changes the bodies that are counted
// ahead of their being written.
func TestDefaultBodiesAreGins(t *testing.T) {
	s := newService(t, Config{})
	s.engine.HandleMethodNotAllowed = true
	s.engine.GET("/x", func(*gin.Context) {})
	for path, want := range map[string]string{"/y": gin404, "/x": gin405} {
		res, err := s.Client().Post(s.URL+path, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		if res.Body.Close(); err != nil || string(body) != want {
			t.Errorf("POST %s = %q, %v, want %q", path, body, err, want)
		}
	}
}

func TestRequestBodySize(t *testing.T) { bothWays(t, testRequestBodySize) }

func testRequestBodySize(t *testing.T, newService starter) {
	all := func(c *gin.Context) { _, _ = io.Copy(io.Discard, c.Request.Body) }
	three := func(c *gin.Context) { _, _ = io.ReadFull(c.Request.Body, make([]byte, 3)) }
	for name, tc := range map[string]struct {
		handler gin.HandlerFunc
		request string // what goes over the wire after the request line
		want    float64
	}{
		"all read":   {all, "Content-Length: 5\r\n\r\nhello", 5},
		"chunked":    {all, "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n", 6},
		"some read":  {three, "Content-Length: 5\r\n\r\nhello", 3},
		"none read":  {func(*gin.Context) {}, "Content-Length: 5\r\n\r\nhello", 0},
		"no body":    {all, "\r\n", 0},
		"too little": {all, "Content-Length: 3\r\n\r\nhello", 3},
		"read twice": {func(c *gin.Context) { all(c); all(c) }, "Content-Length: 5\r\n\r\nhello", 5},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(t, Config{})
			s.engine.POST("/x", tc.handler)
			s.raw(t, "POST /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"+tc.request)
			s.wantRequests(t, map[string]uint64{"method=POST code=200 route=/x": 1})
			want := map[string]float64{"method=POST code=200 route=/x": tc.want}
			if diff := cmp.Diff(want, s.sums(t, catalog.RequestBodySize)); diff != "" {
				t.Errorf("bytes (-want +got):\n%s", diff)
			}
		})
	}
}

// TestTruncatedRequestBody promises more than it sends. The server takes a
// client that stops in the middle for gone.
func TestTruncatedRequestBody(t *testing.T) { bothWays(t, testTruncatedRequestBody) }

func testTruncatedRequestBody(t *testing.T, newService starter) {
	s := newService(t, Config{})
	s.engine.POST("/x", func(c *gin.Context) { _, _ = io.Copy(io.Discard, c.Request.Body) })
	conn := s.dial(t, "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nhello")
	conn.Close()
	s.wantRequests(t, map[string]uint64{"method=POST code=499 route=/x": 1})
	want := map[string]float64{"method=POST code=499 route=/x": 5}
	if diff := cmp.Diff(want, s.sums(t, catalog.RequestBodySize)); diff != "" {
		t.Errorf("bytes (-want +got):\n%s", diff)
	}
}

// dial connects and sends bytes as they are.
func (s *service) dial(t *testing.T, request string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprint(conn, request); err != nil {
		t.Fatal(err)
	}
	return conn
}

// raw sends a request that asks to close the connection and waits for the end
// of the answer.
func (s *service) raw(t *testing.T, request string) {
	t.Helper()
	conn := s.dial(t, request)
	defer conn.Close()
	if _, err := io.Copy(io.Discard, conn); err != nil {
		t.Fatal(err)
	}
}
