package model

import "strconv"

// MaxClones is how many copies of a panel or of a row [Expand] makes at most.
const MaxClones = 200

// defaultPerRow is how many repeated panels stand beside each other.
const defaultPerRow = 4

// mostPanels bounds what repeats in repeats can grow to.
const mostPanels = 10_000

// expansion is what is known while a board is expanded.
type expansion struct {
	values map[string][]string
	left   int // how many copies may still be made
}

// Expand repeats rows and panels for the values of the variables that they name,
// each copy with its value in Scope, and moves down what lies below. A variable
// without values leaves one panel. The board given is not changed.
func Expand(b Board, values map[string][]string) Board {
	e := expansion{values, mostPanels}
	var out []Panel
	shift := 0
	for _, s := range sections(b.Panels) {
		list := []string{""}
		if s.row != nil {
			list = e.repeats(s.row.Repeat, len(s.panels)+1)
		}
		for i, value := range list {
			copied := s.clone(i, value)
			inside, grown := e.panels(copied.panels)
			out = append(out, copied.moved(shift+s.height()*i, inside)...)
			if !s.closed() {
				shift += grown
			}
		}
		shift += s.height() * (len(list) - 1)
	}
	b.Panels = out
	return b
}

// repeats are the values for which something of a size is repeated, one "" if it
// is not.
func (e *expansion) repeats(name string, size int) []string {
	list := e.values[name]
	if name == "" || len(list) == 0 {
		return []string{""}
	}
	list = list[:max(1, min(len(list), MaxClones, e.left/size))]
	e.left -= len(list) * size
	return list
}

// section is a row with the panels under it; those above the first row have none.
type section struct {
	row    *Panel
	panels []Panel
}

func sections(list []Panel) []section {
	var out []section
	for _, p := range list {
		switch {
		case p.Type == "row":
			row := p
			row.Panels = nil
			out = append(out, section{row: &row, panels: p.Panels})
		case len(out) == 0 || out[len(out)-1].closed():
			out = append(out, section{panels: []Panel{p}})
		default:
			last := &out[len(out)-1]
			last.panels = append(last.panels[:len(last.panels):len(last.panels)], p)
		}
	}
	return out
}

// closed tells whether panels that follow are not the section's: those of a
// collapsed row are in it.
func (s section) closed() bool { return s.row != nil && s.row.Collapsed }

// height is how many cells of the grid the section takes on the page.
func (s section) height() int {
	if s.row == nil {
		return 0
	}
	bottom := s.row.Grid.Y + s.row.Grid.H
	if !s.row.Collapsed {
		for _, p := range s.panels {
			bottom = max(bottom, p.Grid.Y+p.Grid.H)
		}
	}
	return bottom - s.row.Grid.Y
}

// clone is the section for one value.
func (s section) clone(i int, value string) section {
	if s.row == nil || s.row.Repeat == "" || value == "" {
		return s
	}
	row := s.row.clone(i, s.row.Repeat, value)
	out := section{row: &row}
	for _, p := range s.panels {
		out.panels = append(out.panels, p.clone(i, s.row.Repeat, value))
	}
	return out
}

// clone is the panel for one value of a variable.
func (p Panel) clone(i int, name, value string) Panel {
	scope := map[string]string{name: value}
	for k, v := range p.Scope {
		scope[k] = v
	}
	p.Scope = scope
	switch {
	case i > 0 && p.Clone != "":
		p.Clone += "." + strconv.Itoa(i)
	case i > 0:
		p.Clone = strconv.Itoa(i)
	case p.Clone != "":
		p.Clone += ".0"
	}
	return p
}

// moved has the row and its panels moved down.
func (s section) moved(down int, inside []Panel) []Panel {
	for i := range inside {
		inside[i].Grid.Y += down
	}
	if s.row == nil {
		return inside
	}
	row := *s.row
	row.Grid.Y += down
	if row.Collapsed {
		row.Panels = inside
		return []Panel{row}
	}
	return append([]Panel{row}, inside...)
}

// panels repeats panels and returns by how much they have grown downwards.
func (e *expansion) panels(list []Panel) (out []Panel, grown int) {
	pushed := map[int]int{} // by the place of a panel that grew: how much
	for _, p := range list {
		down := 0
		for y, by := range pushed {
			if p.Grid.Y > y {
				down += by
			}
		}
		p.Grid.Y += down
		if p.Repeat == "" {
			out = append(out, p)
			continue
		}
		list := []string{p.Scope[p.Repeat]} // in a repeated row the variable has one value
		if list[0] == "" {
			list = e.repeats(p.Repeat, 1)
		}
		copies, more := p.repeated(list)
		if y := p.Grid.Y - down; more > pushed[y] {
			pushed[y] = more
		}
		out = append(out, copies...)
	}
	for _, by := range pushed {
		grown += by
	}
	return out, grown
}

// repeated are the copies of a panel, and how many cells they take more than one.
func (p Panel) repeated(list []string) ([]Panel, int) {
	name := p.Repeat
	p.Repeat = ""
	if len(list) == 1 && list[0] == "" {
		return []Panel{p}, 0
	}
	perRow := 1
	if p.RepeatDirection != "v" {
		if perRow = p.MaxPerRow; perRow == 0 {
			perRow = defaultPerRow
		}
		perRow = min(perRow, len(list), 24)
		p.Grid.X, p.Grid.W = 0, 24/perRow
	}
	var out []Panel
	for i, value := range list {
		c := p.clone(i, name, value)
		c.Grid.X += i % perRow * p.Grid.W
		c.Grid.Y += i / perRow * p.Grid.H
		out = append(out, c)
	}
	return out, ((len(list) - 1) / perRow) * p.Grid.H
}
