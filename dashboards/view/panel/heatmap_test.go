package panel

import (
	"fmt"
	"image/color"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

var heatmapCells = cmp.AllowUnexported(heatmapCell{})

// A rate looks back: the count of a time lies in the span that ends there.
func TestHeatmapRowsEndAtTheirTime(t *testing.T) {
	in := gridInput("heatmap", "", timesField(60_000, 120_000), numbersField("+Inf", 1, 2), numbersField("0.5", 3, frame.Null))
	d := heatmapDataOf(in, heatmapOptions{})
	d.keepCells(heatmapOptions{})
	if diff := cmp.Diff([]string{"0.5", "+Inf"}, d.labels); diff != "" {
		t.Error(diff)
	}
	want := []heatmapCell{
		{0, 60_000, 0, 1, 3},
		{0, 60_000, 1, 2, 1}, {60_000, 120_000, 1, 2, 2},
	}
	if diff := cmp.Diff(want, d.cells, heatmapCells); diff != "" {
		t.Error(diff)
	}
}

func TestHeatmapFilter(t *testing.T) {
	number := func(v float64) *float64 { return &v }
	for _, c := range []struct {
		le, ge *float64
		want   []float64
	}{
		{nil, nil, []float64{0.5, 1, 2, 3}}, // no empty cells, no infinite ones
		{number(1), nil, []float64{2, 3}},
		{nil, number(2), []float64{0.5, 1}},
		{number(-1), nil, []float64{0, 0.5, 1, 2, 3}},
	} {
		var o heatmapOptions
		o.FilterValues.Le, o.FilterValues.Ge = c.le, c.ge
		d := heatmapData{}
		for _, v := range []float64{0, 0.5, 1, 2, 3, math.NaN(), math.Inf(1)} {
			d.cells = append(d.cells, heatmapCell{count: v})
		}
		d.keepCells(o)
		var got []float64
		for _, cell := range d.cells {
			got = append(got, cell.count)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestHeatmapIsCalculated(t *testing.T) {
	var linear, log heatmapCalculation
	linear.X = heatmapBuckets{Mode: "size", Value: "1m"}
	linear.Y = heatmapBuckets{Mode: "size", Value: "10"}
	log.X = heatmapBuckets{Mode: "count", Value: "1"}
	log.Y = heatmapBuckets{Value: "1"}
	log.Y.Scale.Type, log.Y.Scale.Log = "log", 10
	in := gridInput("heatmap", "", timesField(0, 30_000, 60_000), numbersField("a", 1, 9, 25), numbersField("b", 10, -5, math.NaN()))
	for _, c := range []struct {
		name   string
		o      heatmapCalculation
		want   []heatmapCell
		lo, hi float64
	}{
		{"linear", linear, []heatmapCell{
			{0, 60_000, -10, 0, 1}, {0, 60_000, 0, 10, 2}, {0, 60_000, 10, 20, 1}, {60_000, 120_000, 20, 30, 1},
		}, -10, 30},
		{"logarithmic", log, []heatmapCell{{0, 120_000, 1, 10, 2}, {0, 120_000, 10, 100, 2}}, 1, 100},
	} {
		d := calculateHeatmap(in, c.o)
		if diff := cmp.Diff(c.want, d.cells, heatmapCells, cmpopts.EquateApprox(1e-9, 0)); diff != "" || d.lo != c.lo || math.Abs(d.hi-c.hi) > 1e-9 {
			t.Errorf("%s: from %g to %g: %s", c.name, d.lo, d.hi, diff)
		}
	}
}

func TestHeatmapBuckets(t *testing.T) {
	for _, c := range []struct {
		b    heatmapBuckets
		want float64
	}{
		{heatmapBuckets{Mode: "size", Value: "5m"}, 300_000},
		{heatmapBuckets{Mode: "size", Value: "2d"}, 172_800_000},
		{heatmapBuckets{Mode: "size", Value: "1500"}, 3600}, // at most 1,000 columns
		{heatmapBuckets{Mode: "count", Value: "12"}, 300_000},
		{heatmapBuckets{Mode: "size", Value: "nonsense"}, 120_000},
		{heatmapBuckets{}, 120_000},
	} {
		if got := c.b.span(3_600_000); got != c.want {
			t.Errorf("%+v: %g ms", c.b, got)
		}
	}
	for v, want := range map[float64]float64{9.6: 10, 1: 1, 0.021: 0.025, 3: 5, 60: 100, 0: 1, -1: 1, math.Inf(1): 1} {
		if got := niceStep(v); math.Abs(got-want) > 1e-12 {
			t.Errorf("a step of %g for %g", got, v)
		}
	}
}

// Measured on Grafana 12.4: a scheme stays linear even if the scale is
// exponential, and the exponent bends the opacity.
func TestHeatmapColours(t *testing.T) {
	cells := []heatmapCell{{count: 1}, {count: 100}}
	o := heatmapColor{Mode: "scheme", Scheme: "Oranges", Scale: "exponential", Exponent: 0.5}
	s := newHeatmapScale(theme.Theme{}, o, cells)
	for count, want := range map[float64]color.NRGBA{
		1: {0x7f, 0x27, 0x04, 255}, 27: {0xd6, 0x4b, 0x05, 255}, 82: {0xfe, 0xdd, 0xbc, 255}, 100: {0xff, 0xf5, 0xeb, 255},
	} {
		if got := s.colors[s.step(count)]; far(got, want) > 3 {
			t.Errorf("%g: %v, Grafana has %v", count, got, want)
		}
	}
	bent := newHeatmapScale(theme.Theme{}, heatmapColor{Mode: "opacity", Fill: "blue", Exponent: 0.5}, cells)
	plain := newHeatmapScale(theme.Theme{}, heatmapColor{Mode: "opacity", Fill: "blue", Scale: "linear", Exponent: 0.5}, cells)
	if a, b := bent.colors[bent.step(26)].A, plain.colors[plain.step(26)].A; a < 120 || a > 135 || b < 60 || b > 70 {
		t.Errorf("a quarter of the way: opacity %d of 255 with an exponent of 0.5, %d without", a, b)
	}
	if one := newHeatmapScale(theme.Theme{}, o, cells[:1]); one.step(1) != 63 {
		t.Error("a single count is not the largest")
	}
}

func far(a, b color.NRGBA) int {
	d := func(x, y uint8) int { return max(int(x)-int(y), int(y)-int(x)) }
	return max(d(a.R, b.R), d(a.G, b.G), d(a.B, b.B))
}

// Exemplars lie in the row of their bucket, at their share of it.
func TestHeatmapPlacesSingleValues(t *testing.T) {
	d := heatmapData{labels: []string{"1", "3", "+Inf"}, bounds: []float64{1, 3, math.Inf(1)}}
	for v, want := range map[float64]float64{0.5: 0.5, 1: 1, 2: 1.5, 3: 2, 100: 2} {
		if got, ok := d.place(v); !ok || got != want && !(v == 100 && got >= 2 && got <= 3) {
			t.Errorf("%g is at %g, not %g", v, got, want)
		}
	}
	if _, ok := d.place(math.NaN()); ok {
		t.Error("no number has a place")
	}
}

func TestHeatmapAxisTurnsAround(t *testing.T) {
	for options, first := range map[string]string{`{"yAxis":{"unit":"s"}}`: "1 s", `{"yAxis":{"unit":"s","reverse":true}}`: "500 ms"} {
		in := gridInput("heatmap", options, timesField(60_000), numbersField("0.5", 1), numbersField("1", 2))
		top, highest := "", math.Inf(1)
		for _, text := range texts(&draw.Group{Nodes: heatmap(in, 400, 300).nodes}, 0, 0) {
			if strings.HasSuffix(text.Text.Text, "s") && text.y < highest {
				top, highest = text.Text.Text, text.y
			}
		}
		if top != first {
			t.Errorf("%s: %q is at the top", options, top)
		}
	}
}

func TestHeatmapTellsItsCounts(t *testing.T) {
	in := gridInput("heatmap", `{"yAxis":{"unit":"s"},"cellValues":{"unit":"reqps","decimals":1}}`,
		timesField(60_000, 120_000), numbersField("0.5", 1, 0), numbersField("1", 2, 3))
	p := heatmap(in, 400, 300).plot
	var got []string
	for _, s := range p.Series {
		got = append(got, fmt.Sprint(s.Name, " ", s.Times, " ", s.Show(s.Values[len(s.Values)-1])))
	}
	want := []string{"500 ms [60000] 1.0 req/s", "500 ms – 1 s [60000 120000] 3.0 req/s"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if p.From != 0 || p.To != 120_000 || p.X+p.W != 400-axisInset {
		t.Errorf("the plot is %+v", p)
	}
}

// More cells than pixels come out as the largest of each pixel, in few shapes.
func TestHeatmapOfManyCells(t *testing.T) {
	fields := []*frame.Field{timesField()}
	for i := range 1200 {
		fields[0].Times = append(fields[0].Times, int64(i)*100)
	}
	for i := range 100 {
		f := numbersField(fmt.Sprint(i + 1))
		for j := range 1200 {
			f.Numbers = append(f.Numbers, float64(1+(i*j)%50))
		}
		fields = append(fields, f)
	}
	b := heatmap(gridInput("heatmap", "", fields...), 400, 300)
	if n := countShapes(b.nodes); n > 300 {
		t.Errorf("%d shapes", n)
	}
}

func BenchmarkHeatmap50Rows1000Columns(b *testing.B) {
	fields := []*frame.Field{timesField()}
	for j := range 1000 {
		fields[0].Times = append(fields[0].Times, int64(j)*120)
	}
	for i := range 50 {
		f := numbersField(fmt.Sprint(i + 1))
		for j := range 1000 {
			f.Numbers = append(f.Numbers, float64((i*j)%97))
		}
		fields = append(fields, f)
	}
	in := gridInput("heatmap", "", fields...)
	for b.Loop() {
		heatmap(in, 782, 342)
	}
}
