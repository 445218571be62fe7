package term

import (
	"encoding/json"
	"image/color"
	"math"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// reduced is one number of a panel that shows single values.
type reduced struct {
	title string
	shown frame.Shown
	raw   float64
	from  series
}

// reduce makes the panel's single values: one of each field by each of its
// calculations, or one of each row.
func (d drawing) reduce() []reduced {
	var o struct {
		ReduceOptions struct {
			Values bool     `json:"values"`
			Calcs  []string `json:"calcs"`
		} `json:"reduceOptions"`
	}
	_ = json.Unmarshal(d.in.Panel.Options, &o) // what is not understood is the default
	calculations := o.ReduceOptions.Calcs
	if len(calculations) == 0 {
		calculations = []string{"lastNotNull"}
	}
	var out []reduced
	for _, s := range d.numbers() {
		if o.ReduceOptions.Values {
			for _, v := range s.Numbers {
				out = append(out, reduced{s.Title, s.show.Number(v), v, s})
			}
			continue
		}
		for _, calculation := range calculations {
			out = append(out, s.reduce(calculation, len(calculations) > 1))
		}
	}
	return out
}

// reduce makes one value of a series; of several calculations it has the name
// in its title.
func (s series) reduce(calculation string, several bool) reduced {
	title := s.Title
	if several {
		title += " " + frame.CalculationName(calculation)
	}
	v, ok := frame.Reduce(s.Field, calculation)
	if !ok {
		v = s.last()
	}
	return reduced{title, s.show.Number(v), v, s}
}

// values writes each value in its colour, with the way it came below it if there
// is room: a line of eighths of blocks.
func (d drawing) values() {
	list := d.reduce()
	per := max(1, d.H/max(len(list), 1))
	for i, v := range list {
		y := i * per
		x := 0
		if len(list) > 1 {
			x = d.text(0, y, d.W*2/3, v.title, color.NRGBA{}, faint) + 1
		}
		d.text(x, y, d.W, v.shown.String(), v.shown.Color, bold)
		if per > 2 && len(v.from.times) > 1 {
			d.spark(y+1, per-2, v)
		}
	}
}

// spark draws a graph without axes over the whole width.
func (d drawing) spark(y, rows int, v reduced) {
	lo, hi := span([]series{v.from})
	if lo > hi {
		return
	}
	field := newDots(d.W, rows)
	d.curve(field, v.from, lo, hi)
	field.onto(d.Canvas, 0, y)
}

// bars draws a bar for each value, from the minimum to the maximum.
func (d drawing) bars() {
	list := d.reduce()
	label, figure := 0, 0
	for _, v := range list {
		label = max(label, textWidth(v.title))
		figure = max(figure, textWidth(v.shown.String()))
	}
	label = min(label, d.W/3)
	for y, v := range list {
		if y == d.H-1 && len(list) > d.H {
			d.more(y, len(list)-y)
			return
		}
		d.text(0, y, label, v.title, color.NRGBA{}, plain)
		d.bar(label+1, y, d.W-label-figure-2, v.shown.Percent, v.shown.Color)
		d.right(d.W, y, v.shown.String(), v.shown.Color, bold)
	}
}

// eighths are the block elements from one eighth to a whole (U+258F to U+2588).
var eighths = []rune("▏▎▍▌▋▊▉█")

// bar is a horizontal bar of a share from 0 to 1 of a width.
func (d drawing) bar(x, y, width int, share float64, ink color.NRGBA) {
	if width < 1 || math.IsNaN(share) {
		return
	}
	n := int(math.Round(clamp(share, 0, 1) * float64(8*width)))
	text := strings.Repeat("█", n/8)
	if n%8 > 0 {
		text += string(eighths[n%8-1])
	}
	d.text(x, y, x+width, text, ink, plain)
}

// more says how many were left out.
func (d drawing) more(y, n int) {
	d.text(0, y, d.W, "… "+plural(n, "more"), color.NRGBA{}, faint)
}

// shares draws each value with its share of the sum.
func (d drawing) shares() {
	list := d.reduce()
	sum := 0.0
	for _, v := range list {
		if v.raw > 0 {
			sum += v.raw
		}
	}
	for i := range list {
		list[i].shown.Percent = math.Max(list[i].raw, 0) / math.Max(sum, math.SmallestNonzeroFloat64)
	}
	label := 0
	for _, v := range list {
		label = max(label, textWidth(v.title))
	}
	label = min(label, d.W/3)
	for y, v := range list {
		if y == d.H-1 && len(list) > d.H {
			d.more(y, len(list)-y)
			return
		}
		text := percent(v.shown.Percent) + " " + v.shown.String()
		d.text(0, y, label, v.title, color.NRGBA{}, plain)
		d.bar(label+1, y, d.W-label-2-max(textWidth(text), 12), v.shown.Percent, v.from.ink())
		d.right(d.W, y, text, color.NRGBA{}, plain)
	}
}
