package preview

import (
	"context"
	"fmt"
	"image/color"
	"math"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/panel"
)

func TestRead(t *testing.T) {
	series := func(name string, times []int64, values ...float64) panel.Series {
		return panel.Series{Name: name, Color: color.NRGBA{R: 255, A: 255}, Times: times, Values: values, Show: func(v float64) string { return fmt.Sprint(v, " s") }}
	}
	shown := snapshot{sort: "desc", plot: &panel.Plot{Series: []panel.Series{
		series("low", []int64{1000, 2000, 3000}, 1, 2, 3),
		series("high", []int64{1000, 2000, 3000}, 10, 20, frame.Null),
		series("other times", []int64{1500}, 7),
		series("short", []int64{1000, 2000}, 5), // more times than values
		series("none", nil),
	}}}
	for t0, want := range map[int64][]string{
		-5:   {"high 10 s", "short 5 s", "low 1 s"},
		1600: {"other times 7 s"},
		2200: {"high 20 s", "low 2 s"},
		9999: {"low 3 s"},
	} {
		var got []string
		for _, row := range read(shown, t0).Rows {
			got = append(got, row.Name+" "+row.Value)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("at %d (-want +got):\n%s", t0, diff)
		}
	}
	many := snapshot{plot: &panel.Plot{}}
	for i := range maxRows + 3 {
		many.plot.Series = append(many.plot.Series, series(fmt.Sprint(i), []int64{1}, float64(i)))
	}
	if got := read(many, 1); len(got.Rows) != maxRows || got.More != 3 || got.Rows[0].Color != "#ff0000" {
		t.Errorf("%d rows and %d more, colour %s", len(got.Rows), got.More, got.Rows[0].Color)
	}
}

func TestNumberAsPrometheus(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 0.1: "0.1", -3: "-3", 1e20: "100000000000000000000", 1e21: "1e+21", 1e-6: "0.000001", 9e-7: "9e-07", math.Inf(1): "+Inf",
	} {
		if got := number(v); got != want {
			t.Errorf("number(%v) = %s, want %s", v, got, want)
		}
	}
}

func TestSheetPages(t *testing.T) {
	f := frame.Frame{RefID: "A", Fields: []*frame.Field{{Name: "Name", Kind: frame.String}, {Name: "Value", Kind: frame.Number}}}
	for i := range 10_000 {
		f.Fields[0].Strings = append(f.Fields[0].Strings, fmt.Sprint(i))
		f.Fields[1].Numbers = append(f.Fields[1].Numbers, float64(i))
	}
	f.Fields[1].Numbers[9_700] = frame.Null
	got := sheetOf(tables([]frame.Frame{f}), 7, 9_700, nil)
	if got.Total != 10_000 || len(got.Rows) != 300 || got.Chosen != 0 || got.Names[0] != "Query A" {
		t.Errorf("total %d, %d rows, series %d of %q", got.Total, len(got.Rows), got.Chosen, got.Names)
	}
	if diff := cmp.Diff([]string{"9700", ""}, got.Rows[0]); diff != "" {
		t.Errorf("first row (-want +got):\n%s", diff)
	}
	if got := sheetOf(nil, 0, 0, nil); got.Total != 0 || got.Rows == nil {
		t.Errorf("no data: %+v", got)
	}
}

func TestSheetOfOneTimeKeepsItsOrder(t *testing.T) {
	f := frame.Frame{Fields: []*frame.Field{
		{Name: "Time", Kind: frame.Time, Times: []int64{1000, 1000, 1000}},
		{Name: "Value", Kind: frame.Number, Numbers: []float64{1, 2, 3}},
	}}
	if got := sheetOf([]frame.Frame{f}, 0, 0, time.UTC).Rows[0][1]; got != "1" {
		t.Errorf("the first row has the value %s, want 1", got)
	}
}

func TestTablesAreWideOnPhones(t *testing.T) {
	items := []item{{panel: model.Panel{Type: "table", Grid: model.Grid{W: 24, H: 8}}}, {panel: model.Panel{Type: "stat", Grid: model.Grid{Y: 8, W: 24, H: 8}}}}
	if got := sizes(items, 374); got[0].w != tableWidth || got[1].w != 374 {
		t.Errorf("on a phone the widths are %v and %v", got[0].w, got[1].w)
	}
	if got := sizes(items, 1568); got[0].w != 1568 {
		t.Errorf("on a desk the width is %v", got[0].w)
	}
}

func TestRowsMoveWhatIsBelow(t *testing.T) {
	board := []model.Panel{
		{ID: 1, Type: "row", Grid: model.Grid{W: 24, H: 1}, Collapsed: true, Panels: []model.Panel{
			{ID: 2, Type: "stat", Grid: model.Grid{Y: 1, W: 6, H: 4}}, {ID: 2, Type: "stat", Grid: model.Grid{X: 6, Y: 1, W: 6, H: 4}}}},
		{ID: 3, Type: "row", Grid: model.Grid{Y: 1, W: 24, H: 1}},
		{ID: 4, Type: "stat", Grid: model.Grid{Y: 2, W: 24, H: 3}},
	}
	lines := func(s state) (out []string) {
		for _, one := range lay(board, s) {
			out = append(out, fmt.Sprint(one.key, " ", one.grid.Y, " ", one.open))
		}
		return out
	}
	if diff := cmp.Diff([]string{"1 0 false", "3 1 true", "4 2 false"}, lines(state{})); diff != "" {
		t.Errorf("as saved (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1 0 true", "2 1 false", "2_2 1 false", "3 5 false"}, lines(state{Toggled: []string{"1", "3"}})); diff != "" {
		t.Errorf("toggled (-want +got):\n%s", diff)
	}
}

func TestServeStopsWithOpenStreams(t *testing.T) {
	p := newPreview(t, &fake{})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, ln, p) }()
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	resp, err := client.Get("http://" + ln.Addr().String() + "/stream/news")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if got := resp.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/event-stream") {
		t.Errorf("content type %s", got)
	}
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Fatal("the server does not end")
	}
	if _, err := net.Dial("tcp", ln.Addr().String()); err == nil {
		t.Error("the listener is still open")
	}
}

// TestAssetsAreOwn looks for what would make a browser ask elsewhere.
func TestAssetsAreOwn(t *testing.T) {
	p := newPreview(t, &fake{})
	for name, kind := range map[string]string{
		"page.js": "text/javascript; charset=utf-8", "style.css": "text/css; charset=utf-8", "grid.css": "text/css; charset=utf-8",
		"inter-400.woff2": "font/woff2", "icon.svg": "image/svg+xml",
	} {
		w := serveAsset(t, p, name)
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != kind {
			t.Errorf("%s: status %d, %s", name, w.Code, w.Header().Get("Content-Type"))
		}
	}
	entries, _ := assetFiles.ReadDir("assets")
	for _, e := range entries {
		text, _ := assetFiles.ReadFile("assets/" + e.Name())
		for _, not := range []string{"//cdn", "https://", "innerHTML", "eval(", "setAttribute(\"style"} {
			if strings.Contains(string(text), not) {
				t.Errorf("%s has %q", e.Name(), not)
			}
		}
	}
}
