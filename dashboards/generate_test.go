package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// provisioned is where Grafana's file provisioning finds the boards.
var provisioned = filepath.Join("..", "provisioning", "grafana", "dashboards")

// What Grafana is provisioned with is what the code says, and nothing is left
// over from a board that is gone.
func TestProvisionedBoardsAreUpToDate(t *testing.T) {
	files, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.name)
		got, err := os.ReadFile(filepath.Join(provisioned, f.name))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(f.body) {
			t.Errorf("%s is out of date: run go run ./dashboards generate -o provisioning/grafana/dashboards", f.name)
		}
	}
	entries, err := os.ReadDir(provisioned)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".json") && !slices.Contains(names, e.Name()) {
			t.Errorf("%s is no board any more: delete it", e.Name())
		}
	}
}

func TestGenerateLeavesAloneWhatIsUpToDate(t *testing.T) {
	dir := t.TempDir()
	f := file{"a.json", []byte("{}\n")}
	for _, want := range []string{"written", "unchanged"} {
		got, err := f.write(dir)
		if err != nil || got != want {
			t.Fatalf("got %s, %v, want %s", got, err, want)
		}
	}
	f.body = []byte("{\"a\":1}\n")
	if got, err := f.write(dir); err != nil || got != "written" {
		t.Fatalf("got %s, %v", got, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 {
		t.Errorf("something is left behind: %v", entries)
	}
}
