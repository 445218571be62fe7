// Package source gets the data of panels.
package source

import (
	"context"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// Source answers the queries of panels and of variables.
type Source interface {
	// Query answers one panel: frames in the order of its targets, before its
	// transformations.
	Query(ctx context.Context, q Query) ([]frame.Frame, error)
	variable.Source
}

// Query is what a panel asks.
type Query struct {
	Panel model.Panel
	Range model.Range
	// Width is the panel's width in px: the most points that are worth asking for.
	Width int
	// Vars fill in the variables; those that a repeated panel has of its own are
	// put over them.
	Vars variable.Values
}
