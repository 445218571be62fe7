package term

import (
	"encoding/json"
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// heatmap draws the rows of buckets from the lowest at the bottom, a character
// for each span of time; the more in a bucket, the stronger its colour.
func (d drawing) heatmap() {
	list := d.numbers()
	label := 0
	for _, s := range list {
		label = max(label, textWidth(s.Title))
	}
	label = min(label, d.W/3)
	_, most := span(list)
	rows := max(d.H-1, 1)
	per := (len(list) + rows - 1) / rows // buckets in a row
	for i := 0; i < len(list); i += max(per, 1) {
		y := rows - 1 - i/max(per, 1)
		d.right(label, y, cut(list[min(i+per, len(list))-1].Title, label), color.NRGBA{}, faint)
		for x, share := range d.columns(list[i:min(i+per, len(list))], d.W-label-1) {
			if share > 0 {
				// The square root lifts what is rare out of the dark, as the default
				// scale of Grafana's heatmap does.
				strength := math.Sqrt(share / most)
				ink, _ := d.in.Theme.Scheme("Oranges", strength)
				*d.at(label+1+x, y) = block(shades[min(int(strength*4), 3)], ink)
			}
		}
	}
	d.clock(label+1, d.H-1)
}

// shades are the block elements that cover a quarter of a cell, half of it, three
// quarters and all.
var shades = [4]rune{'░', '▒', '▓', '█'}

// block fills a cell with a colour. The character is seen only in a terminal
// without colours.
func block(r rune, c color.NRGBA) cell { return cell{r: r, ink: c, ground: c} }

// columns is the greatest value of some series in each of n spans of time.
func (d drawing) columns(list []series, n int) []float64 {
	out := make([]float64, max(n, 0))
	from, to := d.in.Range.From.UnixMilli(), d.in.Range.To.UnixMilli()
	for _, s := range list {
		for i, v := range s.Numbers {
			if i >= len(s.times) || math.IsNaN(v) {
				continue
			}
			at := int(float64(n) * float64(s.times[i]-from) / float64(max(to-from, 1)))
			if at = min(at, n-1); at >= 0 && s.times[i] >= from && s.times[i] <= to {
				out[at] = math.Max(out[at], v)
			}
		}
	}
	return out
}

// timeline draws a row for each field, coloured by its state, with the text of
// the newest one.
func (d drawing) timeline() {
	label := 0
	var rows []column
	var times []int64
	for _, f := range d.in.Frames {
		for _, field := range f.Fields {
			if field.Kind == frame.Time {
				times = field.Times
				continue
			}
			c := column{Field: field, show: d.series(f, field).show}
			rows = append(rows, c)
			label = max(label, textWidth(field.Title))
		}
	}
	label = min(label, d.W/3)
	for y, c := range rows {
		if y >= d.H-1 {
			break
		}
		d.text(0, y, label, c.Title, color.NRGBA{}, plain)
		d.states(c, times, label+1, y)
	}
	d.clock(label+1, d.H-1)
}

// states colours a row: each state lasts until the next one. Its name is written
// where it begins, over all the time that it lasts.
func (d drawing) states(c column, times []int64, x, y int) {
	from, to := d.in.Range.From.UnixMilli(), d.in.Range.To.UnixMilli()
	n := min(c.Len(), len(times))
	for i := 0; i < n; {
		shown := c.cell(i)
		end := i + 1
		for end < n && c.cell(end).String() == shown.String() {
			end++
		}
		next := to
		if end < n {
			next = times[end]
		}
		a, b := place(times[i], from, to, d.W-x), place(next, from, to, d.W-x)
		for j := a; j < b; j++ {
			*d.at(x+j, y) = block('─', shown.Color)
		}
		d.text(x+a, y, x+b, shown.String(), d.in.Theme.Contrast(shown.Color), plain)
		i = end
	}
}

func place(t, from, to int64, n int) int {
	return int(math.Round(clamp(float64(n)*float64(t-from)/float64(max(to-from, 1)), 0, float64(n))))
}

// prose writes the panel's text as it was typed: Markdown reads well as it is.
func (d drawing) prose() {
	var o struct{ Content string }
	_ = json.Unmarshal(d.in.Panel.Options, &o) // without a content there is nothing to write
	y := 0
	for _, line := range splitLines(o.Content) {
		for _, part := range wrap(line, d.W) {
			d.text(0, y, d.W, part, color.NRGBA{}, plain)
			y++
		}
	}
}
