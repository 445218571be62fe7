package panels

import (
	"fmt"

	"github.com/ginsight/ginsight/dashboards/modern"
	"github.com/ginsight/ginsight/dashboards/query"
)

// Annotation marks moments across all graphs of a board: those at which the
// query is 1. Grafana looks at it once a minute of the time range.
type Annotation struct {
	Title string
	// Text is a format as [query.Legend] writes it, for what the mark says.
	Text string
	// Color is a colour's name or CSS value.
	Color string
	Expr  query.Expr
}

func (b Board) annotations() ([]modern.Annotation, error) {
	var out []modern.Annotation
	for _, a := range b.Annotations {
		expr, err := a.Expr.In(b.Form)
		if err == nil {
			err = a.Expr.CheckLegend(a.Text)
		}
		if err != nil {
			return nil, fmt.Errorf("annotation %q: %w", a.Title, err)
		}
		out = append(out, modern.Annotation{Title: a.Title, Text: a.Text, Color: a.Color, Expr: expr})
	}
	return out, nil
}
