package model

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// picture writes panels as: title clone{scope} x,y wxh.
func picture(list []Panel, indent string) string {
	var b strings.Builder
	for _, p := range list {
		fmt.Fprintf(&b, "%s%s%s %v %d,%d %dx%d\n", indent, p.Title, p.Clone, p.Scope, p.Grid.X, p.Grid.Y, p.Grid.W, p.Grid.H)
		b.WriteString(picture(p.Panels, indent+"  "))
	}
	return b.String()
}

func TestExpand(t *testing.T) {
	row := func(title string, y int, repeat string) Panel {
		return Panel{Type: "row", Title: title, Grid: Grid{0, y, 24, 1}, Repeat: repeat}
	}
	panel := func(title string, x, y, w, h int, repeat string) Panel {
		return Panel{Type: "stat", Title: title, Grid: Grid{x, y, w, h}, Repeat: repeat}
	}
	values := map[string][]string{"job": {"a", "b"}, "pod": {"1", "2", "3", "4", "5"}}
	folded := row("R", 0, "job")
	folded.Collapsed, folded.Panels = true, []Panel{panel("p", 0, 1, 8, 4, "")}
	down := panel("v", 4, 0, 8, 3, "job")
	down.RepeatDirection = "v"
	for name, c := range map[string]struct {
		panels []Panel
		want   string
	}{
		"panel to the right": {[]Panel{panel("p", 0, 0, 6, 4, "pod"), panel("q", 0, 4, 6, 4, "")}, `
p map[pod:1] 0,0 6x4
p1 map[pod:2] 6,0 6x4
p2 map[pod:3] 12,0 6x4
p3 map[pod:4] 18,0 6x4
p4 map[pod:5] 0,4 6x4
q map[] 0,8 6x4
`},
		"panel downwards": {[]Panel{down, panel("beside", 12, 0, 8, 3, ""), panel("q", 0, 3, 6, 4, "")}, `
v map[job:a] 4,0 8x3
v1 map[job:b] 4,3 8x3
beside map[] 12,0 8x3
q map[] 0,6 6x4
`},
		"row with repeated panels": {[]Panel{row("R", 0, "job"), panel("p", 0, 1, 12, 4, "pod"), panel("o", 0, 5, 6, 2, "job"), row("S", 7, ""), panel("q", 0, 8, 6, 4, "none")}, `
R map[job:a] 0,0 24x1
p map[job:a pod:1] 0,1 6x4
p1 map[job:a pod:2] 6,1 6x4
p2 map[job:a pod:3] 12,1 6x4
p3 map[job:a pod:4] 18,1 6x4
p4 map[job:a pod:5] 0,5 6x4
o map[job:a] 0,9 24x2
R1 map[job:b] 0,11 24x1
p1.0 map[job:b pod:1] 0,12 6x4
p1.1 map[job:b pod:2] 6,12 6x4
p1.2 map[job:b pod:3] 12,12 6x4
p1.3 map[job:b pod:4] 18,12 6x4
p1.4 map[job:b pod:5] 0,16 6x4
o1.0 map[job:b] 0,20 24x2
S map[] 0,22 24x1
q map[] 0,23 6x4
`},
		"collapsed row": {[]Panel{folded, row("S", 1, "")}, `
R map[job:a] 0,0 24x1
  p map[job:a] 0,1 8x4
R1 map[job:b] 0,1 24x1
  p1 map[job:b] 0,2 8x4
S map[] 0,2 24x1
`},
	} {
		before := picture(c.panels, "")
		if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), picture(Expand(Board{Panels: c.panels}, values).Panels, "")); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		if diff := cmp.Diff(before, picture(c.panels, "")); diff != "" {
			t.Errorf("%s: the board given has changed:\n%s", name, diff)
		}
	}
}

// Repeats in repeats end somewhere.
func TestExpandBounded(t *testing.T) {
	many := make([]string, 5000)
	for i := range many {
		many[i] = fmt.Sprint(i)
	}
	panels := []Panel{{Type: "row", Repeat: "x", Grid: Grid{0, 0, 24, 1}}}
	for i := range 500 {
		panels = append(panels, Panel{Type: "stat", Repeat: "x", Grid: Grid{0, i + 1, 24, 1}})
	}
	if n := len(Expand(Board{Panels: panels}, map[string][]string{"x": many}).Panels); n > 2*mostPanels {
		t.Errorf("%d panels", n)
	}
}
