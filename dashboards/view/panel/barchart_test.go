package panel

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
)

func TestBarsAreStacked(t *testing.T) {
	in := gridInput("barchart", "", textsField("x", "p"), numbersField("a", 3), numbersField("b", -2), numbersField("c", 5), numbersField("d", math.Inf(1)))
	d := newBarData(in, barOptions{})
	for stacking, want := range map[string][][2]float64{
		"none":    {{0, 3}, {0, -2}, {0, 5}, {0, 0}},
		"normal":  {{0, 3}, {0, -2}, {3, 8}, {8, 8}},
		"percent": {{0, .3}, {0, -.2}, {.3, .8}, {.8, .8}},
	} {
		var got [][2]float64
		for _, b := range d.row(0, stacking) {
			got = append(got, [2]float64{math.Round(b.from*1e9) / 1e9, math.Round(b.to*1e9) / 1e9})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", stacking, diff)
		}
	}
}

func TestBarNames(t *testing.T) {
	times, a, s := timesField(0), numbersField("a", 1), textsField("s", "p")
	for _, c := range []struct {
		fields []*frame.Field
		x      string
		want   string
	}{
		{[]*frame.Field{times, a, s}, "", "p"},
		{[]*frame.Field{a, s}, "a", "1"},
		{[]*frame.Field{times, a}, "", "1970-01-01 00:00:00"},
		{[]*frame.Field{a}, "", ""},
	} {
		if got := newBarData(gridInput("barchart", "", c.fields...), barOptions{XField: c.x}); got.names[0] != c.want {
			t.Errorf("x field %q: got %q, want %q", c.x, got.names, c.want)
		}
	}
}

// Values stand above the bars if there is room for a font of 8 px, unless they
// are always wanted.
func TestBarValuesNeedRoom(t *testing.T) {
	many, names := numbersField("a"), textsField("x")
	for i := range 60 {
		many.Numbers = append(many.Numbers, float64(100+i))
		names.Strings = append(names.Strings, "n")
	}
	few := []*frame.Field{textsField("x", "p", "q"), numbersField("a", 111, 222)}
	for _, c := range []struct {
		options string
		fields  []*frame.Field
		value   string
		want    bool
	}{
		{`{}`, few, "111", true},
		{`{"showValue":"never"}`, few, "111", false},
		{`{}`, []*frame.Field{names, many}, "101", false},
		{`{"showValue":"always"}`, []*frame.Field{names, many}, "101", true},
		{`{"orientation":"horizontal"}`, few, "111", true},
		{`{"stacking":"normal"}`, few, "111", true},
	} {
		got := written(barchart(gridInput("barchart", c.options, c.fields...), 782, 342))
		if slices.Contains(got, c.value) != c.want {
			t.Errorf("%s of %d: %v", c.options, c.fields[0].Len(), got)
		}
	}
}

// Names that would touch each other are left out; a negative spacing keeps the last.
func TestBarNamesDoNotTouch(t *testing.T) {
	names, v := textsField("x"), numbersField("a")
	for i := range 40 {
		names.Strings = append(names.Strings, "name "+string(rune('A'+i)))
		v.Numbers = append(v.Numbers, 1)
	}
	for options, end := range map[string]string{`{"showValue":"never"}`: "name A", `{"showValue":"never","xTickLabelSpacing":-10}`: "name h"} {
		var right []placedText
		for _, text := range texts(&draw.Group{Nodes: barchart(gridInput("barchart", options, names, v), 782, 342).nodes}, 0, 0) {
			if strings.HasPrefix(text.Text.Text, "name ") {
				right = append(right, text)
			}
		}
		slices.SortFunc(right, func(a, b placedText) int { return int(a.x - b.x) })
		found := false
		for i, text := range right {
			found = found || text.Text.Text == end
			if i > 0 && right[i-1].anchor("end") > text.anchor("start") {
				t.Errorf("%s: %q touches %q", options, right[i-1].Text.Text, text.Text.Text)
			}
		}
		if !found || len(right) < 5 {
			t.Errorf("%s: %d names, %q not among them", options, len(right), end)
		}
	}
}

// Series of several queries are joined by their times, or by their names.
func TestBarFramesAreJoined(t *testing.T) {
	null := frame.Null
	for _, c := range []struct {
		frames []frame.Frame
		names  []string
		want   [][]float64
	}{
		{
			[]frame.Frame{
				{Fields: []*frame.Field{timesField(60_000, 120_000), numbersField("a", 1, 2)}},
				{Fields: []*frame.Field{timesField(0, 60_000), numbersField("b", 3, 4)}},
			},
			[]string{"1970-01-01 00:00:00", "1970-01-01 00:01:00", "1970-01-01 00:02:00"},
			[][]float64{{null, 1, 2}, {3, 4, null}},
		},
		{
			[]frame.Frame{
				{Fields: []*frame.Field{textsField("x", "q", "p"), numbersField("a", 1, 2)}},
				{Fields: []*frame.Field{numbersField("lost", 9)}},
				{Fields: []*frame.Field{textsField("x", "p", "r"), numbersField("b", 3, 4)}},
			},
			[]string{"q", "p", "r"},
			[][]float64{{1, 2, null}, {null, 3, 4}},
		},
	} {
		in := gridInput("barchart", "")
		in.Frames = c.frames
		d := newBarData(in, barOptions{})
		var got [][]float64
		for _, s := range d.series {
			got = append(got, s.field.Numbers)
		}
		if diff := cmp.Diff(c.names, d.names) + cmp.Diff(c.want, got, cmpopts.EquateNaNs()); diff != "" {
			t.Error(diff)
		}
	}
}
