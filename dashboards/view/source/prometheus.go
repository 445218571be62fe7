package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
)

// Config tells how to ask a Prometheus.
type Config struct {
	// Address is such as http://localhost:9090, also with a path; user:password@ in
	// it becomes basic authentication.
	Address string
	// ScrapeInterval is how often targets are scraped, which $__rate_interval and
	// the least step depend on; 0 is 15 s, as in Grafana.
	ScrapeInterval time.Duration
	// Parallel is how many requests are under way at most; 0 is 8.
	Parallel int
	// Timeout ends a request; 0 is 30 s.
	Timeout time.Duration
	// MaxAnswer is the most bytes of one answer that are read; 0 is 64 MiB.
	MaxAnswer int64
}

func (c Config) defaults() Config {
	if c.ScrapeInterval <= 0 {
		c.ScrapeInterval = 15 * time.Second
	}
	if c.Parallel <= 0 {
		c.Parallel = 8
	}
	if c.Timeout <= 0 {
		c.Timeout = 30 * time.Second
	}
	if c.MaxAnswer <= 0 {
		c.MaxAnswer = 64 << 20
	}
	return c
}

// Prometheus is a [Source] behind Prometheus' HTTP API. It may be used by
// several goroutines at once.
type Prometheus struct {
	config   Config
	base     *url.URL // without credentials
	user     *url.Userinfo
	client   *http.Client
	requests chan struct{} // has room for those that are under way
	large    chan struct{} // has room for the one large answer that is being read
	outage   outage
}

// dialTimeout is how long a connection may take: a query takes its time, but a
// host that does not even answer a greeting is not there.
const dialTimeout = 5 * time.Second

// NewPrometheus checks the address; it does not connect yet.
func NewPrometheus(c Config) (*Prometheus, error) {
	c = c.defaults()
	u, err := url.Parse(c.Address)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("Prometheus' address must look like http://localhost:9090")
	}
	p := &Prometheus{config: c, user: u.User, requests: make(chan struct{}, c.Parallel), large: make(chan struct{}, 1)}
	c.Address, p.config.Address = "", ""
	p.base = &url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimSuffix(u.Path, "/")}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = c.Parallel
	transport.DialContext = (&net.Dialer{Timeout: min(dialTimeout, c.Timeout)}).DialContext
	p.client = &http.Client{Transport: transport, Timeout: c.Timeout, CheckRedirect: p.sameHost}
	return p, nil
}

// sameHost keeps a server from sending us, and the password, to another one or
// to where all can read it.
func (p *Prometheus) sameHost(next *http.Request, via []*http.Request) error {
	if next.URL.Host != p.base.Host || next.URL.Scheme != p.base.Scheme || len(via) > 3 {
		return fmt.Errorf("it redirects to %s://%s; give that address if it is the one to ask", next.URL.Scheme, next.URL.Host)
	}
	return nil
}

// Address is where the Prometheus is, without credentials.
func (p *Prometheus) Address() string { return p.base.String() }

// Close ends idle connections.
func (p *Prometheus) Close() { p.client.CloseIdleConnections() }

// Query implements [Source]: the targets are asked at the same time. Those that
// could be answered come with the error of the first that could not.
func (p *Prometheus) Query(ctx context.Context, q Query) ([]frame.Frame, error) {
	plans := q.plan(p.config.ScrapeInterval)
	frames := make([][]frame.Frame, len(plans))
	errs := make([]error, len(plans))
	var all sync.WaitGroup
	for i, one := range plans {
		all.Go(func() { frames[i], errs[i] = p.answer(ctx, one) })
	}
	all.Wait()
	var out []frame.Frame
	var first error
	for i, err := range errs {
		out = append(out, frames[i]...)
		if err != nil && first == nil {
			first = err
			if len(plans) > 1 {
				first = fmt.Errorf("query %s: %w", plans[i].target.RefID, err)
			}
		}
	}
	return out, first
}

// ordered matches queries whose answer has an order. Any other instant answer
// comes in a different order each time, and colours would change with it.
var ordered = regexp.MustCompile(`\b(sort\w*|topk|bottomk)\b`)

// harmless turns a panic over an answer into an error. Queries run in goroutines
// of their own, where it would end the whole program, and an answer comes from
// outside.
func harmless(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%w: %v", errAnswer, r)
	}
}

// answer asks for one target.
func (p *Prometheus) answer(ctx context.Context, one plan) (_ []frame.Frame, err error) {
	defer harmless(&err)
	if one.err != nil {
		return nil, one.err
	}
	path, form := "/api/v1/query_range", url.Values{
		"query": {one.expr}, "start": {seconds(one.span.From)}, "end": {seconds(one.span.To)}, "step": {fmt.Sprint(one.step.Seconds())},
	}
	if one.instant {
		path, form = "/api/v1/query", url.Values{"query": {one.expr}, "time": {seconds(one.span.To)}}
	}
	body, err := p.post(ctx, path, form)
	if err != nil {
		return nil, err
	}
	list, err := readSeries(body)
	if err != nil && !isWarning(err) {
		return nil, err
	}
	if one.instant && !ordered.MatchString(one.expr) {
		slices.SortStableFunc(list, func(a, b stream) int { return strings.Compare(selector(a.Metric), selector(b.Metric)) })
	}
	frames := one.frames(list)
	if one.target.Exemplar && !one.instant {
		found, failed := p.exemplars(ctx, one)
		frames = append(frames, found...)
		err = cmp.Or(failed, err)
	}
	return frames, err
}

func isWarning(err error) bool {
	_, ok := errors.AsType[*WarningError](err)
	return ok
}

// Instant evaluates PromQL at one moment and returns a frame for each series,
// also with a [WarningError].
func (p *Prometheus) Instant(ctx context.Context, expr string, at time.Time) ([]frame.Frame, error) {
	t := model.Target{RefID: "A", Expr: expr}
	return p.answer(ctx, plan{target: t, expr: expr, instant: true, span: model.Range{From: at, To: at}})
}
