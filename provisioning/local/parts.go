package local

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/prometheus/prometheus/discovery"
	"github.com/prometheus/prometheus/notifier"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/rules"
	"github.com/prometheus/prometheus/scrape"
	"github.com/prometheus/prometheus/util/logging"
	"github.com/prometheus/prometheus/util/notifications"
)

// The server's own defaults: --query.*, --rules.alert.* and
// --alertmanager.notification-queue-capacity.
const (
	queryTimeout    = 2 * time.Minute
	queryMaxSamples = 50_000_000
	lookback        = 5 * time.Minute
	outageTolerance = time.Hour
	forGrace        = 10 * time.Minute
	resendDelay     = time.Minute
	alertQueue      = 10_000
)

// parts are what runs beside the storage and the HTTP server.
type parts struct {
	engine        *promql.Engine
	scrape        *scrape.Manager
	rules         *rules.Manager
	notifier      *notifier.Manager
	targets       *discovery.Manager // feeds scrape
	alertmanagers *discovery.Manager // feeds notifier
	stopDiscovery context.CancelFunc
	notices       *notifications.Notifications
}

// assemble builds the parts and connects them. It starts none: until run they
// hold no goroutine and need no stopping.
func (p *Prometheus) assemble() (*parts, error) {
	a := &parts{notices: notifications.NewNotifications(16, p.registry)}
	a.engine = promql.NewEngine(promql.EngineOpts{
		Logger:                   p.log.With("component", "query engine"),
		Reg:                      p.registry,
		MaxSamples:               queryMaxSamples,
		Timeout:                  queryTimeout,
		LookbackDelta:            lookback,
		EnableAtModifier:         true,
		EnableNegativeOffset:     true,
		NoStepSubqueryIntervalFn: func(int64) int64 { return time.Duration(p.conf.GlobalConfig.EvaluationInterval).Milliseconds() },
		FeatureRegistry:          p.features,
		Parser:                   p.parser,
	})
	if err := p.assembleScraping(a); err != nil {
		return nil, err
	}
	return a, p.assembleAlerting(a)
}

func (p *Prometheus) assembleScraping(a *parts) (err error) {
	a.scrape, err = scrape.NewManager(&scrape.Options{
		// Otherwise the first scrape waits for a five second tick.
		DiscoveryReloadOnStartup: true,
		FeatureRegistry:          p.features,
	}, p.log.With("component", "scrape"), logging.NewJSONFileLogger, nil, p.store, p.registry)
	if err != nil {
		return err
	}
	if err := a.scrape.ApplyConfig(p.conf); err != nil {
		return err
	}
	metrics, err := discovery.CreateAndRegisterSDMetrics(p.registry)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	a.stopDiscovery = cancel
	manager := func(name string) *discovery.Manager {
		return discovery.NewManager(ctx, p.log.With("component", "discovery "+name), p.registry, metrics,
			discovery.Name(name), discovery.FeatureRegistry(p.features))
	}
	a.targets, a.alertmanagers = manager("scrape"), manager("notify")
	return nil
}

func (p *Prometheus) assembleAlerting(a *parts) error {
	self, err := url.Parse(p.URL())
	if err != nil {
		return fmt.Errorf("the server's own URL: %w", err)
	}
	scheme := p.conf.GlobalConfig.MetricNameValidationScheme
	a.notifier = notifier.NewManager(&notifier.Options{
		QueueCapacity:   alertQueue,
		DrainOnShutdown: true,
		Registerer:      p.registry,
	}, scheme, p.log.With("component", "notifier"))
	if err := a.notifier.ApplyConfig(p.conf); err != nil {
		return err
	}
	a.rules = rules.NewManager(&rules.ManagerOptions{
		NameValidationScheme:   scheme,
		AppendableV2:           p.store,
		Queryable:              p.store,
		QueryFunc:              rules.EngineQueryFunc(a.engine, p.store),
		NotifyFunc:             rules.SendAlerts(a.notifier, self.String()),
		ExternalURL:            self,
		Registerer:             p.registry,
		Logger:                 p.log.With("component", "rules"),
		OutageTolerance:        outageTolerance,
		ForGracePeriod:         forGrace,
		ResendDelay:            resendDelay,
		MaxConcurrentEvals:     1,
		DefaultRuleQueryOffset: func() time.Duration { return time.Duration(p.conf.GlobalConfig.RuleQueryOffset) },
		FeatureRegistry:        p.features,
		Parser:                 p.parser,
	})
	return nil
}
