package browser

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// simple is a board of one panel.
const simple = `{"uid": "simple", "title": %q, "schemaVersion": 42, "time": {"from": "now-5m", "to": "now"},
	"panels": [{"id": 1, "type": "stat", "title": "Targets", "gridPos": {"x": 0, "y": 0, "w": 24, "h": 8}, "targets": [{"refId": "A", "expr": "count(up)"}]}]}`

// files follows a board's file: the open page has the new title, and of a file
// that is no board any more the last good one with the reason.
func (s stage) files(t *testing.T) {
	name := filepath.Join(t.TempDir(), "board.json")
	save := func(text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	save(fmt.Sprintf(simple, "Before"))
	tab := openTab(t, s.browser, s.startPreview(t, "", s.prometheus, "--watch", name)+"/d/simple")
	tab.drawn()
	tab.titled("Before")
	eval[bool](tab, `window.same = true`)

	save(fmt.Sprintf(simple, "After"))
	tab.titled("After")
	tab.drawn()

	save("{")
	tab.until(`!document.querySelector("#build").hidden && document.querySelector("#build pre").textContent.includes("board.json")`)
	tab.titled("After")
	tab.drawn()
	tab.picture("broken-file")
	tab.accessible("a board whose file is broken", "")

	save(fmt.Sprintf(simple, "Mended"))
	tab.titled("Mended")
	tab.until(`document.querySelector("#build").hidden && window.same`)
}

// titled waits for the title of the board on the page.
func (tab *tab) titled(title string) {
	tab.t.Helper()
	tab.until(fmt.Sprintf(`document.querySelector("h1").textContent === %q && document.title.startsWith(%q)`, title, title))
}

// code follows the boards' Go code: a title that is changed there, a mistake that
// the compiler finds, and its correction.
func (s stage) code(t *testing.T) {
	root := copyCheckout(t)
	file := filepath.Join(root, "dashboards", "boards", "http.go")
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	save := func(old, replacement string) {
		t.Helper()
		next := strings.Replace(string(source), old, replacement, 1)
		if next == string(source) {
			t.Fatalf("%s is not in %s", old, file)
		}
		if err := os.WriteFile(file, []byte(next), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tab := openTab(t, s.browser, s.startPreview(t, root, s.prometheus, "--watch")+board)
	tab.drawn()
	tab.titled("HTTP overview")

	save(`"HTTP overview"`, `"Seen at once"`)
	tab.titled("Seen at once")
	tab.drawn()

	save(`"HTTP overview"`, `1 + "HTTP overview"`)
	tab.until(`document.querySelector("#build pre").textContent.includes("http.go:")`)
	tab.titled("Seen at once")
	tab.drawn()
	tab.picture("broken-code")
	tab.accessible("boards whose code is broken", "")

	save(`"HTTP overview"`, `"HTTP, again"`)
	tab.titled("HTTP, again")
	tab.until(`document.querySelector("#build").hidden`)
}

// copyCheckout copies the files of the checkout that git knows, as they are now.
func copyCheckout(t *testing.T) string {
	t.Helper()
	list := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	list.Dir = checkout
	names, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	for _, name := range strings.Split(strings.Trim(string(names), "\x00"), "\x00") {
		content, err := os.ReadFile(filepath.Join(checkout, name))
		if os.IsNotExist(err) {
			continue // deleted, and not committed yet
		}
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}
