package panel

import (
	"encoding/json"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// tableCustom is what a table adds to a field's configuration.
type tableCustom struct {
	Width    float64 `json:"width"`    // px; 0 shares what the others leave
	MinWidth float64 `json:"minWidth"` // px; 0 is 150
	Align    string  `json:"align"`    // "auto", "left", "center" or "right"
	Hidden   bool    `json:"hidden"`
	HideFrom struct {
		Viz bool `json:"viz"`
	} `json:"hideFrom"`
	CellOptions tableCellOptions `json:"cellOptions"`
	// DisplayMode is what CellOptions was before Grafana 9.4.
	DisplayMode string `json:"displayMode"`
	Footer      struct {
		Reducers []string `json:"reducers"`
	} `json:"footer"`
}

// tableCellOptions say how a cell is drawn.
type tableCellOptions struct {
	Type string `json:"type"`
	// Mode is "basic" or "gradient" for a background, and "lcd" too for a gauge.
	Mode string `json:"mode"`
	// ValueDisplayMode is how a gauge writes its value: "color", "text" or "hidden".
	ValueDisplayMode string `json:"valueDisplayMode"`
}

// tableOldModes are the cell options that a displayMode stands for.
var tableOldModes = map[string]tableCellOptions{
	"color-text":             {Type: "color-text"},
	"color-background":       {Type: "color-background", Mode: "gradient"},
	"color-background-solid": {Type: "color-background", Mode: "basic"},
	"basic":                  {Type: "gauge", Mode: "basic"},
	"gradient-gauge":         {Type: "gauge", Mode: "gradient"},
	"lcd-gauge":              {Type: "gauge", Mode: "lcd"},
	"json-view":              {Type: "json-view"},
}

// tableColumn is a column with its place on the table.
type tableColumn struct {
	field  *frame.Field
	custom tableCustom
	show   *value.Processor
	align  draw.Align
	x, w   float64
	// gauge is the length of a gauge at its maximum; text stands right of it.
	gauge float64
}

// title is what the header says.
func (c *tableColumn) title() string {
	title := c.field.Title
	if title == "" {
		title = c.field.Name
	}
	title, _ = oneLine(title)
	return title
}

// tableColumns are the columns that are not hidden, without their places.
func tableColumns(in Input, f frame.Frame) []*tableColumn {
	var columns []*tableColumn
	for _, field := range f.Fields {
		if field == nil {
			continue
		}
		c := &tableColumn{field: field, show: value.For(field, in.Theme, in.Range.Zone)}
		readLoosely(field.Config.Custom, &c.custom)
		if c.custom.Hidden || c.custom.HideFrom.Viz {
			continue
		}
		if old, ok := tableOldModes[c.custom.DisplayMode]; ok && c.custom.CellOptions.Type == "" {
			c.custom.CellOptions = old
		}
		c.align = tableAlign(c)
		columns = append(columns, c)
	}
	return columns
}

// tableAlign puts numbers right and all else left, unless the column says
// otherwise; the bar of a gauge starts at the left.
func tableAlign(c *tableColumn) draw.Align {
	switch c.custom.Align {
	case "left":
		return draw.Start
	case "center":
		return draw.Middle
	case "right":
		return draw.End
	}
	if c.field.Kind == frame.Number && c.custom.CellOptions.Type != "gauge" {
		return draw.End
	}
	return draw.Start
}

// Widths of columns in px. A picture cannot be scrolled sideways, so that what
// is too wide is narrowed to fit, and columns are left out below the least width.
const (
	tableMinWidth   = 150
	tableLeastWidth = 48
)

// placeColumns shares a width between the columns, and tells how many are left
// out for want of room. Where the shares are too wide together, columns are
// narrowed to what need says of them.
func placeColumns(columns []*tableColumn, width float64, need func(*tableColumn) (cells, header float64)) (placed []*tableColumn, left int) {
	fit := max(int(width/tableLeastWidth), 1)
	if len(columns) > fit {
		columns, left = columns[:fit], len(columns)-fit
	}
	if widenColumns(columns, width) > width+0.01 { // sums of shares are not exact
		narrowColumns(columns, width, need)
	}
	x := 0.0
	for _, c := range columns {
		c.x = x
		x += c.w
	}
	return columns, left
}

// narrowColumns gives each column what its cells need, and shares what remains
// by what the header lacks. If even that is too wide, all are cut by one part.
func narrowColumns(columns []*tableColumn, width float64, need func(*tableColumn) (cells, header float64)) {
	lacks := make([]float64, len(columns))
	total, lacking := 0.0, 0.0
	for i, c := range columns {
		cells, header := need(c)
		c.w = max(cells, tableLeastWidth)
		lacks[i] = max(header-c.w, 0)
		total += c.w
		lacking += lacks[i]
	}
	for i, c := range columns {
		switch rest := width - total; {
		case rest < 0:
			c.w *= width / total
		case lacking > rest:
			c.w += lacks[i] * rest / lacking
		default:
			c.w += lacks[i] + (rest-lacking)/float64(len(columns))
		}
	}
}

// widenColumns gives each column its wish or an equal share of the rest.
func widenColumns(columns []*tableColumn, width float64) (total float64) {
	rest, sharing := width, 0
	for _, c := range columns {
		if c.custom.Width > 0 {
			rest -= c.custom.Width
		} else {
			sharing++
		}
	}
	for _, c := range columns {
		c.w = clampTo(c.custom.Width, 0, 1e4)
		if c.custom.Width <= 0 {
			least := clampTo(c.custom.MinWidth, 0, 1e4)
			if least == 0 {
				least = tableMinWidth
			}
			c.w = max(rest/float64(sharing), least)
		}
		total += c.w
	}
	return total
}

// tableOptions are the options of a table.
type tableOptions struct {
	ShowHeader *bool       `json:"showHeader"`
	CellHeight string      `json:"cellHeight"` // "sm", "md" or "lg"
	FrameIndex int         `json:"frameIndex"`
	SortBy     []tableSort `json:"sortBy"`
	// Footer is where the reducers were before Grafana 12.
	Footer struct {
		Show    bool            `json:"show"`
		Reducer []string        `json:"reducer"`
		Fields  json.RawMessage `json:"fields"`
	} `json:"footer"`
}

// tableRowHeights are the px from row to row.
var tableRowHeights = map[string]float64{"sm": 36, "md": 42, "lg": 48}

func (o tableOptions) rowHeight() float64 {
	if h := tableRowHeights[o.CellHeight]; h > 0 {
		return h
	}
	return tableRowHeights["sm"]
}
