package local

import (
	"errors"
	"fmt"

	"github.com/prometheus/prometheus/config"
	"github.com/prometheus/prometheus/rules"

	// Service discoveries are linked one by one: discovery/install would bring
	// every cloud's SDK along. Static targets need none.
	_ "github.com/prometheus/prometheus/discovery/file"
	_ "github.com/prometheus/prometheus/discovery/http"
)

// configure loads and validates everything the configuration names, rule files
// included, so that a mistake is told before anything runs.
func (p *Prometheus) configure(cfg Config) (*config.Config, error) {
	if cfg.Configuration == nil {
		return nil, errors.New("no configuration was given")
	}
	text, err := cfg.Configuration(p.Addr())
	if err != nil {
		return nil, err
	}
	conf, err := config.Load(string(text), p.log)
	if err != nil {
		return nil, err
	}
	// A setting that is accepted and then ignored would be worse than none.
	switch {
	case len(conf.RemoteWriteConfigs) > 0:
		return nil, errors.New("the embedded server has no remote_write")
	case len(conf.RemoteReadConfigs) > 0:
		return nil, errors.New("the embedded server has no remote_read")
	case conf.TracingConfig.Endpoint != "":
		return nil, errors.New("the embedded server has no tracing")
	}
	if _, err := conf.GetScrapeConfigs(); err != nil {
		return nil, err
	}
	if err := rules.ParseFiles(conf.RuleFiles, conf.GlobalConfig.MetricNameValidationScheme, p.parser, p.log); err != nil {
		return nil, fmt.Errorf("rule files: %w", err)
	}
	// Without this the storage panics on a storage: block that has no exemplars.
	if conf.StorageConfig.ExemplarsConfig == nil {
		exemplars := config.DefaultExemplarsConfig
		conf.StorageConfig.ExemplarsConfig = &exemplars
	}
	return conf, nil
}
