package prometheus_test

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/units"
	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/common/promslog"
	"github.com/prometheus/prometheus/config"
	"github.com/prometheus/prometheus/discovery"

	"github.com/ginsight/ginsight/provisioning/prometheus"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestComposeInSync also keeps the promise that the committed file is never
// edited by hand: the template is the one place to change.
func TestComposeInSync(t *testing.T) {
	got, err := prometheus.Render(prometheus.Compose())
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("prometheus.yml", got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("prometheus.yml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("prometheus.yml is out of sync, run `go run ./provisioning config` (-committed +rendered):\n%s", diff)
	}
}

func TestRenderedMeaning(t *testing.T) {
	cfg := load(t, prometheus.Values{
		ScrapeInterval: time.Second,
		Retention:      36 * time.Hour,
		RetentionSize:  3 * units.MiB,
		Service:        []string{"127.0.0.1:8080", "[::1]:8080"},
		Prometheus:     []string{"127.0.0.1:9090"},
		Alertmanagers:  []string{"127.0.0.1:9093"},
		RuleFiles:      []string{"/etc/rules: odd/*.yml"},
	})

	jobs := map[string][]string{}
	for _, sc := range cfg.ScrapeConfigs {
		jobs[sc.JobName] = targets(sc.ServiceDiscoveryConfigs)
		if time.Duration(sc.ScrapeInterval) != time.Second || sc.ScrapeTimeout > sc.ScrapeInterval {
			t.Errorf("job %s: interval %s, timeout %s", sc.JobName, sc.ScrapeInterval, sc.ScrapeTimeout)
		}
		if !sc.ScrapeNativeHistogramsEnabled() || !sc.AlwaysScrapeClassicHistogramsEnabled() {
			t.Errorf("job %s: both forms of a histogram should be scraped", sc.JobName)
		}
		if sc.ScrapeProtocols[0] != config.PrometheusProto {
			t.Errorf("job %s asks for %s first, want protobuf", sc.JobName, sc.ScrapeProtocols[0])
		}
	}
	want := map[string][]string{
		prometheus.ServiceJob:    {"127.0.0.1:8080", "[::1]:8080"},
		prometheus.PrometheusJob: {"127.0.0.1:9090"},
	}
	if diff := cmp.Diff(want, jobs); diff != "" {
		t.Errorf("targets (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"/etc/rules: odd/*.yml"}, cfg.RuleFiles); diff != "" {
		t.Errorf("rule files (-want +got):\n%s", diff)
	}
	ams := cfg.AlertingConfig.AlertmanagerConfigs
	if len(ams) != 1 {
		t.Fatalf("%d alertmanager blocks, want 1", len(ams))
	}
	if diff := cmp.Diff([]string{"127.0.0.1:9093"}, targets(ams[0].ServiceDiscoveryConfigs)); diff != "" {
		t.Errorf("alertmanagers (-want +got):\n%s", diff)
	}
	if got := cfg.StorageConfig.TSDBConfig.Retention; time.Duration(got.Time) != 36*time.Hour || got.Size != 3*units.MiB {
		t.Errorf("retention %+v, want 36h and 3MiB", got)
	}
	if n := cfg.StorageConfig.ExemplarsConfig.MaxExemplars; n <= 0 {
		t.Errorf("room for %d exemplars, want some", n)
	}
}

func TestRenderZeroValue(t *testing.T) {
	cfg := load(t, prometheus.Values{})
	if len(cfg.ScrapeConfigs) != 0 || len(cfg.AlertingConfig.AlertmanagerConfigs) != 0 {
		t.Errorf("the zero value should scrape and notify nobody, got:\n%s", cfg)
	}
	if got := time.Duration(cfg.GlobalConfig.ScrapeInterval); got != 15*time.Second {
		t.Errorf("scrape interval %s, want 15s", got)
	}
	if cfg.GlobalConfig.EvaluationInterval != cfg.GlobalConfig.ScrapeInterval {
		t.Errorf("rules are evaluated every %s, want the scrape interval", cfg.GlobalConfig.EvaluationInterval)
	}
}

func TestRenderRefuses(t *testing.T) {
	tests := []struct {
		name   string
		values prometheus.Values
		want   string
	}{
		{"a negative interval", prometheus.Values{ScrapeInterval: -time.Second}, "duration -1s is not a positive number"},
		{"a fraction of a millisecond", prometheus.Values{ScrapeInterval: 1500 * time.Microsecond}, "duration 1.5ms is not a positive number"},
		{"a URL for a target", prometheus.Values{Service: []string{"http://service:8080"}}, "is not a valid hostname"},
		{"YAML for a target", prometheus.Values{Service: []string{"a\"]\n    - b/c"}}, "is not a valid hostname"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := prometheus.Render(tt.values)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one that says %q", err, tt.want)
			}
		})
	}
}

func load(t *testing.T, v prometheus.Values) *config.Config {
	t.Helper()
	b, err := prometheus.Render(v)
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load(string(b), promslog.NewNopLogger())
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func targets(sds discovery.Configs) []string {
	var out []string
	for _, sd := range sds {
		for _, group := range sd.(discovery.StaticConfig) {
			for _, set := range group.Targets {
				out = append(out, string(set["__address__"]))
			}
		}
	}
	return out
}
