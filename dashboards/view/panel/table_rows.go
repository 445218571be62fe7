package panel

import (
	"encoding/json"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
)

// TableRows is the order in which a table shows the rows of a frame.
func TableRows(p model.Panel, f frame.Frame) []int {
	var o struct {
		SortBy []tableSort `json:"sortBy"`
	}
	_ = json.Unmarshal(p.Options, &o) // options of another shape do not sort
	return sortedRows(f, o.SortBy)
}
