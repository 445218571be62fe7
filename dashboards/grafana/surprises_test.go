package grafana

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// recording is one recorded exchange.
type recording struct {
	Request struct {
		Method, Path string
		Body         json.RawMessage
	}
	Response struct {
		Status int
		Body   json.RawMessage
	}
}

// recorded returns the exchange of that number.
func recorded(t *testing.T, number string) recording {
	t.Helper()
	files, err := filepath.Glob("testdata/*/" + number + "-*.json")
	if err != nil || len(files) != 1 {
		t.Fatalf("%s: %v, %v", number, files, err)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var r recording
	if err := json.Unmarshal(raw, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// answering returns a client whose every request gets a recorded answer.
func answering(t *testing.T, number string) *Client {
	t.Helper()
	r := recorded(t, number)
	url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(r.Response.Status)
		_, _ = w.Write(r.Response.Body)
	}))
	return newClient(t, Config{URL: url, Token: "t", Tries: 1})
}

// ask sends a request that gets a recorded answer, and returns how the client
// takes it.
func ask(t *testing.T, number string) error {
	t.Helper()
	return answering(t, number).do(t.Context(), http.MethodGet, "api/x", nil, nil)
}

// stored returns the board out of a recorded answer, as the client reads it.
func stored(t *testing.T, number string) *storedBoard {
	t.Helper()
	p := publisher{client: answering(t, number)}
	b, err := p.read(t.Context(), "c-one")
	if err != nil || b == nil {
		t.Fatalf("%s: %v, %v", number, b, err)
	}
	return b
}

// sent returns the board of a recorded save.
func sent(t *testing.T, number string) content {
	t.Helper()
	var body struct{ Dashboard json.RawMessage }
	if err := json.Unmarshal(recorded(t, number).Request.Body, &body); err != nil {
		t.Fatal(err)
	}
	c, err := parseContent(body.Dashboard)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// surprises are what a recorded Grafana 12.4 does that a client has to know,
// with a test of each on the recorded answers. The names after "see" are tests
// of what the client makes of it as a whole.
var surprises = []struct {
	what string
	test func(t *testing.T)
}{
	{"1 a save without the current version is refused, identical or not; see TestSomebodySavesBetweenReadAndWrite", all(IsConflict, "081", "086", "088", "089")},
	{"2 an identical save still adds to the history, so it is compared first; see TestSecondPublishWritesNothing", func(t *testing.T) {
		p := publisher{plan: Plan{Folder: Folder{UID: "f-one"}}}
		if state, _ := p.decide(sent(t, "079"), stored(t, "080")); state != Unchanged {
			t.Errorf("it would be %s", state)
		}
	}},
	{"3 a move raises the version, so a moved board is saved, or kept; see TestHandEdits", func(t *testing.T) {
		p := publisher{plan: Plan{Folder: Folder{UID: "f-two"}, Overwrite: true}}
		if state, _ := p.decide(sent(t, "079"), stored(t, "080")); state != Updated {
			t.Errorf("it would be %s", state)
		}
	}},
	{"4 the history is an object with whole boards; see TestOnlySavedInTheBrowser", func(t *testing.T) {
		p := publisher{client: answering(t, "129")}
		if got, err := p.published(t.Context(), "c-one"); got != nil || err != nil { // none of it is ours
			t.Errorf("got %v, %v", got, err)
		}
	}},
	{"5 equal titles make new boards where no uid is sent; see TestPlanIsCheckedBeforeTheFirstRequest", func(t *testing.T) {
		plan := Plan{DataSource: PlannedDataSource{UID: "d"}, Folder: Folder{UID: "f"}, Boards: boards(json.RawMessage(`{"title":"x"}`))}
		_, err := plan.check()
		checkLine(t, err, "not a uid")
	}},
	{"6 one of two who create a board at once gets 409; see TestTwoCreateAtOnce", all(IsConflict, "404")},
	{"7 what was sent comes back with an id and a version and sorted keys", func(t *testing.T) {
		if have := stored(t, "080"); string(have.canonical) != string(sent(t, "079").canonical) {
			t.Errorf("got %s", have.canonical)
		}
	}},
	{"8 ids have 16 digits; see FuzzParseContent", func(t *testing.T) {
		c, err := parseContent([]byte(`{"uid":"u","title":"t","panels":[{"x":4160082088681473}]}`))
		if err != nil || !strings.Contains(string(c.canonical), "4160082088681473") {
			t.Errorf("%s, %v", c.canonical, err)
		}
	}},
	{"10 a body of any other type is 400", func(t *testing.T) {
		if !hasStatus(ask(t, "105"), 400) {
			t.Error("not refused")
		}
		var kinds []string
		url := serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { kinds = append(kinds, r.Header.Get("Content-Type")) }))
		c := newClient(t, Config{URL: url, Token: "t"})
		_ = c.createFolder(t.Context(), Folder{UID: "f"})
		_ = c.annotateResource(t.Context(), "default", "b", nil)
		if want := []string{"application/json", "application/merge-patch+json"}; !slices.Equal(kinds, want) {
			t.Errorf("sent %q", kinds)
		}
	}},
	{"11 boards of 12 MiB are stored", func(t *testing.T) {
		if maxAnswer < 2*12<<20 {
			t.Errorf("answers end at %d", maxAnswer)
		}
	}},
	{"12 refresh is raised silently, a long message or uid refused; see TestRefreshBelowTheServersMinimum", all(func(err error) bool { return hasStatus(err, 400) }, "097", "114", "117")},
	{"13 an id of another server is 404, so none is sent", func(t *testing.T) {
		if !IsNotFound(ask(t, "107")) {
			t.Error("not refused")
		}
		raw, err := stored(t, "080").marked(1, false)
		if err != nil || strings.Contains(string(raw), `"id":416`) {
			t.Errorf("sent %s, %v", raw, err)
		}
	}},
	{"14 a board without a folder moves to the root", func(t *testing.T) {
		if got := stored(t, "120").Meta.FolderUID; got != "" {
			t.Errorf("it is in %q", got)
		}
		raw, _ := json.Marshal(saveRequest{FolderUID: "f"})
		if !strings.Contains(string(raw), `"folderUid":"f"`) {
			t.Errorf("sent %s", raw)
		}
	}},
	{"15 an existing folder is 412; an unknown parent makes an orphan; see TestNestedFolders", func(t *testing.T) {
		if !IsConflict(ask(t, "056")) {
			t.Error("no conflict")
		}
		if f, err := answering(t, "068").Folder(t.Context(), "f-orphan"); err != nil || f.ParentUID != "no-such-folder" {
			t.Errorf("%+v, %v", f, err)
		}
	}},
	{"18 rights are cached for a minute; see TestRights", func(t *testing.T) {
		checkLine(t, ask(t, "134"), "lack the right", "minute")
		checkLine(t, ask(t, "135"), "lack the right", "minute")
	}},
	{"19 403 has three shapes and 401 three reasons", func(t *testing.T) {
		all(IsForbidden, "024", "135", "200")(t)
		all(IsUnauthorized, "002", "006", "007")(t)
		checkLine(t, ask(t, "200"), "lack the right")
	}},
	{"20 an editor cannot write data sources, an unknown organisation is 403; see TestRights", all(IsForbidden, "028", "010")},
	{"23 a version of the resource API that is not served is 404, like a board that is missing", func(t *testing.T) {
		if !noResourceAPI(ask(t, "180")) || noResourceAPI(ask(t, "186")) {
			t.Error("they are not told apart")
		}
	}},
	{"24 v1beta1 does not round trip; see TestWhatGrafanaDoesIsNoDifference in package diff", func(t *testing.T) {
		p := publisher{plan: Plan{Folder: Folder{UID: "f-one"}}}
		if state, reason := p.decide(sent(t, "127"), stored(t, "257")); state != Unchanged { // rewritten by a patch of annotations
			t.Errorf("it would be %s: %s", state, reason)
		}
	}},
	{"25 v0alpha1 hands out what is stored, and an annotation leaves it alone; see TestFaultAnywhereInAWholeRun", func(t *testing.T) {
		r, err := answering(t, "342").resource(t.Context(), "default", "x-one")
		if err != nil || r.Metadata.Generation != 1 || r.Metadata.Annotations[managedBy] != "kubectl" {
			t.Errorf("%+v, %v", r, err)
		}
		if b := stored(t, "343"); b.version() != 1 {
			t.Errorf("version %d", b.version())
		}
	}},
	{"26 a stale resource version is 409, also to delete; see TestPruneOfManyPages", all(IsConflict, "362", "267")},
	{"32 any classic save takes the lock off; see TestFaultAnywhereInAWholeRun", func(t *testing.T) {
		for number, want := range map[string]bool{"342": true, "344": true, "348": false, "350": false} {
			r, err := answering(t, number).resource(t.Context(), "default", "x-one")
			if got := annotated(r.Metadata.Annotations, map[string]any{managedBy: "kubectl"}); err != nil || got != want {
				t.Errorf("%s: locked %v, %v", number, got, err)
			}
		}
	}},
	{"30 31 35 a manager of one's own kind is kept, whoever sets it; see TestLockOfAnotherManager", func(t *testing.T) {
		l := locker{lock: PutLock}
		r, err := answering(t, "403").resource(t.Context(), "default", "w-own")
		want := l.annotations(content{source: "boards/red.go"})
		want[managerID] = "lab-manager"
		if err != nil || !annotated(r.Metadata.Annotations, want) {
			t.Errorf("%+v, %v", r, err)
		}
	}},
	{"33 boards of classic-file-provisioning are deleted at the next reload", func(t *testing.T) {
		if manager == "classic-file-provisioning" {
			t.Error("that is our manager")
		}
	}},
	{"34 a board from a file cannot be saved; see TestProvisionedFromAFile", func(t *testing.T) {
		if !isProvisioned(ask(t, "277")) || isProvisioned(ask(t, "102")) || !stored(t, "275").Meta.Provisioned {
			t.Error("not recognised")
		}
	}},
	{"38 an annotation needs a text, and adding one twice makes two; see TestFaultAnywhereInAWholeRun", func(t *testing.T) {
		plan := Plan{DataSource: PlannedDataSource{UID: "d"}, Folder: Folder{UID: "f"}, Boards: boards(json.RawMessage(`{}`)), Annotation: &Annotation{}}
		_, err := plan.check()
		checkLine(t, err, "needs a text")
		p := publisher{client: answering(t, "325")}
		for text, want := range map[string]bool{"organisation-wide": true, "by editor": true, "deployed v1.2.3": false, "other": false} {
			if got, err := p.annotated(t.Context(), Annotation{Text: text, Tags: []string{"deploy"}, Time: time.Now()}); err != nil || got != want {
				t.Errorf("%s: there %v, %v", text, got, err)
			}
		}
	}},
	{"39 a page past the end is empty, a page of over 5000 refused; see TestPruneOfManyPages", func(t *testing.T) {
		for number, want := range map[string]int{"161": 0, "170": 1} {
			if hits, err := answering(t, number).search(t.Context(), "x", "f"); err != nil || len(hits) != want {
				t.Errorf("%s: %v, %v", number, hits, err)
			}
		}
		if _, err := answering(t, "166").search(t.Context(), "x", "f"); !hasStatus(err, 422) || searchPage > 5000 {
			t.Errorf("%v", err)
		}
	}},
}

// notOurs are the surprises about what this client does not do, or leaves to
// the server.
var notOurs = map[string]string{
	"9":  "it reads no names of users",
	"16": "it renames no folders",
	"17": "it deletes no folders",
	"21": "it reloads no provisioning",
	"22": "it changes and asks no data source that exists",
	"27": "package diff tells of a newer schema: TestNewerSchemaIsTold",
	"28": "it lists boards through the classic search",
	"29": "it writes no board through the resource API",
	"36": "it creates no board through the resource API",
	"37": "it writes no alert rules",
}

// TestSurprises replays each of the 39 that concerns the client.
func TestSurprises(t *testing.T) {
	covered := map[string]bool{}
	for _, s := range surprises {
		for _, word := range strings.Fields(s.what) {
			if strings.Trim(word, "0123456789") != "" {
				break
			}
			covered[word] = true
		}
		t.Run(strings.ReplaceAll(strings.Split(s.what, ";")[0], " ", "-"), s.test)
	}
	for n := range 39 {
		number := strconv.Itoa(n + 1)
		if _, left := notOurs[number]; left == covered[number] {
			t.Errorf("surprise %s: has a test %v, and is said not to concern us %v", number, covered[number], left)
		}
	}
}

// all checks how the client takes each of the answers.
func all(is func(error) bool, numbers ...string) func(*testing.T) {
	return func(t *testing.T) {
		for _, n := range numbers {
			if err := ask(t, n); !is(err) {
				t.Errorf("%s: %v", n, err)
			}
		}
	}
}

// TestNestedFolders makes the parents first, and moves nobody's folder.
func TestNestedFolders(t *testing.T) {
	eachSite(t, func(t *testing.T, s site) {
		nested := s.plan(func(p *Plan) {
			p.Parents = []Folder{{UID: s.uid("folder"), Title: "Outer"}, {UID: s.uid("middle")}}
			p.Folder = Folder{UID: s.uid("inner"), Title: "Inner"}
		})
		r := s.publish(t, nested)
		want := []Folder{
			{s.uid("folder"), "Outer", ""}, {s.uid("middle"), s.uid("middle"), s.uid("folder")}, {s.uid("inner"), "Inner", s.uid("middle")},
		}
		if !slices.Equal(r.FoldersCreated, want) || r.Folder != want[2] {
			t.Errorf("created %+v", r.FoldersCreated)
		}
		s.writes.Store(0)
		checkStates(t, s.publish(t, nested), "unchanged unchanged")
		wrong := nested
		wrong.Parents = []Folder{{UID: s.uid("folder")}}
		_, err := Publish(t.Context(), s.Client, wrong)
		checkLine(t, err, "is in "+s.uid("middle"), "move it in Grafana")
		if s.writes.Load() != 0 {
			t.Errorf("%d writes", s.writes.Load())
		}
	})
}
