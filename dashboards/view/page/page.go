package page

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/panel"
	"github.com/ginsight/ginsight/dashboards/view/source"
	"github.com/ginsight/ginsight/dashboards/view/theme"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// DefaultWidth of a page in px: that of a desktop's window in which a dashboard
// has room.
const DefaultWidth = 1600

// Options are how to look at a dashboard.
type Options struct {
	Range model.Range
	// Selected are values of variables; others have what the dashboard says.
	Selected map[string][]string
	Theme    theme.Theme
	// Width is in px; 0 is [DefaultWidth].
	Width float64
	// Open shows what is in collapsed rows.
	Open bool
	// Parallel is how many panels are asked for at once; 0 is 4.
	Parallel int
	// Done is told of each panel that has its data; nil is told nothing. Calls do
	// not overlap.
	Done func(p model.Panel, done, total int)
}

func (o Options) defaults() Options {
	if o.Width <= 0 {
		o.Width = DefaultWidth
	}
	if o.Parallel <= 0 {
		o.Parallel = 4
	}
	return o
}

// Page is a dashboard with its data.
type Page struct {
	Board model.Board
	// Values are what the variables stand for.
	Values variable.Values
	// Panels are what to draw, at the Places on the page, in px below its head.
	Panels []panel.Input
	Places []Place
	// Grids are the same places in the 24 columns of the grid.
	Grids []model.Grid
	// Unmarked are the errors of annotations.
	Unmarked []error
	// W and H are the size of the page without its head, in px.
	W, H float64

	options Options
}

// Load asks for the data of every panel. A panel without an answer has an error
// of its own; Load itself fails only when ctx is over.
func Load(ctx context.Context, src source.Source, b model.Board, o Options) (*Page, error) {
	o = o.defaults()
	values, err := variable.Resolve(ctx, src, b, o.Selected, o.Range)
	if err != nil {
		return nil, err
	}
	b = model.Expand(b, values.Concrete())
	p := &Page{Board: b, Values: values, W: o.Width, options: o}
	list := visible(b.Panels, o.Open)
	p.Places, p.H = Layout(list, o.Width)
	p.Grids = Grid(list)
	p.Panels = make([]panel.Input, len(list))
	var marks []panel.Mark
	marks, p.Unmarked = Marks(ctx, src, b, values, o)
	p.each(list, func(i int) {
		p.Panels[i] = p.load(ctx, src, list[i], p.Places[i])
		p.Panels[i].Marks = marks
	})
	return p, ctx.Err()
}

// each calls work for all panels, some at a time.
func (p *Page) each(list []model.Panel, work func(int)) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	done := 0
	free := make(chan struct{}, p.options.Parallel)
	for i := range list {
		free <- struct{}{}
		wg.Go(func() {
			defer func() { <-free }()
			work(i)
			mu.Lock()
			defer mu.Unlock()
			if done++; p.options.Done != nil {
				p.options.Done(list[i], done, len(list))
			}
		})
	}
	wg.Wait()
}

func (p *Page) load(ctx context.Context, src source.Source, one model.Panel, at Place) panel.Input {
	var frames []frame.Frame
	var err error
	if len(one.Targets) > 0 {
		frames, err = src.Query(ctx, source.Query{Panel: one, Range: p.options.Range, Width: int(at.W), Vars: p.Values})
	}
	in := Input(one, p.Values, p.options.Range, frames, err)
	in.Theme, in.W, in.H = p.options.Theme, at.W, at.H
	return in
}

// Input is what a panel is drawn from, but for theme, size and marks: the answer
// to its queries, transformed and configured, with the variables put into its
// texts. The range is the page's; the panel may look at another one.
func Input(p model.Panel, values variable.Values, r model.Range, frames []frame.Frame, err error) (in panel.Input) {
	in = panel.Input{Panel: values.Panel(p), Range: p.Over(r), Vars: values.Scoped(p.Scope).Selected(), Err: err}
	defer func() { // panels get ready in goroutines, where a panic would end the program
		if r := recover(); r != nil {
			in.Frames, in.Err = nil, fmt.Errorf("the data of this panel are not understood: %v", r)
		}
	}()
	// Some queries may have an answer where another one failed.
	if in.Frames, in.Err = frame.Apply(in.Panel, frames); err != nil {
		in.Err = err
	}
	return in
}

// visible lists what stands on the page; the panels of a collapsed row only if
// rows are to be opened.
func visible(panels []model.Panel, open bool) []model.Panel {
	var out []model.Panel
	shift := 0
	for _, p := range panels {
		p.Grid.Y += shift
		if p.Type != "row" || !open || !p.Collapsed {
			out = append(out, p)
			continue
		}
		inside := p.Panels
		p.Collapsed, p.Panels = false, nil
		out = append(out, p)
		top, bottom := p.Grid.Y+1, p.Grid.Y+1
		for _, one := range inside {
			one.Grid.Y += top - inside[0].Grid.Y
			bottom = max(bottom, one.Grid.Y+one.Grid.H)
			out = append(out, one)
		}
		shift += bottom - top
	}
	return out
}

// Answered tells whether any panel that asked got an answer, be it an empty one or
// only a part of it.
func (p *Page) Answered() bool {
	return slices.ContainsFunc(p.Panels, func(in panel.Input) bool {
		return len(in.Panel.Targets) > 0 && (in.Err == nil || len(in.Frames) > 0)
	})
}

// Failed are the panels that have an error.
func (p *Page) Failed() []panel.Input {
	var out []panel.Input
	for _, in := range p.Panels {
		if in.Err != nil {
			out = append(out, in)
		}
	}
	return out
}
