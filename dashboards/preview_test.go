package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Boards that were built anew keep their order on the page; new ones come last.
func TestOrdered(t *testing.T) {
	var got []string
	for _, b := range ordered(map[string][]byte{"a-new.json": nil, "ginsight-fleet.json": nil, "ginsight-http.json": nil, "ginsight-routes.json": nil, "z-new.json": nil}) {
		got = append(got, b.Name)
	}
	want := []string{"ginsight-http.json", "ginsight-routes.json", "ginsight-fleet.json", "a-new.json", "z-new.json"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}
