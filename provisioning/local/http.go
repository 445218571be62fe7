package local

import (
	"context"
	_ "embed"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/prometheus/common/model"
	"github.com/prometheus/common/route"
	"github.com/prometheus/prometheus/config"
	"github.com/prometheus/prometheus/storage"
	v1 "github.com/prometheus/prometheus/web/api/v1"
)

//go:embed index.html
var index []byte

// handler is what the server answers. It is put together here rather than by
// the web package because that one serves the process-wide registry as
// /metrics, and a user interface whose files the Go module lacks.
func (p *Prometheus) handler() http.Handler {
	api := route.New()
	p.api().Register(api)

	mux := http.NewServeMux()
	mux.Handle("/api/v1/", http.StripPrefix("/api/v1", api))
	mux.Handle("GET /metrics", promhttp.HandlerFor(p.registry, promhttp.HandlerOpts{
		Registry:          p.registry,
		EnableOpenMetrics: true,
	}))
	mux.HandleFunc("GET /-/healthy", say("Prometheus Server is Healthy.\n"))
	mux.HandleFunc("GET /-/ready", p.whenServing(say("Prometheus Server is Ready.\n")))
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(index)
	})
	return mux
}

func say(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(text)) }
}

// whenServing answers 503 once the server is stopping, as the real one does.
func (p *Prometheus) whenServing(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !p.serving.Load() {
			w.Header().Set("X-Prometheus-Stopping", "true")
			http.Error(w, "Service Unavailable", http.StatusServiceUnavailable)
			return
		}
		next(w, r)
	}
}

// api is /api/v1 complete, and read only unless OTLP was asked for: no remote
// write, no deletion.
func (p *Prometheus) api() *v1.API {
	a := p.parts
	program, ok := debug.ReadBuildInfo()
	if !ok {
		program = &debug.BuildInfo{}
	}
	build := buildInfo(program)
	var appendable storage.AppendableV2 // nil: nothing may append through the API
	if p.otlp {
		appendable = p.store
	}
	return v1.NewAPI(
		a.engine,
		p.store,
		appendable,
		p.store,
		func(context.Context) v1.ScrapePoolsRetriever { return a.scrape },
		func(context.Context) v1.TargetRetriever { return a.scrape },
		func(context.Context) v1.AlertmanagerRetriever { return a.notifier },
		func() config.Config { return *p.conf },
		map[string]string{}, // flags: there are none
		v1.GlobalURLOptions{ListenAddress: p.Addr(), Host: p.Addr(), Scheme: "http"},
		p.whenServing,
		p.store,
		p.store.Dir(),
		false, // admin
		false, // search
		0,
		p.log.With("component", "web"),
		func(context.Context) v1.RulesRetriever { return a.rules },
		50_000_000, 10, 1<<20, // remote read: samples, concurrency, bytes in a frame
		false, // agent
		nil,   // CORS
		p.runtimeInfo,
		build,
		a.notices.Get,
		a.notices.Sub,
		p.registry,
		p.registry,
		nil,        // statistics renderer
		false, nil, // remote write
		p.otlp, false, false, // OTLP; of deltas, neither conversion nor storage
		lookback,
		false, // type and unit labels
		false, // metadata
		nil,   // error codes
		p.features,
		v1.OpenAPIOptions{ExternalURL: p.URL(), Version: build.Version},
		p.parser,
		false, // query cost
		queryTimeout,
	)
}

func (p *Prometheus) runtimeInfo() (v1.RuntimeInfo, error) {
	host, err := os.Hostname()
	if err != nil {
		return v1.RuntimeInfo{}, fmt.Errorf("find the host's name: %w", err)
	}
	cwd, err := os.Getwd()
	if err != nil {
		return v1.RuntimeInfo{}, fmt.Errorf("find the working directory: %w", err)
	}
	return v1.RuntimeInfo{
		StartTime:           p.started.UTC(),
		CWD:                 cwd,
		Hostname:            host,
		ServerTime:          time.Now().UTC(),
		ReloadConfigSuccess: true,
		LastConfigTime:      p.started.UTC(),
		GoroutineCount:      runtime.NumGoroutine(),
		GOMAXPROCS:          runtime.GOMAXPROCS(0),
		GOMEMLIMIT:          debug.SetMemoryLimit(-1),
		GOGC:                os.Getenv("GOGC"),
		GODEBUG:             os.Getenv("GODEBUG"),
		StorageRetention:    model.Duration(p.conf.StorageConfig.TSDBConfig.Retention.Time).String(),
	}, nil
}
