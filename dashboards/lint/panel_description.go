package lint

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// shortest description that can say how to read a panel, in characters.
const shortest = 40

func panelDescription() Rule {
	return Rule{
		ID:   "panel-description",
		What: "A description is at least one whole sentence that says more than the title.",
		Why:  "\"Error ratio of the service\" under the title \"Error ratio\" helps nobody: it has to say what is good, what is bad, and where to look next.",
		How:  "Write how to read the panel, in 40 characters or more, with a full stop.",
		check: func(b *Board, report report) {
			for _, p := range b.dataPanels() {
				n := p.get("description")
				text := strings.TrimSpace(n.str())
				switch {
				case text == "": // panel-title-description says so
				case utf8.RuneCountInString(text) < shortest:
					report(p.place().at(n), fmt.Sprintf("its description %q is too short to say how to read it", text))
				case !strings.ContainsAny(text[len(text)-1:], ".!?)`"):
					report(p.place().at(n), "its description does not end like a sentence")
				}
			}
		},
	}
}
