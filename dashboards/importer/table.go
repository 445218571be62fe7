package importer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
	"github.com/ginsight/ginsight/dashboards/panels"
)

// table reads a table that joins its queries by labels, as [panels.Table] makes
// them. Other tables are not for it.
func (t translator) table(p *panel, queries []target) (attempt, bool) {
	steps := loose.Objects(p.wanted["transformations"])
	if text(p.wanted, "type") != "table" || len(steps) != 2 || text(steps[0], "id") != "merge" || text(steps[1], "id") != "organize" {
		return attempt{}, false
	}
	order, _ := loose.At(steps[1], "options", "indexByName").(object)
	names, _ := loose.At(steps[1], "options", "renameByName").(object)
	spec := panels.TableSpec{Title: p.title, Help: orElse(text(p.wanted, "description"), noHelp)}
	columns := make([]string, len(queries))
	for i := range queries {
		columns[i] = fmt.Sprintf("Value #%c", 'A'+i)
	}
	if len(queries) == 1 {
		columns[0] = "Value"
	}
	fields := keys(order)
	slices.SortStableFunc(fields, func(a, b string) int { return cmp.Compare(whole(order[a]), whole(order[b])) })
	for _, f := range fields {
		if !slices.Contains(columns, f) {
			title := orElse(text(names, f), f)
			spec.Keys = append(spec.Keys, panels.Key{
				Label: t.label(f).Label, Title: title,
				Blank: blank(property(p, title, "mappings")), Links: dataLinks(property(p, title, "links")),
			})
		}
	}
	for i, q := range queries {
		title := orElse(text(names, columns[i]), columns[i])
		unit, _ := property(p, title, "unit").(string)
		column := panels.Column{Title: title, Unit: orElse(unit, noUnit), Expr: q.expr}
		if o, ok := property(p, title, "thresholds").(object); ok {
			column.Thresholds, _ = thresholds(object{"thresholds": o})
		}
		spec.Columns = append(spec.Columns, column)
	}
	list := slices.Clone(queries)
	return attempt{table: &spec, queries: list}, true
}

// blank is what stands for an empty text, if mappings say no more than that.
func blank(mappings any) string {
	list := loose.Objects(mappings)
	if len(list) != 1 || text(list[0], "type") != "special" || text(list[0], "options", "match") != "empty" {
		return ""
	}
	return text(list[0], "options", "result", "text")
}

// property is what an override says of a column.
func property(p *panel, column, id string) any {
	for _, o := range loose.Objects(loose.At(p.wanted, "fieldConfig", "overrides")) {
		if text(o, "matcher", "id") != "byName" || text(o, "matcher", "options") != column {
			continue
		}
		for _, prop := range loose.Objects(o["properties"]) {
			if text(prop, "id") == id {
				return prop["value"]
			}
		}
	}
	return nil
}

func (a *attempt) tableCode() string {
	s := a.table
	var b strings.Builder
	fmt.Fprintf(&b, "panels.Table(panels.TableSpec{\nTitle: %s,\nHelp: %s,\n", quote(s.Title), quote(s.Help))
	b.WriteString("Keys: []panels.Key{\n")
	known := newCatalogue()
	for _, k := range s.Keys {
		fmt.Fprintf(&b, "{Label: %s, Title: %s,", known.label(k.Label.Name()).code, quote(k.Title))
		if k.Blank != "" {
			fmt.Fprintf(&b, "Blank: %s,", quote(k.Blank))
		}
		writeLinks(&b, k.Links)
		b.WriteString("},\n")
	}
	b.WriteString("},\nColumns: []panels.Column{\n")
	for i, c := range s.Columns {
		fmt.Fprintf(&b, "{Title: %s, Unit: %s, Expr: %s,", quote(c.Title), quote(c.Unit), a.queries[i].expression.code)
		if len(c.Thresholds) > 0 {
			fmt.Fprintf(&b, "Thresholds: %s,", thresholdsCode(c.Thresholds))
		}
		b.WriteString("},\n")
	}
	b.WriteString("},\n")
	writeSize(&b, s.Width, s.Height)
	b.WriteString("})")
	return b.String()
}
