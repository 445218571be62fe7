package panel

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
)

// graph is the input of a graph of one series for each custom configuration.
func graph(custom ...string) Input {
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	in := Input{Panel: model.Panel{Type: "timeseries"}, Range: model.Range{From: from, To: from.Add(10 * time.Minute)}, W: 400, H: 300}
	times := make([]int64, 11)
	for i := range times {
		times[i] = from.Add(time.Duration(i) * time.Minute).UnixMilli()
	}
	for i, c := range custom {
		numbers := make([]float64, len(times))
		for j := range numbers {
			numbers[j] = float64(10*i + j)
		}
		title := fmt.Sprintf("series %d", i)
		in.Frames = append(in.Frames, frame.Frame{Fields: []*frame.Field{
			{Name: "time", Kind: frame.Time, Times: times},
			{Name: title, Title: title, Kind: frame.Number, Numbers: numbers, Index: i, Config: frame.Config{Custom: json.RawMessage(c)}},
		}})
	}
	return in
}

func TestPlotTellsWhatIsUnderThePointer(t *testing.T) {
	in := graph(`{}`, `{"hideFrom":{"viz":true}}`, `{"hideFrom":{"tooltip":true}}`, `{"stacking":{"mode":"normal"}}`)
	in.Frames[3].Fields[1].Config.Unit = "percent"
	p := Draw(in).Plot
	var names []string
	for _, s := range p.Series {
		names = append(names, s.Name)
	}
	if d := cmp.Diff([]string{"series 0", "series 3"}, names); d != "" {
		t.Fatal(d)
	}
	last := p.Series[1]
	if d := cmp.Diff(in.Frames[3].Fields[1].Numbers, last.Values); d != "" {
		t.Errorf("the values of a stacked series are not its own: %s", d)
	}
	if got := last.Show(40); got != "40%" {
		t.Errorf("40 per cent are written %q", got)
	}
	if p.From != in.Range.From.UnixMilli() || p.To != in.Range.To.UnixMilli() {
		t.Errorf("from %d to %d", p.From, p.To)
	}
	// Without a title the body begins below the border and its padding; each unit
	// has an axis at its side.
	if p.Y != 1+8+8 || p.X < 30 || p.X+p.W > 400-30 || p.H != 300-2*(1+8)-32-8-21 {
		t.Errorf("the plot is at %g, %g and is %g by %g px", p.X, p.Y, p.W, p.H)
	}
}

func TestLegendLeavesOutWhatIsHiddenFromIt(t *testing.T) {
	in := graph(`{}`, `{"hideFrom":{"legend":true}}`, `{"hideFrom":{"viz":true}}`)
	got := strings.Join(writtenTexts(in), "\n")
	for name, want := range map[string]bool{"series 0": true, "series 1": false, "series 2": true} {
		if strings.Contains(got, name) != want {
			t.Errorf("%s in the legend: %t", name, !want)
		}
	}
}

func writtenTexts(in Input) []string {
	var all []string
	for _, t := range texts(Draw(in).Node, 0, 0) {
		all = append(all, t.Text.Text)
	}
	return all
}

// A unit of its own takes a series to the right; placement moves or hides it.
func TestScalesByUnitAndPlacement(t *testing.T) {
	in := graph(`{}`, `{}`, `{"axisPlacement":"left"}`, `{"axisPlacement":"hidden"}`)
	for i, unit := range []string{"s", "bytes", "percent", "short"} {
		in.Frames[i].Fields[1].Config.Unit = unit
	}
	var got []string
	for _, c := range tsScales(tsCollect(in)) {
		got = append(got, fmt.Sprintf("%s right=%t hidden=%t", c.unit(), c.right, c.hidden))
	}
	want := []string{"s right=false hidden=false", "bytes right=true hidden=false", "percent right=false hidden=false", "short right=true hidden=true"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestAnnotationsAreMarkedWithinTheRange(t *testing.T) {
	in := graph(`{}`)
	from := in.Range.From.UnixMilli()
	for _, m := range [][2]int64{{60, 60}, {120, 240}, {-60, -60}, {-60, 60}, {900, 960}} {
		in.Marks = append(in.Marks, Mark{From: from + m[0]*1000, To: from + m[1]*1000, Title: fmt.Sprint(m)})
	}
	var got []string
	for _, g := range classed(Draw(in).Node, "annotation") {
		got = append(got, g.Title)
	}
	if d := cmp.Diff([]string{"[60 60]", "[120 240]", "[-60 60]"}, got); d != "" {
		t.Error(d)
	}
}

// classed finds the groups of a class.
func classed(n draw.Node, class string) []*draw.Group {
	g, ok := n.(*draw.Group)
	if !ok {
		return nil
	}
	var found []*draw.Group
	if g.Class == class {
		found = append(found, g)
	}
	for _, child := range g.Nodes {
		found = append(found, classed(child, class)...)
	}
	return found
}

func TestExemplarsNameTheirLabels(t *testing.T) {
	in := graph(`{}`)
	from := in.Range.From.UnixMilli()
	in.Frames = append(in.Frames, frame.Frame{Exemplars: true, Fields: []*frame.Field{
		{Name: "Time", Kind: frame.Time, Times: []int64{from + 1000, from + 2000, from - 1}},
		{Name: "Value", Kind: frame.Number, Numbers: []float64{3, math.NaN(), 4}},
		{Name: "trace_id", Kind: frame.String, Strings: []string{"abc", "def", "ghi"}},
	}})
	got := classed(Draw(in).Node, "exemplar")
	if len(got) != 1 || got[0].Title != "trace_id: abc" {
		t.Errorf("drawn are %d exemplars: %+v", len(got), got)
	}
	if n := len(Draw(in).Plot.Series); n != 1 {
		t.Errorf("exemplars count as series: %d", n)
	}
}

// Nothing a dashboard or a server says makes a graph fail or grow without bound.
func FuzzTimeseries(f *testing.F) {
	f.Add(`{"lineWidth":1e300,"stacking":{"mode":"percent"}}`, `{"legend":{"displayMode":"table","width":-1,"calcs":["max"]}}`, 1e308, -1e308, int64(0), 800.0)
	f.Add(`{"scaleDistribution":{"type":"log","log":10},"drawStyle":"bars","barWidthFactor":-3}`, `{"legend":{"placement":"right"}}`, 0.0, -1.0, int64(math.MaxInt64), 1.0)
	f.Add(`{"fillOpacity":50,"fillBelowTo":"series 1","gradientMode":"scheme","lineInterpolation":"smooth"}`, `[]`, math.NaN(), math.Inf(1), int64(-5), math.NaN())
	f.Add(`{"axisWidth":1e9,"axisSoftMin":1e308,"lineStyle":{"fill":"dash","dash":[0,0]},"thresholdsStyle":{"mode":"dashed+area"}}`, `null`, 5.0, 5.0, int64(1), 3000.0)
	f.Fuzz(func(t *testing.T, custom, options string, a, b float64, at int64, w float64) {
		in := graph(custom, custom, `{}`)
		in.W, in.Panel.Options = w, json.RawMessage(options)
		in.Frames[0].Fields[1].Numbers[3], in.Frames[0].Fields[1].Numbers[4] = a, b
		in.Frames[0].Fields[0].Times[5] = at
		in.Frames[1].Fields[1].Config.Min, in.Frames[1].Fields[1].Config.Max = &a, &b
		in.Frames[1].Fields[1].Config.Thresholds.Steps = []frame.Step{{Color: "green"}, {Value: &a, Color: "red"}, {Value: &b, Color: "#"}}
		if n := countNodes(Draw(in).Node); n > 5000 {
			t.Errorf("%d nodes", n)
		}
	})
}

func countNodes(n draw.Node) int {
	count := 1
	if g, ok := n.(*draw.Group); ok {
		for _, child := range g.Nodes {
			count += countNodes(child)
		}
	}
	return count
}
