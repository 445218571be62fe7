package telemetry

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
)

// BenchmarkMiddleware is what a request costs with and without measuring it. The
// difference between the two is the overhead.
func BenchmarkMiddleware(b *testing.B) {
	tel, err := New(b.Context(), Config{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = tel.Shutdown(context.Background()) })
	for _, bench := range []struct {
		name       string
		middleware []gin.HandlerFunc
	}{
		{"gin", nil},
		{"ginsight", []gin.HandlerFunc{tel.Middleware()}},
	} {
		engine := gin.New()
		engine.Use(bench.middleware...)
		engine.GET("/items/:id", ok)
		b.Run(bench.name, func(b *testing.B) { serve(b, engine) })
		b.Run(bench.name+"-parallel", func(b *testing.B) { serveParallel(b, engine) })
	}
}

func serve(b *testing.B, h http.Handler) {
	b.ReportAllocs()
	w, r := nowhere{}, httptest.NewRequest(http.MethodGet, "/items/42", nil)
	for b.Loop() {
		h.ServeHTTP(w, r)
	}
}

func serveParallel(b *testing.B, h http.Handler) {
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		w, r := nowhere{}, httptest.NewRequest(http.MethodGet, "/items/42", nil)
		for pb.Next() {
			h.ServeHTTP(w, r)
		}
	})
}

// nowhere is a response writer that costs nothing.
type nowhere struct{}

func (nowhere) Header() http.Header         { return nil }
func (nowhere) Write(p []byte) (int, error) { return len(p), nil }
func (nowhere) WriteHeader(int)             {}
