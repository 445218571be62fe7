package panel

import (
	"image/color"
	"math"
	"unicode/utf8"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// Measured on Grafana 12.4, px.
const (
	barLabelGap  = 15 // from the plot to the names below it
	barAxisBelow = 31
	barTextGap   = 4  // from a bar to its value
	barTextLeast = 8  // the smallest font of a value
	barTextMost  = 30 // the largest
	barLabelRoom = 0.4
)

// layoutUpright places the plot with values to the left and names below.
func (v *barView) layoutUpright(w, h float64) []draw.Node {
	v.labelRoom = h * barLabelRoom
	below := v.labelHeight()
	v.box = plotBox{axisInset, axisInset, w - 2*axisInset, h - axisInset - below}
	if !v.box.usable() {
		return nil
	}
	hidden := v.data.series[0].custom.Placement == "hidden"
	ticks := v.valueTicks(v.box.h, v.along)
	if !hidden {
		v.box.x = axisWidth(ticks)
		if v.data.series[0].custom.Label != "" {
			v.box.x += axisNamed
		}
		v.box.w = w - v.box.x - axisInset
	}
	var nodes []draw.Node
	if !hidden {
		nodes = append(axisLeft(v.in.Theme, v.box, ticks, false), v.axisName()...)
	}
	return append(nodes, v.names(w)...)
}

// axisName is the name of the value axis.
func (v *barView) axisName() []draw.Node {
	name := v.data.series[0].custom.Label
	if name == "" {
		return nil
	}
	return []draw.Node{axisName(name, v.box, 0, false, v.in.Theme.AxisText())}
}

// label is the name of a row, cut to the length that the options give.
func (v *barView) label(row int, room float64) string {
	name := v.data.names[row]
	if n := v.options.LabelLength; n > 0 && utf8.RuneCountInString(name) > n {
		name = string([]rune(name)[:n]) + "…"
	}
	return chromeCut(name, axisFont, room)
}

// rotation of the names, in degrees clockwise.
func (v *barView) rotation() float64 { return -min(max(v.options.LabelRotation, -90), 90) }

// labelHeight is the room below the plot: turned names need more of it.
func (v *barView) labelHeight() float64 {
	turn := math.Abs(math.Sin(v.rotation() * math.Pi / 180))
	if !(turn > 0) {
		return barAxisBelow
	}
	widest := 0.0
	for row := range v.data.names {
		widest = max(widest, axisFont.Width(v.label(row, v.labelRoom)))
	}
	return barAxisBelow + turn*widest
}

// names writes as many names as do not touch each other; a negative spacing
// counts from the last.
func (v *barView) names(w float64) []draw.Node {
	n := len(v.data.names)
	pitch := v.box.w / float64(n)
	every := v.labelStep(pitch)
	var nodes []draw.Node
	for i := 0; i < n; i += every {
		row := i
		if v.options.LabelSpacing < 0 {
			row = n - 1 - i
		}
		start, size := v.group(row)
		t := axisMark{start + size/2, v.label(row, v.nameRoom(pitch, every))}
		y := v.box.y + v.box.h + barLabelGap
		if v.rotation() == 0 {
			nodes = append(nodes, axisUnder([]axisMark{t}, y, w, v.in.Theme.AxisText())...)
			continue
		}
		text := &draw.Text{X: t.at, Y: y, Text: t.label, Font: axisFont, Color: v.in.Theme.Text(), Baseline: draw.Central, Rotate: v.rotation()}
		if v.rotation() < 0 {
			text.Align = draw.End
		}
		nodes = append(nodes, text)
	}
	return nodes
}

// nameRoom is how long a name may be.
func (v *barView) nameRoom(pitch float64, every int) float64 {
	if v.rotation() != 0 {
		return v.labelRoom
	}
	return max(pitch*float64(every)-4, 0)
}

// labelStep tells that every so many rows are named.
func (v *barView) labelStep(pitch float64) int {
	need := axisFont.Size + 2
	if v.rotation() == 0 {
		for row := range v.data.names {
			need = max(need, min(axisFont.Width(v.label(row, 200))+4, 120))
		}
	}
	need = max(need, min(math.Abs(v.options.LabelSpacing), 1000))
	return max(int(math.Ceil(need/pitch)), 1)
}

// layoutSideways places the plot with names to the left and values below.
func (v *barView) layoutSideways(w, h float64) []draw.Node {
	widest := 0.0
	for row := range v.data.names {
		widest = max(widest, axisFont.Width(v.label(row, w*barLabelRoom)))
	}
	left := math.Ceil(widest) + axisInset + axisGap
	v.box = plotBox{left, axisInset, w - left - 2*axisInset, h - axisInset - axisBelow}
	if !v.box.usable() {
		return nil
	}
	// Labels stand beside each other here: as wide as the widest, and a gap.
	ticks := v.valueTicks(v.box.w, v.along)
	if every := int(math.Ceil((axisWidth(ticks) + 7) * float64(len(ticks)) / v.box.w)); every > 1 {
		var some []axisMark
		for i := 0; i < len(ticks); i += every {
			some = append(some, ticks[i])
		}
		ticks = some
	}
	nodes := axisBottom(v.in.Theme, v.box, ticks, w)
	n := len(v.data.names)
	every := max(int(math.Ceil(14*float64(n)/v.box.h)), 1)
	for row := 0; row < n; row += every {
		start, size := v.group(row)
		nodes = append(nodes, &draw.Text{
			X: left - axisInset, Y: start + size/2, Text: v.label(row, w*barLabelRoom), Font: axisFont,
			Color: v.in.Theme.Text(), Align: draw.End, Baseline: draw.Central,
		})
	}
	return nodes
}

// textSize is the font size of the values, one for all bars: the widest takes 0.6
// of a bar's width, and there must be room beyond the longest bar. It is 0 if
// values are not written.
func (v *barView) textSize() float64 {
	if v.options.ShowValue == "never" {
		return 0
	}
	size := float64(barTextMost)
	probe := draw.Font{Size: 14}
	for row := range v.data.names {
		for i, b := range v.data.row(row, v.options.Stacking) {
			if math.IsNaN(b.value) {
				continue
			}
			box, width := v.bar(row, i, b), probe.Width(v.data.series[i].show.Number(b.value).String())/probe.Size
			size = min(size, v.fit(box, b, width))
		}
	}
	size = math.Round(size)
	switch {
	case v.options.ShowValue == "always":
		return max(size, barTextLeast)
	case size < barTextLeast:
		return 0
	}
	return size
}

// fit is the largest font for a text that is width px wide at 1 px.
func (v *barView) fit(box plotBox, b barSpan, width float64) float64 {
	switch {
	case width <= 0:
		return barTextMost
	case v.stacked() && v.sideways:
		return min(box.h*0.6, box.w/width)
	case v.stacked():
		return min(box.w*0.6/width, box.h)
	case v.sideways:
		return min(box.h*0.6, (v.box.x+v.box.w-box.x-box.w-barTextGap)/width)
	case b.to < 0:
		return min(box.w*0.6/width, v.box.y+v.box.h-box.y-box.h-barTextGap)
	}
	return min(box.w*0.6/width, box.y-v.box.y-barTextGap)
}

// barText writes a value beyond the end of its bar, or into it where bars are
// stacked.
func (v *barView) barText(text string, b barSpan, box plotBox, size float64, ink color.NRGBA) []draw.Node {
	t := &draw.Text{
		X: box.x + box.w/2, Y: box.y - max(3, barTextGap*size/15), Text: text,
		Font: draw.Font{Size: size}, Color: v.in.Theme.Text(), Align: draw.Middle,
	}
	switch {
	case v.stacked():
		if box.w < 2 || box.h < 2 {
			return nil
		}
		t.Y, t.Baseline, t.Color = box.y+box.h/2, draw.Central, v.in.Theme.TextOn(ink)
	case v.sideways && b.to < 0:
		t.X, t.Y, t.Align, t.Baseline = box.x-barTextGap, box.y+box.h/2, draw.End, draw.Central
	case v.sideways:
		t.X, t.Y, t.Align, t.Baseline = box.x+box.w+barTextGap, box.y+box.h/2, draw.Start, draw.Central
	case b.to < 0:
		t.Y, t.Baseline = box.y+box.h+barTextGap, draw.Top
	}
	return []draw.Node{t}
}
