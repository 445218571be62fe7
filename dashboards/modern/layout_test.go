package modern_test

import (
	"encoding/json"
	"fmt"
	"testing"

	grabana "github.com/K-Phoen/grabana/dashboard"
	"github.com/K-Phoen/grabana/row"
	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/modern"
)

func TestLayout(t *testing.T) {
	type size struct{ w, h int }
	for _, tc := range []struct {
		name  string
		more  []row.Option
		sizes []size
		want  []string // x,y of each panel, after the header if there is one
	}{
		{"a line wraps where the grid ends", nil, []size{{12, 8}, {12, 8}, {8, 4}}, []string{"0,0", "0,1", "12,1", "0,9"}},
		{"small ones stack beside a tall one", nil, []size{{12, 16}, {12, 8}, {12, 8}, {24, 4}}, []string{"0,0", "0,1", "12,1", "12,9", "0,17"}},
		{"reading order is kept, though there is room above", nil, []size{{8, 8}, {24, 4}, {8, 4}}, []string{"0,0", "0,1", "0,9", "0,13"}},
		{"a row with its title hidden has no header", []row.Option{row.HideTitle()}, []size{{24, 8}}, []string{"0,0"}},
		{"what is too wide fills the line", nil, []size{{30, 8}, {1, 1}}, []string{"0,0", "0,1", "0,9"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			options := tc.more
			extras := map[modern.PanelKey]modern.Extra{}
			for i, s := range tc.sizes {
				title := fmt.Sprint(i)
				options = append(options, row.WithText(title))
				extras[modern.PanelKey{Row: "R", Title: title}] = modern.Extra{Width: s.w, Height: s.h}
			}
			got := positions(t, grabana.Row("R", options...), extras)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func positions(t *testing.T, option grabana.Option, extras map[modern.PanelKey]modern.Extra) []string {
	t.Helper()
	b, err := grabana.New("B", option)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := modern.Convert(b.Internal(), modern.Page{Extras: extras})
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		Panels []struct{ GridPos struct{ X, Y int } }
	}
	if err := json.Unmarshal(raw, &board); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range board.Panels {
		out = append(out, fmt.Sprintf("%d,%d", p.GridPos.X, p.GridPos.Y))
	}
	return out
}
