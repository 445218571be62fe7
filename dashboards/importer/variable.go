package importer

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
)

// variable is an imported picker.
type variable struct {
	goName string
	picker query.Variable
	label  string // the code of its label; empty if it has none
	from   selection
	on     panels.Variable
	wanted object
	patch  object
}

// labelValues is the query that fills most pickers.
var labelValues = regexp.MustCompile(`^label_values\((?:(.*),)?\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*\)$`)

// addVariables imports the pickers, in order: later ones may use earlier ones.
func (t *translator) addVariables(list []object, name func(string) string, n *notes) error {
	for _, source := range list {
		v := variable{wanted: wantedVariable(source)}
		v.picker = query.Variable{Name: text(source, "name"), Title: text(source, "label"), All: text(source, "allValue")}
		if v.picker.Name == "" {
			n.add("a variable without a name is lost")
			continue
		}
		v.goName = name(v.picker.Name)
		t.request(&v, source)
		if err := t.make(&v); err != nil {
			return fmt.Errorf("variable %s: %w", v.picker.Name, err)
		}
		t.variables = append(t.variables, v)
	}
	return nil
}

// request finds where the values come from: a series of the catalogue, or text.
func (t *translator) request(v *variable, source object) {
	request := requestOf(source)
	m := labelValues.FindStringSubmatch(request)
	if m != nil && text(source, "type") == "query" {
		l := t.label(m[2])
		v.picker.Label, v.label = l.Label, l.code
		if t.from(v, m[1]) {
			got, err := v.picker.ValuesIn(t.form, v.on.From, v.on.Where...)
			if err == nil && got == request {
				return
			}
		}
	}
	v.from, v.on = selection{}, panels.Variable{Request: orElse(request, text(source, "type"))}
}

// from reads the selector of a label_values query.
func (t *translator) from(v *variable, selector string) bool {
	tree, err := parser.NewParser(parser.Options{}).ParseExpr(strings.TrimSpace(selector))
	if err != nil {
		return false
	}
	s, ok := t.selector(tree)
	if !ok {
		return false
	}
	v.from = s
	v.on.Where = s.where()
	if s.cumulative != nil {
		v.on.From = s.cumulative.Cumulative()
	} else {
		v.on.From = s.instant.Instant()
	}
	return true
}

// make builds the variable and finds its patch.
func (t *translator) make(v *variable) error {
	v.on.Variable = v.picker
	raw, err := panels.Board{UID: "x", Title: "x", Form: t.form, Variables: []panels.Variable{v.on}}.JSON()
	if err != nil {
		return err
	}
	board, err := decode(raw)
	if err != nil {
		return err
	}
	list := loose.Objects(loose.At(board, "templating", "list"))
	made := withoutNulls(list[len(list)-1])
	if _, isText := v.wanted["query"].(string); isText && text(v.wanted, "type") == "query" {
		v.wanted["query"] = made["query"] // Grafana reads a text as this object
	}
	if v.wanted["definition"] == nil && text(v.wanted, "type") == "query" {
		v.wanted["definition"] = made["definition"]
	}
	v.patch = diff(made, v.wanted)
	v.on.Patch = encode(v.patch)
	return nil
}

// requestOf is the query's text, which is inside of an object since Grafana 8.3.
func requestOf(source object) string {
	if s := text(source, "query"); s != "" {
		return s
	}
	return text(source, "query", "query")
}

// wantedVariable is what a variable has to generate, without what Grafana fills
// in by itself.
func wantedVariable(source object) object {
	v := without(source, "tagValuesQuery", "tagsQuery", "useTags", "tags", "error", "skipUrlSync")
	if skip, _ := source["skipUrlSync"].(bool); skip {
		v["skipUrlSync"] = true
	}
	for _, key := range []string{"label", "allValue"} {
		if isEmpty(v[key]) {
			delete(v, key)
		}
	}
	if text(v, "type") == "query" && whole(v["refresh"]) != 0 {
		delete(v, "options") // they are asked for anew
	}
	if current, ok := v["current"].(object); ok && len(current) == 0 {
		delete(v, "current")
	} else if ok && current["selected"] == nil {
		current["selected"] = true
	}
	if q, ok := v["query"].(object); ok && text(q, "refId") == "StandardVariableQuery" {
		v["query"] = text(q, "query")
	}
	return v
}

// code declares the picker.
func (v variable) code() string {
	out := fmt.Sprintf("%s = query.Variable{Name: %s", v.goName, quote(v.picker.Name))
	for _, f := range [][2]string{{"Title", v.picker.Title}, {"All", v.picker.All}} {
		if f[1] != "" {
			out += ", " + f[0] + ": " + quote(f[1])
		}
	}
	if v.label != "" {
		out += ", Label: " + v.label
	}
	return out + "}"
}

// use puts the picker on the board.
func (v variable) use() string {
	out := "{Variable: " + v.goName
	switch {
	case v.on.Request != "":
		out += ", Request: " + quote(v.on.Request)
	case v.from.cumulative != nil:
		out += ", From: " + v.from.code + ".Cumulative()"
	default:
		out += ", From: " + v.from.code + ".Instant()"
	}
	if len(v.from.matchers) > 0 {
		out += ", Where: []query.Matcher{"
		for _, m := range v.from.matchers {
			out += m.code + ", "
		}
		out = strings.TrimSuffix(out, ", ") + "}"
	}
	if len(v.patch) > 0 {
		out += ", Patch: " + quote(encode(v.patch))
	}
	return out + "},\n"
}
