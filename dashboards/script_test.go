package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/ginsight/ginsight/dashboards/grafana"
	"github.com/ginsight/ginsight/dashboards/grafana/grafanatest"
	"github.com/ginsight/ginsight/dashboards/query"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestMain lets the scripts start this test binary as the command itself.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"dashboards": main,
		"two-boards": twoBoards,
	})
}

// twoBoards is publish, or diff if that comes first, over two small boards, so
// that a script can name what is on them; or over the files in $BOARDS.
func twoBoards() {
	args := os.Args[1:]
	cmd := publishCommand(scriptBoards, os.Getenv)
	if len(args) > 0 && args[0] == "diff" {
		cmd, args = diffCommand(scriptBoards, os.Getenv), args[1:]
	}
	cmd.SetArgs(args)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	os.Exit(exitCode(cmd.ExecuteContext(context.Background()), "two-boards", os.Stderr))
}

func scriptBoards(query.Form) ([]grafana.Board, error) {
	if dir := os.Getenv("BOARDS"); dir != "" {
		files, err := filepath.Glob(filepath.Join(dir, "*.json"))
		var out []grafana.Board
		for _, f := range files {
			raw, readErr := os.ReadFile(f)
			err = errors.Join(err, readErr)
			out = append(out, grafana.Board{JSON: raw, Source: "boards/" + filepath.Base(f)})
		}
		return out, err
	}
	return []grafana.Board{
		{JSON: json.RawMessage(`{"uid":"red","title":"HTTP overview","schemaVersion":42,"panels":[]}`), Source: "boards/red.go"},
		{JSON: json.RawMessage(fmt.Sprintf(`{"uid":"use","title":"Go runtime","schemaVersion":42,"panels":[],"description":%q}`, os.Getenv("DESCRIPTION")))},
	}, nil
}

// TestScripts runs testdata/script/*.txtar. Beside testscript's own commands
// they have
//
//	exits STATUS COMMAND [ARG...]      run a command, which must end with it
//	grafana start [admin|editor|viewer|wrong|old]  a Grafana, and GRAFANA_* to reach it
//	grafana edit UID TITLE             rename a board as somebody would by hand
//	grafana put UID FILE               save a file over a board by hand, unmarked
//	grafana annotations UID [TEXT...]  check what the resource API shows of a lock
//	grafana marks TEXT...              check the annotations in time
//	grafana provision UID TITLE        a board that a file on the server owns
//	grafana fault N STATUS             answer the Nth request from now with it
//	grafana writes N                   check the number of writes since asked last
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Values[scriptGrafana{}] = &scriptGrafana{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"grafana": grafanaCommand,
		},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND [ARG...]")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if want := args[0]; strconv.Itoa(got) != want {
		ts.Fatalf("exit status %d, want %s", got, want)
	}
}

// scriptGrafana is the Grafana of one script.
type scriptGrafana struct {
	fake   *grafanatest.Server
	writes int // at the last look
}

func grafanaCommand(ts *testscript.TestScript, neg bool, args []string) {
	g := ts.Value(scriptGrafana{}).(*scriptGrafana)
	switch verb := strings.Join(args[:min(1, len(args))], ""); {
	case neg:
		ts.Fatalf("grafana cannot be negated")
	case verb == "start" && len(args) <= 2:
		g.start(ts, append(args, "admin")[1])
	case verb == "edit" && len(args) == 3:
		g.edit(ts, args[1], args[2])
	case verb == "put" && len(args) == 3:
		g.put(ts, args[1], args[2])
	case verb == "annotations" && len(args) >= 2:
		var got []string
		for k, v := range g.fake.Annotations(args[1]) {
			got = append(got, k+"="+v)
		}
		slices.Sort(got)
		if !slices.Equal(got, args[2:]) {
			ts.Fatalf("annotations of %s: %q", args[1], got)
		}
	case verb == "marks":
		if got := g.fake.AnnotationTexts(); !slices.Equal(got, args[1:]) {
			ts.Fatalf("annotations %q", got)
		}
	case verb == "provision" && len(args) == 3:
		g.fake.AddProvisioned(args[1], args[2], "boards.json")
	case verb == "fault" && len(args) == 3:
		g.fake.SetFault(fault(number(ts, args[1]), number(ts, args[2])))
	case verb == "writes" && len(args) == 2:
		now := g.fake.Writes()
		if n := now - g.writes; n != number(ts, args[1]) {
			ts.Fatalf("%d writes, want %s", n, args[1])
		}
		g.writes = now
	default:
		ts.Fatalf("grafana %v: see TestScripts", args)
	}
}

func (g *scriptGrafana) start(ts *testscript.TestScript, role string) {
	token, known := map[string]string{
		"admin": grafanatest.AdminToken, "editor": grafanatest.EditorToken,
		"viewer": grafanatest.ViewerToken, "wrong": "glsa_wrong_5ecret", "old": grafanatest.AdminToken,
	}[role]
	if !known {
		ts.Fatalf("grafana start %s: no such role", role)
	}
	g.fake, g.writes = grafanatest.New(), 0
	g.fake.NoResources = role == "old"
	srv := httptest.NewServer(g.fake)
	ts.Defer(srv.Close)
	ts.Setenv("GRAFANA_URL", srv.URL)
	ts.Setenv("GRAFANA_TOKEN", token)
}

func (g *scriptGrafana) edit(ts *testscript.TestScript, uid, title string) {
	var stored struct {
		Dashboard map[string]any
		Meta      struct{ FolderUID string }
	}
	if err := json.Unmarshal(g.call(ts, http.MethodGet, "/api/dashboards/uid/"+uid, ""), &stored); err != nil {
		ts.Fatalf("read board %s: %v", uid, err)
	}
	delete(stored.Dashboard, "id") // more digits than a float64 has
	stored.Dashboard["title"] = title
	body, err := json.Marshal(map[string]any{"dashboard": stored.Dashboard, "folderUid": stored.Meta.FolderUID})
	ts.Check(err)
	g.call(ts, http.MethodPost, "/api/dashboards/db", string(body))
}

// put saves a file over a board, in the folder that it is in.
func (g *scriptGrafana) put(ts *testscript.TestScript, uid, file string) {
	var stored struct{ Meta struct{ FolderUID string } }
	if err := json.Unmarshal(g.call(ts, http.MethodGet, "/api/dashboards/uid/"+uid, ""), &stored); err != nil {
		ts.Fatalf("read board %s: %v", uid, err)
	}
	body, err := json.Marshal(map[string]any{"dashboard": json.RawMessage(ts.ReadFile(file)), "folderUid": stored.Meta.FolderUID, "overwrite": true})
	ts.Check(err)
	g.call(ts, http.MethodPost, "/api/dashboards/db", string(body))
}

// call sends a request past the faults' and writes' view of a script.
func (g *scriptGrafana) call(ts *testscript.TestScript, method, path, body string) []byte {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.SetBasicAuth(grafanatest.User, grafanatest.Password)
	rec := httptest.NewRecorder()
	g.fake.ServeHTTP(rec, r)
	if rec.Code != http.StatusOK {
		ts.Fatalf("%s %s: %d %s", method, path, rec.Code, rec.Body)
	}
	g.writes = g.fake.Writes()
	return rec.Body.Bytes()
}

func fault(nth, status int) func(int, *http.Request) grafanatest.Fault {
	return func(n int, _ *http.Request) grafanatest.Fault {
		if n == nth {
			return grafanatest.Fault{Status: status, RetryAfter: "0"}
		}
		return grafanatest.Fault{}
	}
}

func number(ts *testscript.TestScript, s string) int {
	n, err := strconv.Atoi(s)
	ts.Check(err)
	return n
}
