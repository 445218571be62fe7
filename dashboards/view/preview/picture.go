package preview

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/page"
	"github.com/ginsight/ginsight/dashboards/view/panel"
	"github.com/ginsight/ginsight/dashboards/view/source"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// picture is what a page gets of a panel.
type picture struct {
	Key string `json:"key"`
	SVG string `json:"svg"`
	// Plot is where the pointer finds values, nil if the panel has no time axis.
	Plot *plotBox `json:"plot,omitempty"`
	// Values are the current values, for those who hear the page and do not see it.
	Values [][2]string `json:"values"`
	// Queries are what was sent, variables filled in.
	Queries []sent `json:"queries"`
	// Error is why there are no data, Lost that the source did not answer at all.
	Error string `json:"error,omitempty"`
	Lost  bool   `json:"lost,omitempty"`
}

// plotBox is a [panel.Plot] without its values, which stay here: the page asks
// for those under the pointer. So they are formatted in one place, and a panel of
// 50 series and 1,000 points costs a page no more than its picture.
type plotBox struct {
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
	W    float64 `json:"w"`
	H    float64 `json:"h"`
	From int64   `json:"from"`
	To   int64   `json:"to"`
}

type sent struct {
	Ref  string `json:"ref"`
	Expr string `json:"expr"`
}

// paint asks for the data of a panel and draws them.
func (p *Preview) paint(ctx context.Context, j job) (picture, snapshot) {
	raw, err := p.ask(ctx, j)
	in := page.Input(j.panel, j.values, j.rng, raw, err)
	in.Theme, in.W, in.H, in.Marks = j.theme, j.w, j.h, j.marks
	err = in.Err
	if err != nil {
		in.Err = errors.New(plain(err)) // the picture has its words too
	}
	drawn, plot, failed := p.render(j, in)
	err = cmp.Or(err, failed)
	out := picture{Key: j.key, SVG: drawn, Values: current(in.Frames, j), Queries: queries(raw)}
	if plot != nil {
		out.Plot = &plotBox{plot.X, plot.Y, plot.W, plot.H, plot.From, plot.To}
	}
	if err != nil {
		out.Error, out.Lost = plain(err), lost(err)
	}
	return out, snapshot{raw, plot, tooltipSort(j.panel), j.rng.Zone}
}

// ask queries the source, together with every page that asks the same.
func (p *Preview) ask(ctx context.Context, j job) ([]frame.Frame, error) {
	if len(j.panel.Targets) == 0 {
		return nil, nil
	}
	return p.source().Query(ctx, source.Query{Panel: j.panel, Range: j.rng, Width: int(j.w), Vars: j.values})
}

// identity is equal for equal queries, and of its own for one that cannot be
// told from others.
func identity(q source.Query) string {
	text, err := json.Marshal(struct {
		Panel              model.Panel
		From, To           time.Time
		Width              int
		Selected, Concrete map[string][]string
		Board              string
	}{
		q.Panel, q.Range.From, q.Range.To, q.Width, q.Vars.Selected(), q.Vars.Concrete(),
		q.Vars.Interpolate("${__dashboard.uid} ${__dashboard}", variable.Text),
	})
	if err != nil {
		return rand.Text()
	}
	sum := sha256.Sum256(text)
	return string(sum[:])
}

// render draws a panel as SVG that can stand beside others on a page.
func (p *Preview) render(j job, in panel.Input) (svg string, plot *panel.Plot, err error) {
	defer p.rescue(j.panel, &err)
	drawn, err := page.Draw(in)
	if err != nil {
		p.cfg.Logger.Error("a panel cannot be drawn", "panel", j.panel.Title, "reason", err)
	}
	svg, wrong := encode(j.key, in, drawn.Node)
	return svg, drawn.Plot, cmp.Or(err, wrong)
}

func encode(key string, in panel.Input, node draw.Node) (string, error) {
	scene := draw.Scene{W: in.W, H: in.H, Title: in.Panel.Title, Description: in.Panel.Description, Nodes: []draw.Node{node}}
	var out bytes.Buffer
	// A key may hold what an id of SVG may not; what differs stays different.
	err := scene.SVG(&out, draw.SVGOptions{Inline: true, IDs: "p" + strings.ReplaceAll(key, ".", "-") + "-"})
	return out.String(), err
}

// rescue turns a panic over one panel into its error: what a dashboard or a
// server says must not end the page for all others.
func (p *Preview) rescue(which model.Panel, err *error) {
	if r := recover(); r != nil {
		*err = errors.New("this panel cannot be drawn")
		p.cfg.Logger.Error("a panel cannot be drawn", "panel", which.Title, "panic", r)
	}
}

func queries(frames []frame.Frame) []sent {
	out := []sent{}
	seen := map[sent]bool{}
	for _, f := range frames {
		one := sent{f.RefID, f.Expr}
		if f.Expr == "" || seen[one] {
			continue
		}
		seen[one] = true
		out = append(out, one)
	}
	return out
}

func tooltipSort(p model.Panel) string {
	var options struct {
		Tooltip struct {
			Sort string `json:"sort"`
		} `json:"tooltip"`
	}
	_ = json.Unmarshal(p.Options, &options) // options of another shape do not sort
	return options.Tooltip.Sort
}

// credentials are what a URL has before the host.
var credentials = regexp.MustCompile(`//[^/@\s"]*@`)

// plain is an error as a page may show it: one line, and no password in it.
func plain(err error) string {
	text := credentials.ReplaceAllString(err.Error(), "//")
	const most = 500
	if len(text) > most {
		text = text[:most] + "..."
	}
	return text
}
