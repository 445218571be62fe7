package grafana

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ginsight/ginsight/dashboards/grafana/grafanatest"
)

// TestDryRunOfATokenThatIsToldNothing: it cannot know whether the board is
// there, and must not find out by writing.
func TestDryRunOfATokenThatIsToldNothing(t *testing.T) {
	fake := grafanatest.New()
	fake.HideMissing = true
	s := fakeSite(t, fake, Config{Token: grafanatest.AdminToken})
	s.publish(t, s.plan(func(p *Plan) { p.Boards = p.Boards[1:] }))
	editor := newClient(t, Config{URL: s.base, Token: grafanatest.EditorToken})
	before := fake.Writes()
	r, err := Publish(t.Context(), editor, s.plan(func(p *Plan) { p.DryRun = true }))
	checkStates(t, r, "failed unchanged")
	checkLine(t, err, "1 of 2")
	checkLine(t, r.Boards[0].Err, "lack the right", "dashboards:read")
	if fake.Writes() != before {
		t.Error("it wrote")
	}
}

func TestRights(t *testing.T) {
	withSource := func(t *testing.T, s site) {
		admin := newClient(t, Config{URL: s.base, Token: grafanatest.AdminToken})
		ds := DataSource{UID: s.uid("ds"), Name: "theirs", Type: prometheus, URL: "http://p"}
		if err := admin.createDataSource(t.Context(), newDataSource{DataSource: ds, Access: "proxy"}); err != nil {
			t.Fatal(err)
		}
	}
	withAll := func(t *testing.T, s site) {
		withSource(t, s)
		if _, err := s.Folder(t.Context(), "x"); err == nil { // the token is used, and its rights are cached
			t.Fatal("folder x exists")
		}
		admin := newClient(t, Config{URL: s.base, Token: grafanatest.AdminToken})
		if err := admin.createFolder(t.Context(), Folder{UID: s.uid("folder"), Title: "F"}); err != nil {
			t.Fatal(err)
		}
	}
	for name, tt := range map[string]struct {
		token       Secret
		hideMissing bool
		prepare     func(*testing.T, site)
		words       []string // nil: it works
	}{
		"wrong token":                  {token: "glsa_wrong_5ecret", words: []string{"does not know", "GRAFANA_TOKEN"}},
		"editor, no data source":       {token: grafanatest.EditorToken, words: []string{"may not create data sources", "Admin", "datasources:create"}},
		"editor, data source":          {token: grafanatest.EditorToken, prepare: withSource},
		"editor who is told nothing":   {token: grafanatest.EditorToken, prepare: withSource, hideMissing: true},
		"viewer":                       {token: grafanatest.ViewerToken, prepare: withSource, words: []string{"lack the right", "folders:create"}},
		"editor, too early for folder": {token: grafanatest.EditorToken, prepare: withAll, words: []string{"lack the right", "minute"}},
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			fake := grafanatest.New()
			now := time.Now()
			fake.Now = func() time.Time { return now }
			fake.HideMissing = tt.hideMissing
			s := fakeSite(t, fake, Config{Token: tt.token})
			if tt.prepare != nil {
				tt.prepare(t, s)
			}
			r, err := Publish(t.Context(), s.Client, s.plan())
			if tt.words == nil {
				if err != nil {
					t.Fatal(err)
				}
				checkStates(t, r, "created created")
				return
			}
			checkLine(t, err, tt.words...)
			if slices.Contains(fake.Requests(), "POST /api/dashboards/db") {
				t.Errorf("it went on: %v", fake.Requests())
			}
		})
	}
}
