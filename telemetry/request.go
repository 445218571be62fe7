package telemetry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"
)

// statusClientGone is how proxies report a client that closed its connection
// before the response began. No client ever sees it.
const statusClientGone = 499

// request is a request that is being served. It is used again for another one:
// start sets every field.
type request struct {
	recorder *recorder
	begun    time.Duration // by the recorder's clock
	// ctx is the context that the server gave the request, before any handler
	// derived its own from it: only this one says whether the client is there.
	ctx  context.Context
	key  finishedKey
	head bool
	body *countedBody // nil if the request has none
	asks http.Header

	progress
}

// progress is what became known of a request's response.
type progress struct {
	answering   bool          // whether the header has been sent, or is about to be
	late        bool          // whether the client had left by then
	established time.Duration // how long a stream took to begin, 0 if it is none
	hijacked    bool
	timedOut    bool // whether http.TimeoutHandler has answered instead
	panicked    any  // what the handlers panicked with, nil if they did not
}

// response is what the handlers made of a request.
type response struct {
	status int
	begun  bool // whether the header has been sent
	size   int  // bytes of the body; negative if there is none
}

// answer is told before the header is sent, and may be told again.
func (q *request) answer() {
	if !q.answering {
		q.answering, q.late = true, clientGone(q.ctx)
	}
}

// flush is told before the response is flushed, with its header. A stream then
// begins, and how long it lasts is its client's affair.
func (q *request) flush(header http.Header) {
	q.answer()
	if q.established == 0 && q.recorder.rules.streams.match(header.Get("Content-Type")) {
		q.established = q.elapsed()
	}
}

// hijack is told when a handler took the connection over.
func (q *request) hijack() {
	q.hijacked = true
	if q.established == 0 && len(q.recorder.rules.streams) > 0 {
		q.established = q.elapsed()
	}
}

// wrote is told how a write to the response ended.
func (q *request) wrote(err error) {
	if err == http.ErrHandlerTimeout { //nolint:errorlint // http.TimeoutHandler returns it as it is
		q.timedOut = true
	}
}

// elapsed is the time since the request began, and never 0.
func (q *request) elapsed() time.Duration { return max(q.recorder.clock()-q.begun, 1) }

// outcome is the status to count, and the type of what the handlers panicked
// with.
//
// A panic is a server error even if a header was sent before it: whatever the
// handler meant to say, it did not finish. A client that left is a 499 if it did
// so before the response began, or if it is the server error that handlers make of a
// cancelled context. A response that had begun keeps its status, because leaving
// is how the client of a stream ends it.
func (q *request) outcome(res response, gone bool) (status int, panicked string) {
	status = q.status(res)
	switch {
	case gone && q.panicked == http.ErrAbortHandler: //nolint:errorlint // net/http knows only the value itself
		return statusClientGone, ""
	case q.panicked != nil:
		return max(status, http.StatusInternalServerError), typeName(q.panicked)
	case q.hijacked || !gone:
	case q.late || !res.begun || isInformational(res.status) || status >= http.StatusInternalServerError:
		return statusClientGone, ""
	}
	return status, ""
}

// status is the status that the client got, as far as the writer's word can be
// taken for it.
func (q *request) status(res response) int {
	switch status := res.status; {
	case q.timedOut:
		return http.StatusServiceUnavailable
	case status == http.StatusOK && q.hijacked && q.asks.Get("Upgrade") != "":
		// The handler wrote the answer to the connection itself.
		return http.StatusSwitchingProtocols
	case isInformational(status):
		// net/http sends 200 if nothing else follows, and nothing else can:
		// Gin takes an informational status for the last word.
		return http.StatusOK
	case status < 100 || status > 599:
		// A handler can set any number. A client has to take one that is not
		// a status as a server error (RFC 9110, section 15), and so do we,
		// which also bounds the number of series.
		return http.StatusInternalServerError
	default:
		return status
	}
}

// isInformational reports whether another status follows this one.
func isInformational(status int) bool {
	return status >= 100 && status < 200 && status != http.StatusSwitchingProtocols
}

// typeName is the type of a panic's value or of an error, which unlike its text
// is one of a few. Wrapping by fmt.Errorf says nothing, so the wrapped error
// counts.
func typeName(v any) string {
	if v == http.ErrAbortHandler { //nolint:errorlint // net/http knows only the value itself
		return "http.ErrAbortHandler"
	}
	for err, ok := v.(error); ok && err != nil; err = errors.Unwrap(err) {
		if name := fmt.Sprintf("%T", err); name != "*fmt.wrapError" {
			return name
		}
	}
	return fmt.Sprintf("%T", v)
}

// bodySize corrects what a response writer counted: nothing is sent in answer
// to HEAD, and a writer without a body may say -1.
func (q *request) bodySize(written int) int64 {
	if q.head {
		return 0
	}
	return int64(max(written, 0))
}

// countedBody counts the bytes that were really read, which Content-Length does
// not tell: it may be absent or a lie, and a handler may stop reading early. The
// count is atomic because a handler may leave a goroutine behind that reads. For
// the same reason each request gets its own, at the cost of an allocation: were it
// used again, such a goroutine would read another client's body.
type countedBody struct {
	io.ReadCloser
	n atomic.Int64
}

func (b *countedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.n.Add(int64(n))
	return n, err
}

// read is the number of bytes read so far; a request without a body has 0.
func (b *countedBody) read() int64 {
	if b == nil {
		return 0
	}
	return b.n.Load()
}
