// Package drawtest helps tests to compare pictures with ones that are known to
// be right.
package drawtest

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// SVG compares a scene with testdata/NAME.svg, byte by byte, or writes that file
// if update is set. The file has each element in a line of its own, for diffs.
func SVG(t testing.TB, name string, s draw.Scene, update bool) {
	t.Helper()
	var b bytes.Buffer
	if err := s.SVG(&b, draw.SVGOptions{}); err != nil {
		t.Fatal(err)
	}
	got := bytes.ReplaceAll(b.Bytes(), []byte("><"), []byte(">\n<"))
	file := filepath.Join("testdata", name+".svg")
	if update {
		write(t, file, got)
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run the test with -update to write it", err)
	}
	if !bytes.Equal(got, want) {
		diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n"))
		t.Errorf("%s is different; look at the picture, then run with -update (-want +got):\n%s", file, diff)
	}
}

// visible is the most that two pictures which look the same are apart: one part
// of a thousand, less than a line across a panel.
const visible = 0.001

// Near compares an image with testdata/NAME.png by [Distance], so that another
// machine's rounding does not matter, or writes that file if update is set. Both
// pictures beside each other are then an artifact of the test (go test -artifacts).
func Near(t testing.TB, name string, got image.Image, update bool) {
	t.Helper()
	file := filepath.Join("testdata", name+".png")
	if update {
		write(t, file, encode(t, got))
		return
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run the test with -update to write it", err)
	}
	want, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if d := Distance(want, got); d > visible {
		beside := filepath.Join(t.ArtifactDir(), filepath.Base(name)+".png")
		write(t, beside, encode(t, SideBySide(want, got)))
		t.Errorf("%s looks different: %.2f %% of it, see %s", file, 100*d, beside)
	}
}

func encode(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func write(t testing.TB, file string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
}
