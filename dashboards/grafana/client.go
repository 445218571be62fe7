package grafana

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxAnswer bounds what is read of one answer, in bytes. Grafana stores boards
// of 12 MiB and more; the rest is room for what it adds.
const maxAnswer = 64 << 20

// Client talks to one Grafana with one set of credentials. It repeats requests
// that failed for a passing reason, see the package's documentation. It is safe
// for use by several goroutines.
type Client struct {
	base      string // without user info, ending in a slash
	header    http.Header
	http      *http.Client
	tries     int
	timeout   time.Duration
	maxAnswer int64
	log       *slog.Logger
	sleep     func(context.Context, time.Duration) error
	redact    *strings.Replacer
}

// New returns a client for the Grafana of cfg. It sends nothing yet; its errors
// are about cfg and say in one line what to set.
func New(cfg Config) (*Client, error) {
	cfg, base, err := cfg.resolve()
	if err != nil {
		return nil, err
	}
	transport, err := newTransport(cfg.CACert)
	if err != nil {
		return nil, err
	}
	c := &Client{
		base:      base.String(),
		header:    cfg.header(),
		tries:     cmp.Or(cfg.Tries, 5),
		timeout:   cmp.Or(cfg.Timeout, 30*time.Second),
		maxAnswer: maxAnswer,
		log:       cmp.Or(cfg.Log, slog.New(slog.DiscardHandler)),
		sleep:     cfg.Sleep,
		redact:    cfg.redactor(),
	}
	if c.sleep == nil {
		c.sleep = sleep
	}
	c.http = &http.Client{
		Transport: transport,
		// Following a redirect would turn a POST into a GET and could carry
		// the credentials to another server: it is reported instead.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

// Close drops idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// DashboardURL returns the address of a dashboard for a browser.
func (c *Client) DashboardURL(uid string) string { return c.base + "d/" + url.PathEscape(uid) }

// do sends one request, with in as its JSON body unless nil, and decodes the
// answer into out unless nil. It repeats what failed for a passing reason. A
// refusal by the server is an *Error; when ctx ends, the error wraps ctx.Err().
func (c *Client) do(ctx context.Context, method, path string, in, out any) error {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return fmt.Errorf("%s /%s: encode: %w", method, path, err)
		}
	}
	for try := 1; ; try++ {
		answer, err := c.once(ctx, method, path, body)
		if err == nil {
			return decode(answer, out)
		}
		if ctx.Err() != nil {
			return fmt.Errorf("%s /%s: %w", method, path, ctx.Err())
		}
		wait, again := c.again(err, try)
		if !again {
			return err
		}
		c.logAgain(ctx, err, try, wait)
		if err := c.sleep(ctx, wait); err != nil {
			return fmt.Errorf("%s /%s: %w", method, path, err)
		}
	}
}

// logAgain tells of a request that will be repeated.
func (c *Client) logAgain(ctx context.Context, err error, try int, wait time.Duration) {
	c.log.WarnContext(ctx, "trying again", "in", wait.Round(time.Millisecond), "try", try+1, "of", c.tries, "because", briefly(err))
}

// again says whether and after what wait a failed request is worth another try.
func (c *Client) again(err error, try int) (time.Duration, bool) {
	if try >= c.tries {
		return 0, false
	}
	var refused *Error
	var untrusted *tls.CertificateVerificationError
	switch {
	case errors.As(err, &untrusted), errors.Is(err, errTooLarge):
		return 0, false
	case !errors.As(err, &refused):
		return backoff(try), true
	case !retryable(refused.StatusCode), refused.RetryAfter > maxWait:
		return 0, false
	case refused.RetryAfter >= 0:
		return refused.RetryAfter, true
	}
	return backoff(try), true
}

var (
	errTooLarge    = errors.New("the answer is too large")
	errUnreachable = errors.New("no answer from Grafana")
)

// once sends the request a single time and returns the body of a success.
func (c *Client) once(ctx context.Context, method, path string, body []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%s /%s: not a valid request", method, path)
	}
	req.Header = c.header.Clone()
	switch {
	case method == http.MethodPatch:
		req.Header.Set("Content-Type", "application/merge-patch+json")
	case body != nil:
		req.Header.Set("Content-Type", "application/json") // anything else is 400
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.unreachable(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, c.maxAnswer+1))
	if err != nil {
		return nil, c.unreachable(err)
	}
	if int64(len(answer)) > c.maxAnswer {
		return nil, fmt.Errorf("%s /%s: %w: over %d MiB", method, path, errTooLarge, c.maxAnswer>>20)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return nil, c.refusal(req, resp, answer)
	}
	return answer, nil
}

func (c *Client) refusal(req *http.Request, resp *http.Response, body []byte) *Error {
	e := parseError(resp.StatusCode, body)
	e.Method, e.Path = req.Method, req.URL.Path
	e.Message = c.redact.Replace(e.Message)
	e.RetryAfter = retryAfter(resp.Header, time.Now())
	if to, err := resp.Location(); err == nil {
		e.Message = c.redact.Replace((&url.URL{Scheme: to.Scheme, Host: to.Host, Path: to.Path}).String())
	}
	return e
}

// unreachable words an error below HTTP. The *url.Error around it is taken off:
// it repeats the address.
func (c *Client) unreachable(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	var untrusted *tls.CertificateVerificationError
	if errors.As(err, &untrusted) {
		return fmt.Errorf("%w that can be trusted at %s: set GRAFANA_CA_CERT to the PEM file of its authority: %w", errUnreachable, c.base, err)
	}
	return fmt.Errorf("%w at %s: is it running, and is GRAFANA_URL right? %w", errUnreachable, c.base, err)
}

func decode(answer []byte, out any) error {
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return fmt.Errorf("the answer is not what Grafana sends: does GRAFANA_URL lead to a Grafana? %w", err)
	}
	return nil
}
