package check

import (
	"context"
	"fmt"
	"time"

	"github.com/prometheus/common/model"
)

// Schema asks the server for the metrics that the boards use. Labels are those
// of series in the last lookback.
func (s *Server) Schema(ctx context.Context, list []Board, lookback time.Duration) (*Schema, error) {
	schema, to := newSchema(), time.Now()
	from := to.Add(-max(lookback, defaultLookback))
	types, err := s.api.Metadata(ctx, "", "")
	if err != nil {
		return nil, s.explain(err)
	}
	for name, entries := range types {
		f := schema.family(name)
		f.Type, f.Unit, f.Help = model.MetricType(entries[0].Type), entries[0].Unit, entries[0].Help
	}
	names, err := s.LabelValues(ctx, model.MetricNameLabel, "", from, to)
	if err != nil {
		return nil, fmt.Errorf("list metrics: %w", err)
	}
	for _, name := range names {
		schema.add(name).unseen = true
	}
	for name := range mentioned(list, schema) {
		if err := s.describe(ctx, schema.metrics[name], from, to); err != nil {
			return nil, err
		}
	}
	return schema, nil
}

// describe learns a metric's labels from its series.
func (s *Server) describe(ctx context.Context, m *Metric, from, to time.Time) error {
	series, _, _, err := s.api.Series(ctx, []string{fmt.Sprintf("{__name__=%q}", m.Name)}, from, to)
	if err != nil {
		return fmt.Errorf("list series of %s: %w", m.Name, s.explain(err))
	}
	m.series, m.unseen = len(series), len(series) == 0
	for _, labels := range series {
		for name, value := range labels {
			m.label(string(name), string(value))
		}
	}
	if m.Type == model.MetricTypeHistogram && m.Name == m.Family {
		m.Native = true
	}
	return nil
}

// mentioned are the metrics whose names occur in a board's queries: a superset
// of what the queries select.
func mentioned(list []Board, schema *Schema) map[string]bool {
	out := map[string]bool{}
	for _, b := range list {
		for _, q := range b.queries() {
			for _, word := range words.FindAllString(q.Expr, -1) {
				if schema.metrics[word] != nil {
					out[word] = true
				}
			}
		}
	}
	return out
}
