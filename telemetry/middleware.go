package telemetry

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// What Gin answers, after the last handler and so too late to be seen here, when
// no route matched and nobody wrote a body.
const (
	gin404 = "404 page not found"
	gin405 = "405 method not allowed"
)

// Middleware measures every request that reaches it, except those for excluded
// paths. Register it on the engine, before or after Recovery, and before the
// routes:
//
//	engine.Use(tel.Middleware())
//
// A panic passes through it, counted as a 500. A request whose client left
// before the response began counts as a 499. Several engines may share it.
// Gin answers requests that it redirects (a trailing slash) before it calls any
// middleware; those are not measured.
func (t *Telemetry) Middleware() gin.HandlerFunc {
	if t.recorder == nil {
		return func(*gin.Context) {}
	}
	excluded := make(map[string]bool, len(t.config.ExcludedPaths))
	for _, path := range t.config.ExcludedPaths {
		excluded[path] = true
	}
	return func(c *gin.Context) {
		if !excluded[c.Request.URL.Path] {
			measure(t.recorder, c)
		}
	}
}

func measure(r *recorder, c *gin.Context) {
	// A later middleware may put its own writer in front of this one (to
	// compress, say); this one sees what is sent.
	w := c.Writer
	route := c.FullPath()
	q := r.start(c.Request, route)
	defer func() {
		p := recover()
		r.finish(&q, response{
			status: w.Status(), begun: w.Written(), size: responseSize(w, route), panicked: p,
		})
		if p != nil {
			panic(p)
		}
	}()
	c.Next()
}

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
