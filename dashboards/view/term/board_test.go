package term

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/page"
	"github.com/ginsight/ginsight/dashboards/view/source/sourcetest"
)

var update = flag.Bool("update", false, "rewrite golden files")

// golden compares a text with a file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func reference(t *testing.T) *page.Page {
	t.Helper()
	board, src, span := sourcetest.Reference()
	p, err := page.Load(t.Context(), src, board, page.Options{Range: span, Open: true})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The board has every type of panel, with known data.
func TestBoard(t *testing.T) {
	p := reference(t)
	for name, test := range map[string]struct {
		width int
		depth Depth
	}{
		"wide.txt":   {150, Mono},
		"narrow.txt": {60, Mono},
		"colors.txt": {120, TrueColor},
	} {
		golden(t, name, text(t, Board(p.Board.Title, p.Panels, p.Grids, test.width), test.depth))
	}
}

func TestPlain(t *testing.T) {
	var out strings.Builder
	for _, in := range reference(t).Panels {
		if err := Plain(&out, in); err != nil {
			t.Fatal(err)
		}
	}
	golden(t, "plain.txt", out.String())
}

// A terminal may be of any size, and a picture must never fail for it.
func TestAnySize(t *testing.T) {
	p := reference(t)
	for _, in := range p.Panels {
		for _, size := range [][2]int{{0, 0}, {1, 1}, {4, 2}, {5, 3}, {6, 4}, {9, 30}, {40, 3}} {
			c := Panel(in, size[0], size[1])
			for _, line := range strings.Split(strings.TrimSuffix(text(t, c, Mono), "\n"), "\n") {
				if textWidth(line) > max(size[0], 1) {
					t.Errorf("panel %q in %v: line %q is too long", in.Panel.Title, size, line)
				}
			}
		}
	}
}

func BenchmarkBoard(b *testing.B) {
	board, src, span := sourcetest.Reference()
	p, err := page.Load(b.Context(), src, board, page.Options{Range: span})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		Board(board.Title, p.Panels, p.Grids, 150)
	}
}
