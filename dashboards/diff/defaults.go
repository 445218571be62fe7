package diff

import "github.com/ginsight/ginsight/dashboards/internal/loose"

// fieldDefaults are what the browser writes for every field of a panel type
// that has the standard options.
func fieldDefaults(colour string, custom object) object {
	out := object{
		"color": object{"mode": colour, "seriesBy": "last"},
		"thresholds": object{"mode": "absolute", "steps": []any{
			object{"color": "green"}, object{"color": "red", "value": 80.0},
		}},
	}
	if custom != nil {
		out["custom"] = custom
	}
	return out
}

var (
	hideFrom = object{"legend": false, "tooltip": false, "viz": false}
	linear   = object{"type": "linear"}
	oneValue = object{"calcs": []any{"lastNotNull"}, "fields": "", "values": false}
	legend   = object{"calcs": []any{}, "displayMode": "list", "placement": "bottom", "showLegend": true}
	tooltip  = object{"mode": "single", "sort": "none", "hideZeros": false}
)

// plugin is what a panel type assumes where a panel says nothing.
type plugin struct{ options, fields object }

// plugins has the panel types whose defaults are known, as of Grafana 12. The
// browser merges them into every panel that it saves. A type that is not here
// is compared as it is written.
var plugins = map[string]plugin{
	"timeseries": {
		options: object{"legend": legend, "tooltip": tooltip},
		fields: fieldDefaults("palette-classic", object{
			"axisBorderShow": false, "axisCenteredZero": false, "axisColorMode": "text", "axisLabel": "", "axisPlacement": "auto",
			"barAlignment": 0.0, "barWidthFactor": 0.6, "drawStyle": "line", "fillOpacity": 0.0, "gradientMode": "none",
			"hideFrom": hideFrom, "insertNulls": false, "lineInterpolation": "linear", "lineStyle": object{"fill": "solid"},
			"lineWidth": 1.0, "pointSize": 5.0, "scaleDistribution": linear, "showPoints": "auto", "showValues": false,
			"spanNulls": false, "stacking": object{"group": "A", "mode": "none"}, "thresholdsStyle": object{"mode": "off"},
		}),
	},
	"stat": {
		options: object{
			"colorMode": "value", "graphMode": "area", "justifyMode": "auto", "orientation": "auto", "percentChangeColorMode": "standard",
			"reduceOptions": oneValue, "showPercentChange": false, "textMode": "auto", "wideLayout": true,
		},
		fields: fieldDefaults("thresholds", nil),
	},
	"gauge": {
		options: object{
			"minVizHeight": 75.0, "minVizWidth": 75.0, "orientation": "auto", "reduceOptions": oneValue,
			"showThresholdLabels": false, "showThresholdMarkers": true, "sizing": "auto",
		},
		fields: fieldDefaults("thresholds", nil),
	},
	"bargauge": {
		options: object{
			"displayMode": "gradient", "legend": object{"calcs": []any{}, "displayMode": "list", "placement": "bottom", "showLegend": false},
			"maxVizHeight": 300.0, "minVizHeight": 16.0, "minVizWidth": 8.0, "namePlacement": "auto", "orientation": "auto",
			"reduceOptions": oneValue, "showUnfilled": true, "sizing": "auto", "valueMode": "color",
		},
		fields: fieldDefaults("thresholds", nil),
	},
	"table": {
		options: object{
			"cellHeight": "sm", "showHeader": true,
			"footer": object{"show": false, "reducer": []any{"sum"}, "countRows": false, "fields": ""},
		},
		fields: fieldDefaults("thresholds", object{"align": "auto", "cellOptions": object{"type": "auto"}, "inspect": false, "filterable": false}),
	},
	"heatmap": {
		options: object{
			"calculate": false, "cellGap": 1.0, "exemplars": object{"color": "rgba(255,0,255,0.7)"},
			"color": object{
				"exponent": 0.5, "fill": "dark-orange", "mode": "scheme", "reverse": false, "scale": "exponential", "scheme": "Oranges", "steps": 64.0,
			},
			"filterValues": object{"le": 1e-9}, "legend": object{"show": true}, "rowsFrame": object{"layout": "auto"}, "showValue": "never",
			"tooltip": object{"mode": "single", "showColorScale": false, "yHistogram": false},
			"yAxis":   object{"axisPlacement": "left", "reverse": false},
		},
		fields: object{"custom": object{"hideFrom": hideFrom, "scaleDistribution": linear}},
	},
	"state-timeline": {
		options: object{
			"alignValue": "left", "legend": legend, "mergeValues": true, "rowHeight": 0.9, "showValue": "auto", "tooltip": tooltip,
		},
		fields: object{"custom": object{"fillOpacity": 70.0, "hideFrom": hideFrom, "insertNulls": false, "lineWidth": 0.0, "spanNulls": false}},
	},
	"text": {
		options: object{
			"code": object{"language": "plaintext", "showLineNumbers": false, "showMiniMap": false}, "mode": "markdown",
		},
	},
}

// fillPlugin writes into a panel what its type assumes.
func fillPlugin(kind string, fields object) {
	known, is := plugins[kind]
	if !is {
		return
	}
	fill(fields, object{"options": object{}, "fieldConfig": object{"defaults": object{}}})
	if options, ok := fields["options"].(object); ok {
		fill(options, known.options)
	}
	if defaults, ok := loose.At(fields, "fieldConfig", "defaults").(object); ok {
		fill(defaults, known.fields)
	}
}
