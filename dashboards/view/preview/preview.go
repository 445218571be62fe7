package preview

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/source"
)

// Config is what a preview is made of. Only Source is required.
type Config struct {
	// Boards are the dashboards to start with; [Preview.SetBoards] replaces them.
	Boards []Board
	// Source is the one server that is asked.
	Source source.Source
	// Grafana is the address under which the same boards are found in a Grafana,
	// such as http://localhost:3000; "" leaves the links to it out.
	Grafana string
	// From and Refresh are what pages start with instead of what boards say, such
	// as now-5m and 5s for a server that has just begun; "" is what they say.
	From, Refresh string
	// Theme is "dark" or "light" for those who have not chosen yet; "" is what
	// their browser prefers.
	Theme string
	// Hosts are names that a browser may call the page by, without port, besides
	// those of the loopback and the address that was connected to.
	Hosts []string
	// Zone is the time zone of boards that have none of their own; nil is the
	// server's.
	Zone *time.Location
	// Queries is how many panels are asked for at once, for all pages together;
	// 0 is 4.
	Queries int
	// Streams is how many pages may be open at once; 0 is 64.
	Streams int
	// Logger gets what went wrong; nil is silence.
	Logger *slog.Logger
}

// Board is a file with a dashboard's JSON.
type Board struct {
	// Name is the file's, for messages.
	Name string
	JSON []byte
}

func (c Config) defaults() Config {
	if c.Zone == nil {
		c.Zone = time.Local
	}
	if c.Queries <= 0 {
		c.Queries = 4
	}
	if c.Streams <= 0 {
		c.Streams = 64
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	return c
}

// Preview is the handler of the pages.
type Preview struct {
	cfg       Config
	grafana   *url.URL // nil without
	handler   http.Handler
	templates *template.Template
	shelf     shelf
	streams   streams
	queries   flights
	words     words
	now       func() time.Time
	begun     time.Time
	ctx       context.Context
	stop      context.CancelFunc
}

// New makes a preview. An error says what is wrong with the configuration;
// boards that cannot be read are reported on the page instead.
func New(cfg Config) (*Preview, error) {
	if cfg.Source == nil {
		return nil, errors.New("preview: a source of data is required")
	}
	if cfg.Theme != "" && cfg.Theme != "dark" && cfg.Theme != "light" {
		return nil, fmt.Errorf("preview: the theme is dark or light, not %q", cfg.Theme)
	}
	if _, err := span(cmp.Or(cfg.From, "now-1h"), "now", time.Now(), time.UTC); err != nil {
		return nil, fmt.Errorf("preview: start at %q: %w", cfg.From, err)
	}
	p := &Preview{cfg: cfg.defaults(), now: time.Now, begun: time.Now()}
	var err error
	if p.grafana, err = grafanaURL(cfg.Grafana); err != nil {
		return nil, err
	}
	if p.templates, err = parseTemplates(); err != nil {
		return nil, err
	}
	p.ctx, p.stop = context.WithCancel(context.Background())
	p.queries.slots = make(chan struct{}, p.cfg.Queries)
	p.streams.most = p.cfg.Streams
	p.SetBoards(cfg.Boards)
	p.handler = p.guard(p.routes())
	return p, nil
}

// ServeHTTP implements [http.Handler].
func (p *Preview) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.handler.ServeHTTP(w, r) }

// Close ends the streams of open pages and the queries under way, and waits for
// them. The handler answers 503 from then on.
func (p *Preview) Close() error {
	p.stop()
	p.streams.close()
	p.queries.wait()
	return nil
}

// grafanaURL reads the address for links. A password in it is left out: links
// are shown.
func grafanaURL(address string) (*url.URL, error) {
	if address == "" {
		return nil, nil // no address is no link
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, errors.New("preview: Grafana's address must look like http://localhost:3000")
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}, nil
}

func (p *Preview) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.index)
	mux.HandleFunc("GET /d/{uid}", p.board)
	mux.HandleFunc("GET /d/{uid}/{slug}", p.board)
	mux.HandleFunc("GET /explore", p.explore)
	mux.HandleFunc("GET /explore/check", p.checkQuery)
	mux.HandleFunc("GET /explore/complete", p.complete)
	mux.HandleFunc("GET /stream/news", p.newsStream)
	mux.HandleFunc("GET /stream/board/{uid}", p.boardStream)
	mux.HandleFunc("GET /stream/explore", p.exploreStream)
	mux.HandleFunc("GET /at", p.at)
	mux.HandleFunc("GET /data", p.data)
	mux.Handle("GET /assets/{name}", p.assets())
	return mux
}
