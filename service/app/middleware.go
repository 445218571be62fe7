package app

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/ginsight/ginsight/service/fate"
)

// maxBody is the largest request body that is read, in bytes.
const maxBody = 16 << 10

// statusClientGone is nginx's status for a client that did not wait for the
// answer. Nobody receives it; it is for logs and metrics.
const statusClientGone = 499

// fateKey is where a request's fate is kept in its Gin context.
const fateKey = "fate"

// fated makes the request take as long as its fate says and keeps the fate for
// the handler. A client that goes away ends the work. A payment takes its time at
// the provider instead.
func (a *App) fated(route fate.Route) gin.HandlerFunc {
	return func(c *gin.Context) {
		f := fate.Of(a.cfg.Seed, route, a.sequence(c))
		c.Set(fateKey, f)
		if route == fate.CreatePayment {
			return
		}
		work := time.NewTimer(f.Delay)
		defer work.Stop()
		select {
		case <-work.C:
		case <-c.Request.Context().Done():
			c.AbortWithStatus(statusClientGone)
		}
	}
}

// sequence is the number that the client gave the request, or else the service's
// own count.
func (a *App) sequence(c *gin.Context) uint64 {
	if seq, err := strconv.ParseUint(c.GetHeader(fate.Header), 10, 64); err == nil {
		return seq
	}
	return a.unnumbered.Add(1) - 1
}

// fateOf is what becomes of the request.
func fateOf(c *gin.Context) fate.Fate {
	f, _ := c.Value(fateKey).(fate.Fate)
	return f
}

// readBody reads the request's body into memory before the work begins. Only
// then does net/http notice that a client goes away while it waits.
func readBody(c *gin.Context) {
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		problem(c, http.StatusRequestEntityTooLarge, fmt.Sprintf("the body is limited to %d bytes", maxBody))
	case err != nil:
		problem(c, http.StatusBadRequest, "the body could not be read")
	}
	c.Request.Body = io.NopCloser(bytes.NewReader(body))
}

// recovered answers 500 after a panic and logs where it came from.
func (a *App) recovered() gin.HandlerFunc {
	return gin.CustomRecoveryWithWriter(nil, func(c *gin.Context, cause any) {
		a.cfg.Logger.Error("handler panicked", "route", c.FullPath(), "cause", cause, "stack", string(debug.Stack()))
		problem(c, http.StatusInternalServerError, "something went wrong here")
	})
}

// logged logs requests at debug level, without their query, which may carry what
// does not belong into a log.
func (a *App) logged() gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx := c.Request.Context()
		if !a.cfg.Logger.Enabled(ctx, slog.LevelDebug) {
			return
		}
		start := time.Now()
		c.Next()
		a.cfg.Logger.DebugContext(ctx, "request",
			"method", c.Request.Method, "path", c.Request.URL.Path, "route", c.FullPath(),
			"status", c.Writer.Status(), "bytes", max(c.Writer.Size(), 0), "took", time.Since(start))
	}
}
