package panel

import (
	"math"
	"strconv"
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/draw/drawtest"
)

// The texts of a graph stand where Grafana 12.4 puts them, within 3 px: titles,
// the labels of both axes and their ticks, legends as lists and tables.
func TestTimeseriesTextsStandWhereGrafanaPutsThem(t *testing.T) {
	const tolerance = 3
	for id, want := range measuredTexts(t) {
		got := texts(Draw(reference(t, id)).Node, 0, 0)
		for _, w := range want {
			if d := w.nearest(got); d > tolerance {
				t.Errorf("panel %d: %q at %g, %g (%s): the nearest such text is %.1f px away", id, w.text, w.x, w.y, w.source, d)
			}
		}
	}
}

// measuredText is a text as the browser drew it: on the canvas by its anchor,
// otherwise by the top left corner of its letters.
type measuredText struct {
	source, text, align string
	x, y, size          float64
}

func measuredTexts(t *testing.T) map[int64][]measuredText {
	t.Helper()
	_, rows := drawtest.Measured(t, "timeseries_texts.csv")
	all := map[int64][]measuredText{}
	for _, row := range rows {
		id, err := strconv.ParseInt(row[0], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		m := measuredText{source: row[1], text: row[2], align: row[5], x: number(t, row[3]), y: number(t, row[4]), size: number(t, row[6])}
		all[id] = append(all[id], m)
	}
	return all
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// nearest is the distance to the nearest of the same texts.
func (m measuredText) nearest(got []placedText) float64 {
	best := math.Inf(1)
	for _, g := range got {
		if g.Text.Text != m.text || g.Font.Size != m.size {
			continue
		}
		x, y := g.x, g.y
		if m.source == "dom" {
			x, y = g.corner()
		}
		best = min(best, max(math.Abs(x-m.x), math.Abs(y-m.y)))
	}
	return best
}

// corner is the top left of a text as a browser measures it: Inter rises 0.97 em
// above the foot of its letters.
func (g placedText) corner() (x, y float64) {
	w := g.Font.Width(g.Text.Text)
	return g.x - map[draw.Align]float64{draw.Start: 0, draw.Middle: w / 2, draw.End: w}[g.Align], g.y - 0.96875*g.Font.Size
}
