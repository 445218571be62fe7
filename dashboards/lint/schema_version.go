package lint

import "fmt"

// currentSchema is the last version of the classic format; what follows is
// another format.
const currentSchema = 42

func schemaVersion() Rule {
	return Rule{
		ID:   "schema-version",
		What: "The dashboard has the current schema version, 42.",
		Why:  "Grafana migrates an older one every time it opens it, so that what is shown is not what the file says; and plugins and options that were removed since are replaced by guesses.",
		How:  "Open the dashboard in a current Grafana, save it, and export it again.",
		check: func(b *Board, report report) {
			n := b.root.get("schemaVersion")
			v, ok := n.number()
			switch {
			case !ok:
				report(b.place(), "it has no schema version")
			case v < currentSchema:
				report(b.place().at(n), fmt.Sprintf("its schema version is %.0f, the current one is %d", v, currentSchema))
			}
		},
	}
}
