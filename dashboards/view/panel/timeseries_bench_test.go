package panel

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
)

// many is a graph of 50 series of 1,000 points, 800 by 400 px, with a legend that
// calculates: more than a board should show, and what a board does show at times.
func many() Input {
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	in := Input{
		Panel: model.Panel{Type: "timeseries", Title: "Many", Options: []byte(`{"legend":{"calcs":["mean","max"],"displayMode":"table"}}`)},
		Range: model.Range{From: from, To: from.Add(time.Hour)}, W: 800, H: 400,
	}
	times := make([]int64, 1000)
	for i := range times {
		times[i] = from.UnixMilli() + int64(i)*3600
	}
	for s := range 50 {
		numbers := make([]float64, len(times))
		for i := range numbers {
			numbers[i] = float64(s) + 3*math.Sin(float64(i*(s+1))/40) + math.Sin(float64(i*i))
		}
		title := fmt.Sprintf("/api/v1/route/%d", s)
		in.Frames = append(in.Frames, frame.Frame{Fields: []*frame.Field{
			{Name: "time", Kind: frame.Time, Times: times},
			{Name: title, Title: title, Kind: frame.Number, Numbers: numbers, Index: s, Config: frame.Config{Unit: "s", Custom: []byte(`{"fillOpacity":10}`)}},
		}})
	}
	return in
}

func BenchmarkTimeseriesDraw(b *testing.B) {
	in := many()
	b.ReportAllocs()
	for b.Loop() {
		Draw(in)
	}
}

func BenchmarkTimeseriesDrawAndSVG(b *testing.B) {
	in := many()
	b.ReportAllocs()
	for b.Loop() {
		scene := draw.Scene{W: in.W, H: in.H, Nodes: []draw.Node{Draw(in).Node}}
		var size countWriter
		if err := scene.SVG(&size, draw.SVGOptions{}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(size), "SVG-bytes")
	}
}

// countWriter counts what is written.
type countWriter int

func (c *countWriter) Write(p []byte) (int, error) {
	*c += countWriter(len(p))
	return len(p), nil
}
