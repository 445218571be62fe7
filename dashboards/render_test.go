package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// pictured are the boards that the README shows; the others have a golden
// without the fonts in it.
var pictured = []string{"ginsight-http", "ginsight-go-runtime", "ginsight-fleet"}

const (
	recording = "testdata/recording.json.gz"
	// recorded is how long the recording is.
	recorded = "10m"
	shown    = "../.github/boards"
)

func command(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, err bytes.Buffer
	code = run(t.Context(), args, &out, &err)
	return out.String(), err.String(), code
}

// Every board, drawn from recorded data, is what it was when somebody last looked
// at it; and so are the pictures in the README.
func TestPicturesOfBoards(t *testing.T) {
	for _, theme := range []string{"dark", "light"} {
		dir := t.TempDir()
		_, stderr, code := command(t, "render", "-o", dir, "--data", recording, "--range", recorded, "--width", "1200", "--theme", theme)
		if code != exitOK {
			t.Fatalf("exit %d: %s", code, stderr)
		}
		files, err := filepath.Glob(filepath.Join(dir, "*.svg"))
		if err != nil || len(files) < 7 {
			t.Fatalf("%d pictures, %v", len(files), err)
		}
		for _, file := range files {
			got, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			uid := strings.TrimSuffix(filepath.Base(file), ".svg")
			switch {
			case slices.Contains(pictured, uid):
				compareGolden(t, filepath.Join(shown, uid+"-"+theme+".svg"), got)
			case theme == "dark":
				compareGolden(t, filepath.Join("testdata", "boards", uid+".svg"), withoutFonts(t, got))
			}
		}
	}
}

// withoutFonts takes the style sheet, which holds the fonts, out of an SVG.
func withoutFonts(t *testing.T, svg []byte) []byte {
	t.Helper()
	before, rest, ok := bytes.Cut(svg, []byte("<style>"))
	_, after, closed := bytes.Cut(rest, []byte("</style>"))
	if !ok || !closed {
		t.Fatal("there is no style sheet in the SVG")
	}
	return slices.Concat(before, after)
}

func compareGolden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s is not what the board looks like any more: run go test ./dashboards -run Pictures -update, and look at it", path)
	}
}

// A page with all boards has everything in it: nothing is fetched from anywhere.
func TestRenderHTML(t *testing.T) {
	dir := t.TempDir()
	if _, stderr, code := command(t, "render", "-o", dir, "--data", recording, "--range", recorded, "--format", "html"); code != exitOK {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	f, err := os.Open(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	page, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(page, []byte("<svg")); n < 7 {
		t.Errorf("%d pictures on the page", n)
	}
	for _, never := range []string{"<script", "src=", "@import", "url(http"} {
		if bytes.Contains(page, []byte(never)) {
			t.Errorf("the page has %q in it", never)
		}
	}
}

// No two boards share a file, and no name leads elsewhere.
func TestFileNames(t *testing.T) {
	taken := fileNames{}
	var got []string
	for _, b := range []viewBoard{
		{Name: "a.json"}, {Name: "a.json"}, {Name: "A.json"}, {Name: "a-2.json"}, {Board: model.Board{UID: "../../etc/x"}}, {Board: model.Board{UID: "..."}},
		{Board: model.Board{UID: "\x1b[2J"}}, {Board: model.Board{UID: strings.Repeat("é", 300)}},
	} {
		got = append(got, taken.of(b))
	}
	want := []string{"a", "a-2", "A-3", "a-2-2", "-..-etc-x", "board", "-[2J", strings.Repeat("é", maxName/2)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Ctrl-C is one line, and leaves nothing behind.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{{"render", "-o", filepath.Join(t.TempDir(), "out")}, {"show"}} {
		var stdout, stderr bytes.Buffer
		code := run(ctx, append(args, "--prometheus", "http://127.0.0.1:1"), &stdout, &stderr)
		if code != exitFailed || stderr.String() != "dashboards: interrupted\n" || stdout.Len() > 0 {
			t.Errorf("%v: exit %d, %q, %q", args, code, stdout.String(), stderr.String())
		}
	}
}

func BenchmarkRenderAllBoards(b *testing.B) {
	for b.Loop() {
		var out bytes.Buffer
		if code := run(b.Context(), []string{"render", "-o", b.TempDir(), "--data", recording, "--range", recorded}, &out, &out); code != exitOK {
			b.Fatal(out.String())
		}
	}
}
