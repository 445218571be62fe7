package local

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"github.com/prometheus/prometheus/discovery"
	"golang.org/x/sync/errgroup"
)

// drain is how long answers under way may take once the server stops.
const drain = 5 * time.Second

// Run scrapes, evaluates and answers until ctx is done, then stops in order,
// closes the data directory and returns nil. An error means that the server
// ended by itself, or that its data could not be closed. Run may be called once.
func (p *Prometheus) Run(ctx context.Context) (err error) {
	defer func() { err = errors.Join(err, p.Close()) }()

	if err := p.loadRules(); err != nil {
		p.parts.stopDiscovery()
		return err
	}
	died := make(chan error, 1)
	requests, cancelRequests := context.WithCancel(context.Background())
	defer cancelRequests()
	p.server.BaseContext = func(net.Listener) context.Context { return requests }

	running := p.start(died)
	select {
	case <-ctx.Done():
	case err = <-died:
	}
	p.stop(cancelRequests)
	return errors.Join(err, running.Wait())
}

// loadRules comes before everything else, because loading starts the groups'
// goroutines, and it is the last step that can fail.
func (p *Prometheus) loadRules() error {
	var files []string
	for _, pattern := range p.conf.RuleFiles {
		matches, err := filepath.Glob(pattern)
		if err != nil {
			return fmt.Errorf("rule files %s: %w", pattern, err)
		}
		files = append(files, matches...)
	}
	g := p.conf.GlobalConfig
	return p.parts.rules.Update(time.Duration(g.EvaluationInterval), files, g.ExternalLabels, p.URL(), nil)
}

// start sets every part going. What it returns waits for all of them; the HTTP
// server tells died if it ends before it was asked to.
func (p *Prometheus) start(died chan<- error) *errgroup.Group {
	a := p.parts
	var g errgroup.Group
	spawn := func(f func()) { g.Go(func() error { f(); return nil }) }

	spawn(func() { _ = a.targets.Run() }) // returns the context's error only
	spawn(func() { _ = a.alertmanagers.Run() })
	spawn(func() { a.notifier.Run(a.alertmanagers.SyncCh()) })
	spawn(a.rules.Run)
	g.Go(func() error { return a.scrape.Run(a.targets.SyncCh()) })
	p.discover()

	p.serving.Store(true)
	spawn(func() {
		if err := p.server.Serve(p.listener); !errors.Is(err, http.ErrServerClosed) {
			died <- fmt.Errorf("serve %s: %w", p.URL(), err)
		}
	})
	return &g
}

// discover tells both discovery managers what to look for. Their ApplyConfig
// reports failures through the log and a metric, never as an error.
func (p *Prometheus) discover() {
	targets := map[string]discovery.Configs{}
	for _, sc := range p.conf.ScrapeConfigs {
		targets[sc.JobName] = sc.ServiceDiscoveryConfigs
	}
	_ = p.parts.targets.ApplyConfig(targets)

	alertmanagers := map[string]discovery.Configs{}
	for name, ac := range p.conf.AlertingConfig.AlertmanagerConfigs.ToMap() {
		alertmanagers[name] = ac.ServiceDiscoveryConfigs
	}
	_ = p.parts.alertmanagers.ApplyConfig(alertmanagers)
}

// stop ends the parts, each before what it depends on: rules first, so that no
// absent() fires because scraping has ended; then scraping, while the server
// can still be scraped; the notifier after the rules that feed it; the HTTP
// server last, and the storage after all of them, by Close.
func (p *Prometheus) stop(cancelRequests context.CancelFunc) {
	a := p.parts
	p.serving.Store(false)
	a.rules.Stop()
	a.scrape.Stop()
	a.notifier.Stop()
	a.stopDiscovery()

	// Event streams would last forever: they end when their context does.
	cancelRequests()
	ctx, cancel := context.WithTimeout(context.Background(), drain)
	defer cancel()
	if err := p.server.Shutdown(ctx); err != nil {
		_ = p.server.Close()
	}
}
