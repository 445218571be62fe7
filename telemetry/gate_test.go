package telemetry

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
)

func ask(h http.Handler, path string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
	return rec
}

func TestGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		gate := NewGate(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/slow":
				<-release
			case "/panic":
				panic(http.ErrAbortHandler)
			}
		}), "/metrics")
		slow := make(chan int, 1)
		go func() { slow <- ask(gate, "/slow").Code }()
		func() {
			defer func() { _ = recover() }()
			ask(gate, "/panic")
		}()
		synctest.Wait()

		impatient, cancel := context.WithCancel(t.Context())
		cancel()
		err := gate.Close(impatient)
		if !errors.Is(err, context.Canceled) || !strings.HasPrefix(err.Error(), "1 requests") {
			t.Errorf("Close() = %v, want that one request has not ended", err)
		}
		refused := ask(gate, "/x")
		if refused.Code != http.StatusServiceUnavailable || refused.Header().Get("Connection") != "close" {
			t.Errorf("a closed gate answers %d, headers %v", refused.Code, refused.Header())
		}
		if code := ask(gate, "/metrics").Code; code != http.StatusOK {
			t.Errorf("the path that stays open answers %d", code)
		}
		close(release)
		for range 2 {
			if err := gate.Close(t.Context()); err != nil {
				t.Errorf("Close() = %v", err)
			}
		}
		if code := <-slow; code != http.StatusOK {
			t.Errorf("the request under way ended with %d", code)
		}
	})
}

// TestGateIdle has nothing to wait for.
func TestGateIdle(t *testing.T) {
	gate := NewGate(http.NotFoundHandler())
	ask(gate, "/x")
	if err := gate.Close(t.Context()); err != nil {
		t.Errorf("Close() = %v", err)
	}
}
