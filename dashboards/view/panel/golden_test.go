package panel

import (
	"flag"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/draw/drawtest"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/source/sourcetest"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

var update = flag.Bool("update", false, "write the pictures that tests compare with")

// Every panel of the reference board looks as it did when it was looked at, dark
// and light: what is drawn to the byte, and what is seen as far as a person
// would notice. After a change that is meant, run with -update and look at what
// is different before it is committed.
func TestReferencePanelsLookTheSame(t *testing.T) {
	board, data, span := sourcetest.Reference()
	for _, p := range board.Panels {
		in := referenceInput(t, p, data, span)
		in.W, in.H = 517, 296
		if p.Type == "row" {
			in.H = 30
		}
		for _, in.Theme = range []theme.Theme{{}, {Light: true}} {
			name := goldenName(p, in.Theme)
			t.Run(name, func(t *testing.T) {
				picture := Draw(in)
				s := draw.Scene{W: in.W, H: in.H, Background: in.Theme.Canvas(), Title: p.Title, Nodes: []draw.Node{picture.Node}}
				drawtest.SVG(t, "golden/"+name, s, *update)
				drawtest.Near(t, "golden/"+name, s.Image(0.5), *update)
			})
		}
	}
}

var notInNames = regexp.MustCompile(`[^a-z0-9]+`)

// goldenName is such as "02-timeseries-lines.dark".
func goldenName(p model.Panel, t theme.Theme) string {
	mode := "dark"
	if t.Light {
		mode = "light"
	}
	title := strings.Trim(notInNames.ReplaceAllString(strings.ToLower(p.Title), "-"), "-")
	return fmt.Sprintf("%02d-%s-%s.%s", p.ID, p.Type, title, mode)
}
