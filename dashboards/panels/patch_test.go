package panels_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
)

// What a board can say past the house style arrives in its JSON.
func TestWaysOut(t *testing.T) {
	line := good()
	line.Queries = append(line.Queries, line.Queries[0])
	line.Queries[1].Patch = `{"refId":"Z"}`
	b := panels.Board{
		UID: "x", Title: "B", Patch: `{"refresh":"5s"}`,
		Variables: []panels.Variable{{
			Variable: query.Variable{Name: "device"}, Request: "label_values(x, device)", Patch: `{"multi":false}`,
		}},
		Rows: []panels.Row{
			{Panels: []panels.Panel{panels.Lines(line).Patched(`{"type":"barchart"}`)}},
			{Title: "Folded", Collapsed: true, Repeat: "device", Panels: []panels.Panel{
				panels.Text(panels.TextSpec{Title: "Words", Markdown: "# Hello"}),
			}},
		},
	}
	raw, err := b.JSON()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Refresh string
		Panels  []struct {
			Type      string
			Collapsed bool
			Repeat    string
			Targets   []struct{ RefID string }
			Panels    []struct{ Options struct{ Content string } }
		}
		Templating struct {
			List []struct {
				Multi      bool
				Definition string
			}
		}
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Panels) != 2 {
		t.Fatalf("%d panels: the row without a title must have no heading", len(got.Panels))
	}
	device := got.Templating.List[1]
	for what, ok := range map[string]bool{
		"board":    got.Refresh == "5s",
		"panel":    got.Panels[0].Type == "barchart",
		"query":    got.Panels[0].Targets[0].RefID == "A" && got.Panels[0].Targets[1].RefID == "Z",
		"variable": !device.Multi && device.Definition == "label_values(x, device)",
		"row":      got.Panels[1].Collapsed && got.Panels[1].Repeat == "device",
		"text":     got.Panels[1].Panels[0].Options.Content == "# Hello",
	} {
		if !ok {
			t.Errorf("%s: not as it was said in\n%s", what, raw)
		}
	}
}

func TestAPatchThatIsNoJSONNamesItsPanel(t *testing.T) {
	_, err := board(panels.Lines(good()).Patched(`{`)).JSON()
	if err == nil || !strings.Contains(err.Error(), `panel "T": its patch is no JSON object`) {
		t.Errorf("got %v", err)
	}
}
