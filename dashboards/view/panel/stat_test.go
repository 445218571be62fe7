package panel

import (
	"encoding/json"
	"fmt"
	"image/color"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// statFrames are two numbers over three minutes, and a table of two rows.
func statFrames() []frame.Frame {
	field := func(title string, v ...float64) *frame.Field {
		f := &frame.Field{Name: title, Title: title, Kind: frame.Number, Numbers: v, Low: 0, High: 10}
		f.Config.Thresholds.Steps = []frame.Step{{Color: "green"}}
		f.Config.Color.Mode = "thresholds"
		return f
	}
	return []frame.Frame{{Fields: []*frame.Field{
		{Name: "Time", Kind: frame.Time, Times: []int64{0, 60_000, 120_000}},
		field("up", 2, 3, 4), field("down", 4, frame.Null, 1),
		{Name: "host", Title: "host", Kind: frame.String, Strings: []string{"a", "b", "c"}},
	}}}
}

// shownAs lists the texts of a painted panel.
func shownAs(t *testing.T, kind, options string, frames []frame.Frame, w, h float64) []string {
	t.Helper()
	if !json.Valid([]byte(options)) {
		t.Fatalf("the options are no JSON: %s", options)
	}
	in := Input{Frames: frames, W: w, H: h}
	in.Panel.Type, in.Panel.Options = kind, json.RawMessage(options)
	var all []string
	for _, p := range texts(&draw.Group{Nodes: painters[kind](in, w, h).nodes}, 0, 0) {
		all = append(all, p.Text.Text)
	}
	return all
}

func TestWhatStatsShow(t *testing.T) {
	for name, c := range map[string]struct {
		options string
		want    []string
	}{
		"last of each number": {`{}`, []string{"up", "4", "down", "1"}},
		"a calculation":       {`{"reduceOptions":{"calcs":["max"]}}`, []string{"up", "4", "down", "4"}},
		"two calculations":    {`{"reduceOptions":{"calcs":["min","max"],"fields":"up"}}`, []string{"up Min", "2", "up Max", "4"}},
		"one field":           {`{"reduceOptions":{"fields":"/^do/"}}`, []string{"1"}},
		"a text":              {`{"reduceOptions":{"fields":"host"}}`, []string{"c"}},
		"no such field":       {`{"reduceOptions":{"fields":"x"}}`, []string{"No data"}},
		"not an expression":   {`{"reduceOptions":{"fields":"/(/"}}`, []string{"No data"}},
		"rows":                {`{"reduceOptions":{"values":true,"fields":"up"}}`, []string{"a", "2", "b", "3", "c", "4"}},
		"some rows":           {`{"reduceOptions":{"values":true,"fields":"up","limit":2}}`, []string{"a", "2", "b", "3"}},
		"values only":         {`{"textMode":"value"}`, []string{"4", "1"}},
		"names only":          {`{"textMode":"name"}`, []string{"up", "down"}},
		"neither":             {`{"textMode":"none"}`, nil},
		"name of a single":    {`{"textMode":"value_and_name","reduceOptions":{"fields":"up"}}`, []string{"up", "4"}},
		"change":              {`{"showPercentChange":true}`, []string{"up", "4", "100.0%", "down", "1", "-75.0%"}},
	} {
		if diff := cmp.Diff(c.want, shownAs(t, "stat", c.options, statFrames(), 400, 400)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestHiddenFieldsAreNotShown(t *testing.T) {
	frames := statFrames()
	frames[0].Fields[1].Config.Custom = json.RawMessage(`{"hideFrom":{"viz":true}}`)
	if diff := cmp.Diff([]string{"1"}, shownAs(t, "stat", `{}`, frames, 400, 400)); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
}

// The grids are those of Grafana 12.4 with three and four values: columns by rows.
func TestGridOfValues(t *testing.T) {
	for _, c := range []struct {
		n       int
		w, h    float64
		columns int
	}{
		{4, 198, 78, 4}, {4, 198, 158, 2}, {4, 198, 358, 2}, {4, 398, 158, 4}, {4, 398, 358, 2}, {4, 798, 358, 4},
		{3, 198, 78, 3}, {3, 198, 158, 2}, {3, 198, 358, 1}, {3, 398, 158, 3}, {3, 398, 358, 2}, {3, 798, 78, 3},
	} {
		if got := statColumns(c.n, c.w, c.h); got != c.columns {
			t.Errorf("%d values in %g x %g px: %d columns, want %d", c.n, c.w, c.h, got, c.columns)
		}
	}
	last := statGrid(3, 200, 203, 3, "")
	if want := (statBox{0, 103, 200, 100}); last[2] != want {
		t.Errorf("the third of three is at %v, want %v: a row that is not full is shared by fewer", last[2], want)
	}
}

// Bars that do not fit move together, then shrink, then some are left out, and
// the picture says how many.
func TestBarsThatDoNotFit(t *testing.T) {
	for _, c := range []struct {
		n           int
		size, gap   float64
		length      float64
		shown       int
		description string
	}{
		{4, 78, 10, 342, 4, "room for all"}, {4, 14, 2, 62, 4, "closer"}, {40, 10, 2, 100, 7, "too many"},
	} {
		size, gap, shown := bargaugeFit(c.n, c.length, 10, 16)
		if size != c.size || gap != c.gap || shown != c.shown {
			t.Errorf("%s: %g px, %g apart, %d shown; want %g, %g, %d", c.description, size, gap, shown, c.size, c.gap, c.shown)
		}
	}
	frames := statFrames()
	for i := range 38 {
		f := *frames[0].Fields[1]
		f.Title = fmt.Sprint("s", i)
		frames[0].Fields = append(frames[0].Fields, &f)
	}
	got := shownAs(t, "bargauge", `{"orientation":"horizontal"}`, frames, 300, 100)
	if last := got[len(got)-1]; last != "… 33 more" {
		t.Errorf("the last text is %q, want … 33 more", last)
	}
}

// A cell of a display is lit if the value reaches its beginning.
func TestCellsOfADisplay(t *testing.T) {
	frames := statFrames()
	in := Input{Frames: frames}
	in.Panel.Options = json.RawMessage(`{"displayMode":"lcd","orientation":"horizontal","valueMode":"hidden","namePlacement":"hidden","reduceOptions":{"fields":"up"}}`)
	lit, dim := 0, 0
	var count func([]draw.Node)
	count = func(nodes []draw.Node) {
		for _, n := range nodes {
			switch n := n.(type) {
			case *draw.Group:
				count(n.Nodes)
			case *draw.Rect:
				if n.Fill.Gradient != nil {
					lit++
				} else {
					dim++
				}
			}
		}
	}
	count(bargauge(in, 120, 30).nodes)
	if lit != 5 || dim != 5 {
		t.Errorf("4 of 0 to 10 on ten cells: %d lit and %d dim, want 5 and 5", lit, dim)
	}
}

func TestSlicesOfAPie(t *testing.T) {
	number := func(title string, v float64) reading { return reading{Title: title, Number: v} }
	all := []reading{number("a", 1), number("minus", -5), number("b", 3), number("null", frame.Null)}
	for order, want := range map[string]string{
		"desc": "b 75%, a 25%, minus 0%", "": "b 75%, a 25%, minus 0%", "asc": "minus 0%, a 25%, b 75%", "none": "a 25%, minus 0%, b 75%",
	} {
		var got []string
		for _, s := range pieSlices(all, order) {
			got = append(got, s.Title+" "+s.percent())
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("sorted %q: %v, want %s", order, got, want)
		}
	}
	huge := pieSlices([]reading{number("a", 1e308), number("b", 1e308)}, "none")
	if huge[0].share != 0.5 {
		t.Errorf("one of two huge slices is %g of the whole, want half", huge[0].share)
	}
}

// The gradient behind a value has the colours that were read off pictures of
// Grafana 12.4, of a stat of 798 x 358 px, within two steps of each channel.
func TestGradientBehindAValue(t *testing.T) {
	for _, c := range []struct {
		light bool
		x, y  float64
		want  color.NRGBA
	}{
		{false, 13, 19, color.NRGBA{0xdf, 0x14, 0x12, 255}},
		{false, 445, 19, color.NRGBA{0xe7, 0x22, 0x35, 255}},
		{false, 797, 239, color.NRGBA{0xef, 0x2f, 0x5a, 255}},
		{true, 13, 19, color.NRGBA{0xe7, 0x5f, 0x5f, 255}},
		{true, 797, 241, color.NRGBA{0xe2, 0x41, 0x67, 255}},
	} {
		th := theme.Theme{Light: c.light}
		g := statBackground(th.Color("red"), statBox{w: 798, h: 358}, th).Gradient
		dx, dy := g.X2-g.X1, g.Y2-g.Y1
		got := bargaugeMix(g.Stops[0].Color, g.Stops[1].Color, ((c.x-g.X1)*dx+(c.y-g.Y1)*dy)/(dx*dx+dy*dy))
		for _, d := range []int{int(got.R) - int(c.want.R), int(got.G) - int(c.want.G), int(got.B) - int(c.want.B)} {
			if d < -2 || d > 2 {
				t.Errorf("at %g, %g of light %v: %v, want %v", c.x, c.y, c.light, got, c.want)
				break
			}
		}
	}
}
