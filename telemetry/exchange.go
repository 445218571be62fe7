package telemetry

import (
	"context"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/gin-gonic/gin"
)

// exchange is a request on its way through Gin, and the writers that watch its
// response. Exchanges are used again, so that measuring allocates nothing.
type exchange struct {
	request
	owner  *exchanges
	mark   http.Response
	gin    ginWriter
	server serverWriter

	// context is the Gin context that the exchange belongs to, nil while it
	// belongs to none. It is atomic because a stale mark can lead here. Whoever
	// has that context is alone with the rest.
	context atomic.Pointer[gin.Context]
	live    bool // whether a request is being served
	kept    bool // whether somebody may still hold a writer of ours
}

// exchanges are those of one Telemetry.
type exchanges struct {
	recorder *recorder
	pool     sync.Pool
	// near has exchanges that stay with their context. Gin has few contexts and
	// uses them again and again, so that most requests find theirs there, for a
	// fraction of what the pool costs.
	near [nearby]atomic.Pointer[exchange]
	// turnedAway counts exchanges that found their place taken.
	turnedAway atomic.Uint32
	// unclaimed is the context of a request that was seen outside the engine
	// and has not reached the middleware.
	unclaimed gin.Context
}

const (
	nearby = 256
	// patience is how many are turned away before one takes the place: its
	// context may be one that Gin has long dropped.
	patience = 64
)

func newExchanges(r *recorder) *exchanges {
	e := &exchanges{recorder: r}
	e.pool.New = func() any {
		x := &exchange{owner: e}
		x.mark.Body = mark{x}
		x.gin.exchange, x.server.exchange = x, x
		return x
	}
	return e
}

// begin starts to measure a request and marks it.
func (e *exchanges) begin(c *gin.Context, r *http.Request) *exchange {
	x := e.take(c)
	x.live, x.kept = true, false
	e.recorder.start(&x.request, r)
	r.Response = &x.mark
	return x
}

// take returns an exchange that belongs to a context. Only whoever has the context
// can take the one nearby.
func (e *exchanges) take(c *gin.Context) *exchange {
	if x := e.place(c).Load(); x != nil && x.context.Load() == c {
		return x
	}
	x := e.pool.Get().(*exchange)
	x.context.Store(c)
	return x
}

// give takes an exchange back. It keeps nothing of the request alive, and still
// stands a handler's goroutine that writes when it is too late.
func (e *exchanges) give(c *gin.Context, x *exchange) {
	x.ctx, x.asks, x.body = context.Background(), nil, nil
	if c != &e.unclaimed && e.settle(c, x) {
		return
	}
	x.context.Store(nil)
	e.pool.Put(x)
}

// settle leaves an exchange near its context, if there is room.
func (e *exchanges) settle(c *gin.Context, x *exchange) bool {
	place := e.place(c)
	taken := place.Load()
	if taken == x || taken == nil && place.CompareAndSwap(nil, x) {
		return true
	}
	if e.turnedAway.Add(1)%patience == 0 {
		// If the one there is in use, it will look for a place again.
		place.CompareAndSwap(taken, nil)
	}
	return false
}

// lose is for an exchange that must not be used again.
func (e *exchanges) lose(c *gin.Context, x *exchange) {
	e.place(c).CompareAndSwap(x, nil)
	x.context.Store(nil)
}

func (e *exchanges) place(c *gin.Context) *atomic.Pointer[exchange] {
	return &e.near[spread(uint64(uintptr(unsafe.Pointer(c))))%nearby]
}

// mark leads from a request to its exchange. Gin forgets all that a context knew
// when a handler sends it on (HandleContext), and a middleware can put any
// writer in front of ours; only the request stays. Its own context would be the
// place to remember something, but that costs two allocations, so the mark is
// in the field that net/http uses for the redirects of clients only.
type mark struct{ *exchange }

func (mark) Read([]byte) (int, error) { return 0, io.EOF }
func (mark) Close() error             { return nil }

// find returns the exchange that a request belongs to already, or nil, and
// whether it reaches the middleware for the first time. A test or a benchmark may
// serve one request again and again, with an old mark on it: then the context is
// another one.
func (e *exchanges) find(c *gin.Context) (x *exchange, first bool) {
	if c.Request.Response == nil {
		return nil, false
	}
	m, ok := c.Request.Response.Body.(mark)
	switch {
	case !ok || m.owner != e:
		return nil, false
	case m.context.Load() == c && m.live:
		return m.exchange, false
	case m.context.CompareAndSwap(&e.unclaimed, c):
		return m.exchange, true
	}
	return nil, false
}

// middle is the middleware.
func (e *exchanges) middle(c *gin.Context) {
	if x, first := e.find(c); x != nil {
		x.pass(c, first)
		return
	}
	x := e.begin(c, c.Request)
	// A later middleware may put its own writer in front of ours (to compress,
	// say); ours sees what is sent.
	w := c.Writer
	x.gin.ResponseWriter = w
	c.Writer = &x.gin
	defer x.end(c, w)
	c.Next()
}

// end is deferred by whoever began.
func (x *exchange) end(c *gin.Context, w gin.ResponseWriter) {
	p := x.note(c, recover(), true)
	x.recorder.finish(&x.request, response{
		status: w.Status(), begun: w.Written(), size: responseSize(w, x.key.route),
	})
	x.live = false
	ours := c.Writer == gin.ResponseWriter(&x.gin)
	if ours {
		c.Writer = w
	} // Else another writer stands in front of ours, and Gin may yet write to it.
	if ours && !x.kept {
		x.owner.give(c, x)
	} else {
		x.owner.lose(c, x)
	}
	if p != nil {
		panic(p)
	}
}

// pass lets a request go on that is measured already. first says that it was seen
// outside the engine only.
func (x *exchange) pass(c *gin.Context, first bool) {
	if _, ours := c.Writer.(*ginWriter); !ours && x.gin.ResponseWriter != nil {
		// HandleContext has taken our writer out, or somebody put another one
		// in front of it. To be told twice does no harm.
		w := c.Writer
		c.Writer = &ginWriter{ResponseWriter: w, exchange: x}
		x.kept = true
	}
	defer x.leave(c, first)
	c.Next()
}

// leave is deferred by whoever lets pass.
func (x *exchange) leave(c *gin.Context, first bool) {
	if p := x.note(c, recover(), first); p != nil {
		panic(p)
	}
}

// note remembers what the handlers panicked with, and if asked to what only Gin
// knows of the request. It returns what to panic with.
func (x *exchange) note(c *gin.Context, panicked any, describe bool) any {
	if describe {
		var mine any
		x.key.route = c.FullPath()
		if x.key.custom, mine = x.recorder.rules.custom.of(c); panicked == nil {
			panicked = mine
		}
	}
	if panicked != nil {
		x.panicked = panicked
	}
	return panicked
}

// What Gin answers, after the last handler and so too late to be seen here, when
// no route matched and nobody wrote a body.
const (
	gin404 = "404 page not found"
	gin405 = "405 method not allowed"
)

// responseSize is the number of body bytes written, or about to be by Gin.
func responseSize(w gin.ResponseWriter, route string) int {
	if route == "" && !w.Written() {
		switch w.Status() {
		case http.StatusNotFound:
			return len(gin404)
		case http.StatusMethodNotAllowed:
			return len(gin405)
		}
	}
	return w.Size()
}

// serve measures what an engine answers, from outside.
func (e *exchanges) serve(engine http.Handler, w http.ResponseWriter, r *http.Request) {
	x := e.begin(&e.unclaimed, r)
	x.gin.ResponseWriter = nil
	x.server.reset(w)
	defer func() {
		p := recover()
		if p != nil {
			x.panicked = p
		}
		e.recorder.finish(&x.request, x.server.response())
		x.live = false
		e.give(&e.unclaimed, x)
		if p != nil {
			panic(p)
		}
	}()
	engine.ServeHTTP(x.server.front(), r)
}
