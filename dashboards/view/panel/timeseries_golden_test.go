package panel

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/draw/drawtest"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// waves is a graph whose series are waves in the colours of the palette.
func waves(custom ...string) Input {
	in := graph(custom...)
	in.W, in.H, in.Panel.Title = 517, 296, "Waves"
	for i, f := range in.Frames {
		f.Fields[1].Config.Color.Mode = "palette-classic"
		for j := range f.Fields[1].Numbers {
			f.Fields[1].Numbers[j] = math.Round(100*(float64(i*5)+8*math.Sin(float64(j+3*i)/2))) / 100
		}
	}
	return in
}

// What graphs can do that the reference board does not show.
func TestGraphsLookTheSame(t *testing.T) {
	for name, in := range map[string]Input{
		"marks":        wavesWithMarks(),
		"fill-below":   wavesFilledBelow(),
		"stack-zone":   wavesStacked(),
		"colour-steps": wavesByThresholds(),
		"hard-limits":  wavesCutOff(),
		"unknown-type": wavesOfNoType(),
	} {
		t.Run(name, func(t *testing.T) {
			s := draw.Scene{W: in.W, H: in.H, Background: in.Theme.Canvas(), Nodes: []draw.Node{Draw(in).Node}}
			drawtest.SVG(t, "golden/graph-"+name, s, *update)
			drawtest.Near(t, "golden/graph-"+name, s.Image(0.5), *update)
		})
	}
}

func wavesWithMarks() Input {
	in := waves(`{}`, `{"lineWidth":2,"fillOpacity":20,"lineInterpolation":"smooth"}`)
	from := in.Range.From.UnixMilli()
	in.Marks = []Mark{
		{From: from + 120_000, To: from + 120_000, Title: "deployed", Color: in.Theme.Color("blue")},
		{From: from + 300_000, To: from + 420_000, Title: "outage", Color: in.Theme.Color("red")},
	}
	in.Frames = append(in.Frames, frame.Frame{Exemplars: true, Fields: []*frame.Field{
		{Name: "Time", Kind: frame.Time, Times: []int64{from + 90_000, from + 200_000, from + 500_000}},
		{Name: "Value", Kind: frame.Number, Numbers: []float64{3, 7, 99}},
		{Name: "trace_id", Kind: frame.String, Strings: []string{"a", "b", "c"}},
	}})
	return in
}

func wavesFilledBelow() Input {
	in := waves(`{"fillBelowTo":"series 1","fillOpacity":30}`, `{"lineWidth":0,"showPoints":"always"}`,
		`{"axisCenteredZero":true,"axisPlacement":"right","axisColorMode":"series","axisBorderShow":true}`)
	in.Theme = theme.Theme{Light: true}
	in.Panel.Options = json.RawMessage(`{"legend":{"placement":"right","calcs":["max"]}}`)
	return in
}

func wavesStacked() Input {
	const style = `{"stacking":{"mode":"normal","group":"A"},"fillOpacity":40,"lineInterpolation":"smooth","showPoints":"never"}`
	in := waves(style, style, style)
	for _, f := range in.Frames {
		for j := range f.Fields[1].Numbers {
			f.Fields[1].Numbers[j] = math.Abs(f.Fields[1].Numbers[j])
		}
	}
	in.Range.Zone = time.FixedZone("IST", 5*3600+1800)
	return in
}

func wavesByThresholds() Input {
	in := waves(`{"thresholdsStyle":{"mode":"line+area"},"gradientMode":"scheme","fillOpacity":20,"lineWidth":2}`)
	two, four := -2.0, 4.0
	c := &in.Frames[0].Fields[1].Config
	c.Color.Mode = "thresholds"
	c.Thresholds.Steps = []frame.Step{{Color: "green"}, {Value: &two, Color: "orange"}, {Value: &four, Color: "red"}}
	return in
}

func wavesCutOff() Input {
	in := waves(`{"axisLabel":"A label","lineStyle":{"fill":"dot","dash":[0,10]},"lineWidth":3}`,
		`{"axisLabel":"A label","drawStyle":"bars","barAlignment":1,"fillOpacity":60}`)
	zero, six := 0.0, 6.0
	for _, f := range in.Frames {
		f.Fields[1].Config.Min, f.Fields[1].Config.Max = &zero, &six
	}
	return in
}

func wavesOfNoType() Input {
	in := waves()
	in.Panel.Type = "geomap"
	return in
}
