// Package source gets the data of panels.
package source

import (
	"context"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
)

// Source answers the queries of panels.
type Source interface {
	// Query answers one panel: frames in the order of its targets, before its
	// transformations.
	Query(ctx context.Context, q Query) ([]frame.Frame, error)
	// LabelValues lists the values of a label, sorted; selector "" is any series.
	LabelValues(ctx context.Context, label, selector string, r model.Range) ([]string, error)
}

// Query is what a panel asks.
type Query struct {
	Panel model.Panel
	Range model.Range
	// Width is the panel's width in px: the most points that are worth asking for.
	Width int
	// Vars fill in the variables.
	Vars map[string][]string
}
