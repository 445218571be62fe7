package source

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// UnreachableError says that there is no Prometheus where it was looked for.
type UnreachableError struct {
	Address string // without credentials
	Err     error
}

func (e *UnreachableError) Error() string {
	// Some of net/http's errors repeat what the server said.
	return fmt.Sprintf("Prometheus at %s cannot be reached: %s", e.Address, oneLine(e.Err.Error()))
}

// Unwrap returns what the connection failed with.
func (e *UnreachableError) Unwrap() error { return e.Err }

// APIError is Prometheus' own answer that it cannot do what it was asked.
type APIError struct {
	// Type is Prometheus' name for the kind of error, such as "bad_data".
	Type, Message string
}

func (e *APIError) Error() string { return e.Message }

// WarningError says that an answer is not all that was asked for: a part of the
// servers behind this one was silent, or the query does not fit the data.
type WarningError struct{ Messages []string }

func (e *WarningError) Error() string { return "Prometheus warns: " + strings.Join(e.Messages, "; ") }

// answer is the envelope of Prometheus' API. Data is a pointer to what is wanted.
type answer struct {
	Status    string   `json:"status"`
	Data      any      `json:"data"`
	ErrorType string   `json:"errorType"`
	Error     string   `json:"error"`
	Warnings  []string `json:"warnings"`
}

// warned is the warnings as an error, nil if there are none.
func (a answer) warned() error {
	if len(a.Warnings) == 0 {
		return nil
	}
	const most = 3
	list := make([]string, 0, most)
	for _, w := range a.Warnings[:min(most, len(a.Warnings))] {
		list = append(list, oneLine(w))
	}
	return &WarningError{list}
}

// post sends a query, whose text may be too long for an address; a proxy that
// lets only GET through gets that.
func (p *Prometheus) post(ctx context.Context, path string, form url.Values) ([]byte, error) {
	body, err := p.do(ctx, http.MethodPost, path, form)
	if status, ok := errors.AsType[*statusError](err); ok && (status.code == http.StatusMethodNotAllowed || status.code == http.StatusForbidden) {
		return p.do(ctx, http.MethodGet, path, form)
	}
	return body, err
}

// get asks for a list and decodes it.
func (p *Prometheus) get(ctx context.Context, path string, form url.Values, data any) error {
	body, err := p.do(ctx, http.MethodGet, path, form)
	if err != nil {
		return err
	}
	return decode(body, data)
}

// do sends a request when there is room for it and returns an answer of
// Prometheus' that it could do what it was asked.
func (p *Prometheus) do(ctx context.Context, method, path string, form url.Values) ([]byte, error) {
	select {
	case p.requests <- struct{}{}:
		defer func() { <-p.requests }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	answers, err := p.outage.begin()
	if err != nil {
		return nil, err
	}
	body, code, err := p.send(ctx, method, path, form)
	p.outage.end(answers, err)
	if err != nil {
		return nil, err
	}
	if code == http.StatusOK && bytes.HasPrefix(body, []byte(`{"status":"success"`)) {
		return body, nil
	}
	var a answer
	if err := json.Unmarshal(body, &a); err != nil || a.Status == "" {
		return nil, &statusError{address: p.Address(), code: code}
	}
	if a.Status != "success" {
		return nil, &APIError{Type: a.ErrorType, Message: oneLine(a.Error)}
	}
	return body, nil
}

// decode takes the data out of an answer.
func decode(body []byte, data any) error {
	if err := json.Unmarshal(body, &answer{Data: data}); err != nil {
		return fmt.Errorf("%w: %w", errAnswer, err)
	}
	return nil
}

func (p *Prometheus) send(ctx context.Context, method, path string, form url.Values) ([]byte, int, error) {
	target := p.base.JoinPath(path)
	encoded := form.Encode()
	var body io.Reader
	if method == http.MethodPost {
		body = strings.NewReader(encoded)
	} else {
		target.RawQuery = encoded
	}
	req, err := http.NewRequestWithContext(ctx, method, target.String(), body)
	if err != nil {
		return nil, 0, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if p.user != nil {
		password, _ := p.user.Password()
		req.SetBasicAuth(p.user.Username(), password)
	}
	resp, err := p.client.Do(req)
	if err != nil {
		return nil, 0, p.unreachable(ctx, err)
	}
	defer resp.Body.Close()
	out, err := p.read(ctx, resp.Body)
	return out, resp.StatusCode, err
}

// large is the size in bytes from which on answers are read one after the other:
// many of them together would not fit into memory.
const large = 8 << 20

func (p *Prometheus) read(ctx context.Context, from io.Reader) ([]byte, error) {
	most := p.config.MaxAnswer + 1
	var out bytes.Buffer
	n, err := out.ReadFrom(io.LimitReader(from, min(large, most)))
	if err == nil && n == large {
		select {
		case p.large <- struct{}{}:
			defer func() { <-p.large }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		_, err = out.ReadFrom(io.LimitReader(from, most-n))
	}
	switch {
	case err != nil:
		return nil, p.unreachable(ctx, err)
	case int64(out.Len()) > p.config.MaxAnswer:
		return nil, fmt.Errorf("the answer has more than %d MiB; ask for fewer series or a shorter time", p.config.MaxAnswer>>20)
	}
	return out.Bytes(), nil
}

// unreachable leaves out the address that net/http puts before its errors: it
// would stand there twice.
func (p *Prometheus) unreachable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		err = lateError{p.config.Timeout}
	}
	return &UnreachableError{Address: p.Address(), Err: err}
}

// lateError is a [net.Error] in place of net/http's, which speaks of contexts.
type lateError struct{ after time.Duration }

func (e lateError) Error() string { return fmt.Sprintf("there is no answer within %s", e.after) }
func (lateError) Timeout() bool   { return true }
func (lateError) Temporary() bool { return true }

// statusError is an answer that is not Prometheus'.
type statusError struct {
	address string
	code    int
}

func (e *statusError) Error() string {
	switch e.code {
	case http.StatusUnauthorized, http.StatusForbidden:
		return fmt.Sprintf("%s wants other credentials: write http://user:password@host as its address", e.address)
	case http.StatusOK:
		return fmt.Sprintf("%s does not answer like a Prometheus; is the address right?", e.address)
	}
	return fmt.Sprintf("%s answers %d %s; is it the address of a Prometheus?", e.address, e.code, http.StatusText(e.code))
}

// maxMessage is how much of what a server says is repeated, in bytes.
const maxMessage = 1000

// oneLine makes a message of what comes from outside: bounded, on one line, and
// without what a terminal takes for commands.
func oneLine(s string) string {
	if len(s) > maxMessage {
		s = s[:maxMessage] + "..."
	}
	s = strings.Join(strings.Fields(s), " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
}

// seconds is a time as Prometheus reads it, to the millisecond.
func seconds(t time.Time) string {
	return strconv.FormatFloat(float64(t.UnixMilli())/1000, 'f', -1, 64)
}
