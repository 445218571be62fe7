package term

import (
	"image/color"
	"math"
	"slices"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// hidden tells whether a field is kept out of the picture (custom.hideFrom.viz).
func hidden(f *frame.Field) bool {
	var custom struct {
		HideFrom struct{ Viz bool } `json:"hideFrom"`
	}
	f.CustomInto(&custom)
	return custom.HideFrom.Viz
}

// graph draws lines over time, with the range of values at the left, the range
// of time below, and the last values under that.
func (d drawing) graph() {
	list := stacked(d.numbers())
	lo, hi := span(list)
	lo = based(list, lo)
	if len(list) == 0 || lo > hi {
		d.note("No data", d.in.Theme.Color("text"))
		return
	}
	legend := min(len(list), max(1, d.H/4))
	rows := d.H - legend - 1
	if rows < 1 {
		d.values()
		return
	}
	first, at := list[0].show, 0
	top, bottom := first.Number(hi).String(), first.Number(lo).String()
	at = min(max(textWidth(top), textWidth(bottom))+1, d.W/2)
	d.right(at-1, 0, top, color.NRGBA{}, faint)
	if rows > 1 {
		d.right(at-1, rows-1, bottom, color.NRGBA{}, faint)
	}
	field := newDots(d.W-at, rows)
	for _, s := range list {
		d.curve(field, s, lo, hi)
	}
	field.onto(d.Canvas, at, 0)
	d.clock(at, rows)
	d.legend(list, rows+1, legend)
}

// stacked puts series that are to be stacked onto each other. What is written of
// them in the legend stays their own value.
func stacked(list []series) []series {
	sums := map[int64]float64{}
	for i, s := range list {
		var custom struct {
			Stacking struct{ Mode string } `json:"stacking"`
		}
		s.CustomInto(&custom)
		if custom.Stacking.Mode != "normal" {
			continue
		}
		drawn := slices.Clone(s.Numbers)
		for j, v := range drawn {
			if j < len(s.times) && !math.IsNaN(v) {
				sums[s.times[j]] += v
				drawn[j] = sums[s.times[j]]
			}
		}
		list[i].drawn = drawn
	}
	return list
}

// based is the lower end of the range: stacks stand on zero.
func based(list []series, lo float64) float64 {
	for _, s := range list {
		if s.drawn != nil {
			return math.Min(lo, 0)
		}
	}
	return lo
}

// span is the range of all finite values; a flat line gets room around it.
func span(list []series) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, s := range list {
		for _, v := range s.line() {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				lo, hi = math.Min(lo, v), math.Max(hi, v)
			}
		}
		if s.Config.Min != nil {
			lo = *s.Config.Min
		}
		if s.Config.Max != nil {
			hi = *s.Config.Max
		}
	}
	if lo == hi {
		room := math.Max(math.Abs(lo)/2, 1e-9)
		return math.Min(lo-room, math.Max(lo, 0)), hi + room
	}
	return lo, hi
}

// curve connects the values of a series; a value that is not there is a gap.
func (d drawing) curve(field *dots, s series, lo, hi float64) {
	w, h := float64(2*field.w-1), float64(4*field.h-1)
	from, to := d.in.Range.From.UnixMilli(), d.in.Range.To.UnixMilli()
	ink := s.ink()
	before := false
	var x1, y1 float64
	for i, v := range s.line() {
		if i >= len(s.times) || math.IsNaN(v) || math.IsInf(v, 0) {
			before = false
			continue
		}
		x := w * float64(s.times[i]-from) / float64(max(to-from, 1))
		y := h * (hi - v) / (hi - lo)
		if x < -w || x > 2*w {
			before = false
			continue
		}
		if !before {
			x1, y1 = x, y
		}
		field.line(x1, y1, x, y, ink)
		x1, y1, before = x, y, true
	}
}

// clock writes the beginning and the end of the range below a graph.
func (d drawing) clock(x, y int) {
	layout := "15:04"
	switch length := d.in.Range.To.Sub(d.in.Range.From); {
	case length > 24*time.Hour:
		layout = "01/02 15:04"
	case length < 10*time.Minute:
		layout = time.TimeOnly
	}
	from := d.in.Range.From.In(d.zone()).Format(layout)
	to := d.in.Range.To.In(d.zone()).Format(layout)
	end := d.text(x, y, d.W, from, color.NRGBA{}, faint)
	if d.W-textWidth(to) > end {
		d.right(d.W, y, to, color.NRGBA{}, faint)
	}
}

// legend lists names and last values, several in a line if they fit.
func (d drawing) legend(list []series, y, lines int) {
	x, last := 0, y+lines-1
	for i, s := range list {
		text := s.Title + " " + s.show.Number(s.last()).String()
		if x > 0 && x+textWidth(text)+2 > d.W {
			x, y = 0, y+1
		}
		if y == last && i < len(list)-1 && x > 0 && x+textWidth(text)+8 > d.W || y > last {
			return
		}
		x = d.text(x, y, d.W, "━ ", s.ink(), plain)
		x = d.text(x, y, d.W, text, color.NRGBA{}, plain) + 2
	}
}
