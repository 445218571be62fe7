package panels

import (
	"fmt"

	"github.com/K-Phoen/grabana/dashboard"

	"github.com/ginsight/ginsight/dashboards/modern"
	"github.com/ginsight/ginsight/dashboards/query"
)

// Annotation marks moments across all graphs of a board: those at which the
// query is 1, or those that are stored in Grafana with the tags.
type Annotation struct {
	Title string
	// Color is a colour's name or CSS value.
	Color string
	// Tags ask for what was marked by hand, by a deployment or by publish
	// --annotate, with all of these tags. Text and Expr are not used then.
	Tags []string
	// Text is a format as [query.Legend] writes it, for what the mark says.
	Text string
	// Expr is looked at once a minute of the time range.
	Expr query.Expr
}

// taggedAnnotations are those that grabana can say.
func (b Board) taggedAnnotations() []dashboard.Option {
	var out []dashboard.Option
	for _, a := range b.Annotations {
		if a.Tags != nil {
			out = append(out, dashboard.TagsAnnotation(dashboard.TagAnnotation{Name: a.Title, IconColor: a.Color, Tags: a.Tags}))
		}
	}
	return out
}

func (b Board) annotations() ([]modern.Annotation, error) {
	var out []modern.Annotation
	for _, a := range b.Annotations {
		if a.Tags != nil {
			continue
		}
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
