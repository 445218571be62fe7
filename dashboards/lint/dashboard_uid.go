package lint

import (
	"fmt"
	"regexp"
)

// maxUID is the longest uid that Grafana takes, in characters.
const maxUID = 40

func dashboardUID() Rule {
	allowed := regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
	return Rule{
		ID:   "dashboard-uid",
		What: "The dashboard has a uid of at most 40 letters, digits, - and _.",
		Why:  "Without one, Grafana makes up another uid on every server, so that links to the dashboard break and publishing it again makes a copy; one that is too long is refused.",
		How:  "Set \"uid\" to a short name that stays the same.",
		check: func(b *Board, report report) {
			at := b.place().at(b.root.get("uid"))
			switch {
			case b.UID == "":
				report(at, "it has no uid")
			case len(b.UID) > maxUID:
				report(at, fmt.Sprintf("its uid has %d characters, Grafana takes at most %d", len(b.UID), maxUID))
			case !allowed.MatchString(b.UID):
				report(at, fmt.Sprintf("its uid %q has characters other than letters, digits, - and _", b.UID))
			}
		},
	}
}
