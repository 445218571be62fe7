package modern

import (
	"cmp"
	"fmt"
	"hash/fnv"

	"github.com/K-Phoen/sdk"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// columns is the width of Grafana's grid.
const columns = 24

// Default sizes in Grafana's grid.
const (
	defaultHeight = 8
	rowHeight     = 1
)

// layOut turns grabana's legacy rows into a flat list of panels with positions:
// each row is a header, and its panels follow from left to right, wrapping
// where the grid ends. The panels of a collapsed row are stored inside it.
func layOut(rows []*sdk.Row, page Page) ([]dashboard.PanelOrRowPanel, error) {
	var out []dashboard.PanelOrRowPanel
	ids := identities{}
	y := 0
	for _, r := range rows {
		header := dashboard.RowPanel{
			Type: "row", Title: &r.Title, Collapsed: r.Collapse, Panels: []dashboard.Panel{},
			Id:      ids.of("row", r.Title),
			GridPos: position(0, y, columns, rowHeight),
		}
		y += rowHeight
		panels, bottom, err := fill(r, page, ids, y)
		if err != nil {
			return nil, err
		}
		if r.Collapse {
			header.Panels = panels
			out = append(out, dashboard.PanelOrRowPanel{RowPanel: &header})
			continue // a collapsed row takes up its header only
		}
		y = bottom
		out = append(out, dashboard.PanelOrRowPanel{RowPanel: &header})
		for i := range panels {
			out = append(out, dashboard.PanelOrRowPanel{Panel: &panels[i]})
		}
	}
	return out, nil
}

// fill places a row's panels from y downwards and returns where they end.
func fill(r *sdk.Row, page Page, ids identities, y int) ([]dashboard.Panel, int, error) {
	var out []dashboard.Panel
	x, bottom := 0, y
	for i := range r.Panels {
		old := &r.Panels[i]
		extra := page.Extras[PanelKey{r.Title, old.Title}]
		w := cmp.Or(extra.Width, int(old.Span*2), columns/2)
		h := cmp.Or(extra.Height, defaultHeight)
		if x+w > columns {
			x, y = 0, bottom
		}
		p, err := panel(old, extra)
		if err != nil {
			return nil, 0, fmt.Errorf("panel %q: %w", old.Title, err)
		}
		p.Id = pointer(ids.of(r.Title, old.Title))
		p.GridPos = position(x, y, w, h)
		out = append(out, p)
		x, bottom = x+w, max(bottom, y+h)
	}
	return out, bottom, nil
}

func position(x, y, w, h int) *dashboard.GridPos {
	return &dashboard.GridPos{X: uint32(x), Y: uint32(y), W: uint32(w), H: uint32(h)}
}

// identities gives every panel of a board an id that depends on its row and its
// title only, so that links to a panel survive when others are added or moved.
// grabana counts panels across the whole process.
type identities map[uint32]bool

func (taken identities) of(row, title string) uint32 {
	h := fnv.New32a()
	fmt.Fprintf(h, "%s\x00%s", row, title)
	id := h.Sum32()%99_999 + 1 // short enough to read in a URL
	for taken[id] {
		id++
	}
	taken[id] = true
	return id
}
