package preview

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// Bounds of the pictures that a page may ask for, in px.
const (
	minWidth, maxWidth   = 200, 4096
	minHeight, maxHeight = 100, 2160
)

// scene is what a stream draws again and again.
type scene struct {
	state state
	// jobs lists the pictures for a moment: the range moves on.
	jobs func(ctx context.Context, now time.Time) (work, error)
}

// work is what there is to draw at a moment.
type work struct {
	jobs []job
	// unmarked are the annotations that could not be asked for, and why.
	unmarked []string
}

// round tells a page how a drawing of all panels went.
type round struct {
	// Panels is how many there are, Failed how many have no data.
	Panels int `json:"panels"`
	Failed int `json:"failed"`
	// Lost says that the source did not answer, Error why, and Again in how many
	// seconds it is asked again; 0 is not at all.
	Lost  bool    `json:"lost"`
	Error string  `json:"error,omitempty"`
	Again float64 `json:"again"`
	// Took is the time for all, in milliseconds.
	Took int64 `json:"took"`
	// Unmarked are the annotations that are missing on the pictures, and why.
	Unmarked []string `json:"unmarked,omitempty"`
}

// run keeps a page up to date until it is left or the boards change.
func (p *Preview) run(w http.ResponseWriter, r *http.Request, s scene) {
	one, err := p.streams.add()
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	defer p.streams.remove(one)
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(p.ctx, cancel)()
	e := newEvents(w)
	content := p.shelf.current()
	e.send("hello", map[string]any{"stream": one.id, "version": content.version})
	pace := pace{interval: s.state.interval()}
	for e.send("news", newsOf(content)) {
		wait := p.draw(ctx, e, one, s, &pace)
		if !p.pause(ctx, e, content, wait) {
			return
		}
		if next := p.shelf.current(); next != content {
			content = next
		}
	}
}

// draw draws all pictures once and tells how long to wait until the next time,
// 0 for ever.
func (p *Preview) draw(ctx context.Context, e *events, one *stream, s scene, pace *pace) time.Duration {
	begun := p.now()
	moment := pace.moment(begun)
	todo, err := s.jobs(ctx, moment)
	if err != nil {
		again := pace.next(p.now(), lost(err))
		e.send("round", round{Lost: lost(err), Error: plain(err), Again: again.Seconds()})
		return again
	}
	result := p.drawAll(ctx, e, one, todo.jobs)
	result.Unmarked = todo.unmarked
	again := pace.next(p.now(), result.Lost)
	result.Again, result.Took = again.Seconds(), p.now().Sub(begun).Milliseconds()
	e.send("round", result)
	return again
}

func (p *Preview) drawAll(ctx context.Context, e *events, one *stream, jobs []job) round {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(p.cfg.Queries)
	done := make([]picture, len(jobs))
	for i, j := range jobs {
		group.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			drawn, shown := p.paint(ctx, j)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if !drawn.Lost {
				one.show(j.key, shown) // what is on the page stays there meanwhile
			}
			done[i] = drawn
			if !e.send("panel", drawn) {
				return http.ErrAbortHandler
			}
			return nil
		})
	}
	_ = group.Wait() // an error says that nobody listens, and the caller finds out
	return summed(jobs, done)
}

// summed counts how panels went. The source is lost if none that asked it got an
// answer: one query that takes too long is a failure of that panel alone.
func summed(jobs []job, done []picture) round {
	out := round{Panels: len(jobs)}
	asked, silent := 0, 0
	for i, drawn := range done {
		if len(jobs[i].panel.Targets) > 0 {
			asked++
		}
		if drawn.Error != "" {
			out.Failed++
		}
		if drawn.Lost {
			silent++
			out.Error = drawn.Error
		}
	}
	if out.Lost = silent > 0 && silent == asked; !out.Lost {
		out.Error = ""
	}
	return out
}

// pause waits for the next drawing; false says that there is none.
func (p *Preview) pause(ctx context.Context, e *events, seen *content, wait time.Duration) bool {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	var next <-chan time.Time
	if wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		next = timer.C
	}
	over := seen.over
	for {
		select {
		case <-ctx.Done():
			return false
		case <-next:
			return true
		case <-over:
			now := p.shelf.current()
			if !e.send("news", newsOf(now)) || now.version != seen.version && now.build == "" {
				return false // the page loads itself anew
			}
			over = now.over
		case <-beat.C:
			if !e.beat() {
				return false
			}
		}
	}
}

// pace says when the next drawing is.
type pace struct {
	interval time.Duration
	failures int
}

// slowest is the longest time between two attempts to reach a source.
const slowest = 30 * time.Second

// moment is the time that a drawing is for. It is a whole multiple of the
// interval, so that pages with the same interval ask for the same.
func (p *pace) moment(now time.Time) time.Time {
	if p.interval > 0 && p.failures == 0 {
		return now.Truncate(min(p.interval, 5*time.Second))
	}
	return now.Truncate(time.Second)
}

// next is the time until the next drawing: until the clock is at a multiple of
// the interval, or, as long as the source does not answer, twice as long each
// time.
func (p *pace) next(now time.Time, lost bool) time.Duration {
	if lost {
		wait := min(time.Second<<min(p.failures, 10), slowest)
		p.failures++
		return max(wait, min(p.interval, slowest))
	}
	p.failures = 0
	if p.interval == 0 {
		return 0
	}
	return now.Truncate(p.interval).Add(p.interval).Sub(now)
}

// news is what a page must know besides its pictures.
type news struct {
	Version int    `json:"version"`
	Build   string `json:"build"`
}

func newsOf(c *content) news { return news{c.version, c.build} }

// newsStream is for pages without pictures: it only says when boards change.
func (p *Preview) newsStream(w http.ResponseWriter, r *http.Request) {
	p.run(w, r, scene{jobs: func(context.Context, time.Time) (work, error) { return work{}, nil }})
}

// boardStream draws the panels of a board.
func (p *Preview) boardStream(w http.ResponseWriter, r *http.Request) {
	b := p.shelf.current().find(r.PathValue("uid"))
	if b == nil {
		http.NotFound(w, r)
		return
	}
	s, err := readState(r.URL.Query(), b)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	st := &stage{board: b, state: s}
	st.window, st.theme = windowOf(r)
	p.run(w, r, scene{s, func(ctx context.Context, now time.Time) (work, error) { return p.jobs(ctx, st, now) }})
}

// windowOf reads the size of the page's grid and its theme, which only the
// browser knows.
func windowOf(r *http.Request) (size, theme.Theme) {
	q := r.URL.Query()
	return size{
		w: float64(within(q.Get("w"), minWidth, maxWidth, 1568)),
		h: float64(within(q.Get("h"), minHeight, maxHeight, 600)),
	}, theme.Theme{Light: q.Get("theme") == "light"}
}

func within(text string, low, high, missing int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return missing
	}
	return min(max(n, low), high)
}

// zone is the time zone of a board.
func (p *Preview) zone(b *loaded) *time.Location { return b.Location(p.cfg.Zone) }
