package panel

import "github.com/ginsight/ginsight/dashboards/view/draw"

// Draw draws a whole panel: frame, header and body.
func Draw(in Input) Picture {
	paint := painters[in.Panel.Type]
	if paint == nil {
		return Picture{Node: &draw.Group{}}
	}
	b := paint(in, in.W, in.H)
	return Picture{Node: &draw.Group{Nodes: b.nodes}, Plot: b.plot}
}
