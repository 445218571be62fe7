package term

import (
	"fmt"
	"image/color"
	"io"
	"math"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/panel"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// narrow is the width below which panels stand below each other.
const narrow = 90

// linesPerRow is the height of a row of the grid: 38 px there, and a character
// is about twice as high as it is wide.
const linesPerRow = 1.4

// Board puts panels onto a page that is so many characters wide. The grids are
// those of the page: see [model.Grid].
func Board(title string, panels []panel.Input, grids []model.Grid, width int) *Canvas {
	type spot struct{ x, y, w, h int }
	spots, height := make([]spot, len(panels)), 1
	for i, g := range grids {
		x, right := g.X*width/24, (g.X+g.W)*width/24
		y, bottom := lines(g.Y), lines(g.Y+g.H)
		if width < narrow {
			x, right, y, bottom = 0, width, height-1, height-1+max(lines(g.H), 3)
		}
		if panels[i].Panel.Type == "row" {
			bottom = y + 1
		}
		spots[i] = spot{x, y + 1, right - x, bottom - y}
		height = max(height, bottom+1)
	}
	c := NewCanvas(width, height)
	c.text(0, 0, width, title, color.NRGBA{}, bold)
	for i, in := range panels {
		s := spots[i]
		if in.Panel.Type == "row" {
			c.row(s.y, in.Panel, in.Theme)
			continue
		}
		c.paint(s.x, s.y, Panel(in, s.w, s.h))
	}
	return c
}

func lines(rows int) int { return int(math.Round(float64(rows) * linesPerRow)) }

func (c *Canvas) row(y int, p model.Panel, t theme.Theme) {
	sign := "▾ "
	if p.Collapsed {
		sign = "▸ "
	}
	c.text(0, y, c.W, sign+p.Title, color.NRGBA{}, bold)
}

// Plain writes values as lines of text, for a pipe or a file: the panel, the
// series and its newest value, or the rows of a table, between tabs.
func Plain(w io.Writer, in panel.Input) error {
	d := drawing{NewCanvas(1, 1), in}
	var b strings.Builder
	line := func(parts ...string) {
		for i := range parts {
			parts[i] = clean(parts[i])
		}
		fmt.Fprintln(&b, strings.Join(parts, "\t"))
	}
	if in.Panel.Type == "row" || in.Panel.Type == "text" {
		return nil
	}
	if in.Err != nil {
		line(in.Panel.Title, "error", in.Err.Error())
	}
	switch {
	case in.Err != nil && !anything(in.Frames):
	case !anything(in.Frames):
		line(in.Panel.Title, "No data")
	case in.Panel.Type == "table":
		plainTable(d, line)
	default:
		for _, v := range d.reduce() {
			line(in.Panel.Title, v.title, v.shown.String())
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func plainTable(d drawing, line func(...string)) {
	f := d.in.Frames[0]
	for _, row := range panel.TableRows(d.in.Panel, f) {
		parts := []string{d.in.Panel.Title}
		for _, field := range f.Fields {
			c := column{Field: field, show: d.series(frame.Frame{}, field).show}
			parts = append(parts, c.cell(row).String())
		}
		line(parts...)
	}
}

func splitLines(s string) []string { return strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") }
