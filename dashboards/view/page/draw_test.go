package page

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/panel"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// A panel over which drawing panics says so, and is nobody else's trouble.
func TestDrawOutlivesPanics(t *testing.T) {
	in := panel.Input{Panel: model.Panel{Type: "stat", Title: "Odd"}, W: 400, H: 200}
	pic, err := guarded(in, func(panel.Input) panel.Picture { panic("odd data") })
	if !errors.Is(err, errDraw) || !strings.Contains(err.Error(), "odd data") {
		t.Errorf("got %v", err)
	}
	var svg bytes.Buffer
	if err := (draw.Scene{W: in.W, H: in.H, Nodes: []draw.Node{pic.Node}}).SVG(&svg, draw.SVGOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Odd", errDraw.Error()} {
		if !strings.Contains(svg.String(), want) {
			t.Errorf("the picture does not say %q", want)
		}
	}
}

func TestInputOutlivesPanics(t *testing.T) {
	broken := []frame.Frame{{Fields: []*frame.Field{nil}}}
	in := Input(model.Panel{Type: "stat", Title: "Odd"}, variable.Values{}, model.Range{}, broken, nil)
	if in.Err == nil || in.Frames != nil || in.Panel.Title != "Odd" {
		t.Errorf("got %+v", in)
	}
}
