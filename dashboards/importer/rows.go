package importer

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
)

// A grid cell and the gap below it, in pixels, and the height of rows that name
// none, as Grafana's own migration has them.
const (
	cell       = 30 + 8
	rowHeight  = 250
	leastCells = 3
)

// upgradeRows lays out the rows of a schema before version 16, with widths in
// twelfths and heights in pixels, in today's grid. Many generated dashboards
// still have them.
func upgradeRows(board object) {
	rows := loose.Objects(board["rows"])
	headed := slices.ContainsFunc(rows, func(r object) bool {
		return !isEmpty(r["collapse"]) || !isEmpty(r["repeat"]) || !isEmpty(r["showTitle"])
	})
	var out []any
	y := 0
	for _, r := range rows {
		if headed {
			header := object{"type": "row", "title": text(r, "title"), "gridPos": placed(0, y, columns, 1)}
			if repeat := text(r, "repeat"); repeat != "" {
				header["repeat"] = repeat
			}
			out = append(out, header)
			y++
			if collapsed, _ := r["collapse"].(bool); collapsed {
				header["collapsed"] = true
				header["panels"], _ = flow(r, y)
				continue
			}
		}
		var panels []any
		panels, y = flow(r, y)
		out = append(out, panels...)
	}
	delete(board, "rows")
	board["panels"] = append(out, anyList(board["panels"])...)
}

// flow places the panels of a row from y downwards, and says where they end.
func flow(r object, y int) ([]any, int) {
	var out []any
	x, bottom := 0, y
	for _, p := range loose.Objects(r["panels"]) {
		w := min(whole(p["span"]), 12) * 2
		if w <= 0 {
			w = 8
		}
		h := cells(p["height"], cells(r["height"], cells(json.Number(strconv.Itoa(rowHeight)), 0)))
		if x+w > columns {
			x, y = 0, bottom
		}
		p["gridPos"] = placed(x, y, w, h)
		delete(p, "span")
		delete(p, "height")
		out = append(out, p)
		x, bottom = x+w, max(bottom, y+h)
	}
	return out, bottom
}

// cells is a height in pixels ("250px" or 250) in the grid.
func cells(height any, otherwise int) int {
	px := whole(height)
	if s, ok := height.(string); ok {
		px, _ = strconv.Atoi(strings.TrimSuffix(s, "px")) // 0 is no height
	}
	if px <= 0 {
		return otherwise
	}
	return max(leastCells, (px+cell-1)/cell)
}

func placed(x, y, w, h int) object {
	return object{"x": jsonNumber(x), "y": jsonNumber(y), "w": jsonNumber(w), "h": jsonNumber(h)}
}

func anyList(v any) []any {
	list, _ := v.([]any)
	return list
}
