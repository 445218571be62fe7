package check

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/config"
	"github.com/prometheus/prometheus/discovery/targetgroup"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/scrape"
	"github.com/prometheus/prometheus/tsdb"
)

// Exposition is a [Source] that scrapes metrics endpoints itself, into a
// database that is thrown away at the end. Everything in it is Prometheus' own:
// the scraper, the storage and the query engine.
type Exposition struct {
	targets   []string
	interval  time.Duration
	dir       string
	db        *tsdb.DB
	engine    *promql.Engine
	manager   *scrape.Manager
	stopFiles []func()
	running   sync.WaitGroup
}

const (
	// scrapes is how often an endpoint is scraped before it is asked anything:
	// a rate needs two samples, and its window is four intervals.
	scrapes = 5
	// scrapeJob is the job label of what is scraped.
	scrapeJob = "exposition"
	// liveInterval lets a live service count something between two scrapes;
	// fileInterval only has to be longer than a scrape.
	liveInterval = time.Second
	fileInterval = 200 * time.Millisecond
)

// NewExposition scrapes URLs, or files in the text, OpenMetrics or protobuf
// format, until there are enough samples for a rate, which takes some seconds
// for a URL. Close it after use.
func NewExposition(ctx context.Context, targets ...string) (*Exposition, error) {
	return newExposition(ctx, liveInterval, targets...)
}

func newExposition(ctx context.Context, interval time.Duration, targets ...string) (_ *Exposition, err error) {
	x := &Exposition{interval: interval, targets: targets}
	defer func() {
		if err != nil {
			err = errors.Join(err, x.Close())
		}
	}()
	group := &targetgroup.Group{Source: scrapeJob}
	for _, text := range targets {
		labels, err := x.target(text)
		if err != nil {
			return nil, err
		}
		group.Targets = append(group.Targets, labels)
	}
	if len(x.stopFiles) == len(targets) {
		x.interval = fileInterval
	}
	if err := x.open(); err != nil {
		return nil, err
	}
	if err := x.start(group); err != nil {
		return nil, err
	}
	return x, x.wait(ctx, len(targets))
}

// target describes what is scraped as service discovery would.
func (x *Exposition) target(text string) (model.LabelSet, error) {
	instance := model.LabelSet{}
	if !strings.Contains(text, "://") {
		address, stop, err := serveFile(text)
		if err != nil {
			return nil, err
		}
		x.stopFiles = append(x.stopFiles, stop)
		instance[model.InstanceLabel] = model.LabelValue(text)
		text = address
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return nil, errors.New("the metrics must be a file or a URL such as http://localhost:8080/metrics")
	}
	labels := model.LabelSet{
		model.AddressLabel:     model.LabelValue(u.Host),
		model.SchemeLabel:      model.LabelValue(u.Scheme),
		model.MetricsPathLabel: model.LabelValue(u.EscapedPath()),
	}.Merge(instance)
	for name, value := range u.Query() {
		labels[model.LabelName(model.ParamLabelPrefix+name)] = model.LabelValue(value[0])
	}
	return labels, nil
}

func (x *Exposition) open() (err error) {
	if x.dir, err = os.MkdirTemp("", "ginsight-check-"); err != nil {
		return fmt.Errorf("make a temporary directory: %w", err)
	}
	o := tsdb.DefaultOptions()
	o.EnableExemplarStorage, o.MaxExemplars = true, 1000
	if x.db, err = tsdb.Open(x.dir, slog.New(slog.DiscardHandler), nil, o, nil); err != nil {
		return fmt.Errorf("open a database for the scrapes: %w", err)
	}
	x.engine = promql.NewEngine(promql.EngineOpts{
		MaxSamples: 50_000_000, Timeout: 2 * time.Minute, EnableAtModifier: true, EnableNegativeOffset: true,
		Parser: parser.NewParser(parser.Options{}),
	})
	return nil
}

// start scrapes in the background until Close.
func (x *Exposition) start(group *targetgroup.Group) error {
	log := slog.New(slog.DiscardHandler) // failures are read off the target
	conf, err := config.Load(fmt.Sprintf(`
global: {scrape_interval: %s, scrape_timeout: %s, scrape_native_histograms: true, always_scrape_classic_histograms: true}
scrape_configs: [{job_name: %s, honor_timestamps: false}]`,
		model.Duration(x.interval), model.Duration(x.interval), scrapeJob), log)
	if err != nil {
		return fmt.Errorf("configure the scrapes: %w", err)
	}
	x.manager, err = scrape.NewManager(&scrape.Options{DiscoveryReloadOnStartup: true}, log, nil, nil, x.db, prometheus.NewRegistry())
	if err != nil {
		return fmt.Errorf("set up the scrapes: %w", err)
	}
	if err := x.manager.ApplyConfig(conf); err != nil {
		return fmt.Errorf("configure the scrapes: %w", err)
	}
	found := make(chan map[string][]*targetgroup.Group, 1)
	found <- map[string][]*targetgroup.Group{scrapeJob: {group}}
	x.running.Go(func() { x.manager.Run(found) }) //nolint:errcheck // always nil
	// The manager must not be stopped while it takes its targets in: a scrape
	// loop that starts after Stop never ends.
	for len(x.manager.TargetsActive()[scrapeJob]) == 0 {
		time.Sleep(time.Millisecond)
	}
	return nil
}

// wait returns once every target has been scraped often enough, or with what
// went wrong in the last scrape of one.
func (x *Exposition) wait(ctx context.Context, targets int) error {
	tick := time.NewTicker(x.interval / 4)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		for _, t := range x.manager.TargetsActive()[scrapeJob] {
			if err := t.LastError(); err != nil {
				return &UnreachableError{Address: t.URL().Redacted(), Err: err}
			}
		}
		now := time.Now()
		ready := fmt.Sprintf("count_over_time(up[5m]) >= %d", scrapes)
		seen, err := x.Range(ctx, ready, now, now, x.interval)
		if err != nil {
			return err
		}
		if len(seen) == targets {
			return nil
		}
	}
}

func redacted(target string) string {
	if u, err := url.Parse(target); err == nil {
		return u.Redacted()
	}
	return target
}

// Close ends the scrapes and removes the database.
func (x *Exposition) Close() error {
	if x.manager != nil {
		x.manager.Stop()
		x.running.Wait()
	}
	for _, stop := range x.stopFiles {
		stop()
	}
	var err error
	if x.db != nil {
		err = x.db.Close()
	}
	if x.engine != nil {
		err = errors.Join(err, x.engine.Close())
	}
	return errors.Join(err, os.RemoveAll(x.dir))
}

// Schema reads what the targets expose.
func (x *Exposition) Schema(ctx context.Context) (*Schema, error) {
	return LoadSchema(ctx, x.targets...)
}

// ScrapeInterval implements [Source].
func (x *Exposition) ScrapeInterval(context.Context) (time.Duration, error) { return x.interval, nil }

// Range implements [Source].
func (x *Exposition) Range(ctx context.Context, expr string, from, to time.Time, step time.Duration) ([]Series, error) {
	q, err := x.engine.NewRangeQuery(ctx, x.db, nil, expr, from, to, step)
	if err != nil {
		return nil, err
	}
	defer q.Close()
	result := q.Exec(ctx)
	matrix, err := result.Matrix()
	if err != nil {
		return nil, err
	}
	out := make([]Series, len(matrix))
	for i, s := range matrix {
		out[i] = Series{Labels: s.Metric.Map()}
		for _, p := range s.Floats {
			out[i].Points = append(out[i].Points, Point{time.UnixMilli(p.T), p.F})
		}
		for _, p := range s.Histograms {
			out[i].Points = append(out[i].Points, Point{time.UnixMilli(p.T), p.H.Count})
		}
	}
	return out, nil
}

// LabelValues implements [Source].
func (x *Exposition) LabelValues(ctx context.Context, label, selector string, from, to time.Time) ([]string, error) {
	var match []*labels.Matcher
	if selector != "" {
		var err error
		if match, err = parser.NewParser(parser.Options{}).ParseMetricSelector(selector); err != nil {
			return nil, err
		}
	}
	q, err := x.db.Querier(from.UnixMilli(), to.UnixMilli())
	if err != nil {
		return nil, err
	}
	defer q.Close() //nolint:errcheck // it was only read
	values, _, err := q.LabelValues(ctx, label, nil, match...)
	return values, err
}
