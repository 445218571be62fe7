package browser

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/chromedp/chromedp"
)

// violation is what axe-core found (https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#results-object).
type violation struct {
	ID, Impact, Help string
	Nodes            []node
}

type node struct{ HTML, Why string }

// accessible finds what is in the way of people with a screen reader or a
// keyboard, within what a selector finds; "" is the whole page. axe-core comes
// into the page through the browser's own tools, which its policy against foreign
// scripts does not bind.
func (tab *tab) accessible(page, within string) {
	tab.t.Helper()
	source, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		tab.t.Fatalf("axe-core is missing, run npm ci in this folder: %v", err)
	}
	if !eval[bool](tab, `"axe" in window`) {
		get(tab, "load axe-core", chromedp.Evaluate[chromedp.Void](string(source)+";0"))
	}
	found := eval[[]violation](tab, fmt.Sprintf(`axe.run(%q || document, {resultTypes: ["violations"]}).then(r => r.violations.map(v =>
		({ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.map(n => ({HTML: n.html, Why: n.failureSummary}))})))`, within))
	for _, v := range found {
		v.Nodes = slices.DeleteFunc(v.Nodes, v.excused)
		text := fmt.Sprintf("%s: %s (%s, %s) at %d places", page, v.Help, v.ID, v.Impact, len(v.Nodes))
		for _, n := range v.Nodes[:min(len(v.Nodes), 3)] {
			text += "\n\t" + n.HTML + "\n\t" + n.Why
		}
		if len(v.Nodes) > 0 && (v.Impact == "serious" || v.Impact == "critical") {
			tab.t.Error(text)
		} else if len(v.Nodes) > 0 {
			tab.t.Log(text)
		}
	}
}

// excused is what axe-core does not know of: a list of suggestions is scrolled by
// the arrow keys of the field it belongs to, which it takes for granted of a
// combobox, and a text of several lines cannot be one.
func (v violation) excused(n node) bool {
	return v.ID == "scrollable-region-focusable" && strings.Contains(n.HTML, `role="listbox"`)
}
