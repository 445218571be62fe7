package importer

import (
	"maps"
	"slices"
	"strings"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
	"github.com/ginsight/ginsight/dashboards/modern"
	"github.com/ginsight/ginsight/dashboards/query"
)

// ours is the reference that every panel and query of ours has.
func ours() object {
	return object{"type": "prometheus", "uid": "${" + modern.DataSourceVariable + "}"}
}

// resolveSources makes every reference to a Prometheus the variable that our
// boards have. A dashboard that asks several loses which asks which, and a note
// says so.
func (s *source) resolveSources() {
	var names []string // of variables and inputs that stand for a Prometheus
	var rest []object
	for _, v := range s.variables {
		name := text(v, "name")
		switch {
		case text(v, "type") != "datasource":
			rest = append(rest, v)
		case text(v, "query") == "prometheus" && name != "":
			names = append(names, name)
			if regex := text(v, "regex"); regex != "" {
				s.notes.add("variable %s: its filter %q is lost, every Prometheus is offered", name, regex)
			}
		default:
			rest = append(rest, v)
		}
	}
	for _, in := range loose.Objects(s.board["__inputs"]) {
		if text(in, "pluginId") == "prometheus" && text(in, "name") != "" {
			names = append(names, text(in, "name"))
		}
		if text(in, "type") == "constant" {
			s.notes.add("input %s: its value %q has to be put in by hand", text(in, "name"), text(in, "value"))
		}
	}
	s.variables = rest
	for _, name := range names {
		if name == modern.DataSourceVariable {
			continue
		}
		s.notes.add("the data source ${%s} is now ${%s}", name, modern.DataSourceVariable)
		rename(s.board, name, modern.DataSourceVariable)
	}
	literal := map[string]bool{}
	s.forPanels(func(p object) { s.resolvePanel(p, literal) })
	for _, o := range append(loose.Objects(loose.At(s.board, "annotations", "list")), s.variables...) {
		isQuery := text(o, "type") == "query" || text(o, "expr") != ""
		if (isQuery || o["datasource"] != nil) && s.isPrometheus(o["datasource"], nil, "") {
			note(literal, o["datasource"])
			o["datasource"] = ours()
		}
	}
	if len(literal) > 0 {
		s.notes.add("data sources named in the dashboard (%s) are now the one that the variable %s picks", strings.Join(slices.Sorted(maps.Keys(literal)), ", "), modern.DataSourceVariable)
	}
}

func (s *source) forPanels(do func(object)) {
	for _, p := range loose.Objects(s.board["panels"]) {
		do(p)
		for _, inner := range loose.Objects(p["panels"]) {
			do(inner)
		}
	}
}

// resolvePanel normalises the references of a panel whose queries all ask a
// Prometheus; other panels keep theirs.
func (s *source) resolvePanel(p object, literal map[string]bool) {
	targets := loose.Objects(p["targets"])
	if text(p, "datasource", "uid") == "-- Dashboard --" || text(p, "datasource") == "-- Dashboard --" {
		s.notes.add("panel %q shows another panel's data by its id, and ids change: choose the panel anew", text(p, "title"))
	}
	if len(targets) == 0 || !slices.ContainsFunc(targets, func(t object) bool { return text(t, "expr") != "" }) {
		return
	}
	for _, t := range targets {
		if !s.isPrometheus(t["datasource"], p["datasource"], text(t, "expr")) {
			return
		}
	}
	for _, t := range append(targets, p) {
		note(literal, t["datasource"])
		t["datasource"] = ours()
	}
}

// note remembers a reference to a certain data source.
func note(literal map[string]bool, ref any) {
	name, _ := ref.(string)
	if o, ok := ref.(object); ok {
		name = text(o, "uid")
	}
	if name != "" && !strings.HasPrefix(name, "$") && name != "-- Mixed --" && name != "default" {
		literal[name] = true
	}
}

// isPrometheus tells whether a query asks a Prometheus. Old dashboards name the
// data source without its type: then the query decides.
func (s *source) isPrometheus(ref, panel any, expr string) bool {
	if o, ok := ref.(object); ok && text(o, "type") != "" {
		return text(o, "type") == "prometheus"
	}
	if o, ok := panel.(object); ok && ref == nil && text(o, "type") != "" {
		return text(o, "type") == "prometheus"
	}
	if name, ok := ref.(string); ok && strings.HasPrefix(name, "-- ") {
		return false // -- Grafana --
	}
	if expr == "" {
		return panel == nil // a variable or an annotation, by name or the default
	}
	_, err := query.Raw(expr).PromQL()
	return err == nil
}
