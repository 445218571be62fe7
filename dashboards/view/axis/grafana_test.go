package axis_test

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/axis"
	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/draw/drawtest"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// records are the rows of a table measured on Grafana 12.4, by column.
func records(t *testing.T, name string) []map[string]string {
	t.Helper()
	titles, all := drawtest.Measured(t, name)
	var out []map[string]string
	for _, row := range all {
		r := map[string]string{}
		for i, name := range titles {
			r[name] = row[i]
		}
		out = append(out, r)
	}
	return out
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

var spans = map[string]time.Duration{
	"5m": 5 * time.Minute, "15m": 15 * time.Minute, "30m": 30 * time.Minute,
	"1h": time.Hour, "3h": 3 * time.Hour, "6h": 6 * time.Hour, "12h": 12 * time.Hour, "24h": 24 * time.Hour,
	"2d": 48 * time.Hour, "7d": 7 * 24 * time.Hour, "30d": 30 * 24 * time.Hour, "90d": 90 * 24 * time.Hour, "1y": 365 * 24 * time.Hour,
}

// mark is a tick at a whole px.
type mark struct {
	Px    float64
	Label string
}

func TestTimesAsGrafana(t *testing.T) {
	type picture struct{ span, from, width string }
	want := map[picture][]mark{}
	for _, r := range records(t, "ticks.csv") {
		p := picture{r["range"], r["from_utc"], r["plot_width"]}
		want[p] = append(want[p], mark{number(t, r["tick_px"]), r["label"]})
	}
	if len(want) != 40 {
		t.Fatalf("%d pictures", len(want))
	}
	for p, marks := range want {
		from, err := time.Parse(time.RFC3339, p.from)
		if err != nil {
			t.Fatal(err)
		}
		width, span := number(t, p.width), spans[p.span]
		var got []mark
		for _, tick := range axis.Times(from, from.Add(span), time.UTC, width, draw.Font{Size: 12}.Width) {
			share := (tick.Value - float64(from.UnixMilli())) / float64(span.Milliseconds())
			got = append(got, mark{math.Round(share * width), tick.Label})
		}
		if diff := cmp.Diff(marks, got); diff != "" {
			t.Errorf("%v (-Grafana +ours):\n%s", p, diff)
		}
	}
}

// data are the smallest and greatest values on the panels, and what is set.
var data = map[string]struct {
	lo, hi   float64
	unit     string
	min, max *float64
}{
	"2 left":   {lo: 0.13, hi: 0.48, unit: "s"},
	"4 left":   {lo: 25.082, hi: 85, unit: "percent", min: new(0.), max: new(100.)},
	"16 left":  {lo: 300, hi: 2700, unit: "short"},
	"17 left":  {lo: 1, hi: 100000},
	"21 left":  {lo: -3.5e6, hi: 5e6, unit: "bps"},
	"10 left":  {lo: 60.329, hi: 179.671, unit: "ms"},
	"10 right": {lo: 2e8, hi: 9.5e8, unit: "bytes"},
}

func TestValuesAsGrafana(t *testing.T) {
	for _, r := range records(t, "yticks.csv") {
		d, ok := data[r["panel"]+" "+r["side"]]
		if !ok {
			t.Fatalf("no data for %v", r)
		}
		height := number(t, r["plot_height"])
		limits := axis.Limits{Min: d.min, Max: d.max}
		place := func(v, lo, hi float64) float64 { return (hi - v) / (hi - lo) }
		var lo, hi float64
		var ticks []float64
		decimals := 0
		if r["data"] == "log10" {
			lo, hi = axis.LogRange(d.lo, d.hi, 10, limits)
			ticks = axis.Log(lo, hi, height, 10)
			linear := place
			place = func(v, lo, hi float64) float64 { return linear(math.Log(v), math.Log(lo), math.Log(hi)) }
		} else {
			lo, hi = axis.Range(d.lo, d.hi, limits)
			ticks, decimals = axis.Values(lo, hi, height, d.unit)
		}
		var labels, px []string
		for _, v := range ticks {
			labels = append(labels, value.Tick(d.unit, v, nil, decimals, nil))
			px = append(px, strconv.Itoa(int(math.Round(height*place(v, lo, hi)))))
		}
		got := []string{strings.Join(labels, " | "), strings.Join(px, " ")}
		if diff := cmp.Diff([]string{r["labels"], r["px_from_plot_top"]}, got); diff != "" {
			t.Errorf("panel %s, %s px high, %s (-Grafana +ours):\n%s", r["panel"], r["plot_height"], r["side"], diff)
		}
	}
}
