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
// each row is a header, followed by its panels. A row whose title is hidden has no
// header, and the panels of a collapsed row are stored inside it. The extras
// are returned by the id that their panel got.
func layOut(rows []*sdk.Row, page Page) ([]dashboard.PanelOrRowPanel, map[uint32]Extra, error) {
	var out []dashboard.PanelOrRowPanel
	l := layout{page: page, ids: identities{}, extras: map[uint32]Extra{}}
	y := 0
	for _, r := range rows {
		top := y
		if r.ShowTitle {
			top += rowHeight
		}
		panels, bottom, err := l.fill(r, top)
		if err != nil {
			return nil, nil, err
		}
		if r.ShowTitle {
			out = append(out, l.header(r, panels, y))
		}
		if r.ShowTitle && r.Collapse {
			y = top // a collapsed row takes up its header only
			continue
		}
		y = bottom
		for i := range panels {
			out = append(out, dashboard.PanelOrRowPanel{Panel: &panels[i]})
		}
	}
	return out, l.extras, nil
}

// layout is what the rows of a board share while they are laid out.
type layout struct {
	page   Page
	ids    identities
	extras map[uint32]Extra
}

// header is the heading of a row. grabana repeats a row for each value of a
// variable, and so does today's Grafana.
func (l layout) header(r *sdk.Row, panels []dashboard.Panel, y int) dashboard.PanelOrRowPanel {
	row := dashboard.RowPanel{
		Type: "row", Title: &r.Title, Collapsed: r.Collapse, Panels: []dashboard.Panel{},
		Id:      l.ids.of("row", r.Title),
		GridPos: position(0, y, columns, rowHeight),
		Repeat:  r.Repeat,
	}
	if r.Collapse && panels != nil {
		row.Panels = panels
	}
	return dashboard.PanelOrRowPanel{RowPanel: &row}
}

// fill places a row's panels from y downwards and returns where they end.
func (l layout) fill(r *sdk.Row, y int) ([]dashboard.Panel, int, error) {
	var out []dashboard.Panel
	area := grid{top: y}
	bottom := y
	for i := range r.Panels {
		old := &r.Panels[i]
		extra := l.page.Extras[PanelKey{r.Title, old.Title}]
		w := min(cmp.Or(extra.Width, int(old.Span*2), columns/2), columns)
		h := cmp.Or(extra.Height, defaultHeight)
		p, err := panel(old, extra)
		if err != nil {
			return nil, 0, fmt.Errorf("panel %q: %w", old.Title, err)
		}
		id := l.ids.of(r.Title, old.Title)
		l.extras[id] = extra
		p.Id = &id
		x, y := area.place(w, h)
		p.GridPos = position(x, y, w, h)
		out = append(out, p)
		bottom = max(bottom, y+h)
	}
	return out, bottom, nil
}

// grid places panels in reading order: each at the first free place to the right
// of or below the one before. Panels of one height make plain lines; beside a
// tall one, smaller ones stack.
type grid struct {
	top   int
	x, y  int      // where the search goes on, y from the top
	lines []uint32 // a bit for each column that is taken, by line
}

func (g *grid) place(w, h int) (x, y int) {
	for x, y = g.x, g.y; !g.free(x, y, w, h); {
		if x++; x+w > columns {
			x, y = 0, y+1
		}
	}
	for i := y; i < y+h; i++ {
		if i == len(g.lines) {
			g.lines = append(g.lines, 0)
		}
		g.lines[i] |= mask(x, w)
	}
	g.x, g.y = x, y
	return x, g.top + y
}

func (g *grid) free(x, y, w, h int) bool {
	if x+w > columns {
		return false
	}
	for i := y; i < min(y+h, len(g.lines)); i++ {
		if g.lines[i]&mask(x, w) != 0 {
			return false
		}
	}
	return true
}

func mask(x, w int) uint32 { return (1<<w - 1) << x }

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
