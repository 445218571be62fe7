package grafana

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ginsight/ginsight/dashboards/grafana/grafanatest"
)

// whole is a plan with everything: nested folders, boards in parallel, the lock,
// pruning and an annotation.
func (s site) whole(edits ...func(*Plan)) Plan {
	return s.plan(append([]func(*Plan){func(p *Plan) {
		p.Parents = []Folder{{UID: s.uid("parent"), Title: "Parent"}}
		p.Lock, p.Parallel = PutLock, 3
		p.Prune = &Prune{Tag: "ginsight", UIDPrefix: s.prefix}
		p.Annotation = &Annotation{Text: "v1", Tags: []string{"deploy"}}
	}}, edits...)...)
}

// begin makes the state that a whole run has something to do in everywhere: one
// board is new, one out of date, one up to date without its lock, one to prune.
func (s site) begin(t *testing.T) {
	t.Helper()
	s.publish(t, s.whole(func(p *Plan) {
		p.Lock, p.Annotation, p.Prune = LeaveLock, nil, nil
		p.Boards = boards(s.board("one", "old"), s.board("three", "same"), s.board("gone", "in the code no more"))
	}))
}

func (s site) wholeBoards() func(*Plan) {
	return func(p *Plan) {
		p.Boards = boards(s.board("one", "new"), s.board("two", "new"), s.board("three", "same"))
	}
}

// requestsOfAWholeRun is an upper bound of what such a run takes.
const requestsOfAWholeRun = 24

// TestFaultAnywhereInAWholeRun breaks each request of such a run in turn, with a
// client that repeats and with one that gives up at once. The next run finishes
// the work; nothing is lost and nothing doubled.
func TestFaultAnywhereInAWholeRun(t *testing.T) {
	for name, fault := range faults {
		for _, tries := range []int{1, 5} {
			if tries > 1 && !fault.Lose {
				continue // TestFaultAtEveryRequest has those; a write done twice is what matters here
			}
			t.Run(fmt.Sprintf("%s-%d", strings.ReplaceAll(name, " ", "-"), tries), func(t *testing.T) {
				t.Parallel()
				most := 0
				for nth := 1; nth <= requestsOfAWholeRun; nth++ {
					s := fakeSite(t, grafanatest.New(), Config{Token: grafanatest.AdminToken, Tries: tries})
					s.begin(t)
					s.http.Transport = inProcess{s.fake} // hundreds of runs; TestFaultAtEveryRequest goes over the network
					before := len(s.fake.Requests())
					s.fake.SetFault(at(nth, fault))
					_, err := Publish(t.Context(), s.Client, s.whole(s.wholeBoards()))
					if tries > 1 && err != nil {
						t.Errorf("request %d: %v", nth, err)
					}
					if err != nil {
						checkLine(t, err)
					}
					most = max(most, len(s.fake.Requests())-before)
					s.fake.SetFault(nil)
					s.publish(t, s.whole(s.wholeBoards()))
					s.checkWhole(t, fmt.Sprintf("request %d", nth))
				}
				if most > requestsOfAWholeRun || most < 20 {
					t.Errorf("a run takes %d requests: not all were broken, or the bound is too high", most)
				}
			})
		}
	}
}

// inProcess is a connection to a fake without a network.
type inProcess struct{ fake *grafanatest.Server }

func (c inProcess) RoundTrip(r *http.Request) (resp *http.Response, err error) {
	defer func() {
		if recover() != nil { // how a handler drops a connection
			resp, err = nil, io.ErrUnexpectedEOF
		}
	}()
	rec := httptest.NewRecorder()
	c.fake.ServeHTTP(rec, r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return rec.Result(), nil
}

// checkWhole checks that all is as the plan says, and that another run writes
// nothing.
func (s site) checkWhole(t *testing.T, when string) {
	t.Helper()
	before := s.fake.Writes()
	r := s.publish(t, s.whole(s.wholeBoards()))
	if states(r) != "unchanged unchanged unchanged " || len(r.Pruned) > 0 || !r.AnnotationExists || s.fake.Writes() != before {
		t.Errorf("%s: left to do: %s %+v, %d writes", when, states(r), r.Pruned, s.fake.Writes()-before)
	}
	if got := s.fake.AnnotationTexts(); !slices.Equal(got, []string{"v1"}) {
		t.Errorf("%s: annotations %q", when, got)
	}
	if s.fake.Boards() != 3 {
		t.Errorf("%s: %d boards", when, s.fake.Boards())
	}
	for i, name := range []string{"one", "two", "three"} {
		b, meta := s.stored(t, name)
		if want := []float64{2, 1, 1}[i]; b["version"] != want || meta["folderUid"] != s.uid("folder") {
			t.Errorf("%s: %s is version %v in %v", when, name, b["version"], meta["folderUid"])
		}
		if got := s.fake.Annotations(s.uid(name))["managedBy"]; got != "ginsight" {
			t.Errorf("%s: %s is managed by %q", when, name, got)
		}
	}
}

// TestInterruptedAnywhereInAWholeRun ends the context at each request in turn.
func TestInterruptedAnywhereInAWholeRun(t *testing.T) {
	for nth := 1; nth <= requestsOfAWholeRun; nth++ {
		s := fakeSite(t, grafanatest.New(), Config{Token: grafanatest.AdminToken})
		s.begin(t)
		s.http.Transport = inProcess{s.fake} // a request that was cut off has been carried out by then, as it may be in life
		ctx, cancel := context.WithCancel(t.Context())
		s.fake.SetFault(func(n int, _ *http.Request) grafanatest.Fault {
			if n == nth {
				cancel()
			}
			return grafanatest.Fault{}
		})
		r, err := Publish(ctx, s.Client, s.whole(s.wholeBoards()))
		if err != nil {
			checkLine(t, err, fmt.Sprintf("interrupted after %d of 3", len(r.Boards)), "run it again")
		}
		if err != nil && !errors.Is(err, context.Canceled) || r.Count(Failed) > 0 {
			t.Errorf("request %d: %v, %s", nth, err, states(r))
		}
		cancel()
		s.fake.SetFault(nil)
		s.publish(t, s.whole(s.wholeBoards()))
		s.checkWhole(t, fmt.Sprintf("request %d", nth))
	}
}

// many are n boards that differ.
func (s site) many(n int) func(*Plan) {
	return func(p *Plan) {
		p.Boards = nil
		for i := range n {
			p.Boards = append(p.Boards, Board{JSON: s.board(fmt.Sprintf("n%d", i), "many")})
		}
	}
}

// TestParallelIsBounded: never more requests at once than asked for, the report
// in order, and every board once.
func TestParallelIsBounded(t *testing.T) {
	for _, parallel := range []int{1, 3, MaxParallel} {
		s := fakeSite(t, grafanatest.New(), Config{Token: grafanatest.AdminToken})
		var now, most atomic.Int64
		s.http.Transport = flying{s.http.Transport, &now, &most}
		var order []string
		var progress []int
		s.publish(t, s.plan(s.many(40), func(p *Plan) {
			p.Parallel = parallel
			p.Report = func(b BoardResult) { order = append(order, b.UID) }
			p.Progress = func(done, of int) { progress = append(progress, done) }
		}))
		if most.Load() > int64(parallel) || parallel > 1 && most.Load() < 2 {
			t.Errorf("%d requests at once, want at most %d", most.Load(), parallel)
		}
		for i, uid := range order {
			if uid != s.uid(fmt.Sprintf("n%d", i)) || progress[i] != i+1 {
				t.Fatalf("report %d is of %s after %d", i, uid, progress[i])
			}
		}
		if len(order) != 40 || s.fake.Boards() != 40 {
			t.Errorf("%d reported, %d stored", len(order), s.fake.Boards())
		}
	}
}

// flying counts the requests under way.
type flying struct {
	http.RoundTripper
	now, most *atomic.Int64
}

func (f flying) RoundTrip(r *http.Request) (*http.Response, error) {
	n := f.now.Add(1)
	defer f.now.Add(-1)
	for old := f.most.Load(); n > old && !f.most.CompareAndSwap(old, n); old = f.most.Load() {
	}
	time.Sleep(time.Millisecond) // so that they meet
	return f.RoundTripper.RoundTrip(r)
}

// TestPruneKeepsWhatIsNotOurs: each board lacks one thing that makes it ours, or
// has one that makes it somebody's.
func TestPruneKeepsWhatIsNotOurs(t *testing.T) {
	eachSite(t, func(t *testing.T, s site) {
		plan := s.plan(func(p *Plan) {
			p.Prune = &Prune{Tag: "ginsight", UIDPrefix: s.prefix}
		})
		extra := plan
		extra.Prune, extra.Boards = nil, append(slices.Clone(plan.Boards), boards(
			s.board("gone", "ours"), s.board("edited", "ours"), s.board("saved", "ours"))...)
		extra.Boards = append(extra.Boards, Board{JSON: json.RawMessage(strings.Replace(string(s.board("untagged", "x")), `["ginsight"]`, `["other"]`, 1))})
		s.publish(t, extra)
		board, _ := s.stored(t, "edited")
		board["description"] = "mine"
		s.saveByHand(t, board, s.uid("folder"))
		board, _ = s.stored(t, "saved") // as the browser does it: unmarked, nothing changed
		delete(board, markField)
		s.saveByHand(t, board, s.uid("folder"))
		s.saveByHand(t, map[string]any{"uid": s.uid("theirs"), "title": "Never published", "tags": []string{"ginsight"}}, s.uid("folder"))

		var shown []string
		plan.Prune.Confirm = func(list []BoardResult) (bool, error) {
			for _, b := range list {
				shown = append(shown, b.UID)
			}
			return len(shown) > 2, nil // no at first
		}
		r := s.publish(t, plan)
		if !r.PruneDeclined {
			t.Error("it was not declined")
		}
		r = s.publish(t, plan)
		slices.Sort(shown)
		if want := []string{s.uid("gone"), s.uid("gone"), s.uid("saved"), s.uid("saved")}; !slices.Equal(shown, want) {
			t.Errorf("shown %q, want %q", shown, want)
		}
		got := map[string]State{}
		for _, b := range r.Pruned {
			got[strings.TrimPrefix(b.UID, s.prefix+"-")] = b.State
		}
		want := map[string]State{"gone": Removed, "saved": Removed, "edited": Conflict, "theirs": Conflict}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got %v, want %v", got, want)
		}
		for _, name := range []string{"edited", "theirs", "untagged", "one"} {
			s.stored(t, name)
		}
	})
}

// TestPruneOfManyPages reads past the first page, and removes nothing of a board
// that somebody saves meanwhile.
func TestPruneOfManyPages(t *testing.T) {
	s := fakeSite(t, grafanatest.New(), Config{Token: grafanatest.AdminToken})
	s.publish(t, s.plan(s.many(searchPage+7), func(p *Plan) { p.Parallel = MaxParallel }))
	plan := s.plan(s.many(3), func(p *Plan) { p.Prune = &Prune{Tag: "ginsight", UIDPrefix: s.prefix} })
	done := false
	s.fake.SetFault(func(_ int, r *http.Request) grafanatest.Fault {
		if !done && r.Method == http.MethodDelete {
			done = true
			board, _ := s.stored(t, fmt.Sprintf("n%d", searchPage))
			board["title"] = "Saved meanwhile"
			s.saveByHand(t, board, s.uid("folder"))
		}
		return grafanatest.Fault{}
	})
	r := s.publish(t, plan)
	kept := slices.DeleteFunc(slices.Clone(r.Pruned), func(b BoardResult) bool { return b.State == Removed })
	if len(r.Pruned) != searchPage+4 || len(kept) != 1 || kept[0].UID != s.uid(fmt.Sprintf("n%d", searchPage)) {
		t.Errorf("%d pruned, kept %+v", len(r.Pruned), kept)
	}
	if s.fake.Boards() != 4 {
		t.Errorf("%d boards are left", s.fake.Boards())
	}
}

// TestLockOfAnotherManager is left alone.
func TestLockOfAnotherManager(t *testing.T) {
	s := fakeSite(t, grafanatest.New(), Config{Token: grafanatest.AdminToken})
	s.publish(t, s.plan())
	if err := s.annotateResource(t.Context(), "default", s.uid("one"), map[string]any{managedBy: "terraform"}); err != nil {
		t.Fatal(err)
	}
	for _, lock := range []Lock{PutLock, TakeLock} {
		r := s.publish(t, s.plan(func(p *Plan) { p.Lock = lock }))
		if r.Boards[0].LockChanged || !strings.Contains(r.Boards[0].Reason, "terraform") || s.fake.Annotations(s.uid("one"))["managedBy"] != "terraform" {
			t.Errorf("%s: %+v", lock, r.Boards[0])
		}
	}
}

// TestOnlySavedInTheBrowser: an unmarked save with the defaults written down is
// no hand edit, neither for the same board nor for a newer one.
func TestOnlySavedInTheBrowser(t *testing.T) {
	eachSite(t, func(t *testing.T, s site) {
		s.publish(t, s.plan())
		board, _ := s.stored(t, "one")
		delete(board, markField)
		board["editable"], board["graphTooltip"], board["links"] = true, 0, []any{}
		panel := board["panels"].([]any)[0].(map[string]any)
		panel["pluginVersion"] = "12.4.0"
		delete(panel, "options")
		s.saveByHand(t, board, s.uid("folder"))
		checkStates(t, s.publish(t, s.plan()), "unchanged unchanged")
		checkStates(t, s.publish(t, s.plan(func(p *Plan) { p.Boards[0].JSON = s.board("one", "newer") })), "updated unchanged")

		// The same with a change is one.
		board, _ = s.stored(t, "one")
		delete(board, markField)
		board["title"] = "Mine"
		s.saveByHand(t, board, s.uid("folder"))
		p, err := Look(t.Context(), s.Client, s.plan(func(p *Plan) { p.Boards[0].JSON = s.board("one", "newest") }))
		if err != nil {
			t.Fatal(err)
		}
		b := p.Boards[0]
		if b.State != Conflict || b.Have["title"] != "Mine" || b.Published["description"] != "newer" || b.Want["description"] != "newest" {
			t.Errorf("%s: have %v, published %v, want %v", b.State, b.Have["title"], b.Published["description"], b.Want["description"])
		}
	})
}

// TestLockComesOnAndOff without a new version of the board, and stays off where
// a save took it off until it is asked for again.
func TestLockComesOnAndOff(t *testing.T) {
	eachSite(t, func(t *testing.T, s site) {
		namespace, err := s.namespace(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		run := func(lock Lock, writes int64, want map[string]string, edits ...func(*Plan)) {
			t.Helper()
			s.writes.Store(0)
			s.publish(t, s.plan(append(edits, func(p *Plan) { p.Lock = lock })...))
			if got := s.writes.Load(); got != writes {
				t.Errorf("%q: %d writes, want %d", lock, got, writes)
			}
			r, err := s.resource(t.Context(), namespace, s.uid("one"))
			if err != nil {
				t.Fatal(err)
			}
			for _, key := range []string{managedBy, managerID, sourcePath} {
				if r.Metadata.Annotations[key] != want[key] {
					t.Errorf("%q: %s is %q, want %q", lock, key, r.Metadata.Annotations[key], want[key])
				}
			}
		}
		locked := map[string]string{managedBy: manager, managerID: manager, sourcePath: "boards/0.go"}
		newer := func(p *Plan) { p.Boards[0].JSON = s.board("one", "newer") }
		run(LeaveLock, 4, nil)
		run(PutLock, 2, locked)
		run(PutLock, 0, locked)
		run(LeaveLock, 0, locked)
		run(PutLock, 2, locked, newer) // the save, and the lock that it took off
		if b, _ := s.stored(t, "one"); b["version"] != 2.0 {
			t.Errorf("version %v", b["version"])
		}
		run(TakeLock, 2, nil, newer)
		run(TakeLock, 0, nil, newer)
	})
}
