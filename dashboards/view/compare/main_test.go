package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite golden files")

// slack is how much further from Grafana a picture may be than it was: less than
// a person sees.
const slack = 0.002

// What is as close to Grafana as it was once must not drift away from it.
func TestCloseToGrafana(t *testing.T) {
	pairs, err := compare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	written(t, pairs)
	const golden = "testdata/distances.txt"
	if *update {
		var out strings.Builder
		for _, p := range pairs {
			fmt.Fprintf(&out, "%s %.4f\n", p.Name, p.Distance)
		}
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	was := map[string]float64{}
	for line := range strings.Lines(string(raw)) {
		var name string
		var distance float64
		if _, err := fmt.Sscan(line, &name, &distance); err != nil {
			t.Fatalf("%s: %q: %v", golden, line, err)
		}
		was[name] = distance
	}
	if len(pairs) != len(was) || len(pairs) < 100 {
		t.Errorf("%d pictures, and %d distances that are known", len(pairs), len(was))
	}
	for _, p := range pairs {
		if p.Distance > was[p.Name]+slack {
			t.Errorf("%s: distance %.4f, was %.4f: look at it (task compare), then run with -update", p.Name, p.Distance, was[p.Name])
		}
	}
}

// written puts the page into a folder and looks for what has to be there.
func written(t *testing.T, pairs []pair) {
	t.Helper()
	dir := t.TempDir()
	if err := write(dir, pairs); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "ours/dark/02-ts-lines.png", "grafana/light/57-row-collapsed.png"} {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
}

func TestUsage(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), nil, &stdout, &stderr); code != 2 || stderr.String() != "compare: name the directory to write to\n" {
		t.Errorf("exit %d, %q", code, &stderr)
	}
}
