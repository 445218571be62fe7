package lint

import "fmt"

func panelLinks() Rule {
	return Rule{
		ID:   "panel-links",
		What: "Links from a panel or from its data to other dashboards keep the time range and the variables.",
		Why:  "Who follows a link in an incident wants to see the same minutes of the same instances, and does not notice that the page shows others.",
		How:  "Add ${__url_time_range} and ${__all_variables} (or var-name=... for single ones) to the URL.",
		check: func(b *Board, report report) {
			for _, p := range b.panels {
				for _, n := range p.allLinks() {
					url := n.get("url").str()
					if !internal(url) {
						continue
					}
					if !carried(url, "keepTime") && !n.get("keepTime").isTrue() {
						report(p.place().at(n), fmt.Sprintf("link %q loses the time range: add ${__url_time_range}", n.get("title").str()))
					}
					if len(b.variables) > 0 && !carried(url, "includeVars") && !n.get("includeVars").isTrue() {
						report(p.place().at(n), fmt.Sprintf("link %q loses the variables: add ${__all_variables}", n.get("title").str()))
					}
				}
			}
		},
	}
}

// allLinks are the panel's own links and those of its fields.
func (p *panel) allLinks() []*node {
	out := append([]*node{}, p.get("links").objects()...)
	out = append(out, p.get("fieldConfig", "defaults", "links").objects()...)
	for _, property := range p.overrides("links") {
		out = append(out, property.objects()...)
	}
	return out
}

// overrides are the values that overrides give to a property.
func (p *panel) overrides(id string) []*node {
	var out []*node
	for _, o := range p.get("fieldConfig", "overrides").objects() {
		for _, property := range o.get("properties").objects() {
			if property.get("id").str() == id && property.get("value") != nil {
				out = append(out, property.get("value"))
			}
		}
	}
	return out
}
