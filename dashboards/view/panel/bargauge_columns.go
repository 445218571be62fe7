package panel

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// bargaugeName is the height below bars that stand, for their names in 14 px.
const bargaugeName = 22

// columns draws bars that stand beside each other.
func (p bargaugePanel) columns() []draw.Node {
	least := p.o.MinWidth
	if !(least > 0) {
		least = 8
	}
	width, gap, shown := bargaugeFit(len(p.all), p.w, p.gap(), least)
	bar := statBox{w: width, h: p.h}
	size := p.sized(14, p.o.Text.Title)
	if p.name != "" || shown < len(p.all) {
		bar.h -= math.Max(size*bargaugeNameLine, bargaugeName)
	}
	valueSize := 0.0
	if p.value != "" {
		bar.y = math.Max(0.1*p.h, 18)
		valueSize = p.sized(statFit(p.value, width, bar.y, 1, 400), p.o.Text.Value)
	}
	bar.h = math.Max(bar.h-bar.y, 0)
	var nodes []draw.Node
	for i, r := range p.all[:shown] {
		g := &draw.Group{X: float64(i) * (width + gap), Title: statTitle(r)}
		p.bar(r, bar, true, &g.Nodes)
		if p.name != "" && shown == len(p.all) {
			g.Nodes = append(g.Nodes, statLabel(r.Title, width/2, p.h-bargaugeName/2, width, draw.Font{Size: size}, draw.Middle, p.in.Theme.Text())...)
		}
		if p.value != "" {
			value := statValue{shown: r.Shown, size: valueSize, weight: 400}
			g.Nodes = append(g.Nodes, value.draw((width-value.width())/2, bar.y/2+value.size*statBaseline, p.ink(r))...)
		}
		nodes = append(nodes, g)
	}
	return append(nodes, p.rest(shown)...)
}
