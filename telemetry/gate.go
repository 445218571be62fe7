package telemetry

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
)

// Gate stands in front of a service that has its metrics on the port of
// everything else, and closes it in two steps. [http.Server.Shutdown] alone would
// close the port at once, and what happened since the last scrape would never be
// seen:
//
//	gate := telemetry.NewGate(engine, "/metrics")
//	server.Handler = gate
//	...
//	gate.Close(ctx)           // takes no more requests and ends those under way
//	tel.AwaitFinalScrape(ctx) // the figures are final, and now Prometheus has them
//	server.Shutdown(ctx)
//
// A service whose metrics have a port of their own shuts its server down instead
// of closing a gate, and the metrics' one after the scrape.
type Gate struct {
	next http.Handler
	open []string

	mu      sync.Mutex
	closed  bool
	running int
	idle    chan struct{} // closed when the gate is and nothing runs
}

// NewGate returns an open gate in front of a handler. The paths stay open when it
// closes.
func NewGate(next http.Handler, open ...string) *Gate {
	return &Gate{next: next, open: open, idle: make(chan struct{})}
}

// ServeHTTP implements [http.Handler]. A closed gate answers 503 and asks to close
// the connection, so that the client connects elsewhere. Nobody measures that:
// the service did not take the request.
func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if slices.Contains(g.open, r.URL.Path) {
		g.next.ServeHTTP(w, r)
		return
	}
	if !g.enter() {
		w.Header().Set("Connection", "close")
		w.Header().Set("Retry-After", "1")
		http.Error(w, "The service is stopping.", http.StatusServiceUnavailable)
		return
	}
	defer g.leave()
	g.next.ServeHTTP(w, r)
}

// Close takes no more requests and waits until those under way have ended. If ctx
// ends first, the error says how many have not and wraps the cause; they go on.
// A gate can be closed twice.
func (g *Gate) Close(ctx context.Context) error {
	g.mu.Lock()
	if !g.closed {
		g.closed = true
		g.ifIdle()
	}
	g.mu.Unlock()
	select {
	case <-g.idle:
		return nil
	case <-ctx.Done():
		g.mu.Lock()
		defer g.mu.Unlock()
		return fmt.Errorf("%d requests have not ended: %w", g.running, context.Cause(ctx))
	}
}

func (g *Gate) enter() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.closed {
		g.running++
	}
	return !g.closed
}

func (g *Gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.running--
	g.ifIdle()
}

// ifIdle tells Close. The caller holds the lock.
func (g *Gate) ifIdle() {
	if g.closed && g.running == 0 {
		close(g.idle)
	}
}
