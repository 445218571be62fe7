package main

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const output = `goos: linux
cpu: Some Processor
BenchmarkRequest/gin         	 100	  40.0 ns/op	 0 B/op	 0 allocs/op
BenchmarkRequest/ginsight    	 100	 140.0 ns/op	 0 B/op	 0 allocs/op
BenchmarkRequest/ginsight    	 100	 120.0 ns/op	 0 B/op	 1 allocs/op
BenchmarkRequest/client_golang_by_hand 	 100	 200.0 ns/op	 0 B/op	 0 allocs/op
BenchmarkParallel/gin-2      	 100	  20.0 ns/op	 0 B/op	 0 allocs/op
BenchmarkParallel/ginsight-2 	 100	  60.0 ns/op	 0 B/op	 0 allocs/op
BenchmarkParallel/client_golang_by_hand-2 	 100	 100.0 ns/op	 0 B/op	 0 allocs/op
BenchmarkScrape/text/ginsight-2 	 1	 3000000 ns/op	 9 bytes/scrape	 0 B/op	 3 allocs/op
BenchmarkScrape/text/client_golang-2 	 1	 6000000 ns/op	 9 bytes/scrape	 0 B/op	 9 allocs/op
PASS
`

func TestTables(t *testing.T) {
	var r results
	if err := r.read([]byte(output)); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "README.md")
	if err := os.WriteFile(file, []byte("before\n"+begin+"old\n"+end+"after\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := replaceTables(file, r.tables(2)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"before\n", "after\n", "Some Processor", "the fastest of 2 rounds",
		"| **ginsight** | 80 | 0.5 | 0.5 | 0 |",
		"| client_golang by hand | 160 | 1 | 1 | 0 |",
		"| text, **ginsight** | 3 | 0.5 | 3 |",
		"| text, client_golang | 6 | 1 | 9 |",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if strings.Contains(string(text), "old") {
		t.Error("the old tables are still there")
	}
}

func TestNoPlaceForTables(t *testing.T) {
	file := filepath.Join(t.TempDir(), "README.md")
	if err := os.WriteFile(file, []byte("nothing\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := replaceTables(file, "tables"); err == nil || !strings.Contains(err.Error(), "bench:begin") {
		t.Errorf("replaceTables() = %v, want an error that says what to add", err)
	}
}

func TestBadFigure(t *testing.T) {
	var r results
	if err := r.read([]byte("BenchmarkX 1 many ns/op\n")); err == nil {
		t.Error("a figure that is no number was taken")
	}
}

// TestPeersServe keeps a peer from being fast because it is broken.
func TestPeersServe(t *testing.T) {
	for _, p := range peers {
		t.Run(p.name, func(t *testing.T) {
			rec := httptest.NewRecorder()
			newEngine(t, p.use).ServeHTTP(rec, httptest.NewRequest("GET", "/items/42", nil))
			if rec.Code != 200 {
				t.Errorf("status %d", rec.Code)
			}
		})
	}
}
