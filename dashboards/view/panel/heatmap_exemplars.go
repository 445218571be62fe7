package panel

import (
	"image/color"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// exemplars are single observations: a diamond at the time and in the row of each.
func (v *heatmapView) exemplars() []draw.Node {
	ink := color.NRGBA{255, 0, 255, 178}
	if v.options.Exemplars.Color != "" {
		ink = v.in.Theme.Color(v.options.Exemplars.Color)
	}
	var o draw.Outline
	const most = 10_000
	drawn := 0
	for _, f := range v.in.Frames {
		if !f.Exemplars {
			continue
		}
		times, values := timeAndValue(f)
		for i := 0; times != nil && values != nil && i < min(times.Len(), values.Len()) && drawn < most; i++ {
			at, ok := v.data.place(values.Numbers[i])
			if !ok {
				continue
			}
			diamond(&o, v.box.time(v.in.Range, float64(times.Times[i])), v.y(at), 4)
			drawn++
		}
	}
	if o.Empty() {
		return nil
	}
	return []draw.Node{&draw.Path{Outline: o, Fill: draw.Solid(ink)}}
}

func diamond(o *draw.Outline, x, y, r float64) {
	o.Move(x, y-r)
	o.Line(x+r, y)
	o.Line(x, y+r)
	o.Line(x-r, y)
	o.Close()
}
