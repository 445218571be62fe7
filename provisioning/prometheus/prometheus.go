// Package prometheus is the configuration of Prometheus: one embedded template
// from which both compose's prometheus.yml and the configuration of the
// embedded stack (package local) are rendered, so that the two cannot differ
// in anything but addresses and intervals.
package prometheus

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"log/slog"
	"text/template"
	"time"

	"github.com/alecthomas/units"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/config"
)

// The names of the two scrape jobs, which dashboards show as the job label.
const (
	ServiceJob    = "service"
	PrometheusJob = "prometheus"
)

// What Prometheus itself keeps to, or advises, when nothing is said.
const (
	defaultInterval  = 15 * time.Second
	defaultRetention = 15 * 24 * time.Hour
)

//go:embed prometheus.yml.tmpl
var source string

// Values is what differs between one Prometheus and another. The zero value
// renders a server that scrapes nothing.
type Values struct {
	// ScrapeInterval is the time between two scrapes of a target, whole
	// milliseconds. Zero means 15 s.
	ScrapeInterval time.Duration
	// EvaluationInterval is the time between two evaluations of a rule, whole
	// milliseconds. Zero means the scrape interval: a rule cannot see more often
	// than that something changed.
	EvaluationInterval time.Duration
	// Retention is how long samples are kept, whole milliseconds. Zero means 15
	// days.
	Retention time.Duration
	// RetentionSize limits the size of the stored blocks in bytes, whichever
	// limit is met first. Zero means no limit. The server's flags of the same
	// purpose lose against this file.
	RetentionSize units.Base2Bytes
	// Service and Prometheus are the targets of the two jobs, each host:port.
	// A job without targets is left out.
	Service, Prometheus []string
	// Alertmanagers are where alerts go, each host:port. Empty means nowhere.
	Alertmanagers []string
	// RuleFiles are patterns of rule files as the server sees them.
	RuleFiles []string
}

func (v Values) defaults() Values {
	if v.ScrapeInterval == 0 {
		v.ScrapeInterval = defaultInterval
	}
	if v.EvaluationInterval == 0 {
		v.EvaluationInterval = v.ScrapeInterval
	}
	if v.Retention == 0 {
		v.Retention = defaultRetention
	}
	return v
}

// Compose returns the values for compose's Prometheus, whose targets are
// service names. Five seconds between scrapes, because somebody watches this
// stack: the dashboards' rate window is four scrapes, so a change is visible
// after 20 s rather than the minute that the usual 15 s would take, and two
// targets cost nothing.
func Compose() Values {
	return Values{
		ScrapeInterval: 5 * time.Second,
		RetentionSize:  2 * units.GiB,
		Service:        []string{"service:8080"},
		Prometheus:     []string{"localhost:9090"},
		Alertmanagers:  []string{"alertmanager:9093"},
	}
}

// Render returns the configuration as YAML. What it returns was accepted by
// Prometheus' own parser; the error says what that parser refused.
func Render(v Values) ([]byte, error) {
	t, err := template.New("prometheus.yml").Funcs(template.FuncMap{
		"yaml":     quote,
		"duration": duration,
	}).Parse(source)
	if err != nil {
		return nil, fmt.Errorf("parse the template of prometheus.yml: %w", err)
	}
	data := struct {
		Values
		ServiceJob, PrometheusJob string
	}{v.defaults(), ServiceJob, PrometheusJob}
	var out bytes.Buffer
	if err := t.Execute(&out, data); err != nil {
		return nil, fmt.Errorf("render prometheus.yml: %w", err)
	}
	if _, err := config.Load(out.String(), slog.New(slog.DiscardHandler)); err != nil {
		return nil, fmt.Errorf("prometheus.yml is not a valid configuration: %w", err)
	}
	return out.Bytes(), nil
}

// quote writes strings and lists of them as JSON, which is YAML too: an address
// can then carry no YAML of its own.
func quote(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

func duration(d time.Duration) (string, error) {
	if d < time.Millisecond || d%time.Millisecond != 0 {
		return "", fmt.Errorf("duration %s is not a positive number of whole milliseconds", d)
	}
	return model.Duration(d).String(), nil
}
