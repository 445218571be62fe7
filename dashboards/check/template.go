package check

import (
	"strings"
	syntax "text/template/parse"
)

// template is what a template of an alert uses.
type template struct {
	// name is what the template is for, such as "annotation summary".
	name string
	// labels are those of the alert that it shows, in their order.
	labels []string
	// queries are those that it asks, as far as they are written out.
	queries []string
}

// templateNames are the variables that Prometheus declares before each template.
// https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
const templateNames = "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}{{$externalURL := .ExternalURL}}{{$value := .Value}}"

// readTemplate reads a template. One that does not parse uses nothing: Prometheus
// refuses it, and reading the file has said so.
func readTemplate(name, text string) template {
	out := template{name: name}
	if !strings.Contains(text, "{{") {
		return out
	}
	tree := syntax.New(name)
	tree.Mode = syntax.SkipFuncCheck
	if _, err := tree.Parse(templateNames+text, "", "", map[string]*syntax.Tree{}); err != nil {
		return out
	}
	// What Prometheus declares reads the labels as a whole, which is no label.
	out.list(tree.Root, true)
	return out
}

// list reads a list of nodes; root says that the dot is still what Prometheus
// gives to the template.
func (t *template) list(list *syntax.ListNode, root bool) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *syntax.ActionNode:
			t.pipe(n.Pipe, root)
		case *syntax.IfNode:
			t.branch(&n.BranchNode, root, root)
		case *syntax.RangeNode:
			t.branch(&n.BranchNode, root, false)
		case *syntax.WithNode:
			t.branch(&n.BranchNode, root, false)
		case *syntax.TemplateNode:
			t.pipe(n.Pipe, root)
		}
	}
}

// branch reads a condition and what depends on it; inner is root within it.
func (t *template) branch(b *syntax.BranchNode, root, inner bool) {
	t.pipe(b.Pipe, root)
	t.list(b.List, inner)
	t.list(b.ElseList, root)
}

func (t *template) pipe(p *syntax.PipeNode, root bool) {
	if p == nil {
		return
	}
	for _, c := range p.Cmds {
		t.command(c, root)
	}
}

func (t *template) command(c *syntax.CommandNode, root bool) {
	called, _ := c.Args[0].(*syntax.IdentifierNode)
	for i, arg := range c.Args {
		switch arg := arg.(type) {
		case *syntax.PipeNode:
			t.pipe(arg, root)
		case *syntax.VariableNode:
			t.label(arg.Ident, "$labels", c, i)
		case *syntax.FieldNode:
			if root {
				t.label(arg.Ident, "Labels", c, i)
			}
		case *syntax.StringNode:
			if called != nil && called.Ident == "query" {
				t.queries = append(t.queries, arg.Text)
			}
		}
	}
}

// label notes the label that a chain of names stands for: $labels.x, .Labels.x,
// or the argument that follows in index $labels "x".
func (t *template) label(names []string, all string, c *syntax.CommandNode, at int) {
	switch {
	case names[0] != all:
	case len(names) > 1:
		t.labels = append(t.labels, names[1])
	case at+1 < len(c.Args):
		if key, ok := c.Args[at+1].(*syntax.StringNode); ok {
			t.labels = append(t.labels, key.Text)
		}
	}
}
