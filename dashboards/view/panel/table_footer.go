package panel

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// footer are the calculations below the columns, in the order of the columns
// that ask for them.
func (t *tableView) footer() []string {
	var calcs []string
	for _, c := range t.columns {
		if c.field.Kind != frame.Number && !t.onlyTexts() {
			continue
		}
		for _, calc := range t.reducers(c) {
			if !slices.Contains(calcs, calc) && len(calcs) < 4 {
				calcs = append(calcs, calc)
			}
		}
	}
	return calcs
}

// onlyTexts tells that no column has numbers, so that a count is all there is.
func (t *tableView) onlyTexts() bool {
	return !slices.ContainsFunc(t.columns, func(c *tableColumn) bool { return c.field.Kind == frame.Number })
}

// reducers are the calculations below one column.
func (t *tableView) reducers(c *tableColumn) []string {
	if len(c.custom.Footer.Reducers) > 0 || !t.options.Footer.Show {
		return c.custom.Footer.Reducers
	}
	var only []string
	if json.Unmarshal(t.options.Footer.Fields, &only) == nil && len(only) > 0 && !slices.Contains(only, c.field.Title) {
		return nil
	}
	return t.options.Footer.Reducer
}

func (t *tableView) footerHeight(calcs []string) float64 {
	return float64(len(calcs)) * tableFooterHeight
}

// drawFooter puts the results under their columns, and the calculation's name
// into the first column if that has no result.
func (t *tableView) drawFooter(calcs []string) []draw.Node {
	if len(calcs) == 0 {
		return nil
	}
	y := t.h - t.footerHeight(calcs)
	nodes := []draw.Node{t.line(y, 2), t.line(t.h-1, 1)}
	for _, calc := range calcs {
		middle := y + tableFooterHeight/2 + 0.5
		for i, c := range t.columns {
			if text := t.footerText(c, calc); text != "" {
				_, node := t.cellText(c, text, tableStrongFont, t.in.Theme.Text(), middle, c.w-2*tablePadding)
				nodes = append(nodes, footerAlign(node, c))
			} else if i == 0 {
				nodes = append(nodes, &draw.Text{
					X: c.x + tablePadding, Y: middle, Text: strings.ToUpper(legendTitle(calc)),
					Font: tableNoteFont, Color: t.in.Theme.TextSecondary(), Baseline: draw.Central,
				})
			}
			if i < len(t.columns)-1 {
				nodes = append(nodes, t.side(c, y, tableFooterHeight))
			}
		}
		y += tableFooterHeight
	}
	return nodes
}

// footerAlign puts numbers right even below gauges.
func footerAlign(node draw.Node, c *tableColumn) draw.Node {
	if text, ok := node.(*draw.Text); ok && c.custom.CellOptions.Type == "gauge" && c.custom.Align != "left" {
		text.X, text.Align = c.x+c.w-tablePadding, draw.End
	}
	return node
}

// footerText is a result, "" if the column does not ask for it or has no numbers.
func (t *tableView) footerText(c *tableColumn, calc string) string {
	if !slices.Contains(t.reducers(c), calc) || c.field.Kind != frame.Number {
		return ""
	}
	v, ok := frame.Reduce(c.field, calc)
	if !ok {
		return ""
	}
	return legendText(calc, v, c.show)
}
