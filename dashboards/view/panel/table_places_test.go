package panel

import (
	"math"
	"strconv"
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/draw/drawtest"
)

// otherwiseByChoice are texts that stand or read otherwise here, and why.
var otherwiseByChoice = map[string]string{
	"01:00":  "Grafana lets the last label of an axis be cut off at the edge",
	"Warnin": "Grafana cuts by a guess of the width: the word fits",
	"Warn":   "likewise",
	"Total":  "capitals are made by its style sheet",
}

// The texts of tables, heatmaps, state timelines, status histories, bar charts
// and histograms stand where Grafana 12.4 puts them, within 2 px.
func TestGridTextsStandWhereGrafanaPutsThem(t *testing.T) {
	const tolerance = 2
	got := map[int64][]placedText{}
	for _, want := range gridTexts(t) {
		if otherwiseByChoice[want.text] != "" {
			continue
		}
		if got[want.panel] == nil {
			got[want.panel] = texts(Draw(reference(t, want.panel)).Node, 0, 0)
		}
		if d := want.distance(got[want.panel]); d > tolerance {
			t.Errorf("panel %d: %q %s at %g, %g: the nearest such text is %.1f px away", want.panel, want.text, want.align, want.x, want.middle, d)
		}
	}
}

// gridText is a text as the browser drew it: x is where align says, middle is
// half way up the letters.
type gridText struct {
	panel           int64
	align, text     string
	x, middle, size float64
}

func gridTexts(t *testing.T) []gridText {
	t.Helper()
	_, rows := drawtest.Measured(t, "grid_texts.csv")
	var all []gridText
	for _, row := range rows {
		id, err := strconv.ParseInt(row[0], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, gridText{id, row[1], row[2], number(t, row[3]), number(t, row[4]), number(t, row[5])})
	}
	return all
}

// distance is how far the nearest of the same texts is.
func (w gridText) distance(got []placedText) float64 {
	best := math.Inf(1)
	for _, g := range got {
		if g.Text.Text == w.text && g.Font.Size == w.size {
			best = min(best, max(math.Abs(g.anchor(w.align)-w.x), math.Abs(g.middle()-w.middle)))
		}
	}
	return best
}

// anchor is the left end, the middle or the right end of a text.
func (g placedText) anchor(align string) float64 {
	part := map[draw.Align]float64{draw.Start: 0, draw.Middle: .5, draw.End: 1}
	want := map[string]float64{"start": 0, "middle": .5, "end": 1}[align]
	return g.x + (want-part[g.Align])*g.Font.Width(g.Text.Text)
}

// middle is half way up the letters; capitals of Inter are 0.73 em high.
func (g placedText) middle() float64 {
	switch g.Baseline {
	case draw.Top:
		return g.y + g.Font.Size/2
	case draw.Central:
		return g.y
	case draw.Bottom:
		return g.y - g.Font.Size/2
	}
	return g.y - 0.36*g.Font.Size
}
