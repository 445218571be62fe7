package panel

import (
	"encoding/json"
	"math"
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
		{legendOptions{}, 500, 200 - 55, "… 199 more"},
		{legendOptions{DisplayMode: "table"}, 500, 200 - 48, "… 200 more"},
		{legendOptions{Placement: "right"}, 200, 200, "… 193 more"},
		{legendOptions{Placement: "right", DisplayMode: "table"}, 200, 200, "… 194 more"},
		{legendOptions{Placement: "right", DisplayMode: "table", Width: 100}, 400, 200, "… 194 more"},
		{legendOptions{Placement: "right", Width: 1e9}, 200, 200, "… 193 more"},
	} {
		nodes, w, h := drawLegend(c.options, many, theme.Theme{}, 500, 200)
		if w != c.plotW || h != c.plotH {
			t.Errorf("%+v leaves %g by %g px", c.options, w, h)
		}
		all := texts(nodes[0], 0, 0)
		if last := all[len(all)-1].Text.Text; last != c.more {
			t.Errorf("%+v ends with %q", c.options, last)
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
