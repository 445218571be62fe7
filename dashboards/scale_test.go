package main

import (
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/grafana"
	"github.com/ginsight/ginsight/dashboards/panels"
)

// manyBoards are our boards again and again, each under a uid of its own.
func manyBoards(n int) []panels.Board {
	var out []panels.Board
	for i := range n {
		b := boards.All()[i%len(boards.All())]
		b.UID = fmt.Sprintf("%s-%d", b.UID[:min(len(b.UID), 30)], i)
		out = append(out, b)
	}
	return out
}

// generateMany writes the boards' files.
func generateMany(t testing.TB, list []panels.Board, dir string) {
	t.Helper()
	o := generateOptions{dir: dir, format: "provisioning"}
	files, err := o.files(list)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.write(files, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
}

// planned are the boards as publish and diff take them.
func planned(t testing.TB, list []panels.Board) grafana.Plan {
	t.Helper()
	var out grafana.Plan
	for _, b := range list {
		raw, err := b.JSON()
		if err != nil {
			t.Fatal(err)
		}
		out.Boards = append(out.Boards, grafana.Board{JSON: raw})
	}
	return out
}

// diffMany compares the boards with files, and returns how many differ.
func diffMany(t testing.TB, plan grafana.Plan, dir string) int {
	t.Helper()
	got, err := diffOptions{against: dir, format: "text"}.offline(plan)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, b := range got.Boards {
		if len(b.Changes) > 0 {
			n++
		}
	}
	return n
}

// Each of many boards has its file, and an edit of one is found among them.
func TestManyBoards(t *testing.T) {
	const n = 50
	list, dir := manyBoards(n), t.TempDir()
	generateMany(t, list, dir)
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) != n {
		t.Fatalf("%d files, %v", len(files), err)
	}
	if got := diffMany(t, planned(t, list), dir); got != 0 {
		t.Errorf("%d boards differ", got)
	}
	list[17].Title += " edited"
	if got := diffMany(t, planned(t, list), dir); got != 1 {
		t.Errorf("%d boards differ", got)
	}
}

// BenchmarkManyBoards shows that the time and the memory for a board do not
// depend on how many there are: compare ns/board and live-B/board.
func BenchmarkManyBoards(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		list, dir := manyBoards(n), b.TempDir()
		generateMany(b, list, dir)
		plan := planned(b, list)
		perBoard := func(b *testing.B) {
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/board")
		}
		b.Run(fmt.Sprint("generate/", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				generateMany(b, list, dir)
			}
			perBoard(b)
		})
		b.Run(fmt.Sprint("diff/", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if diffMany(b, plan, dir) != 0 {
					b.Fatal("a difference")
				}
			}
			perBoard(b)
			b.ReportMetric(float64(live(b, dir))/float64(n), "live-B/board")
		})
	}
}

// live is what diff holds of the files, in bytes.
func live(b *testing.B, dir string) uint64 {
	b.Helper()
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	stored, err := readBoards(dir)
	if err != nil {
		b.Fatal(err)
	}
	after := heap()
	runtime.KeepAlive(stored)
	return after - min(before, after)
}
