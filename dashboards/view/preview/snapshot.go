package preview

import (
	"crypto/rand"
	"errors"
	"sync"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/panel"
)

// snapshot is what a picture on an open page was drawn from: it answers what the
// page asks about the picture, without asking the source again.
type snapshot struct {
	frames []frame.Frame
	plot   *panel.Plot
	sort   string // how the panel sorts its tooltip: "asc", "desc" or ""
	zone   *time.Location
}

// streams are the open pages with what they show.
type streams struct {
	most    int
	mu      sync.Mutex
	open    map[string]*stream
	closed  bool
	working sync.WaitGroup
}

// stream is one open page.
type stream struct {
	id    string
	mu    sync.Mutex
	shown map[string]snapshot
}

// errTooMany is the answer to one page too many.
var errTooMany = errors.New("too many pages are open: close some")

func (s *streams) add() (*stream, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || len(s.open) >= s.most {
		return nil, errTooMany
	}
	if s.open == nil {
		s.open = map[string]*stream{}
	}
	// The id is random, so that one page cannot ask for what another one shows.
	one := &stream{id: rand.Text(), shown: map[string]snapshot{}}
	s.open[one.id] = one
	s.working.Add(1)
	return one, nil
}

func (s *streams) remove(one *stream) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, one.id)
	s.working.Done()
}

// close lets no further stream in and waits for those that are there.
func (s *streams) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.working.Wait()
}

// find is what an open page shows under a key.
func (s *streams) find(id, key string) (snapshot, bool) {
	s.mu.Lock()
	one := s.open[id]
	s.mu.Unlock()
	if one == nil {
		return snapshot{}, false
	}
	one.mu.Lock()
	defer one.mu.Unlock()
	shown, ok := one.shown[key]
	return shown, ok
}

func (s *stream) show(key string, shown snapshot) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown[key] = shown
}
