package lint

import (
	"errors"
	"fmt"
)

// Board is a dashboard as the rules read it.
type Board struct {
	// UID and Title are as the file has them, and may be empty.
	UID, Title string

	raw         []byte
	root        *node
	panels      []*panel // rows' panels follow their row
	variables   []*variable
	annotations []*annotation
	inputs      map[string]string // of an export: name to plugin
}

// panel is a panel or a row.
type panel struct {
	*node
	title, kind string
	row         string // the row's title
	inRow       int    // counts rows, 0 above the first
	folded      bool   // stands inside a row, and has no place of its own yet
	source      reference
	targets     []*target
}

// target is one query of a panel.
type target struct {
	*node
	panel            *panel
	id, expr, legend string
	source           reference
	promQL           *promQL // nil if it does not ask Prometheus
	logQL            bool    // asks Loki
}

type variable struct {
	*node
	name, label, kind, query string
	source                   reference
}

type annotation struct {
	*node
	name   string
	source reference
}

// errNoBoard is the error for JSON that is no dashboard at all.
var errNoBoard = errors.New("this is no dashboard: it has no panels")

// IsNoBoard reports whether Parse failed since the file is JSON for something
// else.
func IsNoBoard(err error) bool { return errors.Is(err, errNoBoard) }

// Parse reads a dashboard in the classic format: as Grafana exports it, as its
// API answers (inside "dashboard"), or as a resource (inside "spec").
func Parse(raw []byte) (*Board, error) {
	document, err := parseJSON(raw)
	if err != nil {
		return nil, fmt.Errorf("no valid JSON: %w", err)
	}
	root := document
	for _, wrap := range []string{"dashboard", "spec"} {
		if root.get("panels") == nil && root.get(wrap).kind() == '{' {
			root = root.get(wrap)
		}
	}
	switch {
	case root.get("elements") != nil:
		return nil, errors.New("this is a dashboard of schema v2: export it in the classic format")
	case root.get("panels").kind() != '[' && root.get("rows").kind() != '[':
		return nil, errNoBoard
	}
	b := &Board{UID: root.get("uid").str(), Title: root.get("title").str(), raw: raw, root: root, inputs: map[string]string{}}
	for _, in := range root.get("__inputs").objects() {
		b.inputs[in.get("name").str()] = in.get("pluginId").str()
	}
	b.readVariables()
	for _, n := range root.get("annotations", "list").objects() {
		b.annotations = append(b.annotations, &annotation{n, n.get("name").str(), refer(n)})
	}
	b.readPanels()
	return b, nil
}

func (b *Board) readVariables() {
	for _, n := range b.root.get("templating", "list").objects() {
		query := n.get("query")
		if query.kind() == '{' {
			query = query.get("query")
		}
		b.variables = append(b.variables, &variable{
			n, n.get("name").str(), n.get("label").str(), n.get("type").str(), query.str(), refer(n),
		})
	}
}

func (b *Board) readPanels() {
	row, count := "", 0
	for _, n := range b.root.get("panels").objects() {
		p := b.readPanel(n)
		if p.kind == "row" {
			row, count = p.title, count+1
		}
		p.row, p.inRow = row, count
		b.panels = append(b.panels, p)
		b.readInner(n, row, count)
	}
	// Before Grafana 5 all panels stood in rows, which had no type and no place;
	// files of that kind are still around, and Grafana still reads them.
	for _, n := range b.root.get("rows").objects() {
		count++
		b.readInner(n, n.get("title").str(), count)
	}
}

func (b *Board) readInner(owner *node, row string, count int) {
	for _, n := range owner.get("panels").objects() {
		p := b.readPanel(n)
		p.row, p.inRow, p.folded = row, count, true
		b.panels = append(b.panels, p)
	}
}

func (b *Board) readPanel(n *node) *panel {
	p := &panel{node: n, title: n.get("title").str(), kind: n.get("type").str(), source: refer(n)}
	for _, q := range n.get("targets").objects() {
		t := &target{
			node: q, panel: p, id: q.get("refId").str(), expr: q.get("expr").str(),
			legend: q.get("legendFormat").str(), source: refer(q),
		}
		plugin := b.plugin(t.source, p.source)
		t.logQL = plugin == "loki" && t.expr != ""
		if t.expr != "" && (plugin == "prometheus" || plugin == "") {
			t.promQL = parsePromQL(t.expr, b.isNumeric)
		}
		p.targets = append(p.targets, t)
	}
	return p
}

// variable finds a variable by its name.
func (b *Board) variable(name string) *variable {
	for _, v := range b.variables {
		if v.name == name {
			return v
		}
	}
	return nil
}

// isNumeric reports whether a variable stands for a number.
func (b *Board) isNumeric(name string) bool {
	v := b.variable(name)
	if v == nil {
		return false
	}
	for _, n := range []*node{v.get("current", "value"), v.get("options")} {
		if list := n.list(); len(list) > 0 {
			n = list[0]
		}
		if n.kind() == '{' {
			n = n.get("value")
		}
		if _, ok := n.number(); ok {
			return true
		}
	}
	return false
}
