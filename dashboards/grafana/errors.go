package grafana

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Error is an answer of Grafana other than success.
type Error struct {
	Method, Path string
	StatusCode   int
	// Message, Status and MessageID are Grafana's own words; any of them may
	// be empty. Status is such as "version-mismatch", MessageID such as
	// "api-key.invalid".
	Message, Status, MessageID string
	// RetryAfter is the wait that the answer asked for; negative when it asked
	// for none.
	RetryAfter time.Duration

	fromGrafana bool // the body was JSON with a message
}

// Error tells in one line what was refused and, where it is known, what to do.
func (e *Error) Error() string {
	switch {
	case e.StatusCode == http.StatusUnauthorized:
		return fmt.Sprintf("Grafana does not know these credentials (%s): set GRAFANA_TOKEN to a valid service account token", e.words())
	case e.StatusCode == http.StatusForbidden:
		return fmt.Sprintf("the credentials are valid but lack the right to %s %s (%s): use a token of a higher role; rights that were given within the last minute may need another minute", e.Method, e.Path, e.words())
	case e.StatusCode >= 300 && e.StatusCode < 400:
		return fmt.Sprintf("the server redirects %s to %s: set GRAFANA_URL to the address it leads to", e.Path, e.words())
	case retryable(e.StatusCode):
		return fmt.Sprintf("%s %s: the server is not ready (%d: %s): try again later", e.Method, e.Path, e.StatusCode, e.words())
	case !e.fromGrafana:
		return fmt.Sprintf("%s %s answered %d but not in Grafana's words: does GRAFANA_URL lead to a Grafana, and with its sub-path?", e.Method, e.Path, e.StatusCode)
	}
	return fmt.Sprintf("%s %s: %d %s", e.Method, e.Path, e.StatusCode, e.words())
}

// briefly words an error of a request that will be repeated, without the advice
// that only matters once there is no more hope.
func briefly(err error) string {
	var refused *Error
	if errors.As(err, &refused) {
		return fmt.Sprintf("%s %s: %d %s", refused.Method, refused.Path, refused.StatusCode, http.StatusText(refused.StatusCode))
	}
	if parts, ok := err.(interface{ Unwrap() []error }); ok && errors.Is(err, errUnreachable) {
		causes := parts.Unwrap()
		return fmt.Sprintf("%v (%v)", errUnreachable, causes[len(causes)-1])
	}
	return err.Error()
}

func (e *Error) words() string {
	var parts []string
	for _, s := range []string{e.MessageID, e.Status, e.Message} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return "no reason given"
	}
	return strings.Join(parts, ": ")
}

// maxMessage keeps an answer that is not a message from filling the terminal.
const maxMessage = 300

// parseError reads the body of an answer that is not a success. Grafana sends
// {message}, {message, status}, {messageId, message} or {title, message}; a
// proxy in front of it may send anything.
func parseError(status int, body []byte) *Error {
	e := &Error{StatusCode: status}
	var answer struct {
		Message   string `json:"message"`
		MessageID string `json:"messageId"`
		Status    any    `json:"status"` // a number under /apis
	}
	if json.Unmarshal(body, &answer) != nil || answer.Message == "" {
		return e
	}
	e.fromGrafana = true
	e.Message = oneLine(answer.Message)
	e.MessageID = oneLine(answer.MessageID)
	if s, ok := answer.Status.(string); ok && s != "Failure" { // which is all that /apis says there
		e.Status = oneLine(s)
	}
	return e
}

func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxMessage {
		s = strings.ToValidUTF8(s[:maxMessage], "") + "…"
	}
	return s
}

// IsNotFound reports whether Grafana itself answered 404. One from something
// that is not Grafana does not count: it says nothing about what exists.
func IsNotFound(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.StatusCode == http.StatusNotFound && e.fromGrafana
}

// IsConflict reports whether Grafana refused a write because something else was
// there first: 412, or 409 from two writers at the same moment.
func IsConflict(err error) bool {
	return hasStatus(err, http.StatusPreconditionFailed) || hasStatus(err, http.StatusConflict)
}

// IsUnauthorized reports whether the credentials themselves were refused.
func IsUnauthorized(err error) bool { return hasStatus(err, http.StatusUnauthorized) }

// IsForbidden reports whether valid credentials lacked a right.
func IsForbidden(err error) bool { return hasStatus(err, http.StatusForbidden) }

func hasStatus(err error, status int) bool {
	var e *Error
	return errors.As(err, &e) && e.StatusCode == status
}
