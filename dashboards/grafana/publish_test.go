package grafana

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSecondPublishWritesNothing(t *testing.T) {
	eachSite(t, func(t *testing.T, s site) {
		var reported []string
		plan := s.plan(func(p *Plan) { p.Report = func(b BoardResult) { reported = append(reported, b.UID) } })
		r := s.publish(t, plan)
		checkStates(t, r, "created created")
		if !r.DataSourceCreated || !folderCreated(r) || s.writes.Load() != 4 {
			t.Errorf("first run: %+v, %d writes", r, s.writes.Load())
		}
		if diff := cmp.Diff([]string{s.uid("one"), s.uid("two")}, reported); diff != "" {
			t.Errorf("reported: %s", diff)
		}
		board, meta := s.stored(t, "one")
		if meta["folderUid"] != s.uid("folder") || board["version"] != 1.0 {
			t.Errorf("stored in %v as version %v", meta["folderUid"], board["version"])
		}
		variables := board["templating"].(map[string]any)["list"].([]any)
		if diff := cmp.Diff([]any{map[string]any{"text": s.uid("ds"), "value": s.uid("ds")}, map[string]any{}},
			[]any{variables[0].(map[string]any)["current"], variables[1].(map[string]any)["current"]}); diff != "" {
			t.Errorf("variables start on (-want +got):\n%s", diff)
		}
		s.checkMessage(t, "one", "1", "from the test")

		s.writes.Store(0)
		r = s.publish(t, s.plan(func(p *Plan) { p.Message = "another" }))
		checkStates(t, r, "unchanged unchanged")
		if r.DataSourceCreated || folderCreated(r) || s.writes.Load() != 0 {
			t.Errorf("second run: %+v, %d writes", r, s.writes.Load())
		}
	})
}

func (s site) checkMessage(t *testing.T, name, version, want string) {
	t.Helper()
	var v struct{ Message string }
	if err := s.do(t.Context(), http.MethodGet, "api/dashboards/uid/"+s.uid(name)+"/versions/"+version, nil, &v); err != nil {
		t.Fatal(err)
	}
	if v.Message != want {
		t.Errorf("version %s of %s says %q, want %q", version, name, v.Message, want)
	}
}

func TestUpdateStaysInItsFolder(t *testing.T) {
	eachSite(t, func(t *testing.T, s site) {
		s.publish(t, s.plan())
		changed := s.plan(func(p *Plan) {
			p.Boards[1].JSON = s.board("two", "Runtime, said better")
			p.Message = "better words"
		})
		s.writes.Store(0)
		checkStates(t, s.publish(t, changed), "unchanged updated")
		board, meta := s.stored(t, "two")
		if s.writes.Load() != 1 || board["version"] != 2.0 || board["description"] != "Runtime, said better" || meta["folderUid"] != s.uid("folder") {
			t.Errorf("%d writes; version %v, %q in %v", s.writes.Load(), board["version"], board["description"], meta["folderUid"])
		}
		s.checkMessage(t, "two", "2", "better words")
		checkStates(t, s.publish(t, changed), "unchanged unchanged")
		checkStates(t, s.publish(t, s.plan()), "unchanged updated") // and back
	})
}

// TestHandEdits changes a published board in every way in which somebody might,
// and publishes new content. The edit must be reported and kept, the other
// board published, and Overwrite must replace the edit.
func TestHandEdits(t *testing.T) {
	for name, tt := range map[string]struct {
		edit   func(t *testing.T, s site, board map[string]any)
		reason string
	}{
		"edited, mark kept": {func(t *testing.T, s site, b map[string]any) {
			b["title"] = "Mine"
			s.saveByHand(t, b, s.uid("folder"))
		}, "version 3 there, 2 published"},
		"edited, mark dropped": {func(t *testing.T, s site, b map[string]any) {
			b["title"] = "Mine"
			delete(b, markField)
			s.saveByHand(t, b, s.uid("folder"))
		}, "not published from here"},
		"edited, mark broken": {func(t *testing.T, s site, b map[string]any) {
			b["title"], b[markField] = "Mine", []any{"x"}
			s.saveByHand(t, b, s.uid("folder"))
		}, "not published from here"},
		"refresh edited": {func(t *testing.T, s site, b map[string]any) {
			b["refresh"] = "5m"
			s.saveByHand(t, b, s.uid("folder"))
		}, "version 3 there"},
		"rolled back": {func(t *testing.T, s site, _ map[string]any) {
			var first struct{ Data map[string]any }
			if err := s.do(t.Context(), http.MethodGet, "api/dashboards/uid/"+s.uid("one")+"/versions/1", nil, &first); err != nil {
				t.Fatal(err)
			}
			delete(first.Data, "id")
			s.saveByHand(t, first.Data, s.uid("folder"))
		}, "version 3 there, 1 published"},
		"moved": {func(t *testing.T, s site, b map[string]any) { s.saveByHand(t, b, "") }, "version 3 there, 2 published"},
		"deleted, edited export imported": {func(t *testing.T, s site, b map[string]any) {
			s.delete(t, "one")
			b["title"], b[markField].(map[string]any)["version"] = "Mine", 1
			s.saveByHand(t, b, s.uid("folder"))
		}, "content is not what was published"},
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			eachSite(t, func(t *testing.T, s site) {
				s.publish(t, s.plan(func(p *Plan) { p.Boards[0].JSON = s.board("one", "first try") }))
				s.publish(t, s.plan())
				board, _ := s.stored(t, "one")
				t.Cleanup(func() { s.delete(t, "one") }) // it may have been moved out of the folder
				tt.edit(t, s, maps.Clone(board))
				edited, folder := s.stored(t, "one")

				next := s.plan(func(p *Plan) {
					p.Boards = boards(s.board("one", "new"), s.board("two", "new"))
				})
				r := s.publish(t, next)
				checkStates(t, r, "conflict updated")
				if !strings.Contains(r.Boards[0].Reason, tt.reason) {
					t.Errorf("reason %q, want %q", r.Boards[0].Reason, tt.reason)
				}
				after, folderAfter := s.stored(t, "one")
				if diff := cmp.Diff([]any{edited, folder["folderUid"]}, []any{after, folderAfter["folderUid"]}); diff != "" {
					t.Errorf("the edit was touched:\n%s", diff)
				}

				next.Overwrite = true
				checkStates(t, s.publish(t, next), "updated unchanged")
				if b, meta := s.stored(t, "one"); b["description"] != "new" || meta["folderUid"] != s.uid("folder") {
					t.Errorf("after overwriting: %q in %v", b["description"], meta["folderUid"])
				}
				next.Overwrite = false
				checkStates(t, s.publish(t, next), "unchanged unchanged")
			})
		})
	}
}

// TestMoves: our plan may move a board; somebody else's move is kept like any
// other edit.
func TestMoves(t *testing.T) {
	eachSite(t, func(t *testing.T, s site) {
		s.publish(t, s.plan())
		s.writes.Store(0)
		elsewhere := s.plan(func(p *Plan) { p.Folder.UID = s.uid("twin") })
		t.Cleanup(func() {
			_ = s.do(context.Background(), http.MethodDelete, "api/folders/"+s.uid("twin"), nil, nil)
		})
		checkStates(t, s.publish(t, elsewhere), "updated updated")
		if _, meta := s.stored(t, "two"); meta["folderUid"] != s.uid("twin") || s.writes.Load() != 3 {
			t.Errorf("in %v after %d writes", meta["folderUid"], s.writes.Load())
		}
		board, _ := s.stored(t, "one")
		s.saveByHand(t, board, s.uid("folder"))
		checkStates(t, s.publish(t, elsewhere), "conflict unchanged")
	})
}

func TestBoardThatWasThereBefore(t *testing.T) {
	eachSite(t, func(t *testing.T, s site) {
		plan := s.plan()
		r := s.publish(t, s.plan(func(p *Plan) { p.Boards = p.Boards[1:] })) // makes folder and data source
		checkStates(t, r, "created")
		foreign := map[string]any{"uid": s.uid("one"), "title": "Somebody's", "schemaVersion": 42}
		s.saveByHand(t, foreign, s.uid("folder"))
		checkStates(t, s.publish(t, plan), "conflict unchanged")

		// The same content is nobody's loss: the board counts as published.
		board, _ := s.stored(t, "two")
		delete(board, markField)
		s.saveByHand(t, board, s.uid("folder"))
		s.writes.Store(0)
		checkStates(t, s.publish(t, plan), "conflict unchanged")
		if s.writes.Load() != 0 {
			t.Errorf("%d writes", s.writes.Load())
		}
	})
}

// TestRefreshBelowTheServersMinimum: Grafana raises it on saving, which must
// not look like a hand edit, nor cause a save each time.
func TestRefreshBelowTheServersMinimum(t *testing.T) {
	eachSite(t, func(t *testing.T, s site) {
		withRefresh := func(refresh, description string) Plan {
			return s.plan(func(p *Plan) {
				board := strings.Replace(string(s.board("one", description)), "30s", refresh, 1)
				p.Boards = boards(json.RawMessage(board))
			})
		}
		checkStates(t, s.publish(t, withRefresh("1s", "a")), "created")
		if b, _ := s.stored(t, "one"); b["refresh"] != "5s" {
			t.Fatalf("stored refresh %v", b["refresh"])
		}
		checkStates(t, s.publish(t, withRefresh("1s", "a")), "unchanged")
		checkStates(t, s.publish(t, withRefresh("1s", "b")), "updated")
		checkStates(t, s.publish(t, withRefresh("1m", "b")), "updated")
		if b, _ := s.stored(t, "one"); b["refresh"] != "1m" {
			t.Errorf("stored refresh %v", b["refresh"])
		}
	})
}

func TestDryRunWritesNothing(t *testing.T) {
	eachSite(t, func(t *testing.T, s site) {
		dry := s.plan(func(p *Plan) { p.DryRun = true })
		r := s.publish(t, dry)
		checkStates(t, r, "created created")
		if !r.DataSourceCreated || !folderCreated(r) || s.writes.Load() != 0 {
			t.Errorf("%+v, %d writes", r, s.writes.Load())
		}
		s.publish(t, s.plan())
		s.writes.Store(0)
		dry.Boards[0].JSON = s.board("one", "new")
		checkStates(t, s.publish(t, dry), "updated unchanged")
		if s.writes.Load() != 0 {
			t.Errorf("%d writes", s.writes.Load())
		}
	})
}

func TestDataSourceOfThatNameIsUsedAsItIs(t *testing.T) {
	eachSite(t, func(t *testing.T, s site) {
		theirs := DataSource{UID: s.uid("ds"), Name: s.uid("their name"), Type: prometheus, URL: "http://127.0.0.1:1"}
		if err := s.createDataSource(t.Context(), newDataSource{DataSource: theirs, Access: "proxy"}); err != nil {
			t.Fatal(err)
		}
		r := s.publish(t, s.plan(func(p *Plan) { p.DataSource.UID, p.DataSource.Name = "ginsight-test-other", theirs.Name }))
		if r.DataSource != theirs || r.DataSourceCreated {
			t.Errorf("used %+v", r.DataSource)
		}
		if now, err := s.DataSource(t.Context(), theirs.UID); err != nil || now != theirs {
			t.Errorf("is now %+v, %v", now, err)
		}
	})
}

func TestDataSourceOfAnotherType(t *testing.T) {
	eachSite(t, func(t *testing.T, s site) {
		loki := DataSource{UID: s.uid("ds"), Name: s.uid("ds"), Type: "loki", URL: "http://127.0.0.1:1"}
		if err := s.createDataSource(t.Context(), newDataSource{DataSource: loki, Access: "proxy"}); err != nil {
			t.Fatal(err)
		}
		s.writes.Store(0)
		_, err := Publish(t.Context(), s.Client, s.plan())
		checkLine(t, err, "loki", "not prometheus", "another")
		if s.writes.Load() != 0 {
			t.Errorf("%d writes", s.writes.Load())
		}
	})
}

func TestFolderIsFoundByUIDNotByTitle(t *testing.T) {
	eachSite(t, func(t *testing.T, s site) {
		twin := Folder{UID: s.uid("twin"), Title: "Ginsight test"}
		if err := s.createFolder(t.Context(), twin); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.do(context.Background(), http.MethodDelete, "api/folders/"+twin.UID, nil, nil) })
		s.publish(t, s.plan())
		renamed := map[string]any{"title": "Renamed by hand", "overwrite": true}
		if err := s.do(t.Context(), http.MethodPut, "api/folders/"+s.uid("folder"), renamed, nil); err != nil {
			t.Fatal(err)
		}
		r := s.publish(t, s.plan())
		checkStates(t, r, "unchanged unchanged")
		if r.Folder != (Folder{UID: s.uid("folder"), Title: "Renamed by hand"}) {
			t.Errorf("folder %+v", r.Folder)
		}
	})
}

func TestPlanIsCheckedBeforeTheFirstRequest(t *testing.T) {
	s := newSite(t, Config{URL: "http://127.0.0.1:1", Token: "t", Tries: 1})
	for word, spoil := range map[string]func(*Plan){
		"uid of a folder":      func(p *Plan) { p.Folder.UID = "" },
		"uid of a data source": func(p *Plan) { p.DataSource.UID = strings.Repeat("x", 41) },
		"500":                  func(p *Plan) { p.Message = strings.Repeat("x", 501) },
		"no board":             func(p *Plan) { p.Boards = nil },
		"parse":                func(p *Plan) { p.Boards[0].JSON = json.RawMessage(`[]`) },
		"null":                 func(p *Plan) { p.Boards[0].JSON = json.RawMessage(`null`) },
		"not a uid":            func(p *Plan) { p.Boards[0].JSON = json.RawMessage(`{"uid":"a b","title":"x"}`) },
		"no title":             func(p *Plan) { p.Boards[0].JSON = json.RawMessage(`{"uid":"a"}`) },
		"two boards":           func(p *Plan) { p.Boards[1] = p.Boards[0] },
	} {
		_, err := Publish(t.Context(), s.Client, s.plan(spoil))
		checkLine(t, err, word)
	}
}
