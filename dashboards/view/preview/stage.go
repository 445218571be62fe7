package preview

import (
	"context"
	"slices"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/page"
	"github.com/ginsight/ginsight/dashboards/view/panel"
	"github.com/ginsight/ginsight/dashboards/view/source"
	"github.com/ginsight/ginsight/dashboards/view/theme"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// stage is a board with its variables filled in, as one page shows it.
type stage struct {
	board  *loaded
	state  state
	window size
	theme  theme.Theme

	values variable.Values
	items  []item
	// resolved is when the variables were last asked for.
	resolved time.Time
}

// freshness is how long the choices of variables are good for: a page that draws
// every second need not list all instances every second.
const freshness = 10 * time.Second

// jobs lists the pictures of a board for a moment.
func (p *Preview) jobs(ctx context.Context, s *stage, now time.Time) (work, error) {
	rng, err := span(s.state.From, s.state.To, now, p.zone(s.board))
	if err != nil {
		return work{}, err
	}
	if err := p.resolve(ctx, s, rng, now); err != nil {
		return work{}, err
	}
	boxes := sizes(s.items, s.window.w)
	if s.state.View != "" {
		for i, one := range s.items {
			boxes[i] = s.window
			if s.window.w < narrow {
				boxes[i] = onPhone(one.panel, s.window)
			}
		}
	}
	values := s.values.Ranged(rng)
	marks, failed := page.Marks(ctx, p.source(), s.board.Board, values, page.Options{Range: rng, Theme: s.theme, Width: s.window.w})
	var out work
	for _, err := range failed {
		out.unmarked = append(out.unmarked, plain(err))
	}
	for i, one := range s.items {
		if !one.row() {
			out.jobs = append(out.jobs, job{one, boxes[i], rng, values.Scoped(one.panel.Scope), s.theme, marks})
		}
	}
	return out, nil
}

// resolve finds out what the variables stand for, which says what repeated
// panels there are.
func (p *Preview) resolve(ctx context.Context, s *stage, rng model.Range, now time.Time) (err error) {
	if s.items != nil && now.Sub(s.resolved) < freshness && len(problems(s.values)) == 0 {
		return nil
	}
	s.values, err = variable.Resolve(ctx, p.source(), s.board.Board, s.state.Vars, rng)
	if err != nil {
		return err
	}
	s.resolved = now
	panels := model.Expand(s.board.Board, s.values.Concrete()).Panels
	if s.state.View == "" {
		s.items = lay(panels, s.state)
		return nil
	}
	s.items = []item{}
	if one, ok := find(panels, s.state.View); ok {
		s.items = append(s.items, one)
	}
	return nil
}

// problems are the variables whose values could not be found, and why. Most have
// one reason together.
func problems(values variable.Values) []string {
	var out, reasons []string
	for _, v := range values.List() {
		switch i := slices.Index(reasons, v.Problem); {
		case v.Problem == "":
		case i >= 0:
			out[i] += ", " + v.Name
		default:
			reasons = append(reasons, v.Problem)
			out = append(out, "No values of "+v.Name)
		}
	}
	for i, reason := range reasons {
		out[i] += ": " + reason
	}
	return out
}

// shared is the source with bounds: so many queries at once, equal ones once.
type shared struct {
	source.Source
	preview *Preview
}

func (p *Preview) source() source.Source { return shared{p.cfg.Source, p} }

// Query implements [source.Source]; the frames must not be changed.
func (s shared) Query(ctx context.Context, q source.Query) ([]frame.Frame, error) {
	return s.preview.queries.do(ctx, identity(q), func(ctx context.Context) (frames []frame.Frame, err error) {
		defer s.preview.rescue(q.Panel, &err)
		return s.Source.Query(ctx, q)
	})
}

// job is one picture to draw.
type job struct {
	item
	size
	rng    model.Range
	values variable.Values
	theme  theme.Theme
	marks  []panel.Mark
}
