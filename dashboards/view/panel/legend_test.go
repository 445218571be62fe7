package panel

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

func TestLegendIsReadFromAnyDashboard(t *testing.T) {
	one := []legendItem{{Name: "a"}}
	for options, want := range map[string]bool{
		``:                                    true,
		`{}`:                                  true,
		`{"legend":{"showLegend":false}}`:     false,
		`{"legend":{"displayMode":"hidden"}}`: false,
		`{"legend":{"showLegend":true}}`:      true,
		`{"legend":7}`:                        true,
	} {
		if got := legendFrom(json.RawMessage(options)).shown(one); got != want {
			t.Errorf("%s: shown %t", options, got)
		}
	}
	if (legendOptions{}).shown(nil) {
		t.Error("a legend of nothing is shown")
	}
}

func TestLegendTableIsSorted(t *testing.T) {
	item := func(name string, max float64) legendItem {
		return legendItem{Name: name, Values: []legendValue{{Title: "Max", Number: max}}}
	}
	items := []legendItem{item("b", 2), item("none", math.NaN()), item("c", 3), item("a", 1)}
	for _, c := range []struct {
		options legendOptions
		want    []string
	}{
		{legendOptions{DisplayMode: "table", SortBy: "Max", SortDesc: true}, []string{"c", "b", "a", "none"}},
		{legendOptions{DisplayMode: "table", SortBy: "Max"}, []string{"none", "a", "b", "c"}},
		{legendOptions{DisplayMode: "table", SortBy: "Name"}, []string{"a", "b", "c", "none"}},
		{legendOptions{DisplayMode: "table"}, []string{"b", "none", "c", "a"}},
		{legendOptions{DisplayMode: "list", SortBy: "Max"}, []string{"b", "none", "c", "a"}},
	} {
		var got []string
		for _, i := range legendSort(c.options, items) {
			got = append(got, i.Name)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%+v: %s", c.options, d)
		}
	}
}

// What a legend takes is bounded: 35 per cent of the height, 60 of the width.
// What has no room for it is counted.
func TestLegendLeavesRoomForThePlot(t *testing.T) {
	var many []legendItem
	for range 200 {
		many = append(many, legendItem{Name: "a name that is not short at all, to say the least", Values: []legendValue{{Title: "Max", Text: "1"}}})
	}
	for _, c := range []struct {
		options      legendOptions
		plotW, plotH float64
		more         string
	}{
		{legendOptions{}, 500, 200 - 55, "… 198 more"},
		{legendOptions{DisplayMode: "table"}, 500, 200 - 48, "… 199 more"},
		{legendOptions{Placement: "right"}, 200, 200, "… 193 more"},
		{legendOptions{Placement: "right", DisplayMode: "table"}, 200, 200, "… 193 more"},
		{legendOptions{Placement: "right", DisplayMode: "table", Width: 100}, 400, 200, "… 194 more"},
		{legendOptions{Placement: "right", Width: 1e9}, 200, 200, "… 193 more"},
	} {
		nodes, w, h := drawLegend(c.options, many, theme.Theme{}, 500, 200)
		if w != c.plotW || h != c.plotH {
			t.Errorf("%+v leaves %g by %g px", c.options, w, h)
		}
		var notes []string
		for _, text := range texts(nodes[0], 0, 0) {
			if strings.HasSuffix(text.Text.Text, " more") {
				notes = append(notes, text.Text.Text)
			}
		}
		if d := cmp.Diff([]string{c.more}, notes); d != "" {
			t.Errorf("%+v says: %s", c.options, d)
		}
	}
}

func TestLegendListWraps(t *testing.T) {
	items := []legendListItem{{width: 40}, {width: 50}, {width: 300}, {width: 40}, {width: 49}}
	var got []int
	for _, line := range legendWrap(items, 100) {
		got = append(got, len(line))
	}
	if d := cmp.Diff([]int{2, 1, 2}, got); d != "" {
		t.Error(d)
	}
}

func TestChromeCutKeepsWhatFits(t *testing.T) {
	font := draw.Font{Size: 14}
	for _, text := range []string{"", "short", "a title that is far too long for its panel", "日本語のとても長いタイトルです、本当に"} {
		for _, room := range []float64{-1, 0, 5, 40, 100, 1000} {
			got := chromeCut(text, font, room)
			if font.Width(got) > math.Max(room, 0) {
				t.Errorf("%q takes %g of %g px", got, font.Width(got), room)
			}
			if font.Width(text) <= room && got != text {
				t.Errorf("%q became %q though it fits", text, got)
			}
		}
	}
}

// Beside a narrow plot whole columns go, the last first, and names stay readable.
func TestNarrowLegendTableKeepsNames(t *testing.T) {
	item := legendItem{Name: "checkout", Values: []legendValue{{Title: "Min", Text: "130 ms"}, {Title: "Max", Text: "370 ms"}, {Title: "Mean", Text: "250 ms"}}}
	for w, want := range map[float64][]string{
		800: {"Name", "Min", "Max", "Mean", "checkout", "130 ms", "370 ms", "250 ms"},
		400: {"Name", "Min", "Max", "checkout", "130 ms", "370 ms"},
		200: {"Name", "checkout"},
	} {
		nodes, plotW, _ := drawLegend(legendOptions{DisplayMode: "table", Placement: "right"}, []legendItem{item}, theme.Theme{}, w, 300)
		var got []string
		for _, text := range texts(nodes[0], 0, 0) {
			got = append(got, text.Text.Text)
		}
		if d := cmp.Diff(want, got); d != "" || plotW < w*(1-legendMaxBeside) {
			t.Errorf("%g px, %g of them for the plot: %s", w, plotW, d)
		}
	}
}

// Nothing is left out in silence, whatever room there is: the items that are drawn
// and the number of the others add up.
func TestLegendCountsWhatItLeavesOut(t *testing.T) {
	for _, mode := range []string{"list", "table"} {
		for _, place := range []string{"bottom", "right"} {
			for n := 1; n < 60; n += 7 {
				for h := 20.0; h < 500; h += 53 {
					var items []legendItem
					for i := range n {
						items = append(items, legendItem{Name: strings.Repeat("name", 1+i%9), Right: i%3 == 0, Values: []legendValue{{Title: "Max", Text: "1"}}})
					}
					nodes, _, _ := drawLegend(legendOptions{DisplayMode: mode, Placement: place}, items, theme.Theme{}, 500, h)
					if got := counted(nodes[0]); got != n {
						t.Errorf("%s at the %s, %g px high: %d of %d items", mode, place, h, got, n)
					}
				}
			}
		}
	}
}

// counted are the items of a legend with those that it says it leaves out.
func counted(n draw.Node) int {
	g, ok := n.(*draw.Group)
	switch {
	case !ok:
		more := 0
		if text, ok := n.(*draw.Text); ok {
			fmt.Sscanf(text.Text, "… %d more", &more) //nolint:errcheck // another text leaves out none
		}
		return more
	case g.Class == "legend-item":
		return 1
	}
	sum := 0
	for _, inner := range g.Nodes {
		sum += counted(inner)
	}
	return sum
}
