package panel

import (
	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// link is the group that links a cell, nil if the field has no link. Where there
// are several, the first is taken: a picture has no menu.
func (t *tableView) link(c *tableColumn, row int, s frame.Shown) *draw.Group {
	if len(c.field.Config.Links) == 0 || s.String() == "" {
		return nil
	}
	v := linkScope{in: t.in, frame: t.frame, field: c.field, row: row, shown: s}
	l := c.field.Config.Links[0]
	return &draw.Group{Href: v.fill(l.URL, true), Title: v.fill(l.Title, false)}
}
