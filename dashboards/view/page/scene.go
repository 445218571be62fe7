package page

import (
	"strings"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// The head of a page in px: its title, and below it what the variables stand for.
const (
	headTitle  = 20 // size of the title's letters
	headText   = 12
	headHeight = 48
	headLine   = 26
	bottom     = 16
)

// Scene draws the whole page. A panel that cannot be drawn is one of
// [Page.Failed] from then on.
func (p *Page) Scene() draw.Scene { return p.scene(nil) }

func (p *Page) scene(h Highlight) draw.Scene {
	nodes, head := p.head()
	for i, in := range p.Panels {
		pic, err := Draw(in)
		if err != nil {
			p.Panels[i].Err = err
		}
		at := p.Places[i]
		pic.Node.X, pic.Node.Y = pic.Node.X+at.X, pic.Node.Y+at.Y+head
		nodes = append(nodes, pic.Node)
	}
	nodes = append(nodes, p.frames(h, head)...)
	return draw.Scene{
		W: p.W, H: head + p.H + bottom, Background: p.options.Theme.Canvas(),
		Title: p.Board.Title, Description: p.Board.Description, Nodes: nodes,
	}
}

// head draws what stands above the panels, and tells how high it is.
func (p *Page) head() ([]draw.Node, float64) {
	t := p.options.Theme
	title := &draw.Text{X: margin, Y: headHeight / 2, Text: p.Board.Title, Font: draw.Font{Size: headTitle, Weight: 500}, Color: t.Text(), Baseline: draw.Central}
	when := &draw.Text{X: p.W - margin, Y: headHeight / 2, Text: p.when(), Font: draw.Font{Size: headText}, Color: t.TextSecondary(), Align: draw.End, Baseline: draw.Central}
	nodes := []draw.Node{title, when}
	picks := p.picks()
	if len(picks) == 0 {
		return nodes, headHeight
	}
	x := float64(margin)
	for _, pick := range picks {
		name, value := draw.Font{Size: headText, Weight: 500}, draw.Font{Size: headText}
		nodes = append(nodes,
			&draw.Text{X: x, Y: headHeight, Text: pick[0], Font: name, Color: t.TextSecondary()},
			&draw.Text{X: x + name.Width(pick[0]) + 6, Y: headHeight, Text: pick[1], Font: value, Color: t.Text()})
		if x += name.Width(pick[0]) + value.Width(pick[1]) + 30; x > p.W-margin {
			break
		}
	}
	return nodes, headHeight + headLine - 10
}

// when is the time range in words.
func (p *Page) when() string {
	r := p.options.Range
	zone := r.Zone
	if zone == nil {
		zone = time.UTC
	}
	from, to := r.From.In(zone), r.To.In(zone)
	layout := time.DateTime
	if from.Format(time.DateOnly) == to.Format(time.DateOnly) {
		layout = time.TimeOnly
	}
	return from.Format(time.DateTime) + " to " + to.Format(layout) + " " + to.Format("MST")
}

// most is how many values of a variable are spelled out.
const most = 3

// picks are the names and values of the variables that the page shows.
func (p *Page) picks() [][2]string {
	var out [][2]string
	for _, v := range p.Values.List() {
		if v.Hide == 2 || v.Type == "datasource" || v.Type == "adhoc" {
			continue
		}
		name := v.Label
		if name == "" {
			name = v.Name
		}
		out = append(out, [2]string{name, picked(v)})
	}
	return out
}

func picked(v variable.Value) string {
	switch {
	case v.All:
		return "All"
	case len(v.Selected) > most:
		return strings.Join(v.Selected[:most], " + ") + " + …"
	}
	return strings.Join(v.Selected, " + ")
}
