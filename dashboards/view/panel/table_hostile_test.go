package panel

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
)

// gridKinds are the types that this test and the fuzz test paint.
var gridKinds = []string{"table", "heatmap", "state-timeline", "status-history", "barchart", "histogram"}

// hostileFrames are answers that no well-meaning server gives.
func hostileFrames() map[string][]frame.Frame {
	nan, inf := math.NaN(), math.Inf(1)
	times := &frame.Field{Name: "Time", Kind: frame.Time, Times: []int64{0, 60_000, 60_000, 30_000, math.MaxInt64, math.MinInt64}}
	many := frame.Frame{Fields: []*frame.Field{times}}
	for i := range 1000 {
		many.Fields = append(many.Fields, &frame.Field{
			Name: fmt.Sprint("s", i), Kind: frame.Number, Numbers: []float64{float64(i), nan, inf, -inf, 1e308, -1e308},
		})
	}
	long := strings.Repeat("w\x00\n<&\xff", 50_000)
	return map[string][]frame.Frame{
		"nothing":      nil,
		"no fields":    {{}, {Exemplars: true}},
		"nil field":    {{Fields: []*frame.Field{nil, times, nil}}},
		"only times":   {{Fields: []*frame.Field{times}}},
		"no rows":      {{Fields: []*frame.Field{{Kind: frame.Time}, {Kind: frame.Number}, {Kind: frame.String}}}},
		"no numbers":   {{Fields: []*frame.Field{times, {Kind: frame.Number, Numbers: []float64{nan, inf, -inf, frame.Null}}}}},
		"short fields": {{Fields: []*frame.Field{times, {Kind: frame.Number, Numbers: []float64{1}}, {Kind: frame.String, Strings: []string{"a"}}}}},
		"huge":         {{Fields: []*frame.Field{times, {Kind: frame.Number, Numbers: []float64{1e308, -1e308, math.MaxFloat64, 5e-324}}}}},
		"many":         {many},
		"long texts":   {{Fields: []*frame.Field{times, {Name: long, Title: long, Kind: frame.String, Strings: []string{long, "", long}}}}},
		"same bounds":  {{Fields: []*frame.Field{{Name: "xMin", Kind: frame.Number, Numbers: []float64{1, nan}}, {Name: "xMax", Kind: frame.Number, Numbers: []float64{1, 0}}, {Name: "n", Kind: frame.Number, Numbers: []float64{1}}}}},
		"exemplars":    {{Exemplars: true, Fields: []*frame.Field{times, {Kind: frame.Number, Numbers: []float64{nan, 1}}}}},
		"bools":        {{Fields: []*frame.Field{times, {Kind: frame.Bool, Numbers: []float64{0, 1, nan, 7}}}}},
	}
}

// hostileOptions are settings that no editor writes.
var hostileOptions = []string{
	``, `null`, `[]`, `{"legend":7,"sortBy":{"a":1},"color":[],"yAxis":"x"}`,
	`{"calculate":true,"calculation":{"xBuckets":{"mode":"size","value":"1ms"},"yBuckets":{"mode":"count","value":"1e18","scale":{"type":"log","log":1e-9}}}}`,
	`{"calculate":true,"calculation":{"xBuckets":{"mode":"count","value":"NaN"},"yBuckets":{"mode":"size","value":"1e-300"}}}`,
	`{"cellGap":1e9,"color":{"steps":1e9,"exponent":-5,"mode":"opacity","fill":"nope","min":5,"max":1},"yAxis":{"min":"1e400","max":-1,"axisLabel":"\u0000","reverse":true,"axisPlacement":"right"}}`,
	`{"frameIndex":-5,"showHeader":true,"sortBy":[{"displayName":"s1"},{"displayName":"s1","desc":true}],"footer":{"show":true,"reducer":["sum","nope"],"fields":[1]}}`,
	`{"rowHeight":-1,"colWidth":1e9,"perPage":-3,"showValue":"always","mergeValues":false}`,
	`{"rowHeight":0,"perPage":1,"alignValue":"right","showValue":"always"}`,
	`{"orientation":"horizontal","stacking":"percent","groupWidth":-1,"barWidth":1e9,"barRadius":-7,"xTickLabelRotation":1e9,"xTickLabelMaxLength":-1,"xTickLabelSpacing":-1e300,"showValue":"always"}`,
	`{"stacking":"normal","xField":"s1","colorByField":"s2","xTickLabelRotation":-45}`,
	`{"bucketSize":1e-300,"bucketOffset":1e300,"combine":true}`,
	`{"bucketSize":-1,"bucketCount":1e300}`,
}

// hostileCustoms are field settings of the same sort.
var hostileCustoms = []string{
	``, `{"width":-1,"minWidth":1e300,"align":3,"cellOptions":{"type":"gauge","mode":"lcd"},"fillOpacity":1e9,"lineWidth":-4}`,
	`{"cellOptions":{"type":"color-background"},"footer":{"reducers":["sum","mean","max","min","count","x"]},"spanNulls":"x","axisSoftMin":1e308,"axisSoftMax":-1e308}`,
	`{"cellOptions":{"type":"gauge","mode":"gradient","valueDisplayMode":"hidden"},"spanNulls":1e300,"gradientMode":"opacity"}`,
}

func TestHostileInputIsPaintedWithoutPanic(t *testing.T) {
	sizes := [][2]float64{{0, 0}, {1, 1}, {3, 400}, {400, 3}, {40, 60}, {400, 300}}
	for name, frames := range hostileFrames() {
		for i, options := range hostileOptions {
			for j, custom := range hostileCustoms {
				if name == "many" && (i+j)%4 != 0 {
					continue // a quarter of them is slow enough
				}
				size := sizes[(i+j)%len(sizes)]
				for _, kind := range gridKinds {
					paintHostile(t, fmt.Sprintf("%s, %s, options %d, custom %d", kind, name, i, j), kind, options, custom, frames, size)
				}
			}
		}
	}
}

// paintHostile paints and looks at every number of the picture: a number that is
// not finite would make the whole SVG unreadable.
func paintHostile(t *testing.T, what, kind, options, custom string, frames []frame.Frame, size [2]float64) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Fatalf("%s at %v: %v", what, size, p)
		}
	}()
	copied := make([]frame.Frame, len(frames))
	for i, f := range frames {
		copied[i] = f
		copied[i].Fields = nil
		for _, field := range f.Fields {
			if field != nil {
				own := *field
				own.Config = frame.Config{
					Custom: json.RawMessage(custom), Color: frame.Color{Mode: "thresholds"},
					Thresholds: frame.Thresholds{Steps: []frame.Step{{Color: "green"}, {Color: "red"}}},
					Links:      []frame.Link{{Title: "${__value.text}", URL: "javascript:${__data.fields[9]}${x:raw}"}},
				}
				field = &own
			}
			copied[i].Fields = append(copied[i].Fields, field)
		}
	}
	in := Input{
		Panel: model.Panel{Type: kind, Options: json.RawMessage(options)}, Frames: copied, W: size[0], H: size[1],
		Range: model.Range{From: time.UnixMilli(0), To: time.UnixMilli(120_000)},
	}
	b := painters[kind](in, size[0], size[1])
	if at := notFinite(b.nodes); at != "" {
		t.Errorf("%s at %v: %s is not finite", what, size, at)
	}
	if n := countShapes(b.nodes); n > 150_000 {
		t.Errorf("%s at %v: %d shapes", what, size, n)
	}
}

// notFinite names a shape with a coordinate that is no number.
func notFinite(nodes []draw.Node) string {
	for _, n := range nodes {
		var v []float64
		switch n := n.(type) {
		case *draw.Group:
			if at := notFinite(n.Nodes); at != "" {
				return at
			}
			v = []float64{n.X, n.Y}
		case *draw.Rect:
			v = []float64{n.X, n.Y, n.W, n.H, n.R}
		case *draw.Text:
			v = []float64{n.X, n.Y, n.Font.Size, n.Rotate}
		case *draw.Path:
			if text := fmt.Sprintf("%v", n.Outline); strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
				return "a path " + text[:min(len(text), 80)]
			}
		}
		for _, x := range v {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return fmt.Sprintf("%T %+v", n, n)
			}
		}
	}
	return ""
}

func countShapes(nodes []draw.Node) int {
	count := len(nodes)
	for _, n := range nodes {
		if g, ok := n.(*draw.Group); ok {
			count += countShapes(g.Nodes)
		}
	}
	return count
}

func FuzzGridPanels(f *testing.F) {
	for i, options := range hostileOptions {
		f.Add(i, options, hostileCustoms[i%len(hostileCustoms)], 200.0, 100.0, 1.5, -2.0)
	}
	f.Fuzz(func(t *testing.T, kind int, options, custom string, w, h, a, b float64) {
		if !(w >= 0 && w <= 2000 && h >= 0 && h <= 2000) || !json.Valid([]byte(options)) || !json.Valid([]byte(custom)) {
			return
		}
		name := gridKinds[int(uint(kind)%uint(len(gridKinds)))]
		frames := []frame.Frame{{Fields: []*frame.Field{
			{Name: "Time", Kind: frame.Time, Times: []int64{0, 60_000, 120_000}},
			{Name: "a", Kind: frame.Number, Numbers: []float64{a, b, a}},
			{Name: "5", Kind: frame.Number, Numbers: []float64{b, frame.Null, a * b}},
			{Name: "t", Kind: frame.String, Strings: []string{custom, options, ""}},
		}}}
		paintHostile(t, name, name, options, custom, frames, [2]float64{w, h})
	})
}
