package check

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/common/model"
)

// What dashboards of all ages look like, and what is read of them: panel, query,
// unit.
func TestParseForms(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		want     []string
	}{
		{"panels in collapsed rows", `{"panels":[{"type":"row","panels":[{"title":"P","targets":[{"refId":"A","expr":"up"}]}]}]}`, []string{"P A up "}},
		{"rows of Grafana 4", `{"rows":[{"panels":[{"title":"P","type":"graph","yaxes":[{"format":"s"},{"format":"short"}],"targets":[{"expr":"up"},{"expr":"down"}]}]}]}`, []string{"P A up s", "P B down s"}},
		{"two axes", `{"panels":[{"title":"P","type":"graph","yaxes":[{"format":"s"}],"seriesOverrides":[{"yaxis":2}],"targets":[{"refId":"A","expr":"up"}]}]}`, []string{"P A up "}},
		{"singlestat", `{"panels":[{"title":"P","type":"singlestat","format":"percent","targets":[{"refId":"A","expr":"up"}]}]}`, []string{"P A up percent"}},
		{"an override by letter", `{"panels":[{"title":"P","fieldConfig":{"defaults":{"unit":"s"},"overrides":[{"matcher":{"id":"byFrameRefID","options":"B"},"properties":[{"id":"unit","value":"bytes"}]}]},"targets":[{"refId":"A","expr":"up"},{"refId":"B","expr":"up"}]}]}`, []string{"P A up s", "P B up bytes"}},
		{"an override by legend", `{"panels":[{"title":"P","fieldConfig":{"defaults":{"unit":"s"},"overrides":[{"matcher":{"id":"byName","options":"x"},"properties":[{"id":"unit","value":"bytes"}]}]},"targets":[{"refId":"A","expr":"up","legendFormat":"x"}]}]}`, []string{"P A up bytes"}},
		{"an override by pattern", `{"panels":[{"title":"P","fieldConfig":{"defaults":{"unit":"s"},"overrides":[{"matcher":{"id":"byRegexp","options":".*"},"properties":[{"id":"unit","value":"bytes"}]}]},"targets":[{"refId":"A","expr":"up"}]}]}`, []string{"P A up "}},
		{"a heatmap", `{"panels":[{"title":"P","type":"heatmap","options":{"yAxis":{"unit":"s"}},"targets":[{"refId":"A","expr":"up"}]}]}`, []string{"P A up s"}},
		{"other sources", `{"panels":[{"datasource":{"type":"loki","uid":"x"},"targets":[{"expr":"{}"}]},{"datasource":"-- Mixed --","title":"P","targets":[{"refId":"A","datasource":{"type":"prometheus"},"expr":"up"},{"refId":"B","datasource":{"type":"tempo"},"expr":"x"}]}]}`, []string{"P A up "}},
		{"inputs of an export", `{"__inputs":[{"name":"DS_L","pluginId":"loki"},{"name":"DS_P","pluginId":"prometheus"}],"panels":[{"datasource":"${DS_L}","targets":[{"expr":"{}"}]},{"title":"P","datasource":"${DS_P}","targets":[{"refId":"A","expr":"up"}]}]}`, []string{"P A up "}},
		{"an answer of the API", `{"meta":{},"dashboard":{"panels":[{"title":"P","targets":[{"refId":"A","expr":"up"}]}]}}`, []string{"P A up "}},
		{"a resource v1", `{"apiVersion":"dashboard.grafana.app/v1beta1","spec":{"panels":[{"title":"P","targets":[{"refId":"A","expr":"up"}]}]}}`, []string{"P A up "}},
		{"a resource v2", `{"apiVersion":"dashboard.grafana.app/v2alpha1","spec":{"elements":{"a":{"kind":"Panel","spec":{"id":2,"title":"P","data":{"spec":{"queries":[{"spec":{"refId":"A","query":{"kind":"prometheus","spec":{"expr":"up"}}}}]}},"vizConfig":{"kind":"stat","spec":{"fieldConfig":{"defaults":{"unit":"s"}}}}}}}}}`, []string{"P A up s"}},
		{"odd types", `{"title":7,"panels":[{"id":"x","title":null,"datasource":5,"fieldConfig":[],"targets":[{"refId":1,"expr":["up"],"hide":"yes"},{"refId":"A","expr":"up","legendFormat":{}}]}]}`, []string{" A up "}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b, err := Parse([]byte(tc.in))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range b.Panels {
				for _, q := range p.Targets {
					got = append(got, p.Title+" "+q.RefID+" "+q.Expr+" "+q.Unit)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNearest(t *testing.T) {
	names := []string{"http_requests_total", "http_request_duration_seconds", "up"}
	for in, want := range map[string]string{
		"http_request_total": "http_requests_total", "http_requests": "", "upp": "up", "down": "", "": "",
		"http_requests_duration_second": "http_request_duration_seconds",
	} {
		if got := nearest(in, names); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	m := newMasker(Board{Variables: []Variable{{Name: "long_variable", Type: "query"}}})
	query := `sum by ($long_variable) (rate(x{a=~"${long_variable:regex}"}[$__rate_interval])) + oops{`
	_, masked, err := m.parse(query)
	if err == nil {
		t.Fatal("no error")
	}
	for _, word := range []string{"sum", "rate", "a=~", "oops"} {
		at := index(masked.text, word)
		if got, want := masked.original(at), index(query, word); got != want {
			t.Errorf("%s: at %d, want %d (of %s)", word, got, want, masked.text)
		}
	}
}

func index(text, word string) int {
	for i := range text {
		if len(text)-i >= len(word) && text[i:i+len(word)] == word {
			return i
		}
	}
	return -1
}

// A server's schema comes from three of its endpoints, and only metrics that a
// board mentions are asked for one by one.
func TestServerSchema(t *testing.T) {
	asked := map[string]int{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := map[string]string{
			"/api/v1/metadata":              `{"a_total":[{"type":"counter","help":"h","unit":""}],"n":[{"type":"histogram"}]}`,
			"/api/v1/label/__name__/values": `["a_total","n","z"]`,
			"/api/v1/series":                `[{"__name__":"x","job":"j","code":"200"},{"__name__":"x","job":"j"}]`,
		}[r.URL.Path]
		asked[r.URL.Path]++
		w.Write([]byte(`{"status":"success","data":` + answer + `}`)) //nolint:errcheck // a short answer is an error
	}))
	defer srv.Close()
	server, err := NewServer(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	board := Board{Panels: []Panel{{Targets: []Target{{Expr: `rate(a_total[5m]) / on (code) rate(n[5m])`}}}}}
	s, err := server.Schema(t.Context(), []Board{board}, 0)
	if err != nil {
		t.Fatal(err)
	}
	counter, _ := s.Metric("a_total")
	histogram, _ := s.Metric("n")
	if counter.Type != model.MetricTypeCounter || !histogram.Native || asked["/api/v1/series"] != 2 {
		t.Errorf("counter %v, native %v, asked %v", counter.Type, histogram.Native, asked)
	}
	if diff := cmp.Diff([]string{"code", "job"}, counter.Labels()); diff != "" {
		t.Error(diff)
	}
	if list := Static(s, []Board{board}, 0); len(list) != 0 {
		t.Errorf("found %v", list)
	}
	if unseen := (&analyzer{schema: s}).of(s.metrics["z"]); !unseen.open {
		t.Error("labels that nobody looked at count as known")
	}
}
