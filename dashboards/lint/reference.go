package lint

import (
	"regexp"
	"strings"
)

// variableIn matches $name, ${name}, ${name.path}, ${name:format} and
// [[name:format]]. A name that starts with a digit is a group of a regular
// expression.
var variableIn = regexp.MustCompile(`\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)(?:\.[^}:]+)?(?::[^}]+)?\}|\[\[([A-Za-z_]\w*)(?:\.[^\]:]+)?(?::[^\]]+)?\]\]`)

// mentions calls visit with every variable that a text names.
func mentions(text string, visit func(name string)) {
	if !strings.ContainsAny(text, "$[") {
		return
	}
	for _, m := range variableIn.FindAllStringSubmatch(text, -1) {
		visit(m[1] + m[2] + m[3])
	}
}

// mentioned reports whether a text names the variable.
func mentioned(text, name string) (found bool) {
	mentions(text, func(n string) { found = found || n == name })
	return found
}

// only is the name of the variable that is all of the text.
func only(text string) string {
	m := variableIn.FindStringSubmatch(text)
	if m == nil || m[0] != text {
		return ""
	}
	return m[1] + m[2] + m[3]
}

// reference is how a panel, a query, a variable or an annotation names its data
// source: since Grafana 8.3 as {type, uid}, before that by its name alone.
type reference struct {
	*node
	plugin, id string
}

// refer reads an owner's data source; its node is nil if none is named.
func refer(owner *node) reference {
	n := owner.get("datasource")
	if n.kind() == '{' {
		return reference{n, n.get("type").str(), n.get("uid").str()}
	}
	return reference{n, "", n.str()}
}

// builtIn are sources that every Grafana has.
func (r reference) builtIn() bool {
	return strings.HasPrefix(r.id, "-- ") || r.id == "grafana" || r.id == "__expr__" || r.plugin == "__expr__"
}

// mixed reports whether every query names its own source.
func (r reference) mixed() bool { return r.id == "-- Mixed --" }

// plugin is the kind of data source behind the first reference that says it, or
// nothing if none does.
func (b *Board) plugin(refs ...reference) string {
	for _, r := range refs {
		if r.mixed() {
			continue
		}
		if r.plugin != "" {
			return r.plugin
		}
		name := only(r.id)
		if plugin := b.inputs[name]; plugin != "" {
			return plugin
		}
		if v := b.variable(name); v != nil && v.kind == "datasource" {
			return v.query
		}
		for _, known := range []string{"prometheus", "loki"} {
			if strings.Contains(strings.ToLower(r.id), known) {
				return known
			}
		}
		if r.builtIn() {
			return r.id
		}
	}
	return ""
}

// picked reports whether a reference follows a variable for data sources.
func (b *Board) picked(r reference) bool {
	v := b.variable(only(r.id))
	return v != nil && v.kind == "datasource"
}

// picker is the one variable for data sources of that kind, if there is one.
func (b *Board) picker(plugin string) *variable {
	var found *variable
	for _, v := range b.variables {
		if v.kind != "datasource" || v.query != plugin {
			continue
		}
		if found != nil {
			return nil
		}
		found = v
	}
	return found
}

// hardCoded describes a reference that works on one Grafana only, and the edit
// that makes it follow the picker if there is no doubt about which.
func (b *Board) hardCoded(r reference) (text string, fix []edit) {
	text = "its data source is fixed to \"" + r.id + "\""
	if r.node == nil || r.id == "" {
		return "it names no data source, so it follows whatever the default one is", nil
	}
	if b.inputs[only(r.id)] != "" {
		text += ", which stands for nothing unless somebody imports the dashboard by hand"
	}
	picker := b.picker(r.plugin)
	if r.plugin == "" || picker == nil || !b.onlyOne(r) {
		return text, nil
	}
	return text, []edit{set(r.node, "uid", "${"+picker.name+"}")}
}

// onlyOne reports whether all fixed references of r's kind are to r's source:
// only then does one picker show what they show.
func (b *Board) onlyOne(r reference) bool {
	same := true
	b.references(func(o reference) {
		if o.plugin == r.plugin && o.id != r.id && !b.picked(o) {
			same = false
		}
	})
	return same
}

func (b *Board) references(visit func(reference)) {
	for _, p := range b.panels {
		visit(p.source)
		for _, t := range p.targets {
			visit(t.source)
		}
	}
	for _, v := range b.variables {
		visit(v.source)
	}
	for _, a := range b.annotations {
		visit(a.source)
	}
}
