package panel

// painters are the types of panels that can be drawn; any other is a labelled box.
var painters = map[string]painter{
	"timeseries":     timeseries,
	"stat":           stat,
	"gauge":          gauge,
	"bargauge":       bargauge,
	"piechart":       piechart,
	"text":           text,
	"table":          table,
	"heatmap":        heatmap,
	"state-timeline": stateTimeline,
	"status-history": statusHistory,
	"barchart":       barchart,
	"histogram":      histogram,
}
