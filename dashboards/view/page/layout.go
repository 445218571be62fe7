package page

import (
	"cmp"
	"math"
	"slices"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// The grid of Grafana 12.4, in px: 24 columns between margins, rows of 30 px,
// and a gap between all.
const (
	columns   = 24
	margin    = 16
	gap       = 8
	rowHeight = 30
)

// Place is where a panel is on the page, in px.
type Place struct{ X, Y, W, H float64 }

// Layout places the panels of a page that is that wide, and returns its height.
// Panels move up as far as they can, as in Grafana's grid.
func Layout(panels []model.Panel, width float64) (places []Place, height float64) {
	column := (width - 2*margin - (columns-1)*gap) / columns
	for _, g := range compact(panels) {
		x := margin + float64(g.X)*(column+gap)
		y := float64(g.Y) * (rowHeight + gap)
		w := float64(g.W)*(column+gap) - gap
		h := float64(g.H)*(rowHeight+gap) - gap
		places = append(places, Place{math.Round(x), y, math.Round(w), h})
		height = math.Max(height, y+h)
	}
	return places, height
}

// compact bounds the places of the panels to the grid and moves each up until it
// meets one that stands above it.
func compact(panels []model.Panel) []model.Grid {
	out := make([]model.Grid, len(panels))
	order := make([]int, len(panels))
	for i, p := range panels {
		order[i], out[i] = i, bounded(p)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(out[a].Y, out[b].Y), cmp.Compare(out[a].X, out[b].X))
	})
	// floor is the first free row of each column.
	var floor [columns]int
	for _, i := range order {
		g := &out[i]
		g.Y = slices.Max(floor[g.X : g.X+g.W])
		for x := g.X; x < g.X+g.W; x++ {
			floor[x] = g.Y + g.H
		}
	}
	return out
}

// tallest is the most rows that a panel may have: what a file says is not to be
// trusted, and a picture has to fit into memory.
const tallest = 200

func bounded(p model.Panel) model.Grid {
	g := p.Grid
	if p.Type == "row" {
		return model.Grid{Y: g.Y, W: columns, H: 1}
	}
	g.W = min(max(g.W, 1), columns)
	g.X = min(max(g.X, 0), columns-g.W)
	g.H = min(max(g.H, 1), tallest)
	return g
}
