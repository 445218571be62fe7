package lint

import "fmt"

func dashboardLinks() Rule {
	return Rule{
		ID:    "dashboard-links",
		What:  "Links from the dashboard to other dashboards keep the time range and the variables.",
		Why:   "Who follows a link in an incident wants to see the same minutes of the same instances, and does not notice that the page shows others.",
		How:   "Set \"keepTime\" and \"includeVars\" to true on the link.",
		Fixes: true,
		check: func(b *Board, report report) {
			for _, n := range b.root.get("links").objects() {
				if n.get("type").str() != "dashboards" && !internal(n.get("url").str()) {
					continue
				}
				for _, key := range []string{"keepTime", "includeVars"} {
					if !n.get(key).isTrue() && !carried(n.get("url").str(), key) {
						report(b.place().at(n), fmt.Sprintf("link %q does not set %s", n.get("title").str(), key), set(n, key, true))
					}
				}
			}
		},
	}
}
