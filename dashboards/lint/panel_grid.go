package lint

import "fmt"

// columns of Grafana's grid.
const columns = 24

func panelGrid() Rule {
	return Rule{
		ID:   "panel-grid",
		What: "Every panel has a place on the grid of 24 columns, and no two overlap.",
		Why:  "Grafana pushes overlapping panels apart when it opens the dashboard, so that the page is not what the file says, and saves the difference with the next edit.",
		How:  "Correct gridPos.",
		check: func(b *Board, report report) {
			var above []box
			for _, p := range b.panels {
				if p.folded {
					continue // its place counts once the row is unfolded
				}
				at := p.place().at(p.get("gridPos"))
				x, err := p.box()
				if err != nil {
					report(at, err.Error())
					continue
				}
				for _, other := range above {
					if x.overlaps(other) {
						report(at, fmt.Sprintf("it overlaps panel %q", other.name))
					}
				}
				above = append(above, x)
			}
		},
	}
}

// box is a place on the grid.
type box struct {
	x, y, w, h float64
	name       string
}

func (p *panel) box() (box, error) {
	g := p.get("gridPos")
	if g == nil {
		return box{}, fmt.Errorf("it has no place on the grid")
	}
	b := box{name: p.name()}
	for key, to := range map[string]*float64{"x": &b.x, "y": &b.y, "w": &b.w, "h": &b.h} {
		*to, _ = g.get(key).number()
	}
	switch {
	case b.w <= 0 || b.h <= 0:
		return box{}, fmt.Errorf("it is %v columns wide and %v rows high", b.w, b.h)
	case b.x < 0 || b.y < 0 || b.x+b.w > columns:
		return box{}, fmt.Errorf("it leaves the grid: columns %v to %v of %d", b.x, b.x+b.w, columns)
	}
	return b, nil
}

func (b box) overlaps(o box) bool {
	return b.x < o.x+o.w && o.x < b.x+b.w && b.y < o.y+o.h && o.y < b.y+b.h
}
