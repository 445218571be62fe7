package panel

import (
	"math"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// threshold is where a step of a series' thresholds begins: ok is false for the
// lowest, which has no beginning. Percentages are of the field's own scale.
func (p *tsPlot) threshold(s *tsSeries, i int) (v float64, ok bool) {
	t := s.field.Config.Thresholds
	if t.Steps[i].Value == nil {
		return 0, false
	}
	v = *t.Steps[i].Value
	if t.Mode == "percentage" {
		v = s.field.Low + v/100*(s.field.High-s.field.Low)
	}
	return v, tsFinite(v)
}

// thresholds draws the thresholds of each scale, once: those of the first series
// that shows any.
func (p *tsPlot) thresholds() []draw.Node {
	var nodes []draw.Node
	for _, c := range p.scales {
		for _, s := range c.series {
			mode := s.style.ThresholdsStyle.Mode
			if s.hidden() || mode == "" || mode == "off" {
				continue
			}
			if strings.Contains(mode, "area") {
				nodes = append(nodes, p.thresholdAreas(s)...)
			}
			if strings.Contains(mode, "line") || strings.Contains(mode, "dash") {
				nodes = append(nodes, p.thresholdLines(s, strings.Contains(mode, "dash"))...)
			}
			break
		}
	}
	return nodes
}

// thresholdAreas are bands from step to step, at the opacity of Grafana's.
func (p *tsPlot) thresholdAreas(s *tsSeries) []draw.Node {
	var nodes []draw.Node
	top := 0.0
	for i := len(s.field.Config.Thresholds.Steps) - 1; i >= 0; i-- {
		foot := p.h
		if v, ok := p.threshold(s, i); ok {
			foot = min(max(s.scale.y(v), 0), p.h)
		}
		if ink := p.in.Theme.Color(s.field.Config.Thresholds.Steps[i].Color); foot > top {
			nodes = append(nodes, &draw.Rect{X: p.x, Y: p.y + top, W: p.w, H: foot - top, Fill: draw.Solid(theme.Alpha(ink, 0.15))})
		}
		top = math.Max(top, foot)
	}
	return nodes
}

func (p *tsPlot) thresholdLines(s *tsSeries, dashed bool) []draw.Node {
	var nodes []draw.Node
	for i, step := range s.field.Config.Thresholds.Steps {
		v, ok := p.threshold(s, i)
		if y := s.scale.y(v); ok && y >= 0 && y <= p.h {
			var o draw.Outline
			o.Move(p.x, math.Round(p.y+y))
			o.Line(p.x+p.w, math.Round(p.y+y))
			stroke := draw.Stroke{Paint: draw.Solid(theme.Alpha(p.in.Theme.Color(step.Color), 0.7)), Width: 2}
			if dashed {
				stroke.Dash = []float64{10, 10}
			}
			nodes = append(nodes, &draw.Path{Outline: o, Stroke: stroke})
		}
	}
	return nodes
}

// annotations marks moments by a dashed line with a triangle at its foot, and
// spans of time by a shade between two such lines.
func (p *tsPlot) annotations() []draw.Node {
	var nodes []draw.Node
	for _, m := range p.in.Marks {
		from, to := p.time(m.From), p.time(max(m.From, m.To))
		if to < 0 || from > p.w {
			continue
		}
		g := &draw.Group{Class: "annotation", Title: m.Title}
		if to > from {
			l, r := math.Max(from, 0), math.Min(to, p.w)
			g.Nodes = append(g.Nodes,
				&draw.Rect{X: p.x + l, Y: p.y, W: r - l, H: p.h, Fill: draw.Solid(theme.Alpha(m.Color, 0.1))},
				&draw.Rect{X: p.x + l, Y: p.y + p.h, W: r - l, H: axisTick, Fill: draw.Solid(m.Color)})
		}
		for _, x := range []float64{from, to} {
			if x >= 0 && x <= p.w {
				g.Nodes = append(g.Nodes, p.annotationLine(m, x, to > from)...)
			}
			if to == from {
				break
			}
		}
		nodes = append(nodes, g)
	}
	return nodes
}

func (p *tsPlot) annotationLine(m Mark, x float64, region bool) []draw.Node {
	at := axisCrisp(p.x + x)
	var line draw.Outline
	line.Move(at, p.y)
	line.Line(at, p.y+p.h)
	nodes := []draw.Node{&draw.Path{Outline: line, Stroke: draw.Stroke{Paint: draw.Solid(m.Color), Width: 1, Dash: []float64{5, 5}}}}
	if region {
		return nodes
	}
	var tip draw.Outline
	tip.Move(at, p.y+p.h)
	tip.Line(at+5, p.y+p.h+6)
	tip.Line(at-5, p.y+p.h+6)
	tip.Close()
	return append(nodes, &draw.Path{Outline: tip, Fill: draw.Solid(m.Color)})
}

// exemplars draws single requests as diamonds on the first scale. One beyond its
// ends lies at the edge: to see that it is there says more than its height.
func (p *tsPlot) exemplars() []draw.Node {
	const most = 2000
	var nodes []draw.Node
	for _, f := range p.in.Frames {
		times := tsTimes(f)
		if !f.Exemplars || times == nil || len(p.scales) == 0 {
			continue
		}
		for i, t := range times.Times {
			v, ok := tsExemplarValue(f, i)
			if x := p.time(t); ok && x >= 0 && x <= p.w && len(nodes) < most {
				nodes = append(nodes, p.exemplar(f, i, x, v))
			}
		}
	}
	return nodes
}

// tsExemplarValue is the number in a row of exemplars.
func tsExemplarValue(f frame.Frame, row int) (float64, bool) {
	for _, field := range f.Fields {
		if field.Kind == frame.Number && row < len(field.Numbers) {
			return field.Numbers[row], tsFinite(field.Numbers[row])
		}
	}
	return 0, false
}

func (p *tsPlot) exemplar(f frame.Frame, row int, x, v float64) draw.Node {
	const size = 4.5
	x, y := p.x+x+0.5, p.y+min(max(p.scales[0].y(v), 0), p.h)
	var o draw.Outline
	o.Move(x, y-size)
	o.Line(x+size, y)
	o.Line(x, y+size)
	o.Line(x-size, y)
	o.Close()
	ink := p.in.Theme.Color("blue")
	return &draw.Group{Class: "exemplar", Title: tsExemplarTitle(f, row), Nodes: []draw.Node{
		&draw.Path{Outline: o, Fill: draw.Solid(theme.Alpha(ink, 0.8)), Stroke: draw.Stroke{Paint: draw.Solid(p.in.Theme.Panel()), Width: 1}},
	}}
}

// tsExemplarTitle lists the labels of an exemplar, such as the trace it is from.
func tsExemplarTitle(f frame.Frame, row int) string {
	const most = 20
	var lines []string
	for _, field := range f.Fields {
		if field.Kind == frame.String && row < len(field.Strings) && field.Strings[row] != "" && len(lines) < most {
			lines = append(lines, field.Name+": "+chromeShort(field.Strings[row]))
		}
	}
	return strings.Join(lines, "\n")
}
