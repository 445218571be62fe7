package lint

import (
	"fmt"
	"slices"

	"github.com/prometheus/prometheus/promql/parser"
)

func targetRateInterval() Rule {
	return Rule{
		ID:   "target-rate-interval",
		What: "rate, irate and increase look back over $__rate_interval; an instant query may take $__range, for a total over the time on the page.",
		Why:  "A window of less than two scrapes is empty, and a fixed one skips what lies between two points of a wide graph: peaks vanish when somebody zooms out.",
		How:  "Write [$__rate_interval]. A deliberate fixed window needs an exception.",
		check: func(b *Board, report report) {
			for _, t := range b.promQueries() {
				t.promQL.walk(func(n parser.Node, path []parser.Node) {
					window, ok := n.(*parser.MatrixSelector)
					call := rateAround(path)
					if !ok || call == "" {
						return
					}
					text := t.promQL.window(window)
					name := only(text)
					if name == "__rate_interval" || name == "__range" && t.get("instant").isTrue() {
						return
					}
					report(t.place().at(t.get("expr")), fmt.Sprintf("%s looks back over [%s], not [$__rate_interval]", call, text))
				})
			}
		},
	}
}

// rateAround is the function around the end of the path, if it is one of those
// that turn a counter into a rate.
func rateAround(path []parser.Node) string {
	if len(path) == 0 {
		return ""
	}
	call, ok := path[len(path)-1].(*parser.Call)
	if !ok || !slices.Contains([]string{"rate", "irate", "increase"}, call.Func.Name) {
		return ""
	}
	return call.Func.Name
}
