package preview

import (
	"context"
	"sync"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// flights run queries: a bounded number at once, and equal ones only once. A
// query goes on as long as one of those who wait for it is still there.
type flights struct {
	slots   chan struct{}
	mu      sync.Mutex
	flying  map[string]*flight
	working sync.WaitGroup
}

type flight struct {
	cancel  context.CancelFunc
	waiting int
	done    chan struct{}
	frames  []frame.Frame
	err     error
}

// do answers with the result of run, which it shares with all who ask for the
// same key meanwhile: what is returned must not be changed.
func (f *flights) do(ctx context.Context, key string, run func(context.Context) ([]frame.Frame, error)) ([]frame.Frame, error) {
	one := f.join(ctx, key, run)
	select {
	case <-one.done:
		f.leave(key, one)
		return one.frames, one.err
	case <-ctx.Done():
		f.leave(key, one)
		return nil, context.Cause(ctx)
	}
}

func (f *flights) join(ctx context.Context, key string, run func(context.Context) ([]frame.Frame, error)) *flight {
	f.mu.Lock()
	defer f.mu.Unlock()
	if one := f.flying[key]; one != nil {
		one.waiting++
		return one
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	one := &flight{cancel: cancel, waiting: 1, done: make(chan struct{})}
	if f.flying == nil {
		f.flying = map[string]*flight{}
	}
	f.flying[key] = one
	f.working.Add(1)
	go f.fly(ctx, key, one, run)
	return one
}

func (f *flights) fly(ctx context.Context, key string, one *flight, run func(context.Context) ([]frame.Frame, error)) {
	defer f.working.Done()
	defer close(one.done)
	defer f.land(key, one)
	select {
	case f.slots <- struct{}{}:
		defer func() { <-f.slots }()
		one.frames, one.err = run(ctx)
	case <-ctx.Done():
		one.err = ctx.Err()
	}
}

// land takes a query off the board, so that who comes later asks anew.
func (f *flights) land(key string, one *flight) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.flying[key] == one {
		delete(f.flying, key)
	}
}

func (f *flights) leave(key string, one *flight) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if one.waiting--; one.waiting > 0 {
		return
	}
	one.cancel()
	if f.flying[key] == one {
		delete(f.flying, key)
	}
}

// wait returns when no query is under way.
func (f *flights) wait() { f.working.Wait() }
