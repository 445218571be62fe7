package draw_test

import (
	"bytes"
	"flag"
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/draw/drawtest"
)

var update = flag.Bool("update", false, "write testdata/*.svg")

func TestEverythingAsSVG(t *testing.T) {
	drawtest.SVG(t, "everything", everything(), *update)
}

// What testdata/everything.png shows was drawn by Chromium, of the SVG with its
// fonts: the two backends look the same.
func TestEverythingAsBrowser(t *testing.T) {
	drawtest.Near(t, "everything", everything().Image(1), false)
}

func TestSVGIsDeterministic(t *testing.T) {
	var a, b bytes.Buffer
	for _, out := range []*bytes.Buffer{&a, &b} {
		if err := everything().SVG(out, draw.SVGOptions{Fonts: true, IDs: "p1-"}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same scene gave different bytes")
	}
}
