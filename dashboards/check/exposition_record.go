package check

import (
	"context"
	"fmt"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/storage"
)

// record evaluates recording rules over the time that was scraped, in turn as
// Prometheus does, until each has seen what the others made. A rule that fails is
// found when its own expression is evaluated.
func (x *Exposition) record(ctx context.Context, rules []recording, w window) error {
	for i := scrapes; i >= 0; i-- {
		app := x.db.Appender(ctx)
		at := w.to.Add(-time.Duration(i) * x.interval)
		for _, r := range rules {
			if err := x.recordOne(ctx, app, r, at); err != nil {
				return fmt.Errorf("record %s: %w", r.name, err)
			}
		}
		if err := app.Commit(); err != nil {
			return fmt.Errorf("store what rules record: %w", err)
		}
	}
	return nil
}

func (x *Exposition) recordOne(ctx context.Context, app storage.Appender, r recording, at time.Time) error {
	q, err := x.engine.NewInstantQuery(ctx, x.db, nil, r.expr, at)
	if err != nil {
		return nil // see record
	}
	defer q.Close()
	result := q.Exec(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, s := range samples(result) {
		b := labels.NewBuilder(s.Metric)
		b.Set(model.MetricNameLabel, r.name)
		for name, value := range r.labels {
			b.Set(name, value)
		}
		// Two samples for one series are one: Prometheus drops the second too.
		if s.H != nil {
			app.AppendHistogram(0, b.Labels(), at.UnixMilli(), nil, s.H) //nolint:errcheck // as above
		} else {
			app.Append(0, b.Labels(), at.UnixMilli(), s.F) //nolint:errcheck // as above
		}
	}
	return nil
}

// samples are those of an instant query, none if it failed.
func samples(r *promql.Result) promql.Vector {
	switch v := r.Value.(type) {
	case promql.Vector:
		return v
	case promql.Scalar:
		return promql.Vector{{F: v.V}}
	}
	return nil
}
