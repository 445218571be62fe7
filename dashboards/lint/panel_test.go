package lint

const ordersSource = `"description": "Orders per second; a fall to 0 at noon means that the shop is closed.",
     "datasource": {"type": "prometheus", "uid": "${datasource}"},`

func orders(source string) string {
	return `"description": "Orders per second; a fall to 0 at noon means that the shop is closed.",` + source
}

const ordersSteps = `[{"color": "green", "value": null}, {"color": "orange", "value": 5}, {"color": "red", "value": 9}]`

var panelMutations = []mutation{
	{"panel-datasource", "fixed", ordersSource, orders(`"datasource": {"type": "prometheus", "uid": "abc"},`), `panel "Orders": its data source is fixed to "abc"`},
	{"panel-datasource", "by name", ordersSource, orders(`"datasource": "Prometheus",`), `fixed to "Prometheus"`},
	{"panel-datasource", "default", ordersSource, orders(``), "names no data source"},
	{"panel-datasource", "null", ordersSource, orders(`"datasource": null,`), "names no data source"},
	{"panel-datasource", "no variable for data sources", ordersSource, orders(`"datasource": {"type": "prometheus", "uid": "$zone"},`), `fixed to "$zone"`},
	{"panel-datasource", "mixed", ordersSource, orders(`"datasource": {"type": "datasource", "uid": "-- Mixed --"},`), ""},
	{"panel-datasource", "old form", ordersSource, orders(`"datasource": "[[datasource]]",`), ""},

	{"panel-title-description", "no title", `"title": "Stock"`, `"title": " "`, `panel " ": it has no title`},
	{"panel-title-description", "no description", `"description": "Things on the shelves now. Order more when it is red.",`, ``, `panel "Stock": it has no description`},
	{"panel-title-description", "a text panel needs none", `"type": "text", "title": "Orders"`, `"type": "text", "title": ""`, ""},

	{"panel-units", "none", `"unit": "percentunit", `, ``, `panel "Stock": it has no unit`},
	{"panel-units", "unknown", `"unit": "reqps"`, `"unit": "requests"`, `knows no unit "requests"`},
	{"panel-units", "letters", `"unit": "reqps"`, `"unit": "REQPS"`, `"REQPS", but "reqps"`},
	{"panel-units", "override", `"unit": "reqps",`, `"unit": "reqps", "x": 1}, "overrides": [{"properties": [{"id": "unit", "value": "nope"}]}], "more": {`, `knows no unit "nope"`},
	{"panel-units", "mapped", `"unit": "percentunit", `, `"mappings": [{"type": "value"}], `, ""},
	{"panel-units", "text", `"graphMode": "none", "reduceOptions": {`, `"graphMode": "none", "reduceOptions": {"fields": "/.*/", `, ""},
	{"panel-units", "own", `"unit": "reqps"`, `"unit": "suffix: orders"`, ""},

	{"panel-no-targets", "none", `"targets": [{"refId": "A", "instant": true`, `"queries": [{"refId": "A", "instant": true`, `panel "Stock": it has no query`},
	{"panel-no-targets", "library panel", `"targets": [{"refId": "A", "instant": true`, `"libraryPanel": {"uid": "x"}, "queries": [{"refId": "A", "instant": true`, ""},

	{"panel-description", "short", `Things on the shelves now. Order more when it is red.`, `Things on the shelves.`, "too short"},
	{"panel-description", "no sentence", `Order more when it is red.`, `Order more when it is red`, "does not end like a sentence"},
	{"panel-description", "question", `Order more when it is red.`, `Is there enough when it is red?`, ""},

	{"panel-grid", "overlap", `{"x": 12, "y": 1, "w": 12, "h": 8}`, `{"x": 11, "y": 1, "w": 12, "h": 8}`, `panel "Stock": it overlaps panel "Orders"`},
	{"panel-grid", "too wide", `{"x": 12, "y": 1, "w": 12, "h": 8}`, `{"x": 13, "y": 1, "w": 12, "h": 8}`, "columns 13 to 25 of 24"},
	{"panel-grid", "flat", `{"x": 12, "y": 1, "w": 12, "h": 8}`, `{"x": 12, "y": 1, "w": 12}`, "12 columns wide and 0 rows high"},
	{"panel-grid", "none", `"gridPos": {"x": 12, "y": 1, "w": 12, "h": 8},`, ``, "no place on the grid"},
	{"panel-grid", "narrower", `{"x": 12, "y": 1, "w": 12, "h": 8}`, `{"x": 13, "y": 1, "w": 4, "h": 7}`, ""},

	{"panel-id", "twice", `"id": 3, "type": "stat"`, `"id": 2, "type": "stat"`, `panel "Stock": it has the id 2 of panel "Orders"`},
	{"panel-id", "none", `"id": 3, "type": "stat"`, `"type": "stat"`, `panel "Stock": it has no id`},
	{"panel-id", "null", `"id": 3, "type": "stat"`, `"id": null, "type": "stat"`, `panel "Stock": it has no id`},
	{"panel-id", "twice in a folded row", `"type": "row", "title": "Notes"`, `"panels": [{"id": 2, "type": "text", "title": "x"}], "type": "row", "title": "Notes"`, `it has the id 2`},
	{"panel-id", "gaps", `"id": 3, "type": "stat"`, `"id": 81716, "type": "stat"`, ""},

	{"panel-links", "time", `/d/zones?${__all_variables}&${__url_time_range}`, `/d/zones?${__all_variables}`, `link "Zones" loses the time range`},
	{"panel-links", "variables", `/d/zones?${__all_variables}&${__url_time_range}`, `/d/zones?${__url_time_range}`, `link "Zones" loses the variables`},
	{"panel-links", "elsewhere", `/d/zones?${__all_variables}&${__url_time_range}`, `https://example.com/zones`, ""},
	{"panel-links", "one by one", `/d/zones?${__all_variables}&${__url_time_range}`, `/d/zones?from=${__from}&to=${__to}&${job:queryparam}`, ""},

	{"panel-removed-type", "graph", `"type": "timeseries", "title": "Orders"`, `"type": "graph", "title": "Orders"`, "its type graph was removed from Grafana: timeseries took its place"},
	{"panel-removed-type", "plugin that nobody knows", `"type": "timeseries", "title": "Orders"`, `"type": "acme-chart", "title": "Orders"`, ""},

	{"panel-stale", "range", `"instant": true, "range": false, `, ``, `panel "Stock", query A: the stat shows the last value`},
	{"panel-stale", "gauge", `"type": "stat", "title": "Stock"`, `"type": "gauge", "title": "Stock"`, ""},
	{"panel-stale", "sparkline", `"graphMode": "none"`, `"graphMode": "area"`, ""},
	{"panel-stale", "mean", `"calcs": ["lastNotNull"]}},
     "targets": [{"refId": "A", "instant": true,`, `"calcs": ["mean"]}}, "targets": [{"refId": "A",`, ""},

	{"panel-text", "mode", `"mode": "markdown"`, `"mode": "html"`, "its text is HTML"},
	{"panel-text", "tag", "Ask **Ada**.", "Ask <b class='x'>Ada</b>.", "<b class='x'>"},
	{"panel-text", "an address is no tag", "Ask **Ada**.", "Ask <https://example.com/ada>.", ""},

	{"panel-thresholds", "order", ordersSteps, `[{"color": "green", "value": null}, {"color": "red", "value": 9}, {"color": "orange", "value": 5}]`, "its thresholds do not ascend"},
	{"panel-thresholds", "no base", ordersSteps, `[{"color": "orange", "value": 3}, {"color": "red", "value": 9}]`, "its first threshold is at 3"},
	{"panel-thresholds", "base last", ordersSteps, `[{"color": "red", "value": 9}, {"color": "orange", "value": -2}, {"color": "green", "value": null}]`, "its first threshold is at 9"},
	{"panel-thresholds", "below a base at 0", ordersSteps, `[{"color": "green", "value": 0}, {"color": "red", "value": -3}, {"color": "blue", "value": -9}]`, "do not ascend"},
	{"panel-thresholds", "base at 0", ordersSteps, `[{"color": "green", "value": 0}, {"color": "red", "value": 9}]`, ""},
	{"panel-thresholds", "two bases", ordersSteps, `[{"color": "red", "value": null}, {"color": "green"}]`, "other than the first has no value"},
	{"panel-thresholds", "override", `"unit": "reqps",`, `"unit": "reqps", "x": 1}, "overrides": [{"properties": [{"id": "thresholds", "value": {"steps": [{"value": null}, {"value": 2}, {"value": 1}]}}]}], "more": {`, "do not ascend"},
	{"panel-thresholds", "base without the key", ordersSteps, `[{"color": "green"}, {"color": "red", "value": -3}]`, ""},

	{"panel-title-unique", "same row", `"title": "Stock"`, `"title": "Orders"`, `another panel in row "Sales" has the same title`},
	{"panel-title-unique", "other letters", `"title": "Stock"`, `"title": "orders"`, ""},

	{"panel-unit-range", "percentunit", `"unit": "percentunit", "max": 1`, `"unit": "percentunit", "max": 100`, "its unit is percentunit and its axis ends at 100"},
	{"panel-unit-range", "percent", `"unit": "percentunit", "max": 1`, `"unit": "percent", "max": 1`, "its unit is percent and its axis ends at 1"},
	{"panel-unit-range", "more than all", `"unit": "percentunit", "max": 1`, `"unit": "percentunit", "max": 2`, ""},
}
