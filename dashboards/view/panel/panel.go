// Package panel draws panels: one file for each type.
//
// Places, sizes and colours follow Grafana 12.4, as it was measured. Where a
// picture cannot do what a page does, it says more: an error stands below "No
// data", a legend that would scroll tells how many items it leaves out and drops
// columns that are cut off, and each link of a panel has a mark of its own.
//
// What cannot be seen is not drawn: of more than four points in a column of
// pixels a graph keeps the first, lowest, highest and last, so that a picture is
// bounded by its width and not by its data.
package panel

import (
	"image/color"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// Input is what a panel is drawn from.
type Input struct {
	Panel model.Panel
	// Frames went through the panel's transformations and [frame.Apply].
	Frames []frame.Frame
	Range  model.Range
	Theme  theme.Theme
	// Vars are the values of the board's variables, for data links.
	Vars map[string][]string
	W, H float64 // px, the whole panel with its border
	// Err is why there are no data; it is shown on the panel.
	Err error
	// Marks are the moments of annotations.
	Marks []Mark
}

// Mark is an annotation; To equals From for a moment. Milliseconds since 1970.
type Mark struct {
	From, To int64
	Title    string
	Color    color.NRGBA
}

// Picture is a drawn panel.
type Picture struct {
	Node *draw.Group
	// Plot is the area with a time axis, nil if the panel has none.
	Plot *Plot
}

// Plot lets a page find the values under the pointer.
type Plot struct {
	X, Y, W, H float64 // px from the panel's top left corner
	From, To   int64   // milliseconds since 1970 at the left and right edge
	Series     []Series
}

// Series is what one line of a plot shows.
type Series struct {
	Name   string
	Color  color.NRGBA
	Times  []int64
	Values []float64
	// Show writes a value with its unit.
	Show func(float64) string
}

// painter draws the body of one type of panel into a box whose origin is its top
// left corner.
type painter func(in Input, w, h float64) body

// body is what a painter returns; the plot is relative to the body.
type body struct {
	nodes []draw.Node
	plot  *Plot
}
