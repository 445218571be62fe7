package grafana

import (
	"cmp"
	"context"
	"fmt"
	"sync"
)

// defaultParallel is faster than one after the other by nearly its number, and
// little enough for a Grafana on SQLite.
const defaultParallel = 4

// publishBoards publishes several boards at a time. After an error that the
// others would meet as well it begins no more, but lets those under way end.
func (p *publisher) publishBoards(ctx context.Context, boards []content) ([]BoardResult, error) {
	run := boardRun{publisher: p, boards: boards, results: make([]*BoardResult, len(boards))}
	var workers sync.WaitGroup
	for range min(cmp.Or(p.plan.Parallel, defaultParallel), len(boards)) {
		workers.Go(func() { run.work(ctx) })
	}
	workers.Wait()
	return run.outcome(ctx)
}

// boardRun is the work that is left and what became of the rest.
type boardRun struct {
	*publisher
	boards []content

	mu       sync.Mutex
	next     int            // board to begin
	done     int            // boards
	reported int            // boards told of, all those before this one
	results  []*BoardResult // nil when not reached
	stop     error          // the reason to begin no more
}

func (r *boardRun) work(ctx context.Context) {
	for {
		i, more := r.begin(ctx)
		if !more {
			return
		}
		result := r.publishBoard(ctx, r.boards[i])
		if result.Err != nil && ctx.Err() != nil {
			return // not reached, as far as anybody can tell
		}
		r.finish(i, result)
	}
}

func (r *boardRun) begin(ctx context.Context) (int, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ctx.Err() != nil || r.stop != nil || r.next == len(r.boards) {
		return 0, false
	}
	r.next++
	return r.next - 1, true
}

// finish keeps a result and tells of it once those before it are told of.
func (r *boardRun) finish(i int, result BoardResult) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.results[i] = &result
	r.done++
	if r.stop == nil && result.Err != nil && hopeless(result.Err) {
		r.stop = result.Err
	}
	if r.plan.Progress != nil {
		r.plan.Progress(r.done, len(r.boards))
	}
	for r.reported < len(r.results) && r.results[r.reported] != nil {
		r.report(*r.results[r.reported])
		r.reported++
	}
}

func (r *boardRun) report(result BoardResult) {
	if r.plan.Report != nil {
		r.plan.Report(result)
	}
}

// outcome tells of what is left to tell, and returns the results in order.
func (r *boardRun) outcome(ctx context.Context) ([]BoardResult, error) {
	var results []BoardResult
	failed := 0
	for i, result := range r.results {
		if result == nil {
			continue
		}
		results = append(results, *result)
		if i >= r.reported {
			r.report(*result)
		}
		if result.Err != nil {
			failed++
		}
	}
	switch {
	case ctx.Err() != nil && len(results) < len(r.boards):
		return results, ctx.Err()
	case r.stop != nil:
		return results, fmt.Errorf("stopped after %d of %d boards: %w", len(results), len(r.boards), r.stop)
	case failed > 0:
		return results, fmt.Errorf("%d of %d boards could not be published: see to the reasons and run it again", failed, len(r.boards))
	}
	return results, nil
}
