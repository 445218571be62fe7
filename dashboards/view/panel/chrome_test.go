package panel

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/model"
)

func TestNothingIsDroppedInSilence(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Input)
		want   []string
	}{
		"a type that is not drawn": {func(in *Input) { in.Panel.Type = "geomap" }, []string{"geomap", "this type of panel is not drawn"}},
		"no type":                  {func(in *Input) { in.Panel.Type = "" }, []string{"(none)", "this type of panel is not drawn"}},
		"no data":                  {func(in *Input) { in.Frames = nil }, []string{"No data"}},
		"an error": {func(in *Input) { in.Frames, in.Err = nil, errors.New("the server\nsays 500") },
			[]string{"No data", "the server says 500"}},
	} {
		in := graph(`{}`)
		c.change(&in)
		if d := cmp.Diff(c.want, writtenTexts(in)[countHead(in):]); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// countHead is the number of texts in the header: the title, if there is a header.
func countHead(in Input) int {
	if chromeHasHead(in) {
		return 1
	}
	return 0
}

// With some data there, an error is a mark and does not hide them.
func TestErrorBesideDataIsAMark(t *testing.T) {
	in := graph(`{}`)
	in.Err = errors.New("query B: no such metric")
	marks := classed(Draw(in).Node, "error")
	if len(marks) != 1 || marks[0].Title != in.Err.Error() {
		t.Errorf("marks: %+v", marks)
	}
	if slices.Contains(writtenTexts(in), "No data") {
		t.Error("the data are hidden")
	}
}

func TestMarksOfDescriptionAndLinks(t *testing.T) {
	in := graph(`{}`)
	in.Panel.Title, in.Panel.Description = "Requests", "All of them."
	in.Panel.Links = []model.BoardLink{{Title: "Runbook", URL: "https://example.com/"}, {URL: "/d/other"}}
	g := Draw(in).Node
	if d := classed(g, "description"); len(d) != 1 || d[0].Title != "All of them." {
		t.Errorf("description: %+v", d)
	}
	var got []string
	for _, l := range classed(g, "link") {
		got = append(got, l.Title+" "+l.Href)
	}
	if d := cmp.Diff([]string{"Runbook https://example.com/", "/d/other /d/other"}, got); d != "" {
		t.Error(d)
	}
}

// A title gives way to the marks behind it, which stay on the panel.
func TestLongTitleLeavesRoomForMarks(t *testing.T) {
	in := graph(`{}`)
	in.Panel.Title, in.Panel.Description = strings.Repeat("A long title ", 20), "Something."
	g := Draw(in).Node
	if x := classed(g, "description")[0].X; x > in.W-chromePadding {
		t.Errorf("the mark is at %g of %g px", x, in.W)
	}
	if title := texts(g, 0, 0)[0].Text.Text; !strings.HasSuffix(title, "…") {
		t.Errorf("the title is %q", title)
	}
}

func TestRowsTellWhatTheyHide(t *testing.T) {
	in := Input{Panel: model.Panel{Type: "row", Title: "Traffic"}, W: 800, H: 30}
	if d := cmp.Diff([]string{"Traffic"}, writtenTexts(in)); d != "" {
		t.Error(d)
	}
	in.Panel.Collapsed = true
	for n, want := range []string{"(0 panels)", "(1 panel)", "(2 panels)"} {
		in.Panel.Panels = make([]model.Panel, n)
		if d := cmp.Diff([]string{"Traffic", want}, writtenTexts(in)); d != "" {
			t.Error(d)
		}
	}
}

func TestTransparentPanelsHaveNoFrame(t *testing.T) {
	in := graph(`{}`)
	in.Panel.Transparent = true
	if _, frame := Draw(in).Node.Nodes[0].(*draw.Rect); frame {
		t.Error("a transparent panel has a frame")
	}
	in.Panel.Transparent = false
	if _, frame := Draw(in).Node.Nodes[0].(*draw.Rect); !frame {
		t.Error("a panel has no frame")
	}
}
