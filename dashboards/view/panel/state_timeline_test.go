package panel

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// byThresholds is a field of numbers that are below 80 or not.
func byThresholds(v ...float64) *frame.Field {
	f := numbersField("n", v...)
	limit := 80.0
	f.Config.Color.Mode = "thresholds"
	f.Config.Thresholds.Steps = []frame.Step{{Color: "green"}, {Color: "red", Value: &limit}}
	return f
}

func TestStateRuns(t *testing.T) {
	null := frame.Null
	for _, c := range []struct {
		name   string
		field  *frame.Field
		custom string
		apart  bool
		want   string
	}{
		{"equal states are one", textsField("s", "a", "a", "b", "a"), "", false, "a 0-40 b 40-60 a 60-120"},
		{"unless they are not merged", textsField("s", "a", "a", "b", "b"), "", true, "a 0-20 a 20-40 b 40-60 b 60-120"},
		{"nothing ends a state", numbersField("n", 1, null, 1, math.NaN()), "", false, "1 0-20 1 40-60"},
		{"unless it spans", numbersField("n", 1, null, 1, 2), `{"spanNulls":true}`, false, "1 0-60 2 60-120"},
		{"which may be limited", numbersField("n", 1, null, 1, 1), `{"spanNulls":10000}`, false, "1 0-20 1 40-120"},
		{"an empty text is nothing", textsField("s", "", "a", "", "a"), "", false, "a 20-40 a 60-120"},
		{"thresholds are states", byThresholds(1, 79, 80, 500), "", false, "< 80 0-40 80+ 40-120"},
		{"a short field", numbersField("n", 5), "", false, "5 0-20"},
	} {
		in := gridInput("state-timeline", "", timesField(0, 20_000, 40_000, 60_000), c.field)
		c.field.Config.Custom = json.RawMessage(c.custom)
		rows := stateRows(in)
		rows[0].findRuns(in, !c.apart)
		var got []string
		for _, r := range rows[0].runs {
			got = append(got, fmt.Sprintf("%s %g-%g", r.text, r.from/1000, r.to/1000))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestStateLegend(t *testing.T) {
	mapped := textsField("s", "ok")
	mapped.Config.Mappings = []frame.Mapping{
		{Type: "value", Options: json.RawMessage(`{"2":{"text":"two","color":"red","index":1},"ok":{"color":"green","index":0}}`)},
		{Type: "range", Options: json.RawMessage(`{"from":3,"result":{"index":2}}`)},
		{Type: "special", Options: json.RawMessage(`[]`)},
	}
	for _, c := range []struct {
		field *frame.Field
		want  []string
	}{
		{mapped, []string{"ok", "two", "3 – ∞"}},
		{byThresholds(1), []string{"< 80", "80+"}},
		{textsField("s", "b", "a", "b"), []string{"b", "a"}},
	} {
		v := newStateView(gridInput("state-timeline", "", timesField(0, 1, 2), c.field))
		var got []string
		for _, i := range v.legendItems() {
			got = append(got, i.Name)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Error(diff)
		}
	}
}

// What does not fit on the page is said by the pager, even if no one set one.
func TestStatePager(t *testing.T) {
	fields := []*frame.Field{timesField(0)}
	for i := range 200 {
		fields = append(fields, textsField(fmt.Sprint("row ", i), "a"))
	}
	for options, want := range map[string]struct{ rows, pages int }{
		`{"perPage":20}`: {20, 10},
		`{}`:             {30, 7}, // 8 px for a row, 100 px for the rest
		`{"perPage":99}`: {30, 7},
	} {
		got := written(stateTimeline(gridInput("state-timeline", options, fields...), 782, 342))
		rows := 0
		for _, text := range got {
			if strings.HasPrefix(text, "row ") {
				rows++
			}
		}
		if rows != want.rows || !slices.Contains(got, fmt.Sprint(want.pages)) {
			t.Errorf("%s: %d rows, texts %q", options, rows, got[len(got)-9:])
		}
	}
	if got := written(stateTimeline(gridInput("state-timeline", "", fields[:3]...), 782, 342)); slices.Contains(got, "1") {
		t.Errorf("a pager for two rows that no one asked for: %q", got)
	}
}

// A time is in the middle of its column; a tooltip finds it by the plot's ends.
func TestStatusHistoryColumns(t *testing.T) {
	in := gridInput("status-history", `{"colWidth":1,"rowHeight":1,"legend":{"showLegend":false}}`,
		timesField(0, 60_000, 120_000), textsField("s", "a", "", "b"))
	b := statusHistory(in, 782, 342)
	if b.plot.From != -30_000 || b.plot.To != 150_000 {
		t.Errorf("the plot runs from %d to %d", b.plot.From, b.plot.To)
	}
	third := b.plot.W / 3
	var middles []float64
	for _, n := range b.nodes {
		if text, ok := n.(*draw.Text); ok && (text.Text == "a" || text.Text == "b") {
			middles = append(middles, math.Round((text.X-b.plot.X)/third*2))
		}
	}
	if diff := cmp.Diff([]float64{1, 5}, middles); diff != "" {
		t.Errorf("in halves of a column: %s", diff)
	}
	if s := b.plot.Series[0]; s.Show(s.Values[2]) != "b" || s.Show(math.NaN()) != "" || s.Show(99) != "" {
		t.Errorf("values %v", s.Values)
	}
}

func TestStatusHistoryOfTooManyColumns(t *testing.T) {
	times, states := timesField(), textsField("s")
	for i := range 500 {
		times.Times = append(times.Times, int64(i)*1000)
		states.Strings = append(states.Strings, "x")
	}
	got := strings.Join(written(statusHistory(gridInput("status-history", "", times, states), 782, 342)), "|")
	if !strings.Contains(got, "Too many points to show: 500") {
		t.Errorf("got %q", got)
	}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		i, n        int
		part        float64
		start, size float64
	}{
		{0, 3, 0.9, 10, 90}, {1, 3, 0.9, 115, 90}, {2, 3, 0.9, 220, 90}, // the ends are at the ends
		{0, 1, 0.5, 85, 150}, // a single one is in the middle
	} {
		if start, size := spread(c.i, c.n, c.part, 10, 300); math.Abs(start-c.start) > 1e-9 || math.Abs(size-c.size) > 1e-9 {
			t.Errorf("%d of %d: from %g, %g long", c.i, c.n, start, size)
		}
	}
}
