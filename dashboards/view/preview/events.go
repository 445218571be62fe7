package preview

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// A stream says something at least this often, so that both ends notice when
// the other is gone; a write may take as long.
const heartbeat = 15 * time.Second

// events writes server-sent events.
type events struct {
	mu  sync.Mutex
	w   http.ResponseWriter
	out *http.ResponseController
	err error
}

// newEvents starts an answer of events. A browser that loses it asks again after
// two seconds.
func newEvents(w http.ResponseWriter) *events {
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	e := &events{w: w, out: http.NewResponseController(w)}
	e.write("retry: 2000\n\n")
	return e
}

// send writes one event; false says that nobody listens any more.
func (e *events) send(name string, content any) bool {
	var out bytes.Buffer
	fmt.Fprintf(&out, "event: %s\ndata: ", name)
	// Pictures are full of what HTML would want escaped; this is not HTML, and the
	// browser is told not to guess. JSON ends with a newline and has no other.
	write := json.NewEncoder(&out)
	write.SetEscapeHTML(false)
	if err := write.Encode(content); err != nil {
		return true // a number that JSON cannot write: there is none in what is sent
	}
	return e.write(out.String() + "\n")
}

func (e *events) beat() bool { return e.write(": still here\n\n") }

func (e *events) write(text string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.err != nil {
		return false
	}
	// A recorder in a test has no deadlines; a connection has.
	_ = e.out.SetWriteDeadline(time.Now().Add(heartbeat))
	if _, e.err = e.w.Write([]byte(text)); e.err == nil {
		e.err = e.out.Flush()
	}
	return e.err == nil
}
