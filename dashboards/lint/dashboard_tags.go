package lint

import "fmt"

// maxTag is the longest tag that Grafana stores, in characters.
const maxTag = 50

func dashboardTags() Rule {
	return Rule{
		ID:   "dashboard-tags",
		What: "The dashboard has at least one tag, no tag twice, and none longer than 50 characters.",
		Why:  "Tags are how related dashboards are found in the search and in a list of links; a tag that is too long makes Grafana refuse the whole dashboard.",
		How:  "List the tags that other dashboards on the subject have.",
		check: func(b *Board, report report) {
			tags := b.root.get("tags")
			at := b.place().at(tags)
			if len(tags.list()) == 0 {
				report(at, "it has no tags")
			}
			seen := map[string]bool{}
			for _, n := range tags.list() {
				switch {
				case seen[n.text]:
					report(at.at(n), fmt.Sprintf("tag %q is there twice", n.text))
				case len(n.text) > maxTag:
					report(at.at(n), fmt.Sprintf("tag %q is longer than %d characters", n.text, maxTag))
				}
				seen[n.text] = true
			}
		},
	}
}
