package panel

import (
	"math"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// Measured on Grafana 12.4, px.
const (
	chromeTitleX    = 13
	chromeTitleY    = 25.6 // the foot of the title's letters
	chromeMiddle    = 21   // of the header
	chromeErrorSize = 32
	chromeMarkStep  = 33 // from mark to mark
	chromeMarkFirst = 23.6
	chromeMostLinks = 4
)

// chromeHasHead tells whether the header takes room: a panel without a title
// gives it to the body, unless there is a mark to show.
func chromeHasHead(in Input) bool {
	return in.Panel.Title != "" || in.Panel.Description != "" || len(in.Panel.Links) > 0 || in.Err != nil
}

// chromeHead is the title with the marks around it: an error before, description
// and links behind.
func chromeHead(in Input) []draw.Node {
	if !chromeHasHead(in) {
		return nil
	}
	var nodes []draw.Node
	x := float64(chromeTitleX)
	if in.Err != nil {
		nodes = append(nodes, chromeErrorMark(in, x))
		x += chromeErrorSize + 8
	}
	marks := chromeMarks(in)
	font := draw.Font{Size: 14, Weight: 500}
	room := in.W - x - chromeTitleX
	if len(marks) > 0 {
		room -= chromeMarkFirst + chromeMarkStep*float64(len(marks)-1)
	}
	title := chromeCut(in.Panel.Title, font, math.Max(room, 0))
	nodes = append(nodes, &draw.Text{X: x, Y: chromeTitleY, Text: title, Font: font, Color: in.Theme.Text()})
	x += font.Width(title) + chromeMarkFirst
	for _, mark := range marks {
		mark.X, mark.Y = math.Round(x), chromeMiddle
		nodes = append(nodes, mark)
		x += chromeMarkStep
	}
	return nodes
}

// chromeMarks are the marks behind the title, around their own origin: one for
// the description, and one for each link where Grafana opens a menu, which a
// picture cannot.
func chromeMarks(in Input) []*draw.Group {
	ink := draw.Stroke{Paint: draw.Solid(in.Theme.TextSecondary()), Width: 1.2, Round: true}
	var marks []*draw.Group
	if in.Panel.Description != "" {
		marks = append(marks, &draw.Group{Class: "description", Title: in.Panel.Description, Nodes: chromeInfoIcon(ink)})
	}
	for i, link := range in.Panel.Links {
		if i == chromeMostLinks {
			break
		}
		title := link.Title
		if title == "" {
			title = link.URL
		}
		marks = append(marks, &draw.Group{Class: "link", Title: title, Href: link.URL, Nodes: chromeLinkIcon(ink)})
	}
	return marks
}

// chromeInfoIcon is an i in a circle.
func chromeInfoIcon(ink draw.Stroke) []draw.Node {
	var stem, dot draw.Outline
	stem.Move(0, 0)
	stem.Line(0, 2.6)
	dot.Move(0, -2.6)
	dot.Line(0, -2.5)
	return []draw.Node{
		&draw.Circle{R: 6, Stroke: ink},
		&draw.Path{Outline: stem, Stroke: ink},
		&draw.Path{Outline: dot, Stroke: draw.Stroke{Paint: ink.Paint, Width: 1.5, Round: true}},
	}
}

// chromeLinkIcon is an arrow that leaves a box.
func chromeLinkIcon(ink draw.Stroke) []draw.Node {
	var box, arrow draw.Outline
	box.Move(-0.5, -4)
	box.Line(-6, -4)
	box.Line(-6, 6)
	box.Line(4, 6)
	box.Line(4, 0.5)
	arrow.Move(-1.5, 1.5)
	arrow.Line(6, -6)
	arrow.Move(2, -6)
	arrow.Line(6, -6)
	arrow.Line(6, -2)
	return []draw.Node{&draw.Path{Outline: box, Stroke: ink}, &draw.Path{Outline: arrow, Stroke: ink}}
}

// chromeErrorMark is a warning sign in a red square, whose tooltip is the error.
func chromeErrorMark(in Input, x float64) draw.Node {
	stroke := draw.Stroke{Paint: draw.Solid(in.Theme.Contrast(in.Theme.Error())), Width: 1.2, Round: true}
	var sign, bang draw.Outline
	sign.Move(0, -6)
	sign.Line(7, 6)
	sign.Line(-7, 6)
	sign.Close()
	bang.Move(0, -2)
	bang.Line(0, 1.5)
	bang.Move(0, 3.7)
	bang.Line(0, 3.8)
	const half = chromeErrorSize / 2
	return &draw.Group{X: x + half, Y: chromeMiddle, Class: "error", Title: chromeErrorText(in.Err), Nodes: []draw.Node{
		&draw.Rect{X: -half, Y: -half, W: chromeErrorSize, H: chromeErrorSize, R: chromeRadius, Fill: draw.Solid(in.Theme.Error())},
		&draw.Path{Outline: sign, Stroke: stroke},
		&draw.Path{Outline: bang, Stroke: stroke},
	}}
}
