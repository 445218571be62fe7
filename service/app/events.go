package app

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// A stream of events is bounded in number and therefore in time.
const (
	eventEvery   = 100 * time.Millisecond
	presetEvents = 10
	maxEvents    = 50
)

// A stream of full length that writeTimeout would cut off does not compile.
const _ = uint64(writeTimeout - 2*maxEvents*eventEvery)

// streamEvents sends how many orders were placed, as server-sent events, until
// enough were sent, the client has gone or the service is told to stop.
func (a *App) streamEvents(c *gin.Context) {
	n, ok := limit(c, presetEvents, maxEvents)
	if !ok {
		return
	}
	c.Header("Cache-Control", "no-store")
	c.Status(http.StatusOK)
	tick := time.NewTicker(eventEvery)
	defer tick.Stop()
	for sent := 1; ; sent++ {
		c.SSEvent("orders", gin.H{"placed": a.store.Placed()})
		c.Writer.Flush()
		if sent == n {
			return
		}
		select {
		case <-tick.C:
		case <-a.draining:
			return
		case <-c.Request.Context().Done():
			return
		}
	}
}
