package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// statSpark is the course of a value under it, on the scale of its field: the
// lowest value lies on the lower edge. Over a background of its colour it is white.
func statSpark(in Input, r reading, box statBox, ink color.NRGBA, behind bool) []draw.Node {
	line, fill := ink, theme.Alpha(ink, 0.2)
	if behind {
		line, fill = statBright(ink, 102), color.NRGBA{255, 255, 255, 102}
	}
	var nodes []draw.Node
	for _, run := range statSparkRuns(in, r, box) {
		var edge, area draw.Outline
		edge.Move(run[0].x, run[0].y)
		area.Move(run[0].x, box.y+box.h)
		area.Line(run[0].x, run[0].y)
		for _, p := range run[1:] {
			edge.Line(p.x, p.y)
			area.Line(p.x, p.y)
		}
		area.Line(run[len(run)-1].x, box.y+box.h)
		area.Close()
		nodes = append(nodes, &draw.Path{Outline: area, Fill: draw.Solid(fill)},
			&draw.Path{Outline: edge, Stroke: draw.Stroke{Paint: draw.Solid(line), Width: 1}})
	}
	return nodes
}

type statPoint struct{ x, y float64 }

// statSparkRuns are the points of the course, cut where there is no value. Points
// that would lie on the same half pixel as the one before are left out, so that
// the length of a picture is bound by its width.
func statSparkRuns(in Input, r reading, box statBox) [][]statPoint {
	times := r.Times
	from, to := in.Range.From.UnixMilli(), in.Range.To.UnixMilli()
	if to <= from {
		from, to = times[0], times[len(times)-1]
	}
	low, high := r.Field.Low, r.Field.High
	if box.w < 1 || box.h < 1 || to <= from || !(high > low) || math.IsInf(high-low, 0) {
		return nil
	}
	var runs [][]statPoint
	open := false
	for i, t := range times {
		v := r.Field.Numbers[i]
		if t < from || t > to {
			continue
		}
		if math.IsNaN(v) || frame.IsNull(v) {
			open = false
			continue
		}
		share := math.Min(math.Max((v-low)/(high-low), 0), 1)
		p := statPoint{box.x + float64(t-from)/float64(to-from)*box.w, box.y + (1-share)*box.h}
		if !open {
			runs, open = append(runs, nil), true
		}
		run := &runs[len(runs)-1]
		if n := len(*run); n > 1 && p.x-(*run)[n-1].x < 0.5 && i < len(times)-1 {
			continue
		}
		*run = append(*run, p)
	}
	return runs
}
