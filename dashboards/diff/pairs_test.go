package diff_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/diff"
)

func TestPanels(t *testing.T) {
	parse := func(text string) map[string]any {
		t.Helper()
		b, err := diff.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	old := parse(`{"uid": "b", "panels": [
		{"id": 1, "type": "row", "title": "Row"},
		{"id": 2, "type": "stat", "title": "Same", "gridPos": {"x": 0, "y": 1, "w": 6, "h": 4}},
		{"id": 3, "type": "stat", "title": "Unit", "gridPos": {"x": 6, "y": 1, "w": 6, "h": 4}},
		{"id": 4, "type": "stat", "title": "Place", "gridPos": {"x": 12, "y": 1, "w": 6, "h": 4}},
		{"id": 5, "type": "stat", "title": "Gone", "gridPos": {"x": 18, "y": 1, "w": 6, "h": 4}}]}`)
	changed := parse(`{"uid": "b", "panels": [
		{"id": 1, "type": "row", "title": "Another name"},
		{"id": 2, "type": "stat", "title": "Same", "gridPos": {"x": 0, "y": 1, "w": 6, "h": 4}},
		{"id": 3, "type": "stat", "title": "Unit", "gridPos": {"x": 6, "y": 1, "w": 6, "h": 4}, "fieldConfig": {"defaults": {"unit": "s"}}},
		{"id": 4, "type": "stat", "title": "Place", "gridPos": {"x": 18, "y": 1, "w": 6, "h": 4}},
		{"id": 6, "type": "timeseries", "title": "New", "gridPos": {"x": 12, "y": 1, "w": 6, "h": 4}}]}`)
	want := []diff.PanelChange{
		{Kind: diff.Changed, Old: 3, New: 3},
		{Kind: diff.Added, New: 6},
		{Kind: diff.Moved, Old: 4, New: 4},
		{Kind: diff.Removed, Old: 5},
	}
	if got := diff.Panels(old, changed); !cmp.Equal(want, got) {
		t.Errorf("panels (-want +got):\n%s", cmp.Diff(want, got))
	}
	if got := diff.Panels(old, old); got != nil {
		t.Errorf("a board differs from itself: %v", got)
	}
}
