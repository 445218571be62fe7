package check

import "github.com/prometheus/common/model"

// synthetic are series that Prometheus writes itself, about every target or
// every alert; no exposition has them.
// https://prometheus.io/docs/concepts/jobs_instances/
var synthetic = []Metric{
	{Name: "up", Type: model.MetricTypeGauge, Help: "Number of targets that answered, 1 or 0."},
	{Name: "scrape_duration_seconds", Type: model.MetricTypeGauge},
	{Name: "scrape_samples_scraped", Type: model.MetricTypeGauge, Help: "Number of samples."},
	{Name: "scrape_samples_post_metric_relabeling", Type: model.MetricTypeGauge, Help: "Number of samples."},
	{Name: "scrape_series_added", Type: model.MetricTypeGauge, Help: "Number of new series."},
	{Name: "scrape_timeout_seconds", Type: model.MetricTypeGauge},
	{Name: "scrape_sample_limit", Type: model.MetricTypeGauge, Help: "Number of samples."},
	{Name: "scrape_body_size_bytes", Type: model.MetricTypeGauge},
}

// alertSeries have the labels of the alerting rules, which nobody can know.
var alertSeries = map[string]bool{"ALERTS": true, "ALERTS_FOR_STATE": true}

func (s *Schema) addSynthetic() {
	for _, m := range synthetic {
		if s.metrics[m.Name] == nil {
			m.Family, m.labels, m.bounds, m.series = m.Name, map[string]int{}, map[string]bool{}, 1
			s.metrics[m.Name] = &m
		}
	}
}
