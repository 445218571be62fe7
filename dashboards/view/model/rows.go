package model

import (
	"encoding/json"
	"math"
)

// rawRow is a row up to Grafana 5, whose panels flow from left to right.
type rawRow struct {
	Title     text              `json:"title"`
	ShowTitle boolean           `json:"showTitle"`
	Collapse  boolean           `json:"collapse"`
	Height    number            `json:"height"`
	Repeat    text              `json:"repeat"`
	Panels    []json.RawMessage `json:"panels"`
}

// cell is the height in px of a row of the grid with its gap.
const cell = 38

// fromRows places the panels of rows on the grid. Headers appear as soon as one
// row needs one.
func fromRows(rows []rawRow, kinds types) []Panel {
	headers := false
	for _, r := range rows {
		headers = headers || bool(r.ShowTitle) || bool(r.Collapse) || r.Repeat != ""
	}
	var out []Panel
	y := 0
	for _, r := range rows {
		head := Panel{Type: "row", Title: string(r.Title), Collapsed: bool(r.Collapse), Repeat: string(r.Repeat), Grid: Grid{Y: y, W: 24, H: 1}}
		if headers {
			y++
		}
		inside, end := r.place(y, kinds)
		if head.Collapsed {
			head.Panels = inside
			inside = nil
		} else {
			y = end
		}
		if headers {
			out = append(out, head)
		}
		out = append(out, inside...)
	}
	return out
}

// place lays the panels out from y on and returns where the row ends.
func (r rawRow) place(y int, kinds types) ([]Panel, int) {
	var out []Panel
	x, bottom := 0, y
	for _, raw := range r.Panels {
		p, ok := parsePanel(raw, kinds)
		if !ok {
			continue
		}
		var size struct{ Span, Height number }
		_ = read(raw, &size)
		w := size.Span.within(1, 12, 4) * 2
		h := cells(size.Height, cells(r.Height, 7))
		if x+w > 24 {
			x, y = 0, bottom
		}
		p.Grid = Grid{X: x, Y: y, W: w, H: h}
		x, bottom = x+w, max(bottom, y+h)
		out = append(out, p)
	}
	return out, bottom
}

// cells is a height in px as rows of the grid.
func cells(px number, fallback int) int {
	if px.value == nil || *px.value <= 0 || *px.value > maxCells {
		return fallback
	}
	return max(3, int(math.Ceil(*px.value/cell)))
}
