package grafana

import (
	"context"
	"fmt"
	"sync"
)

// Lock says what to do about a board's manager, which Grafana's editor shows as
// a badge, and for which it refuses to save. It is a sign, not a bolt: the API
// still saves, and every save through the classic API takes the sign off, so
// that it has to be put on with each publish.
type Lock string

// What to do about the lock.
const (
	LeaveLock Lock = ""       // nothing, but a save takes it off
	PutLock   Lock = "lock"   // name ginsight as the manager, and the board's source
	TakeLock  Lock = "unlock" // remove ginsight as the manager
)

// The annotations that make a lock, and the manager in them. The manager is no
// kind that Grafana knows on purpose: it deletes boards of
// "classic-file-provisioning" that it finds in none of its files.
const (
	managedBy  = "grafana.app/managedBy"
	managerID  = "grafana.app/managerId"
	sourcePath = "grafana.app/sourcePath"
	manager    = "ginsight"
)

// locker puts locks on boards and takes them off. It is safe for several
// goroutines.
type locker struct {
	client    *Client
	lock      Lock
	dryRun    bool
	namespace string

	mu          *sync.Mutex
	unavailable string // why the server cannot
}

func (p *publisher) newLocker(ctx context.Context) (locker, error) {
	l := locker{client: p.client, lock: p.plan.Lock, dryRun: p.plan.DryRun, mu: new(sync.Mutex)}
	if l.lock == LeaveLock {
		return l, nil
	}
	var err error
	l.namespace, err = p.client.namespace(ctx)
	return l, err
}

// apply brings the lock of a board that was just weighed into the wanted state.
// It reports whether that changed it, and who else manages the board.
func (l *locker) apply(ctx context.Context, board content, state State) (changed bool, other string, err error) {
	saved := state == Created || state == Updated
	switch {
	case l.lock == LeaveLock, l.lock == TakeLock && saved, l.refused() != "":
		return false, "", nil
	case saved && l.dryRun:
		return true, "", nil
	}
	want := l.annotations(board)
	if !saved {
		r, err := l.client.resource(ctx, l.namespace, board.uid())
		if err != nil {
			return false, "", l.refuse(err)
		}
		if have := r.Metadata.Annotations; have[managedBy] != "" && have[managedBy] != manager {
			return false, have[managedBy], nil
		} else if annotated(have, want) {
			return false, "", nil
		}
	}
	if l.dryRun {
		return true, "", nil
	}
	if err := l.client.annotateResource(ctx, l.namespace, board.uid(), want); err != nil {
		return false, "", l.refuse(err)
	}
	return true, "", nil
}

// annotations are what has to be set, or removed where it is nil.
func (l *locker) annotations(board content) map[string]any {
	if l.lock == TakeLock {
		return map[string]any{managedBy: nil, managerID: nil, sourcePath: nil}
	}
	out := map[string]any{managedBy: manager, managerID: manager, sourcePath: nil}
	if board.source != "" {
		out[sourcePath] = board.source
	}
	return out
}

func annotated(have map[string]string, want map[string]any) bool {
	for k, w := range want {
		if h, is := have[k]; is != (w != nil) || is && h != w {
			return false
		}
	}
	return true
}

// refuse turns the absence of the API into a note, once for all boards.
func (l *locker) refuse(err error) error {
	if !noResourceAPI(err) {
		return fmt.Errorf("%s: %w", l.lock, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.unavailable = "this Grafana has no dashboard resources (they came with Grafana 12): boards can be published, but not locked"
	return nil
}

func (l *locker) refused() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.unavailable
}
