package panel

import (
	"math"
	"strings"
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/draw/drawtest"
)

// valueText is a text of a stat, gauge, bar gauge, pie or text panel of some size
// as the browser drew it: size is that of the font, middle is half way up the
// letters, all in px.
type valueText struct {
	panel                  int64
	w, h                   float64
	text                   string
	size, x, middle, width float64
}

// valueOtherwise tells why a text is not where Grafana has it, "" if it should be.
func valueOtherwise(v valueText) string {
	switch {
	case v.panel == 33 && v.h == 120:
		return "Grafana scrolls what does not fit; here the bars move together"
	case v.panel == 30 && (v.h == 120 || v.w == 800 && v.h == 200):
		return "in a wide and low panel Grafana's value slides up from its arc"
	case v.panel == 31 && v.w == 800 && v.h <= 200, v.panel == 31 && v.h == 120:
		return "likewise"
	case v.panel == 36 && v.w == 200 && v.size == 14:
		return "names wider than their bar are cut with an ellipsis"
	case v.panel == 37 && v.text == "payments":
		return "likewise"
	case v.panel == 32 && (v.text == "100" || v.text == "80" || v.text == "0"):
		return "the box that was measured is that of the turned text"
	case v.panel == 51 && v.text == "and":
		return "what was measured begins with the space before it"
	}
	return ""
}

// The values, names and labels have the size that Grafana 12.4 gives them in
// panels of eleven sizes, within 1 % or a tenth of a pixel, and stand within 1.7 px
// of where it puts them.
func TestValuesAreSizedAndPlacedAsInGrafana(t *testing.T) {
	const sizeShare, placePx = 0.01, 1.7
	type key struct {
		panel int64
		w, h  float64
	}
	drawn := map[key][]placedText{}
	for _, want := range valueTexts(t) {
		if valueOtherwise(want) != "" {
			continue
		}
		k := key{want.panel, want.w, want.h}
		if drawn[k] == nil {
			in := reference(t, want.panel)
			in.W, in.H = want.w, want.h
			drawn[k] = texts(Draw(in).Node, 0, 0)
		}
		got, found := want.nearest(drawn[k])
		if !found {
			t.Errorf("panel %v: there is no %q", k, want.text)
			continue
		}
		if off := math.Abs(got.Font.Size - want.size); off > math.Max(want.size*sizeShare, 0.1) {
			t.Errorf("panel %v: %q is %.2f px in size, want %.2f", k, want.text, got.Font.Size, want.size)
		}
		if dx, dy := want.off(got); math.Abs(dx) > placePx || math.Abs(dy) > placePx {
			t.Errorf("panel %v: %q is %.1f px to the right and %.1f px below its place", k, want.text, dx, dy)
		}
	}
}

// nearest is the text that was drawn nearest to where it should be.
func (v valueText) nearest(all []placedText) (best placedText, found bool) {
	for _, p := range all {
		if strings.TrimSpace(p.Text.Text) != v.text {
			continue
		}
		dx, dy := v.off(p)
		bx, by := math.Inf(1), 0.0
		if found {
			bx, by = v.off(best)
		}
		if math.Hypot(dx, dy) < math.Hypot(bx, by) {
			best, found = p, true
		}
	}
	return best, found
}

// off is how far a text is from its place. A unit begins with the space before it.
func (v valueText) off(p placedText) (dx, dy float64) {
	return p.anchor("start") - v.x, p.middle() - v.middle
}

func valueTexts(t *testing.T) []valueText {
	t.Helper()
	_, rows := drawtest.Measured(t, "value_texts.csv.gz")
	var all []valueText
	for _, row := range rows {
		all = append(all, valueText{
			panel: int64(number(t, row[0])), w: number(t, row[1]), h: number(t, row[2]), text: row[3],
			size: number(t, row[4]), x: number(t, row[5]), middle: number(t, row[6]), width: number(t, row[7]),
		})
	}
	return all
}
