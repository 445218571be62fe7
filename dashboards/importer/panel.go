package importer

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
)

// panel is an imported panel: the call that makes it, what the call makes, and
// what has to be patched.
type panel struct {
	function string
	title    string // unique within the row
	call     string // such as panels.Lines(panels.Spec{...})
	made     panels.Panel
	patch    object
	wanted   object // what it has to generate, without id and position
	source   object
	form     query.Form
}

// generated is the panel as it goes on the board.
func (p *panel) generated() panels.Panel {
	if len(p.patch) == 0 {
		return p.made
	}
	return p.made.Patched(encode(p.patch))
}

func (p *panel) code() string {
	if len(p.patch) == 0 {
		return p.call
	}
	return p.call + ".Patched(" + quote(encode(p.patch)) + ")"
}

// angular are types of panels that Grafana 12 no longer draws. Their options
// mean nothing to the types that follow them, so they are drawn in the house
// style.
var angular = map[string]string{"graph": "timeseries", "singlestat": "stat", "grafana-singlestat-panel": "stat", "table-old": "table"}

// kinds are the functions of the house style to try, by type of panel.
var kinds = map[string][]kind{
	"timeseries": {lines, stacked, latency},
	"stat":       {bigNumber, fact},
	"gauge":      {bigNumber},
	"bargauge":   {bigNumber},
	"heatmap":    {heatmap},
}

// panel imports one panel under a title that is unique within its row.
func (t translator) panel(source object, title string, n *notes) (*panel, error) {
	p := &panel{title: title, source: source, wanted: wantedPanel(source), form: t.form}
	if old := text(source, "type"); angular[old] != "" {
		p.wanted["type"] = angular[old]
		if source["alert"] != nil {
			n.add("panel %q: its alert is lost, make a rule of it", title)
		}
	}
	if source["libraryPanel"] != nil {
		n.add("panel %q comes from the library: the reference is kept in its patch", title)
	}
	queries, ok := t.queries(p, n)
	if !ok {
		return p, p.carry(n)
	}
	best, err := t.choose(p, queries)
	if err != nil {
		return p, fmt.Errorf("panel %q: %w", title, err)
	}
	p.call, p.made = best.code(), best.made
	if angular[text(source, "type")] == "" {
		p.patch = best.patch
	}
	return p, nil
}

// carry imports a panel without queries for Prometheus, or with some that are no
// PromQL: words, or a patch that holds all of it.
func (p *panel) carry(n *notes) error {
	spec := panels.TextSpec{Title: p.title, Markdown: text(p.wanted, "options", "content")}
	spec.Width, spec.Height = whole(loose.At(p.source, "gridPos", "w")), whole(loose.At(p.source, "gridPos", "h"))
	p.made = panels.Text(spec)
	p.call = fmt.Sprintf("panels.Text(panels.TextSpec{Title: %s, Markdown: %s, Width: %d, Height: %d})",
		quote(spec.Title), quote(spec.Markdown), spec.Width, spec.Height)
	if len(loose.Objects(p.source["targets"])) > 0 {
		n.add("panel %q: its queries are not for Prometheus, or no PromQL: they are kept in its patch, unchecked", p.title)
	}
	made, err := render(p.made, p.form)
	if err != nil {
		return fmt.Errorf("panel %q: %w", p.title, err)
	}
	p.patch = diff(unplaced(made), p.wanted)
	return nil
}

// wantedPanel is what a panel has to generate: as it is, without the fields that
// only an editor left behind, and with the defaults spelt out that our panels
// spell out.
func wantedPanel(source object) object {
	p := without(source, "id", "gridPos", "pluginVersion")
	if p["title"] == nil {
		p["title"] = ""
	}
	if text(p, "type") == "text" && p["options"] == nil { // before Grafana 7.4
		p["options"] = object{"mode": orElse(text(p, "mode"), "markdown"), "content": text(p, "content")}
		delete(p, "mode")
		delete(p, "content")
	}
	for _, key := range []string{"transparent", "links", "repeat", "cacheTimeout", "transformations"} {
		if isEmpty(p[key]) {
			delete(p, key)
		}
	}
	if targets, ok := p["targets"].([]any); ok {
		list := make([]any, len(targets))
		for i, t := range targets {
			if o, ok := t.(object); ok && text(o, "datasource", "type") == "prometheus" {
				list[i] = wantedTarget(o)
			} else {
				list[i] = t
			}
		}
		p["targets"] = list
	}
	return p
}

func wantedTarget(source object) object {
	t := without(source, "disableTextWrap", "fullMetaSearch", "includeNullMetadata", "useBackend", "metric", "step", "target")
	for _, key := range []string{"hide", "interval", "legendFormat", "queryType", "hinted"} {
		if isEmpty(t[key]) {
			delete(t, key)
		}
	}
	if whole(t["intervalFactor"]) == 1 {
		delete(t, "intervalFactor")
	}
	instant, _ := t["instant"].(bool)
	defaults := object{"exemplar": false, "format": "time_series", "instant": instant, "range": !instant, "refId": t["refId"]}
	for key, value := range defaults {
		if t[key] == nil {
			t[key] = value
		}
	}
	t["editorMode"] = "code"
	return t
}

func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case bool:
		return !v
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	}
	return false
}

// target is an imported query.
type target struct {
	expression
	legend string
	wanted object
	patch  object
}

var legendLabel = regexp.MustCompile(`{{\s*([^}]+?)\s*}}`)

// queries translates a panel's queries; ok is false if there are none, or one
// that is no PromQL.
func (t translator) queries(p *panel, n *notes) (out []target, ok bool) {
	list := loose.Objects(p.wanted["targets"])
	for _, w := range list {
		ref, _ := w["datasource"].(object)
		if text(ref, "type") != "prometheus" || text(w, "expr") == "" {
			return nil, false
		}
		legend := text(w, "legendFormat")
		var declared []string
		for _, m := range legendLabel.FindAllStringSubmatch(legend, -1) {
			declared = append(declared, m[1])
		}
		if p.wanted["type"] == "heatmap" {
			declared = append(declared, "le")
		}
		e, err := t.translate(text(w, "expr"), declared)
		if err != nil {
			n.add("panel %q: %v", p.title, err)
			return nil, false
		}
		w["expr"], _ = e.expr.In(t.form) // translate has printed it
		if err := e.expr.CheckLegend(legend); err != nil {
			n.add("panel %q: %v; it is kept in the query's patch", p.title, err)
			legend = ""
		}
		out = append(out, target{expression: e, legend: legend, wanted: w})
	}
	return out, len(out) > 0
}

// choose tries every kind that could draw the panel and takes the one that needs
// the smallest patch.
func (t translator) choose(p *panel, queries []target) (attempt, error) {
	if table, ok := t.table(p, queries); ok && table.run(p) == nil {
		return table, nil
	}
	best, err := try(p, queries, kinds[text(p.wanted, "type")])
	if err != nil {
		best, err = try(p, queries, []kind{lines})
	}
	return best, err
}

func try(p *panel, queries []target, list []kind) (attempt, error) {
	var tries []attempt
	for _, k := range list {
		for _, spec := range specs(p, k) {
			tries = append(tries, attempt{kind: k, spec: spec, queries: slices.Clone(queries)})
		}
	}
	failure := errors.New("no kind of panel can draw it")
	best, found := attempt{}, false
	for _, a := range tries {
		if err := a.run(p); err != nil {
			failure = err
			continue
		}
		if !found || a.size() < best.size() {
			best, found = a, true
		}
		if best.size() == 0 {
			break // nothing can be better
		}
	}
	if !found {
		return attempt{}, failure
	}
	return best, nil
}

// render builds a panel alone and returns it as it is generated.
func render(p panels.Panel, f query.Form) (object, error) {
	raw, err := panels.Board{UID: "x", Title: "x", Form: f, Rows: []panels.Row{{Panels: []panels.Panel{p}}}}.JSON()
	if err != nil {
		return nil, err
	}
	board, err := decode(raw)
	if err != nil {
		return nil, err
	}
	list := loose.Objects(board["panels"])
	if len(list) != 1 {
		return nil, fmt.Errorf("it makes %d panels", len(list))
	}
	return withoutNulls(list[0]), nil
}

func unplaced(p object) object { return without(p, "id", "gridPos") }

// jsonNumber is a number as decoded JSON has it.
func jsonNumber(i int) json.Number { return json.Number(fmt.Sprint(i)) }
