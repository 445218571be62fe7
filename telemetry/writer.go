package telemetry

import (
	"bufio"
	"io"
	"net"
	"net/http"

	"github.com/gin-gonic/gin"
)

// ginWriter watches what handlers do to a response through Gin's writer, which
// counts status and bytes itself.
type ginWriter struct {
	gin.ResponseWriter
	exchange *exchange
}

// WriteHeaderNow implements [gin.ResponseWriter].
func (w *ginWriter) WriteHeaderNow() {
	w.exchange.answer()
	w.ResponseWriter.WriteHeaderNow()
}

func (w *ginWriter) Write(p []byte) (int, error) {
	w.exchange.answer()
	n, err := w.ResponseWriter.Write(p)
	w.exchange.wrote(err)
	return n, err
}

// WriteString implements [io.StringWriter].
func (w *ginWriter) WriteString(s string) (int, error) {
	w.exchange.answer()
	n, err := w.ResponseWriter.WriteString(s)
	w.exchange.wrote(err)
	return n, err
}

// Flush implements [http.Flusher].
func (w *ginWriter) Flush() {
	w.exchange.flush(w.Header())
	w.ResponseWriter.Flush()
}

// Hijack implements [http.Hijacker].
func (w *ginWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffered, err := w.ResponseWriter.Hijack()
	if err == nil {
		w.exchange.hijack()
	}
	return conn, buffered, err
}

// Unwrap leads past Gin's writer as well, to where it would lead without ours: a
// handler that unwraps once to send Early Hints expects the server's writer.
func (w *ginWriter) Unwrap() http.ResponseWriter {
	if inner, ok := w.ResponseWriter.(interface{ Unwrap() http.ResponseWriter }); ok {
		return inner.Unwrap()
	}
	return w.ResponseWriter
}

// serverWriter watches what an engine does to a response. It has the optional
// methods that Gin's writer passes on; the server's may lack them, which then
// shows in the error and not in a panic.
type serverWriter struct {
	http.ResponseWriter
	exchange *exchange
	pusher   pushWriter
	status   int // 0 until the header is sent
	size     int
}

func (w *serverWriter) reset(inner http.ResponseWriter) {
	w.ResponseWriter, w.status, w.size = inner, 0, 0
	w.pusher.serverWriter = w
}

// front is what to give to the engine. Handlers ask whether there is a pusher.
func (w *serverWriter) front() http.ResponseWriter {
	if _, ok := w.ResponseWriter.(http.Pusher); ok {
		return &w.pusher
	}
	return w
}

func (w *serverWriter) response() response {
	status := w.status
	if status == 0 {
		status = http.StatusOK // as net/http has it
	}
	return response{status: status, begun: w.status != 0, size: w.size}
}

// WriteHeader implements [http.ResponseWriter].
func (w *serverWriter) WriteHeader(status int) {
	if w.status == 0 && !isInformational(status) {
		w.exchange.answer()
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// implicit is the status that net/http sends with what is written first.
func (w *serverWriter) implicit() {
	if w.status == 0 {
		w.exchange.answer()
		w.status = http.StatusOK
	}
}

func (w *serverWriter) Write(p []byte) (int, error) {
	w.implicit()
	n, err := w.ResponseWriter.Write(p)
	w.wrote(n, err)
	return n, err
}

// WriteString implements [io.StringWriter].
func (w *serverWriter) WriteString(s string) (int, error) {
	w.implicit()
	n, err := io.WriteString(w.ResponseWriter, s)
	w.wrote(n, err)
	return n, err
}

func (w *serverWriter) wrote(n int, err error) {
	w.size += n
	w.exchange.wrote(err)
}

// Flush implements [http.Flusher].
func (w *serverWriter) Flush() { _ = w.FlushError() }

// FlushError is for [http.ResponseController].
func (w *serverWriter) FlushError() error {
	if !canFlush(w.ResponseWriter) {
		return http.ErrNotSupported
	}
	w.implicit()
	w.exchange.flush(w.Header())
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// canFlush looks for a flusher where [http.ResponseController] does.
func canFlush(w http.ResponseWriter) bool {
	for {
		switch inner := w.(type) {
		case http.Flusher, interface{ FlushError() error }:
			return true
		case interface{ Unwrap() http.ResponseWriter }:
			w = inner.Unwrap()
		default:
			return false
		}
	}
}

// Hijack implements [http.Hijacker].
func (w *serverWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffered, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err == nil {
		w.exchange.hijack()
	}
	return conn, buffered, err
}

// CloseNotify implements [http.CloseNotifier], which Gin's Stream still uses.
func (w *serverWriter) CloseNotify() <-chan bool {
	if notifier, ok := w.ResponseWriter.(http.CloseNotifier); ok { //nolint:staticcheck // Gin needs it
		return notifier.CloseNotify()
	}
	return make(chan bool)
}

// Unwrap is for [http.ResponseController].
func (w *serverWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// pushWriter is a serverWriter over HTTP/2.
type pushWriter struct{ *serverWriter }

// Push implements [http.Pusher].
func (w *pushWriter) Push(target string, options *http.PushOptions) error {
	return w.ResponseWriter.(http.Pusher).Push(target, options)
}
