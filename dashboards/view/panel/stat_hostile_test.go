package panel

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// valueKinds are the types that this test and the fuzz test paint.
var valueKinds = []string{"stat", "gauge", "bargauge", "piechart", "text"}

// hostileValueOptions are settings of values that no editor writes.
var hostileValueOptions = []string{
	``, `null`, `[]`, `{"reduceOptions":7,"text":[],"legend":"x","displayLabels":{}}`,
	`{"reduceOptions":{"values":true,"limit":1e9,"fields":"/.*/"},"orientation":"auto","displayMode":"lcd","pieType":"donut"}`,
	`{"reduceOptions":{"values":true,"limit":-4},"orientation":"horizontal","displayMode":"lcd","namePlacement":"left"}`,
	`{"reduceOptions":{"calcs":["nope","mean","","lastNotNull","diffperc"],"fields":"/(/"},"textMode":"value_and_name"}`,
	`{"reduceOptions":{"calcs":["lastNotNull","max"],"fields":"/.*/"},"textMode":"name","colorMode":"background","justifyMode":"center"}`,
	`{"text":{"titleSize":1e300,"valueSize":-1e300,"percentSize":1e9},"showPercentChange":true,"orientation":"vertical"}`,
	`{"graphMode":"area","colorMode":"background","showPercentChange":true,"wideLayout":true,"textMode":"value_and_name"}`,
	`{"sizing":"manual","minVizWidth":1e300,"minVizHeight":-5,"maxVizHeight":1e-300,"showThresholdLabels":true}`,
	`{"minVizWidth":1e-300,"minVizHeight":1e300,"orientation":"vertical","valueMode":"hidden","displayMode":"lcd"}`,
	`{"pieType":"donut","displayLabels":["name","value","percent","name"],"legend":{"displayMode":"table","values":["percent","x"]},"sort":"asc"}`,
	`{"content":"# a\n> > > - 1. | [x](javascript:alert(1)) <script>b</script>\n\n|a|\n|-|\n|b|c|\n\n- - - - - *x*"}`,
	`{"mode":"html","content":"<<b <p>a</p <!-- <script><style>x</style"}`,
	`{"mode":"code","content":"\u0000\t\n\n\n<svg onload=x>"}`,
}

// hostileValueCustoms are field settings of the same sort.
var hostileValueCustoms = []string{``, `{"neutral":1e308}`, `{"neutral":"x","hideFrom":7}`, `{"hideFrom":{"viz":true}}`}

func TestHostileValuesArePaintedWithoutPanic(t *testing.T) {
	sizes := [][2]float64{{0, 0}, {1, 1}, {3, 400}, {400, 3}, {40, 60}, {400, 300}}
	for name, frames := range hostileFrames() {
		for i, options := range hostileValueOptions {
			for j, custom := range hostileValueCustoms {
				size := sizes[(i+j)%len(sizes)]
				for _, kind := range valueKinds {
					paintHostile(t, fmt.Sprintf("%s, %s, options %d, custom %d", kind, name, i, j), kind, options, custom, frames, size)
				}
			}
		}
	}
}

// Scales, thresholds and colours that make no sense are no reason to panic either.
func TestHostileScalesArePaintedWithoutPanic(t *testing.T) {
	nan, inf, one := math.NaN(), math.Inf(1), 1.0
	for _, ends := range [][2]float64{{0, 0}, {1, -1}, {nan, 5}, {-inf, inf}, {-math.MaxFloat64, math.MaxFloat64}, {5e-324, 1e-323}} {
		for _, mode := range []string{"", "thresholds", "continuous-GrYlRd", "continuous-nope", "fixed", "palette-classic"} {
			f := &frame.Field{Name: "a", Title: "a", Kind: frame.Number, Numbers: []float64{1, 2, inf, 3}, Low: ends[0], High: ends[1]}
			f.Config.Color = frame.Color{Mode: mode, FixedColor: "nope"}
			f.Config.Thresholds = frame.Thresholds{Mode: "percentage", Steps: []frame.Step{{Color: "red"}, {Value: &inf}, {Value: &nan, Color: "#12"}, {Value: &one}}}
			g := *f
			frames := []frame.Frame{{Fields: []*frame.Field{{Kind: frame.Time, Times: []int64{1, 2, 3, 4}}, f, &g}}}
			for _, kind := range valueKinds {
				for _, display := range []string{"lcd", "gradient", "basic"} {
					in := Input{Frames: frames, W: 300, H: 200}
					in.Panel.Options = json.RawMessage(`{"displayMode":"` + display + `","showThresholdLabels":true,"showPercentChange":true}`)
					if at := notFinite(painters[kind](in, 300, 200).nodes); at != "" {
						t.Errorf("%s %s from %g to %g, %s: %s is not finite", kind, display, ends[0], ends[1], mode, at)
					}
				}
			}
		}
	}
}

// Markdown that nests without end, and words without an end, are laid out in
// bounded time and size.
func TestHostileMarkdownIsBounded(t *testing.T) {
	for name, content := range map[string]string{
		"quotes":   strings.Repeat("> ", 40_000) + "x",
		"lists":    strings.Repeat("- ", 40_000) + "x",
		"brackets": strings.Repeat("[", 70_000),
		"stars":    strings.Repeat("*a **b ", 10_000),
		"word":     strings.Repeat("w", 70_000),
		"table":    "|" + strings.Repeat("a|", 20_000) + "\n|" + strings.Repeat("-|", 20_000) + "\n|b|",
		"ticks":    strings.Repeat("`", 70_000),
		"tags":     strings.Repeat("<", 70_000) + strings.Repeat("<!--", 1000),
	} {
		for _, mode := range []string{"markdown", "html", "code"} {
			options, err := json.Marshal(map[string]string{"mode": mode, "content": content})
			if err != nil {
				t.Fatal(err)
			}
			in := Input{W: 400, H: 300}
			in.Panel.Options = options
			b := text(in, 400, 300)
			if n := countShapes(b.nodes); n > 50_000 {
				t.Errorf("%s as %s: %d shapes", name, mode, n)
			}
		}
	}
}

func FuzzValuePanels(f *testing.F) {
	for i, options := range hostileValueOptions {
		f.Add(i, options, hostileValueCustoms[i%len(hostileValueCustoms)], 200.0, 100.0, 1.5, -2.0)
	}
	f.Fuzz(func(t *testing.T, kind int, options, custom string, w, h, a, b float64) {
		if !(w >= 0 && w <= 2000 && h >= 0 && h <= 2000) || !json.Valid([]byte(options)) || !json.Valid([]byte(custom)) {
			return
		}
		name := valueKinds[int(uint(kind)%uint(len(valueKinds)))]
		frames := []frame.Frame{{Fields: []*frame.Field{
			{Name: "Time", Kind: frame.Time, Times: []int64{0, 60_000, 120_000}},
			{Name: "a", Kind: frame.Number, Numbers: []float64{a, b, a}, Low: b, High: a},
			{Name: "b", Kind: frame.Number, Numbers: []float64{b, frame.Null, a * b}, Low: a, High: b},
			{Name: "t", Kind: frame.String, Strings: []string{custom, options, ""}},
		}}}
		paintHostile(t, name, name, options, custom, frames, [2]float64{w, h})
	})
}

// FuzzMarkdown looks for a text that is laid out into something that cannot be
// drawn, or that gets a link which must not be followed.
func FuzzMarkdown(f *testing.F) {
	f.Add("# a\n\n- b\n  1. c `d` **e** [f](https://g) <br> ~~h~~ ![i](j)\n\n|k|l|\n|-|-:|\n|m|n|\n\n> o\n\n```\np\n```", "markdown", 200.0)
	f.Add("<p>a <b>b</b><!-- c --><script>d</script>&amp;", "html", 10.0)
	f.Add("a\tb\n", "code", 0.0)
	f.Fuzz(func(t *testing.T, content, mode string, w float64) {
		if !(w >= 0 && w <= 2000) {
			return
		}
		options, err := json.Marshal(map[string]string{"mode": mode, "content": content})
		if err != nil {
			t.Fatal(err)
		}
		in := Input{W: w, H: 300}
		in.Panel.Options = options
		b := text(in, w, 300)
		if at := notFinite(b.nodes); at != "" {
			t.Errorf("%s is not finite", at)
		}
		for _, href := range hrefs(b.nodes) {
			if scheme, _, found := strings.Cut(href, ":"); found && !strings.ContainsAny(scheme, "/?#") && !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
				t.Errorf("a link to %q", href)
			}
		}
	})
}
