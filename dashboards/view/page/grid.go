package page

import "github.com/ginsight/ginsight/dashboards/view/model"

// Margin is the space in px at the left and right of a page.
const Margin = margin

// Grid is where the panels of a page stand in the grid, bounded to its 24
// columns and moved up as far as they can.
func Grid(panels []model.Panel) []model.Grid { return compact(panels) }
