package panel

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// plot gives the states of each row to whoever points at them.
func (v *stateView) plot() *Plot {
	p := &Plot{
		X: v.box.x, Y: v.box.y, W: v.box.w, H: v.box.h,
		From: v.in.Range.From.UnixMilli(), To: v.in.Range.To.UnixMilli(),
	}
	for _, r := range v.rows {
		p.Series = append(p.Series, r.series(v.in))
	}
	return p
}

// series is a row for a tooltip. States that are no numbers are numbered in the
// order in which they occur.
func (r stateRow) series(in Input) Series {
	s := Series{Name: r.name, Times: r.times[:min(len(r.times), r.field.Len())]}
	if len(s.Times) > 0 {
		s.Color = shownAt(r.show, r.field, len(s.Times)-1).Color
	}
	if r.field.Kind == frame.Number {
		s.Values = r.field.Numbers[:len(s.Times)]
		s.Show = func(v float64) string { return r.show.Number(v).String() }
		return s
	}
	var texts []string
	numbers := map[string]int{}
	for i := range s.Times {
		text := shownAt(r.show, r.field, i).String()
		n, ok := numbers[text]
		if !ok {
			n = len(texts)
			numbers[text] = n
			texts = append(texts, text)
		}
		s.Values = append(s.Values, float64(n))
	}
	s.Show = func(v float64) string {
		if i := int(v); !math.IsNaN(v) && i >= 0 && i < len(texts) {
			return texts[i]
		}
		return ""
	}
	return s
}
