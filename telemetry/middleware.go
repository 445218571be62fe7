package telemetry

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// Middleware measures every request that reaches it, except those for excluded
// paths. Register it on the engine before the routes:
//
//	engine.Use(gin.Recovery(), tel.Middleware())
//
// A request counts once, also if the middleware is registered twice or a handler
// sends it on with HandleContext; its route is then the last one. Several
// engines may share it. A request whose client left before the response began
// counts as a 499. What http.TimeoutHandler in front of the engine answered
// counts as its 503 once a handler tried to write after it.
//
// A panic passes through it and counts as a 500 and in http.server.panics. With
// Recovery behind it, it sees no panic, only what Recovery answers; to see both,
// register it again behind Recovery. http.ErrAbortHandler is a way to end a
// response, not a panic.
//
// Gin answers some requests before it calls any middleware, with a redirect (a
// trailing slash). Only [Telemetry.Wrap] sees those.
func (t *Telemetry) Middleware() gin.HandlerFunc {
	if t.server == nil {
		return func(*gin.Context) {}
	}
	return func(c *gin.Context) {
		if !t.excludes(c.Request.URL.Path) {
			t.server.middle(c)
		}
	}
}

// Wrap measures everything that an engine answers, redirects included. Use it in
// place of the engine, and the middleware as well, which adds what only Gin
// knows (the route and the service's own attributes); together they count a
// request once.
//
//	http.Server{Handler: tel.Wrap(engine)}
//
// UseH2C concerns only Gin's own Run: to speak HTTP/2 without TLS, set the
// server's Protocols.
func (t *Telemetry) Wrap(engine *gin.Engine) http.Handler {
	if t.server == nil {
		return engine
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if t.excludes(r.URL.Path) {
			engine.ServeHTTP(w, r)
			return
		}
		t.server.serve(engine, w, r)
	})
}

// excludes goes through the list, because it is short: one comparison of lengths
// for most requests, where slices.Contains would be a call.
func (t *Telemetry) excludes(path string) bool {
	for _, excluded := range t.config.ExcludedPaths {
		if excluded == path {
			return true
		}
	}
	return false
}
