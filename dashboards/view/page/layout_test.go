package page

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// The widths and heights are those of a Grafana 12.4 with a page of 1600 px.
func TestLayoutAsGrafana(t *testing.T) {
	panels := []model.Panel{
		{Type: "row", Grid: model.Grid{W: 24, H: 1}},
		{Grid: model.Grid{X: 0, Y: 1, W: 8, H: 8}},
		{Grid: model.Grid{X: 8, Y: 1, W: 8, H: 8}},
		{Grid: model.Grid{X: 0, Y: 9, W: 12, H: 8}},
		{Grid: model.Grid{X: 0, Y: 17, W: 24, H: 4}},
	}
	got, height := Layout(panels, 1600)
	want := []Place{
		{16, 0, 1568, 30},
		{16, 38, 517, 296},
		{541, 38, 517, 296},
		{16, 342, 780, 296},
		{16, 646, 1568, 144},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
	if height != 790 {
		t.Errorf("height %v, want 790", height)
	}
}

func TestLayoutMovesUpAndIsBounded(t *testing.T) {
	got := compact([]model.Panel{
		{Grid: model.Grid{X: 0, Y: 40, W: 6, H: 4}},
		{Grid: model.Grid{X: -3, Y: 90, W: 99, H: 1 << 40}},
		{Grid: model.Grid{X: 23, Y: 5, W: 6, H: 0}},
	})
	want := []model.Grid{
		{X: 0, Y: 0, W: 6, H: 4},
		{X: 0, Y: 4, W: 24, H: tallest},
		{X: 18, Y: 0, W: 6, H: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("grid (-want +got):\n%s", diff)
	}
}
