package lint

import "regexp"

func panelText() Rule {
	tag := regexp.MustCompile(`<(?:[a-zA-Z][a-zA-Z0-9]*)(?:\s[^>]*)?/?>`)
	code := regexp.MustCompile("(?s)```.*?```|`[^`\n]*`")
	return Rule{
		ID:   "panel-text",
		What: "A text panel is written in Markdown, without HTML.",
		Why:  "Grafana removes scripts, styles and frames unless the server switches that protection off, so the text looks different from server to server, and HTML with colours of its own is unreadable in the other theme.",
		How:  "Set the mode to markdown and write the text in it.",
		check: func(b *Board, report report) {
			for _, p := range b.panels {
				if p.kind != "text" {
					continue
				}
				options := p.get("options")
				if options == nil {
					options = p.node // before Grafana 7.1
				}
				n := options.get("content")
				if options.get("mode").str() == "html" {
					report(p.place().at(options.get("mode")), "its text is HTML")
				} else if found := tag.FindString(code.ReplaceAllString(n.str(), "")); found != "" {
					report(p.place().at(n), "its text has HTML in it: "+found)
				}
			}
		},
	}
}
