package modern_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/modern"
)

// exchange is a recorded request to a real Grafana and its answer.
type exchange struct {
	Request struct {
		Body struct{ Dashboard, Spec json.RawMessage }
	}
	Response struct {
		Body struct{ Dashboard, Spec json.RawMessage }
	}
}

func recorded(t *testing.T, number string) exchange {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "contract", number+"-*.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%s: %v, %v", number, files, err)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var e exchange
	if err := json.Unmarshal(raw, &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// What was saved in a real Grafana and read back is the same in canonical form,
// so that an unchanged board is never saved again.
func TestARoundTripThroughGrafanaChangesNothing(t *testing.T) {
	for _, tc := range []struct{ name, saved, read string }{
		{"fields that it does not know, long and short numbers", "079", "080"},
		{"schema version 0", "142", "143"},
		{"schema version 16", "144", "145"},
		{"schema version 36", "146", "147"},
		{"schema version 41", "148", "149"},
		{"schema version 42", "150", "151"},
		{"schema version 43", "152", "153"},
		{"no schema version", "154", "155"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			saved := canonical(t, recorded(t, tc.saved).Request.Body.Dashboard)
			read := canonical(t, recorded(t, tc.read).Response.Body.Dashboard)
			if diff := cmp.Diff(saved, read); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The resource API in its oldest version does the same, but for the uid, which
// becomes the object's name.
func TestARoundTripAsAResource(t *testing.T) {
	var saved map[string]any
	if err := json.Unmarshal(recorded(t, "247").Request.Body.Spec, &saved); err != nil {
		t.Fatal(err)
	}
	delete(saved, "uid")
	raw, err := json.Marshal(saved)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(canonical(t, raw), canonical(t, recorded(t, "248").Response.Body.Spec)); diff != "" {
		t.Error(diff)
	}
}

// The newer resource API adds fields to a board that lacks them. Ours lack none,
// so that reading one that way is no difference either.
func TestGrafanaHasNothingToAdd(t *testing.T) {
	var sent, stored, ours map[string]any
	e := recorded(t, "354")
	for raw, into := range map[*json.RawMessage]*map[string]any{
		&e.Request.Body.Spec: &sent, &e.Response.Body.Spec: &stored,
	} {
		if err := json.Unmarshal(*raw, into); err != nil {
			t.Fatal(err)
		}
	}
	if err := json.Unmarshal(convert(t), &ours); err != nil {
		t.Fatal(err)
	}
	if len(stored) <= len(sent) {
		t.Fatal("the recording shows nothing that was added")
	}
	for _, key := range slices.Sorted(maps.Keys(stored)) {
		if _, there := ours[key]; !there {
			t.Errorf("Grafana would add %q", key)
		}
	}
}

func canonical(t *testing.T, raw []byte) string {
	t.Helper()
	out, err := modern.Canonical(raw)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
