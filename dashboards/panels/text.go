package panels

import (
	"cmp"
	"errors"

	"github.com/K-Phoen/grabana/row"
	"github.com/K-Phoen/grabana/text"

	"github.com/ginsight/ginsight/dashboards/modern"
	"github.com/ginsight/ginsight/dashboards/query"
)

// TextSpec is a panel of words. The title is required, as on every panel.
type TextSpec struct {
	Title    string
	Markdown string
	// Width and Height are in Grafana's grid: 24 columns, rows of 30 px.
	Width, Height int
}

// Text shows Markdown, for what belongs to a board and is no number.
func Text(t TextSpec) Panel {
	if t.Title == "" {
		return Panel{err: errors.New("a text panel has no title")}
	}
	return Panel{
		title: t.Title,
		draw: func(query.Form) (row.Option, error) {
			return row.WithText(t.Title, text.Markdown(t.Markdown)), nil
		},
		extra: modern.Extra{Width: cmp.Or(t.Width, columns), Height: cmp.Or(t.Height, 4)},
	}
}
