package watch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestFilesTellsOnceOfChangesThatComeTogether(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.go", "1")
	ctx, stop := context.WithCancel(context.Background())
	changes := make(chan struct{}, 100)
	done := make(chan error)
	go func() {
		done <- Files(ctx, []string{dir}, func(name string) bool { return strings.HasSuffix(name, ".go") },
			func() { changes <- struct{}{} })
	}()
	// A watch that has not begun yet misses a change: write until one is seen.
	await(t, changes, func(i int) { write(t, dir, "a.go", strings.Repeat("x", i)) })

	write(t, dir, "notes.txt", "nothing of interest")
	write(t, dir, "new/b.go", "a folder that was not there")
	await(t, changes, func(i int) { write(t, dir, "new/b.go", strings.Repeat("y", i)) })
	stop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// await repeats a change until it is seen. It repeats it less often than a watch
// waits for quiet, since each change makes it wait anew.
func await(t *testing.T, changes <-chan struct{}, change func(int)) {
	t.Helper()
	for i := range 100 {
		change(i)
		select {
		case <-changes:
			return
		case <-time.After(2 * quiet):
		}
	}
	t.Fatal("the change was never seen")
}

const command = `package main

import (
	"os"
	"path/filepath"
)

func main() {
	dir := os.Args[3]
	_ = os.MkdirAll(dir, 0o755)
	_ = os.WriteFile(filepath.Join(dir, "one.json"), []byte(os.Args[4]), 0o644)
}
`

func TestBuild(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "go.mod", "module example.com/boards\n\ngo 1.26\n")
	write(t, dir, "boards/main.go", command)
	s := Source{Root: dir, Package: "./boards", Args: []string{"--fast"}}
	got, err := s.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if string(got["one.json"]) != "--fast" || len(got) != 1 {
		t.Errorf("got %q", got)
	}

	write(t, dir, "boards/main.go", "package main\n\nfunc main() { undefined() }\n")
	_, err = s.Build(context.Background())
	var broken *BuildError
	if !errors.As(err, &broken) || !strings.Contains(broken.Output, "undefined: undefined") {
		t.Errorf("error %v, want what the compiler says", err)
	}
}

func TestRoot(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "go.mod", "module example.com/x\n")
	write(t, dir, "a/b/c.go", "package b\n")
	got, err := Root(filepath.Join(dir, "a", "b"))
	if err != nil || got != dir {
		t.Errorf("Root = %q, %v; want %q", got, err, dir)
	}
	if _, err := Root(string(filepath.Separator)); err == nil {
		t.Error("no error where there is no module")
	}
}
