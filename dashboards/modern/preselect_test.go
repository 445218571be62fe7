package modern_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/modern"
)

func TestPreselect(t *testing.T) {
	raw := convert(t)
	for _, tc := range []struct {
		name, variable string
		values         []string
		position       int
		want           any
	}{
		{"several", "job", []string{"a", "b"}, 1, []any{"a", "b"}},
		{"one of several", "job", []string{"a"}, 1, []any{"a"}},
		{"one", "datasource", []string{"prom"}, 0, "prom"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := modern.Preselect(raw, tc.variable, tc.values...)
			if err != nil {
				t.Fatal(err)
			}
			var board any
			if err := json.Unmarshal(got, &board); err != nil {
				t.Fatal(err)
			}
			current := at(board, "templating", "list", tc.position, "current")
			want := map[string]any{"selected": true, "text": tc.want, "value": tc.want}
			if diff := cmp.Diff(any(want), current); diff != "" {
				t.Error(diff)
			}
		})
	}
	same, err := modern.Preselect(raw, "nobody", "x")
	if err != nil || !bytes.Equal(same, raw) {
		t.Errorf("a variable that is not there changes the board: %v", err)
	}
	if _, err := modern.Preselect(raw, "one", "a", "b"); err == nil {
		t.Error("two values for a variable that takes one")
	}
}
