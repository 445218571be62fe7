package loose_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
)

func TestLoose(t *testing.T) {
	var board any
	if err := json.Unmarshal([]byte(`{"a": {"b": [{"x": 1}, 2, null, {"x": 3}]}, "c": "text"}`), &board); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		path []string
		want []map[string]any
	}{
		{[]string{"a", "b"}, []map[string]any{{"x": 1.0}, {"x": 3.0}}},
		{[]string{"a"}, nil},
		{[]string{"c", "d"}, nil},
		{[]string{"e", "f"}, nil},
	} {
		if diff := cmp.Diff(tc.want, loose.Objects(loose.At(board, tc.path...))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tc.path, diff)
		}
	}
	if got := loose.At(board, "c"); got != "text" {
		t.Errorf("got %v", got)
	}
	if got := loose.At(nil); got != nil {
		t.Errorf("got %v", got)
	}
}
