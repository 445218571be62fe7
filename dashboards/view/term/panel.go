package term

import (
	"image/color"
	"strings"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/panel"
	"github.com/ginsight/ginsight/dashboards/view/theme"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// drawing is one panel being drawn: the inside of its frame.
type drawing struct {
	*Canvas
	in panel.Input
}

// painters draw the inside of a panel by its type.
var painters = map[string]func(drawing){
	"timeseries":     drawing.graph,
	"stat":           drawing.values,
	"gauge":          drawing.bars,
	"bargauge":       drawing.bars,
	"piechart":       drawing.shares,
	"table":          drawing.table,
	"text":           drawing.prose,
	"heatmap":        drawing.heatmap,
	"state-timeline": drawing.timeline,
	"status-history": drawing.timeline,
	"barchart":       drawing.categories,
	"histogram":      drawing.bars,
}

// Panel draws a panel with its frame into w x h characters.
func Panel(in panel.Input, w, h int) *Canvas {
	c := NewCanvas(w, h)
	c.box(in.Panel.Title, in.Theme)
	if c.W < 5 || c.H < 3 {
		return c
	}
	inner := drawing{NewCanvas(c.W-4, c.H-2), in}
	paint := painters[in.Panel.Type]
	switch {
	case in.Err != nil && !anything(in.Frames):
		inner.note(in.Err.Error(), in.Theme.Color("red"))
	case paint == nil:
		inner.note("A panel of type "+in.Panel.Type+" is not drawn in a terminal.", in.Theme.Color("text"))
	case in.Panel.Type != "text" && !anything(in.Frames):
		inner.note("No data", in.Theme.Color("text"))
	default:
		paint(inner)
		inner.flaw()
	}
	c.paint(2, 1, inner.Canvas)
	return c
}

// flaw says in the last line what is wrong with data that are shown all the same.
func (d drawing) flaw() {
	if d.in.Err == nil {
		return
	}
	d.text(0, d.H-1, d.W, strings.Repeat(" ", d.W), color.NRGBA{}, plain)
	d.text(0, d.H-1, d.W, cut(d.in.Err.Error(), d.W), d.in.Theme.Color("red"), plain)
}

// box draws the frame with the title in its upper edge.
func (c *Canvas) box(title string, t theme.Theme) {
	ink := color.NRGBA{}
	edge := strings.Repeat("─", max(c.W-2, 0))
	c.text(0, 0, c.W, "╭"+edge+"╮", ink, faint)
	for y := 1; y < c.H-1; y++ {
		c.text(0, y, c.W, "│", ink, faint)
		c.text(c.W-1, y, c.W, "│", ink, faint)
	}
	if c.H > 1 {
		c.text(0, c.H-1, c.W, "╰"+edge+"╯", ink, faint)
	}
	if title != "" && c.W > 6 {
		c.text(2, 0, c.W-2, " "+cut(title, c.W-6)+" ", ink, bold)
	}
}

// note writes a sentence over as many lines as it needs.
func (d drawing) note(s string, ink color.NRGBA) {
	for i, line := range wrap(s, d.W) {
		d.text(0, i, d.W, line, ink, plain)
	}
}

// wrap breaks a text at spaces into lines of a width in characters.
func wrap(s string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		switch {
		case line == "":
			line = word
		case textWidth(line)+1+textWidth(word) <= width:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	return append(lines, line)
}

// anything tells whether there is a value to show.
func anything(frames []frame.Frame) bool {
	for _, f := range frames {
		for _, field := range f.Fields {
			if field.Kind != frame.Time && field.Len() > 0 {
				return true
			}
		}
	}
	return false
}

// numbers are the fields that are lines or values, in the order of their colours.
func (d drawing) numbers() []series {
	var out []series
	for _, f := range d.in.Frames {
		if f.Exemplars {
			continue
		}
		for _, field := range f.Fields {
			if field.Kind != frame.Number && field.Kind != frame.Bool || hidden(field) {
				continue
			}
			out = append(out, d.series(f, field))
		}
	}
	return out
}

// series is a field of numbers with the times of its frame, if it has any.
type series struct {
	*frame.Field
	times []int64
	show  *value.Processor
	drawn []float64 // what the line shows, if not the values: they are stacked
}

// line is what to draw.
func (s series) line() []float64 {
	if s.drawn != nil {
		return s.drawn
	}
	return s.Numbers
}

func (d drawing) series(f frame.Frame, field *frame.Field) series {
	s := series{Field: field, show: value.For(field, d.in.Theme, d.zone())}
	for _, other := range f.Fields {
		if other.Kind == frame.Time {
			s.times = other.Times
			break
		}
	}
	return s
}

func (d drawing) zone() *time.Location {
	if d.in.Range.Zone == nil {
		return time.UTC
	}
	return d.in.Range.Zone
}

// last is the newest value there is.
func (s series) last() float64 {
	v, _ := frame.Reduce(s.Field, "lastNotNull")
	return v
}

// ink is the colour that stands for the series in a graph.
func (s series) ink() color.NRGBA { return s.show.Number(s.last()).Color }
