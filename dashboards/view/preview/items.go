package preview

import (
	"slices"
	"strconv"

	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/page"
)

// maxPanels bounds what one page asks for.
const maxPanels = 300

// narrow is the width in px below which panels stand one below the other. The
// style sheet says the same.
const narrow = 700

// item is a panel or the header of a row, where it stands on the page.
type item struct {
	// key names the item in URLs and events: the panel's id, which copy of a
	// repeated panel it is, and a number where an id is not the panel's alone.
	key   string
	panel model.Panel
	grid  model.Grid
	// open tells of a row that its panels are shown, count how many it has.
	open  bool
	count int
}

func (i item) row() bool { return i.panel.Type == "row" }

// group is a row with the panels in it, or the panels before the first row.
type group struct {
	row    *item
	panels []item
}

// lay lists what stands on the page, rows open or closed as the state says.
func lay(panels []model.Panel, s state) []item {
	var out []item
	bottom := 0
	for _, g := range groups(panels) {
		if g.row != nil {
			g.row.count = len(g.panels)
			g.row.open = g.row.panel.Collapsed == slices.Contains(s.Toggled, g.row.key)
			g.row.panel.Grid.Y = bottom
			bottom++
			out = append(out, *g.row)
			if !g.row.open {
				continue
			}
		}
		top := bottom
		if len(g.panels) > 0 {
			top -= g.panels[0].panel.Grid.Y
		}
		for _, one := range g.panels {
			one.panel.Grid.Y += top
			bottom = max(bottom, one.panel.Grid.Y+one.panel.Grid.H)
			out = append(out, one)
		}
	}
	if len(out) > maxPanels {
		out = out[:maxPanels]
	}
	for i, g := range page.Grid(onlyPanels(out)) {
		out[i].grid = g
	}
	return out
}

// groups sorts panels to their rows. The panels of a group are in the order of
// the page, so that the first one stands highest.
func groups(panels []model.Panel) []group {
	keys := map[string]int{}
	newItem := func(p model.Panel) item {
		key := strconv.FormatInt(p.ID, 10)
		if p.Clone != "" {
			key += "-" + p.Clone
		}
		if keys[key]++; keys[key] > 1 {
			key += "_" + strconv.Itoa(keys[key])
		}
		return item{key: key, panel: p}
	}
	out := []group{{}}
	for _, p := range panels {
		one := newItem(p)
		if !one.row() {
			last := &out[len(out)-1]
			last.panels = append(last.panels, one)
			continue
		}
		g := group{row: &one}
		for _, inside := range p.Panels {
			g.panels = append(g.panels, newItem(inside))
		}
		out = append(out, g)
	}
	return out
}

func onlyPanels(items []item) []model.Panel {
	out := make([]model.Panel, len(items))
	for i, one := range items {
		out[i] = one.panel
	}
	return out
}

// find is the item with a key, also in rows that are closed.
func find(panels []model.Panel, key string) (item, bool) {
	for _, g := range groups(panels) {
		for _, one := range g.panels {
			if one.key == key {
				return one, true
			}
		}
	}
	return item{}, false
}

// size is the window of a page as far as pictures go, in px.
type size struct{ w, h float64 }

// sizes are the widths and heights of the items' pictures in px, on a grid that
// is w px wide, margins not counted.
func sizes(items []item, w float64) []size {
	out := make([]size, len(items))
	places, _ := page.Layout(onlyPanels(items), w+2*page.Margin)
	for i, place := range places {
		out[i] = size{place.W, place.H}
		if w < narrow {
			out[i] = onPhone(items[i].panel, size{w, place.H})
		}
	}
	return out
}

// tableWidth is how wide the picture of a table is at least on a phone, in px:
// its columns stay readable, and the page scrolls it to the side.
const tableWidth = 720

// onPhone is the size of a panel's picture on a page that is narrow.
func onPhone(p model.Panel, box size) size {
	if p.Type == "table" {
		box.w = max(box.w, tableWidth)
	}
	return box
}
