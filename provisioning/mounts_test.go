package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/common/promslog"
	"github.com/prometheus/prometheus/config"
	"github.com/prometheus/prometheus/discovery"
	"go.yaml.in/yaml/v3"
)

// parsers reads a file as the program does that finds it at a place in its
// container. Places are patterns of path.Match.
var parsers = map[string]func(file string) error{
	"/etc/prometheus/prometheus.yml":              parsePrometheus,
	"/etc/alertmanager/alertmanager.yml":          parseAlertmanager,
	"/etc/grafana/provisioning/datasources/*.yml": parseAs[dataSources],
	"/etc/grafana/provisioning/dashboards/*.yml":  parseAs[dashboardProviders],
	"/etc/grafana/provisioning/dashboards/*.json": parseBoard,
}

// TestMountedFilesParse also fails for a file that nothing would read.
func TestMountedFilesParse(t *testing.T) {
	used := map[string]bool{}
	for _, service := range loadCompose(t).Services {
		for _, mount := range service.Volumes {
			if mount.Type != "bind" {
				continue
			}
			walk(t, mount.Source, func(file, rel string) {
				pattern, err := parse(file, path.Join(mount.Target, rel))
				if err != nil {
					t.Errorf("%s, mounted into %s: %v", file, service.Name, err)
				}
				used[pattern] = true
			})
		}
	}
	for pattern := range parsers {
		if !used[pattern] {
			t.Errorf("no file is mounted at %s", pattern)
		}
	}
}

// walk calls visit for a file, or for every file below a folder with its path
// relative to that folder.
func walk(t *testing.T, root string, visit func(file, rel string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, file)
		visit(file, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func parse(file, target string) (pattern string, err error) {
	for pattern, parser := range parsers {
		if ok, _ := path.Match(pattern, target); ok {
			return pattern, parser(file)
		}
	}
	return "", fmt.Errorf("nothing is known to read %s", target)
}

func parsePrometheus(file string) error {
	_, err := config.LoadFile(file, false, promslog.NewNopLogger())
	return err
}

// parseAlertmanager asks amtool, in a module of its own: Alertmanager's
// configuration package would bring its gossip and Kafka clients, 27 modules,
// into everybody's go.mod.
func parseAlertmanager(file string) error {
	out, err := exec.Command("go", "tool", "-modfile=../.ci/tools/go.mod", "amtool", "check-config", file).CombinedOutput()
	if err != nil {
		return fmt.Errorf("amtool: %w\n%s", err, out)
	}
	return nil
}

func parseBoard(file string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var board struct {
		UID, Title    string
		SchemaVersion int
		Panels        []json.RawMessage
	}
	if err := json.Unmarshal(b, &board); err != nil {
		return err
	}
	if board.UID == "" || board.Title == "" || board.SchemaVersion < 42 || len(board.Panels) == 0 {
		return errors.New("it needs a uid, a title, panels and schemaVersion 42")
	}
	return nil
}

func parseAs[T any](file string) error {
	_, err := decodeStrict[T](file)
	return err
}

// decodeStrict refuses unknown fields, which Grafana ignores without a word.
func decodeStrict[T any](file string) (T, error) {
	var v T
	b, err := os.ReadFile(file)
	if err != nil {
		return v, err
	}
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	return v, d.Decode(&v)
}

// dataSources is the part of Grafana's format that we use.
type dataSources struct {
	APIVersion  int `yaml:"apiVersion"`
	DataSources []struct {
		Name      string
		UID       string
		Type      string
		Access    string
		URL       string
		IsDefault bool `yaml:"isDefault"`
		Editable  bool
		JSONData  struct {
			HTTPMethod     string `yaml:"httpMethod"`
			TimeInterval   string `yaml:"timeInterval"`
			PrometheusType string `yaml:"prometheusType"`
		} `yaml:"jsonData"`
	} `yaml:"datasources"`
}

// dashboardProviders is the part of Grafana's format that we use.
type dashboardProviders struct {
	APIVersion int `yaml:"apiVersion"`
	Providers  []struct {
		Name                  string
		Type                  string
		Folder                string
		FolderUID             string `yaml:"folderUid"`
		AllowUIUpdates        bool   `yaml:"allowUiUpdates"`
		UpdateIntervalSeconds int    `yaml:"updateIntervalSeconds"`
		Options               struct{ Path string }
	}
}

func TestDataSourceFitsPrometheus(t *testing.T) {
	sources, err := decodeStrict[dataSources]("grafana/datasources/prometheus.yml")
	if err != nil {
		t.Fatal(err)
	}
	if len(sources.DataSources) != 1 {
		t.Fatalf("%d data sources, want 1", len(sources.DataSources))
	}
	source := sources.DataSources[0]
	if source.UID != "ginsight-prometheus" || source.Type != "prometheus" || source.Editable {
		t.Errorf("data source %+v is not the one that the boards refer to", source)
	}
	interval, err := model.ParseDuration(source.JSONData.TimeInterval)
	if err != nil {
		t.Fatal(err)
	}
	if want := loadPrometheus(t).GlobalConfig.ScrapeInterval; interval != want {
		t.Errorf("timeInterval is %s, but Prometheus scrapes every %s", time.Duration(interval), time.Duration(want))
	}
	u, err := url.Parse(source.URL)
	if err != nil {
		t.Fatal(err)
	}
	if !listening(t)[u.Host] {
		t.Errorf("no container listens at %s", source.URL)
	}
}

func TestBoardsAreReadOnlyWhereGrafanaLooks(t *testing.T) {
	providers, err := decodeStrict[dashboardProviders]("grafana/dashboards/ginsight.yml")
	if err != nil {
		t.Fatal(err)
	}
	mounted := map[string]bool{}
	for _, v := range loadCompose(t).Services["grafana"].Volumes {
		mounted[v.Target] = true
	}
	for _, p := range providers.Providers {
		if p.AllowUIUpdates || !mounted[p.Options.Path] {
			t.Errorf("provider %s: allowUiUpdates %t, path %s mounted %t", p.Name, p.AllowUIUpdates, p.Options.Path, mounted[p.Options.Path])
		}
	}
}

func TestPrometheusForgets(t *testing.T) {
	storage := loadPrometheus(t).StorageConfig.TSDBConfig
	if storage == nil || storage.Retention == nil || storage.Retention.Time <= 0 || storage.Retention.Size <= 0 {
		t.Error("prometheus.yml has to limit both the age and the size of what is stored, or the volume grows until the disk is full")
	}
}

func TestPrometheusKnowsItsNeighbours(t *testing.T) {
	cfg := loadPrometheus(t)
	var found []discovery.Configs
	for _, job := range cfg.ScrapeConfigs {
		found = append(found, job.ServiceDiscoveryConfigs)
	}
	for _, alertmanager := range cfg.AlertingConfig.AlertmanagerConfigs {
		found = append(found, alertmanager.ServiceDiscoveryConfigs)
	}
	known := listening(t)
	for _, configs := range found {
		for _, address := range addresses(configs) {
			if own := strings.Replace(address, "localhost:", "prometheus:", 1); !known[own] {
				t.Errorf("no container listens at %s", address)
			}
		}
	}
}

func loadPrometheus(t *testing.T) *config.Config {
	t.Helper()
	cfg, err := config.LoadFile("prometheus/prometheus.yml", false, promslog.NewNopLogger())
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// listening is every host:port that a container reaches another one by.
func listening(t *testing.T) map[string]bool {
	t.Helper()
	known := map[string]bool{}
	for _, service := range loadCompose(t).Services {
		for _, port := range service.Ports {
			known[fmt.Sprintf("%s:%d", service.Name, port.Target)] = true
		}
	}
	return known
}

func addresses(configs discovery.Configs) []string {
	var out []string
	for _, c := range configs {
		static, _ := c.(discovery.StaticConfig)
		for _, group := range static {
			for _, target := range group.Targets {
				out = append(out, string(target[model.AddressLabel]))
			}
		}
	}
	return out
}
