package check

import (
	"context"
	"time"
)

// Source answers PromQL.
type Source interface {
	// Range evaluates an expression at from, from+step, ... up to to.
	Range(ctx context.Context, expr string, from, to time.Time, step time.Duration) ([]Series, error)
	// LabelValues lists the values of a label on the series that match a
	// selector; an empty selector means all series.
	LabelValues(ctx context.Context, label, selector string, from, to time.Time) ([]string, error)
	// ScrapeInterval is the longest interval at which a target is scraped.
	ScrapeInterval(ctx context.Context) (time.Duration, error)
}

// Series is one series of a result.
type Series struct {
	Labels map[string]string
	Points []Point
}

// Point is a value at a moment; of a native histogram, the number of
// observations.
type Point struct {
	At    time.Time
	Value float64
}
