package boards_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/check"
	"github.com/ginsight/ginsight/dashboards/modern"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

func build(t *testing.T) []json.RawMessage {
	t.Helper()
	raw, err := boards.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// strict decodes a dashboard as the foundation SDK does, which knows every field
// and every enumeration of the schema and refuses what is not in it.
func strict(raw []byte) (dashboard.Dashboard, error) {
	plugins.RegisterDefaultPlugins()
	var board dashboard.Dashboard
	err := board.UnmarshalJSONStrict(raw)
	// v0.0.22 returns an empty list as an error that is not nil.
	if list, ok := errors.AsType[cog.BuildErrors](err); ok && len(list) == 0 {
		err = nil
	}
	return board, err
}

func TestBoardsPassStrictValidation(t *testing.T) {
	for _, raw := range build(t) {
		board, err := strict(raw)
		if err != nil {
			t.Errorf("%s: %v", *board.Title, err)
		}
		if board.SchemaVersion != modern.SchemaVersion {
			t.Errorf("%s: schema version %d", *board.Title, board.SchemaVersion)
		}
	}
}

func TestStrictValidationIsStrict(t *testing.T) {
	raw := build(t)[0]
	for _, change := range [][2]string{
		{`"graphTooltip"`, `"graphTooltips"`},     // a field of the board
		{`"wideLayout"`, `"wideLayouts"`},         // a field of a panel's options
		{`"exemplar": false`, `"exemplar": "no"`}, // a type in a query
	} {
		broken := bytes.Replace(raw, []byte(change[0]), []byte(change[1]), 1)
		if bytes.Equal(broken, raw) {
			t.Fatalf("%s is not in the board", change[0])
		}
		if _, err := strict(broken); err == nil {
			t.Errorf("%s passes", change[1])
		}
	}
}

// Two builds are the same bytes, also when several run at once, which grabana's
// counter of panels would spoil.
func TestBoardsAreDeterministic(t *testing.T) {
	want := bytes.Join(raws(build(t)), nil)
	var building sync.WaitGroup
	for range 8 {
		building.Go(func() {
			got, err := boards.JSON()
			if err != nil {
				t.Error(err)
			}
			if !bytes.Equal(want, bytes.Join(raws(got), nil)) {
				t.Error("two builds differ")
			}
		})
	}
	building.Wait()
}

func raws(list []json.RawMessage) [][]byte {
	out := make([][]byte, len(list))
	for i, r := range list {
		out[i] = r
	}
	return out
}

func TestBoardsAreKnownByTheirUID(t *testing.T) {
	seen := map[string]bool{}
	for _, b := range boards.All() {
		if len(b.UID) > 40 || !strings.HasPrefix(b.UID, "ginsight-") || seen[b.UID] {
			t.Errorf("uid %q: at most 40 characters, starting with ginsight-, and only once", b.UID)
		}
		seen[b.UID] = true
	}
}

// notShown are metrics that no board draws, each with the reason.
var notShown = map[string]string{
	catalog.ProcessVirtualMemory.PrometheusName():      "Go reserves address space that it never uses, so its size says nothing",
	catalog.ProcessVirtualMemoryMax.PrometheusName():   "its limit says nothing either",
	catalog.ProcessNetworkReceived.PrometheusName():    "counts the whole network namespace, which a pod's other containers share, and only on Linux",
	catalog.ProcessNetworkTransmitted.PrometheusName(): "as above",
	catalog.Panics.PrometheusName():                    "exists only after a panic, and the error panels show the 500",
}

func TestEveryMetricIsOnABoard(t *testing.T) {
	used := usedSeries(t)
	for _, m := range catalog.All() {
		drawn := slices.ContainsFunc(m.Series(), func(s catalog.Series) bool { return used[s.Name] })
		reason, excused := notShown[m.PrometheusName()]
		switch {
		case !drawn && !excused:
			t.Errorf("%s is on no board: draw it or say why not", m.PrometheusName())
		case drawn && excused:
			t.Errorf("%s is on a board, yet excused: %s", m.PrometheusName(), reason)
		}
	}
}

// usedSeries collects the metric names in the boards' queries from their syntax
// trees, with Grafana's variables put aside.
func usedSeries(t *testing.T) map[string]bool {
	t.Helper()
	used := map[string]bool{}
	variables := strings.NewReplacer("$__rate_interval", "1m", "$__range", "1h")
	for _, raw := range build(t) {
		b, err := check.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range b.Panels {
			for _, q := range p.Targets {
				tree, err := parser.NewParser(parser.Options{}).ParseExpr(variables.Replace(q.Expr))
				if err != nil {
					t.Fatalf("%s: %v", p.Title, err)
				}
				for _, selectors := range parser.ExtractSelectors(tree) {
					for _, m := range selectors {
						if m.Name == "__name__" {
							used[m.Value] = true
						}
					}
				}
			}
		}
	}
	return used
}

// Panels must not overlap, and each row fills the width of the grid.
func TestPanelsFillTheGrid(t *testing.T) {
	for _, raw := range build(t) {
		var board struct {
			Title  string
			Panels []struct {
				Title, Type string
				ID          int
				GridPos     struct{ X, Y, W, H int }
			}
		}
		if err := json.Unmarshal(raw, &board); err != nil {
			t.Fatal(err)
		}
		taken := map[[2]int]string{}
		ids := map[int]bool{}
		bottom := 0
		for _, p := range board.Panels {
			if ids[p.ID] {
				t.Errorf("%s: id %d twice", board.Title, p.ID)
			}
			ids[p.ID] = true
			for x := p.GridPos.X; x < p.GridPos.X+p.GridPos.W; x++ {
				for y := p.GridPos.Y; y < p.GridPos.Y+p.GridPos.H; y++ {
					if other, yes := taken[[2]int{x, y}]; yes {
						t.Errorf("%s: %q lies on %q", board.Title, p.Title, other)
					}
					taken[[2]int{x, y}] = p.Title
					bottom = max(bottom, y+1)
				}
			}
		}
		if len(taken) != bottom*24 {
			t.Errorf("%s: %d of %d cells of the grid are empty", board.Title, bottom*24-len(taken), bottom*24)
		}
	}
}
