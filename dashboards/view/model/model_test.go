package model

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func gunzip(t testing.TB, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// flat has the panels of a board, those in collapsed rows too.
func flat(list []Panel) []Panel {
	var out []Panel
	for _, p := range list {
		out = append(append(out, p), flat(p.Panels)...)
	}
	return out
}

// Every board that is at hand is read whole: no panel without a place and a
// type, no query lost.
func TestParseBoards(t *testing.T) {
	boards := map[string][]byte{"panels.json": gunzip(t, "../source/sourcetest/testdata/panels.json.gz")}
	for _, pattern := range []string{"../../../provisioning/grafana/dashboards/*.json", "../../check/testdata/public/*.json.gz"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) < 7 {
			t.Fatalf("%s: %d boards, %v", pattern, len(paths), err)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, ".gz") {
				boards[path] = gunzip(t, path)
				continue
			}
			if boards[path], err = os.ReadFile(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	for path, raw := range boards {
		b, err := Parse(raw)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		queries := 0
		for _, p := range flat(b.Panels) {
			if p.Type == "" || p.Grid.W < 1 || p.Grid.H < 1 || p.Grid.X+p.Grid.W > 24 {
				t.Errorf("%s: panel %q of type %q at %+v", path, p.Title, p.Type, p.Grid)
			}
			for _, target := range p.Targets {
				if target.Expr != "" {
					queries++
				}
			}
			if p.Type == "graph" || p.Type == "singlestat" {
				t.Errorf("%s: panel %q is still a %s", path, p.Title, p.Type)
			}
		}
		if want := exprs(t, raw); queries != want {
			t.Errorf("%s: %d queries of %d", path, queries, want)
		}
		if b.Title == "" || b.UID == "" {
			t.Errorf("%s: title %q, uid %q", path, b.Title, b.UID)
		}
	}
}

// exprs counts the queries of all panels, in whatever they are nested.
func exprs(t *testing.T, raw []byte) int {
	t.Helper()
	var all any
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	var count func(any, bool) int
	count = func(v any, inPanel bool) (n int) {
		switch v := v.(type) {
		case map[string]any:
			for k, x := range v {
				if s, ok := x.(string); ok && k == "expr" && inPanel && s != "" {
					n++
				}
				n += count(x, inPanel || k == "panels")
			}
		case []any:
			for _, x := range v {
				n += count(x, inPanel)
			}
		}
		return n
	}
	return count(all, false)
}

// A value of another type than usual costs that value alone.
func TestLooseJSON(t *testing.T) {
	b, err := Parse([]byte(`{"title":5,"uid":["x"],"refresh":false,"tags":"one","time":{"from":7},"templating":{"list":[{"name":"a","current":{"value":["x",2]},"options":[{"text":"All","value":"$__all"},{"value":3}]},3]},
		"panels":[7,{"id":"3","type":"timeseries","title":{},"gridPos":{"x":"2","y":1.5,"w":-3,"h":"9"},"targets":[{"expr":"up","hide":1},"x"],"options":[],"fieldConfig":{"defaults":5,"overrides":[{"matcher":7,"properties":[{"id":"unit","value":"s"}]}]},"transformations":{}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := Board{
		Title: "5", Tags: []string{"one"}, From: "7",
		Variables: []Variable{{Name: "a", Current: []string{"x", "2"}, Options: []Option{{"3", "3"}}}, {}},
		Panels: []Panel{{
			ID: 3, Type: "timeseries", Grid: Grid{X: 2, Y: 1, W: 1, H: 9}, Targets: []Target{{RefID: "A", Expr: "up", Range: true, Factor: 1, Raw: []byte(`{"expr":"up","hide":1}`)}},
			Overrides: []Override{{Properties: []Property{{"unit", []byte(`"s"`)}}}},
		}},
	}
	if diff := cmp.Diff(want, b); diff != "" {
		t.Error(diff)
	}
}

func TestWrapped(t *testing.T) {
	const inner = `{"title":"B","panels":[{"type":"stat","title":"P"}]}`
	for _, raw := range []string{inner, `{"meta":{},"dashboard":` + inner + `}`, `{"apiVersion":"dashboard.grafana.app/v1beta1","spec":` + inner + `}`} {
		if b, err := Parse([]byte(raw)); err != nil || b.Title != "B" || len(b.Panels) != 1 {
			t.Errorf("%s: %+v, %v", raw, b, err)
		}
	}
	for raw, want := range map[string]string{
		`{`: "parse dashboard", `{}`: ErrNoBoard.Error(), `{"spec":{"title":"x"}}`: "export the dashboard in the classic format", `[]`: ErrNoBoard.Error(),
		`{"dashboard":{"dashboard":{"dashboard":` + inner + `}}}`: ErrNoBoard.Error(),
	} {
		if _, err := Parse([]byte(raw)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", raw, err)
		}
	}
}

func TestExported(t *testing.T) {
	b, err := Parse([]byte(`{"__inputs":[{"name":"DS_P","type":"datasource","pluginId":"prometheus"},{"name":"VAR_JOB","type":"constant","value":"a\"b"}],
		"templating":{"list":[{"name":"job","type":"constant","query":"${VAR_JOB}"}]},
		"panels":[{"type":"stat","datasource":"${DS_P}","targets":[{"expr":"up{job=\"${VAR_JOB}\"}"}]},{"libraryPanel":{"name":"Shared","uid":"x"},"gridPos":{"x":0,"y":9,"w":4,"h":4}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := b.Variables[0].Query; got != `a"b` {
		t.Errorf("the constant is %q", got)
	}
	if got := b.Panels[0].Targets[0]; got.Datasource.Type != "prometheus" || got.Expr != `up{job="a"b"}` {
		t.Errorf("the query is %+v", got)
	}
	if got := b.Panels[1]; got.Type != LibraryPanel || got.Title != "Shared" || got.Description == "" {
		t.Errorf("the library panel is %+v", got)
	}
}

func TestRows(t *testing.T) {
	b, err := Parse([]byte(`{"rows":[{"title":"One","showTitle":true,"height":"250px","panels":[{"type":"text","span":6,"content":"hi"},{"type":"graph","span":6},{"type":"graph","span":4}]},
		{"title":"Two","collapse":true,"panels":[{"type":"graph","span":12}]},{"title":"Three","panels":[{"type":"graph","span":12,"height":100}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	var got []Grid
	for _, p := range b.Panels {
		got = append(got, p.Grid)
	}
	want := []Grid{{0, 0, 24, 1}, {0, 1, 12, 7}, {12, 1, 12, 7}, {0, 8, 8, 7}, {0, 15, 24, 1}, {0, 16, 24, 1}, {0, 17, 24, 3}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if two := b.Panels[4]; !two.Collapsed || len(two.Panels) != 1 {
		t.Errorf("the collapsed row is %+v", two)
	}
	if got := string(b.Panels[1].Options); got != `{"content":"hi","mode":"markdown"}` {
		t.Errorf("the text has options %s", got)
	}
}

// Panels that were replaced are what they became.
func TestOldPanels(t *testing.T) {
	for _, c := range []struct{ old, kind, want string }{
		{`{"type":"graph","stack":true,"fill":3,"linewidth":2,"steppedLine":true,"nullPointMode":"connected","yaxes":[{"format":"s","min":"0","label":"L","logBase":10},{"format":"bytes"}],
			"legend":{"show":true,"values":true,"max":true,"alignAsTable":true,"rightSide":true,"sort":"max","sortDesc":true},"aliasColors":{"a":"#123"},"seriesOverrides":[{"alias":"/b.*/","yaxis":2,"dashes":true}],
			"thresholds":[{"value":5,"colorMode":"critical","op":"gt","fill":true,"line":true}]}`, "timeseries",
			`{"defaults":{"color":{"mode":"palette-classic"},"custom":{"axisLabel":"L","drawStyle":"line","fillOpacity":30,"lineInterpolation":"stepAfter","lineWidth":2,"pointSize":4,"scaleDistribution":{"log":10,"type":"log"},"showPoints":"never","spanNulls":true,"stacking":{"group":"A","mode":"normal"},"thresholdsStyle":{"mode":"line+area"}},"min":0,"thresholds":{"mode":"absolute","steps":[{"color":"transparent","value":null},{"color":"red","value":5}]},"unit":"s"},` +
				`"options":{"legend":{"calcs":["max"],"displayMode":"table","placement":"right","showLegend":true,"sortBy":"Max","sortDesc":true},"tooltip":{"mode":"multi","sort":"none"}},` +
				`"overrides":[{"matcher":{"id":"byName","options":"a"},"properties":[{"id":"color","value":{"fixedColor":"#123","mode":"fixed"}}]},{"matcher":{"id":"byRegexp","options":"/b.*/"},"properties":[{"id":"custom.axisPlacement","value":"right"},{"id":"custom.lineStyle","value":{"dash":[10,10],"fill":"dash"}},{"id":"unit","value":"bytes"}]}]}`},
		{`{"type":"singlestat","format":"percent","valueName":"current","thresholds":"50, 80","colors":["g","o","r"],"colorValue":true,"sparkline":{"show":true},"valueMaps":[{"value":"1","text":"UP"},{"value":"null","text":"N/A"}],"nullText":"-"}`, "stat",
			`{"defaults":{"color":{"mode":"thresholds"},"mappings":[{"options":{"1":{"text":"UP"}},"type":"value"},{"options":{"match":"null","result":{"text":"N/A"}},"type":"special"}],"noValue":"-","thresholds":{"mode":"absolute","steps":[{"color":"g","value":null},{"color":"o","value":50},{"color":"r","value":80}]},"unit":"percent"},"options":{"colorMode":"value","graphMode":"area","reduceOptions":{"calcs":["lastNotNull"]},"showThresholdMarkers":true},"overrides":null}`},
		{`{"type":"singlestat","gauge":{"show":true,"minValue":0.5,"maxValue":9}}`, "gauge",
			`{"defaults":{"color":{"mode":"thresholds"},"mappings":[],"max":9,"min":0.5,"thresholds":{"mode":"absolute","steps":[{"color":"#299c46","value":null}]}},"options":{"colorMode":"none","graphMode":"none","reduceOptions":{"calcs":["mean"]},"showThresholdMarkers":true},"overrides":null}`},
		{`{"type":"gauge","options":{"fieldOptions":{"calcs":["max"],"defaults":{"unit":"s"}},"orientation":"auto"}}`, "gauge",
			`{"defaults":{"unit":"s"},"options":{"orientation":"auto","reduceOptions":{"calcs":["max"],"values":false}},"overrides":null}`},
		{`{"type":"table","transform":"table","styles":[{"pattern":"Time","type":"hidden"},{"pattern":"/Val/","type":"number","unit":"s","alias":"V","colorMode":"cell","colors":["a","b"],"thresholds":["5"]}]}`, "table",
			`{"defaults":null,"options":null,"overrides":[{"matcher":{"id":"byName","options":"Time"},"properties":[{"id":"custom.hidden","value":true}]},{"matcher":{"id":"byRegexp","options":"/Val/"},"properties":[{"id":"custom.cellOptions","value":{"type":"color-background"}},{"id":"displayName","value":"V"},{"id":"thresholds","value":{"mode":"absolute","steps":[{"color":"a","value":null},{"color":"b","value":5}]}},{"id":"unit","value":"s"}]}]}`},
		{`{"type":"heatmap","dataFormat":"tsbuckets","yAxis":{"format":"s"},"color":{"mode":"spectrum","colorScheme":"interpolateBlues"}}`, "heatmap",
			`{"defaults":null,"options":{"calculate":false,"color":{"mode":"scheme","scheme":"Blues","steps":64},"yAxis":{"unit":"s"}},"overrides":null}`},
		{`{"type":"grafana-piechart-panel","pieType":"donut","format":"s"}`, "piechart",
			`{"defaults":{"unit":"s"},"options":{"legend":{"displayMode":"list","placement":"right","showLegend":true},"pieType":"donut","reduceOptions":{"calcs":["lastNotNull"]}},"overrides":null}`},
		{`{"type":"flant-statusmap-panel"}`, "flant-statusmap-panel", `{"defaults":null,"options":null,"overrides":null}`},
	} {
		p, ok := parsePanel([]byte(c.old), nil)
		got, err := json.Marshal(map[string]any{"defaults": p.Defaults, "options": p.Options, "overrides": p.Overrides})
		if !ok || err != nil || p.Type != c.kind {
			t.Errorf("%s became %q, %v", c.old, p.Type, err)
		}
		if diff := cmp.Diff(c.want, string(got)); diff != "" {
			t.Errorf("%s:\n%s", c.old, diff)
		}
	}
}

func TestV2(t *testing.T) {
	b, err := Parse([]byte(`{"apiVersion":"dashboard.grafana.app/v2beta1","spec":{"title":"B","timeSettings":{"from":"now-1h","to":"now","timezone":"utc"},
		"variables":[{"kind":"QueryVariable","spec":{"name":"job","query":{"kind":"DataQuery","group":"prometheus","spec":{"query":"label_values(job)"}},"hide":"hideLabel"}},{"kind":"DatasourceVariable","spec":{"name":"ds","pluginId":"prometheus"}}],
		"elements":{"a":{"kind":"Panel","spec":{"id":7,"title":"A","vizConfig":{"kind":"VizConfig","group":"stat","spec":{"options":{"x":1},"fieldConfig":{"defaults":{"unit":"s"}}}},
			"data":{"spec":{"queries":[{"kind":"PanelQuery","spec":{"refId":"Q","query":{"kind":"DataQuery","group":"prometheus","spec":{"expr":"up"}}}}],"transformations":[{"kind":"merge","spec":{"id":"merge"}}]}}}}},
		"layout":{"kind":"RowsLayout","spec":{"rows":[{"kind":"RowsLayoutRow","spec":{"title":"R","layout":{"kind":"GridLayout","spec":{"items":[{"kind":"GridLayoutItem","spec":{"x":3,"y":2,"width":6,"height":4,"element":{"name":"a"},"repeat":{"value":"job"}}},{"spec":{"element":{"name":"gone"}}}]}}}}]}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Panels) != 2 || b.Panels[0].Title != "R" {
		t.Fatalf("got %+v", b.Panels)
	}
	want := Panel{
		ID: 7, Type: "stat", Title: "A", Grid: Grid{3, 3, 6, 4}, Repeat: "job", Options: []byte(`{"x":1}`), Defaults: []byte(`{"unit":"s"}`),
		Targets:         []Target{{RefID: "Q", Expr: "up", Range: true, Factor: 1, Datasource: Datasource{Type: "prometheus"}, Raw: []byte(`{"expr":"up"}`)}},
		Transformations: []Transformation{{ID: "merge"}},
	}
	if diff := cmp.Diff(want, b.Panels[1]); diff != "" {
		t.Error(diff)
	}
	wantVars := []Variable{{Name: "job", Type: "query", Query: "label_values(job)", Hide: 1}, {Name: "ds", Type: "datasource", Query: "prometheus"}}
	if diff := cmp.Diff(wantVars, b.Variables); diff != "" {
		t.Error(diff)
	}
}

func TestTimes(t *testing.T) {
	now := time.Date(2026, 3, 18, 13, 45, 30, 0, time.UTC) // a Wednesday
	for _, c := range []struct {
		text string
		up   bool
		want string
	}{
		{"now", false, "2026-03-18T13:45:30Z"}, {"now-6h", false, "2026-03-18T07:45:30Z"}, {"now-1d/d", false, "2026-03-17T00:00:00Z"},
		{"now/d", true, "2026-03-18T23:59:59.999Z"}, {"now/w", false, "2026-03-16T00:00:00Z"}, {"now-1M/M", true, "2026-02-28T23:59:59.999Z"},
		{"now/y", false, "2026-01-01T00:00:00Z"}, {"now/Q", true, "2026-03-31T23:59:59.999Z"}, {"now-15m/m", false, "2026-03-18T13:30:00Z"},
		{"1767225600000", false, "2026-01-01T00:00:00Z"}, {"2026-01-01T00:00:00.000Z", false, "2026-01-01T00:00:00Z"}, {"2026-01-01 10:00:00", false, "2026-01-01T10:00:00Z"},
		{"tomorrow", false, ""}, {"now-", false, ""}, {"now-99999999y", false, ""}, {"9223372036854775807", false, ""},
	} {
		got, err := ParseTime(c.text, now, nil, c.up)
		if c.want == "" {
			if err == nil || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %v, %v", c.text, got, err)
			}
			continue
		}
		if err != nil || got.Format(time.RFC3339Nano) != c.want {
			t.Errorf("%s: %v, %v", c.text, got, err)
		}
	}
	if _, err := ParseRange("now", "now-1h", now, nil); err == nil {
		t.Error("a range that ends before it starts is fine")
	}
	r := Range{From: now.Add(-time.Hour), To: now, Zone: time.UTC}
	for _, c := range []struct{ from, shift, want string }{
		{"", "", "12:45 13:45"}, {"2h", "", "11:45 13:45"}, {"now/d", "", "00:00 23:59"}, {"", "1h", "11:45 12:45"}, {"30m", "1h", "12:15 12:45"}, {"x", "y", "12:45 13:45"},
	} {
		got := Panel{TimeFrom: c.from, TimeShift: c.shift}.Over(r)
		if s := got.From.Format("15:04 ") + got.To.Format("15:04"); s != c.want {
			t.Errorf("with %q and %q: %s, not %s", c.from, c.shift, s, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(gunzip(f, "../source/sourcetest/testdata/panels.json.gz")[:4000])
	f.Add([]byte(`{"rows":[{"panels":[{"type":"graph","span":4,"yaxes":[{"format":"s"}],"thresholds":[{"value":1}]},{"type":"singlestat","thresholds":"1,2"}],"repeat":"a"}]}`))
	f.Add([]byte(`{"spec":{"elements":{"p":{"spec":{}}},"layout":{"spec":{"rows":[{"spec":{"layout":{"spec":{"items":[{"spec":{"element":{"name":"p"}}}]}}}}]}}}}`))
	f.Add([]byte(`{"panels":[{"type":"row","repeat":"a","collapsed":true,"panels":[{"repeat":"a","maxPerRow":3}]},{"type":"table","styles":[{"pattern":"a"}]}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := Parse(raw)
		if err != nil {
			return
		}
		for _, p := range flat(Expand(b, map[string][]string{"a": {"1", "2", "3"}}).Panels) {
			for _, part := range []json.RawMessage{p.Options, p.Defaults} {
				if part != nil && !json.Valid(part) {
					t.Errorf("%s is no JSON", part)
				}
			}
			if p.Grid.X < 0 || p.Grid.X+p.Grid.W > 24 || p.Grid.Y < 0 {
				t.Errorf("a place outside of the page: %+v", p.Grid)
			}
			_ = p.Over(Range{From: time.Unix(0, 0), To: time.Unix(3600, 0)})
		}
	})
}
