package grafana

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/ginsight/ginsight/dashboards/grafana/grafanatest"
)

// requestsOfOneRun is what a first publish of two boards takes: two looks for
// the data source, then it; one for the folder, then it; two for each board.
const requestsOfOneRun = 9

// at injects a fault into the nth request only.
func at(nth int, f grafanatest.Fault) func(int, *http.Request) grafanatest.Fault {
	return func(n int, _ *http.Request) grafanatest.Fault {
		if n == nth {
			return f
		}
		return grafanatest.Fault{}
	}
}

var faults = map[string]grafanatest.Fault{
	"refused":     {Status: 503},
	"dropped":     {Drop: true},
	"answer lost": {Lose: true},
}

// TestFaultAtEveryRequest breaks each request of a run in turn. The client gets
// over it by itself.
func TestFaultAtEveryRequest(t *testing.T) {
	for name, fault := range faults {
		for nth := 1; nth <= requestsOfOneRun; nth++ {
			t.Run(fmt.Sprintf("%s-%d", strings.ReplaceAll(name, " ", "-"), nth), func(t *testing.T) {
				s := fakeSite(t, grafanatest.New(), Config{Token: grafanatest.AdminToken})
				s.fake.SetFault(at(nth, fault))
				r := s.publish(t, s.plan())
				checkStates(t, r, "created created")
				if !r.DataSourceCreated || !folderCreated(r) {
					t.Errorf("not said to be created: %+v", r)
				}
				if n := len(s.fake.Requests()); n <= requestsOfOneRun {
					t.Errorf("%d requests: the fault met none", n)
				}
				s.checkFinished(t)
			})
		}
	}
}

// TestRunAgainAfterAFault does the same with a client that gives up at once,
// and then runs it again.
func TestRunAgainAfterAFault(t *testing.T) {
	for name, fault := range faults {
		for nth := 1; nth <= requestsOfOneRun; nth++ {
			t.Run(fmt.Sprintf("%s-%d", strings.ReplaceAll(name, " ", "-"), nth), func(t *testing.T) {
				s := fakeSite(t, grafanatest.New(), Config{Token: grafanatest.AdminToken, Tries: 1})
				// Without reused connections, on which net/http repeats a read by itself.
				s.http.Transport.(counter).RoundTripper.(*http.Transport).DisableKeepAlives = true
				s.fake.SetFault(at(nth, fault))
				_, err := Publish(t.Context(), s.Client, s.plan())
				checkLine(t, err)
				s.fake.SetFault(nil)
				s.publish(t, s.plan())
				s.checkFinished(t)
			})
		}
	}
}

// checkFinished checks that nothing is lost or doubled, and nothing left to do.
func (s site) checkFinished(t *testing.T) {
	t.Helper()
	before := s.fake.Writes()
	r := s.publish(t, s.plan())
	checkStates(t, r, "unchanged unchanged")
	if s.fake.Boards() != 2 || s.fake.Writes() != before || r.DataSource.UID != s.uid("ds") || r.Folder.UID != s.uid("folder") {
		t.Errorf("%d boards, %d more writes, %+v", s.fake.Boards(), s.fake.Writes()-before, r)
	}
	for _, name := range []string{"one", "two"} {
		if b, meta := s.stored(t, name); b["version"] != 1.0 || meta["folderUid"] != s.uid("folder") {
			t.Errorf("%s is version %v in %v", name, b["version"], meta["folderUid"])
		}
	}
}

func TestInterrupted(t *testing.T) {
	for nth := 1; nth <= requestsOfOneRun; nth++ {
		t.Run(fmt.Sprint(nth), func(t *testing.T) {
			s := fakeSite(t, grafanatest.New(), Config{Token: grafanatest.AdminToken})
			ctx, cancel := context.WithCancel(t.Context())
			s.fake.SetFault(func(n int, _ *http.Request) grafanatest.Fault {
				if n == nth {
					cancel() // the request may still be carried out, as in life
				}
				return grafanatest.Fault{}
			})
			r, err := Publish(ctx, s.Client, s.plan())
			if err == nil && nth == requestsOfOneRun {
				return // the last answer came before the interruption: all is done
			}
			checkLine(t, err, fmt.Sprintf("interrupted after %d of 2", len(r.Boards)), "run it again")
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%v does not wrap the context's error", err)
			}
			if r.Count(Failed) > 0 || len(s.fake.Requests()) > nth {
				t.Errorf("%s; %d requests after %d", states(r), len(s.fake.Requests()), nth)
			}
			s.fake.SetFault(nil)
			s.publish(t, s.plan())
			s.checkFinished(t)
		})
	}
}

// TestSomebodySavesBetweenReadAndWrite: the version that was read is not the
// stored one any more when our save arrives.
func TestSomebodySavesBetweenReadAndWrite(t *testing.T) {
	for name, tt := range map[string]struct {
		overwrite bool
		meddle    func(t *testing.T, s site)
		want      string
		reason    string
	}{
		"edit":            {meddle: editOne, want: "conflict updated", reason: "it was changed in Grafana"},
		"edit, overwrite": {overwrite: true, meddle: editOne, want: "updated updated"},
		"other publisher": {meddle: publishOther, want: "conflict updated", reason: "somebody else published it"},
		"same by another": {meddle: publishSame, want: "updated updated"},
		"deleted":         {meddle: func(t *testing.T, s site) { s.delete(t, "one") }, want: "updated updated"},
	} {
		t.Run(name, func(t *testing.T) {
			s := fakeSite(t, grafanatest.New(), Config{Token: grafanatest.AdminToken})
			s.publish(t, s.plan())
			done := false
			s.fake.SetFault(func(_ int, r *http.Request) grafanatest.Fault {
				if !done && r.Method == http.MethodPost {
					done = true
					tt.meddle(t, s)
				}
				return grafanatest.Fault{}
			})
			plan := s.plan(newBoards(s), func(p *Plan) { p.Overwrite = tt.overwrite })
			r := s.publish(t, plan)
			checkStates(t, r, tt.want)
			if !strings.Contains(r.Boards[0].Reason, tt.reason) {
				t.Errorf("reason %q", r.Boards[0].Reason)
			}
			if tt.reason == "" {
				checkStates(t, s.publish(t, plan), "unchanged unchanged")
				next := s.plan(func(p *Plan) { p.Boards[0].JSON = s.board("one", "newer") })
				checkStates(t, s.publish(t, next), "updated updated") // no false alarm later
			}
		})
	}
}

func newBoards(s site) func(*Plan) {
	return func(p *Plan) { p.Boards = boards(s.board("one", "new"), s.board("two", "new")) }
}

func editOne(t *testing.T, s site) {
	board, _ := s.stored(t, "one")
	board["title"] = "Mine"
	s.saveByHand(t, board, s.uid("folder"))
}

func publishOther(t *testing.T, s site) {
	s.publish(t, s.plan(func(p *Plan) { p.Boards = boards(s.board("one", "another branch")) }))
}

func publishSame(t *testing.T, s site) {
	s.publish(t, s.plan(newBoards(s), func(p *Plan) { p.Boards = p.Boards[:1] }))
}

// TestProvisionedFromAFile: Grafana itself refuses to save such a board.
func TestProvisionedFromAFile(t *testing.T) {
	s := fakeSite(t, grafanatest.New(), Config{Token: grafanatest.AdminToken})
	s.fake.AddProvisioned(s.uid("one"), "Mine", "boards.json")
	r := s.publish(t, s.plan(func(p *Plan) { p.Overwrite = true }))
	checkStates(t, r, "conflict created")
	if !strings.Contains(r.Boards[0].Reason, "provisioning file") {
		t.Errorf("reason %q", r.Boards[0].Reason)
	}
}

// TestTwoCreateAtOnce: both saw that the board was missing.
func TestTwoCreateAtOnce(t *testing.T) {
	s := fakeSite(t, grafanatest.New(), Config{Token: grafanatest.AdminToken})
	s.publish(t, s.plan(func(p *Plan) { p.Boards = p.Boards[1:] })) // makes the folder
	done := false
	s.fake.SetFault(func(_ int, r *http.Request) grafanatest.Fault {
		if !done && r.Method == http.MethodPost {
			done = true
			s.saveByHand(t, map[string]any{"uid": s.uid("one"), "title": "Mine"}, s.uid("folder"))
		}
		return grafanatest.Fault{}
	})
	checkStates(t, s.publish(t, s.plan()), "conflict unchanged")
	if b, _ := s.stored(t, "one"); b["title"] != "Mine" {
		t.Errorf("theirs is now %q", b["title"])
	}
}

// TestRaceAnswer reads the recorded answer to one of several writers of a new
// uid, which the fake cannot provoke.
func TestRaceAnswer(t *testing.T) {
	err := parseError(409, []byte(`{"message": "dashboards.dashboard.grafana.app \"y-race-0\" already exists"}`))
	if !IsConflict(err) || !strings.Contains(err.Error(), "already exists") {
		t.Errorf("%v", err)
	}
}

func TestOneBoardFailsTheOthersGoOn(t *testing.T) {
	s := fakeSite(t, grafanatest.New(), Config{Token: grafanatest.AdminToken})
	s.fake.SetFault(at(7, grafanatest.Fault{Status: 500}))
	r, err := Publish(t.Context(), s.Client, s.plan())
	checkStates(t, r, "failed created")
	checkLine(t, err, "1 of 2", "run it again")
	checkLine(t, r.Boards[0].Err, "500")
	s.publish(t, s.plan())
	s.checkFinished(t)
}

func TestUnreachableStopsTheRun(t *testing.T) {
	s := fakeSite(t, grafanatest.New(), Config{Token: grafanatest.AdminToken, Tries: 1})
	s.fake.SetFault(func(n int, _ *http.Request) grafanatest.Fault { return grafanatest.Fault{Drop: n > 5} })
	r, err := Publish(t.Context(), s.Client, s.plan())
	checkStates(t, r, "failed")
	checkLine(t, err, "stopped after 1 of 2", "no answer", "GRAFANA_URL")
}
