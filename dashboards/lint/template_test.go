package lint

var templateMutations = []mutation{
	{"template-datasource", "none", `{"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus"},`, ``, "it has 0 variables"},
	{"template-datasource", "two", `"query": "prometheus"},`, `"query": "prometheus"}, {"name": "logs", "type": "datasource", "query": "loki"},`, "it has 2 variables"},
	{"template-datasource", "name", `"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus"`, `"name": "ds", "label": "Data source", "type": "datasource", "query": "prometheus"`, "it is named ds"},
	{"template-datasource", "label", `"label": "Data source", "type": "datasource", "query": "prometheus"`, `"label": "", "type": "datasource", "query": "prometheus"`, `its label is ""`},
	{"template-datasource", "type", `"query": "prometheus"},`, `"query": "influxdb"},`, `type "influxdb"`},
	{"template-datasource", "label in other letters", `"label": "Data source", "type": "datasource", "query": "prometheus"`, `"label": "Data Source", "type": "datasource", "query": "prometheus"`, ""},

	{"template-job", "none", `"name": "job", "label": "Job"`, `"name": "service", "label": "Job"`, "it has no variable job"},
	{"template-job", "label", `"label": "Job"`, `"label": "Service"`, `its label is "Service"`},
	{"template-job", "kind", `"label": "Job", "type": "query"`, `"label": "Job", "type": "textbox"`, `type "textbox"`},
	{"template-job", "single", `"label": "Job", "type": "query", "refresh": 2, "multi": true`, `"label": "Job", "type": "query", "refresh": 2`, "one value only"},
	{"template-job", "all", `"label": "Job", "type": "query", "refresh": 2, "multi": true, "includeAll": true, "allValue": ".+"`, `"label": "Job", "type": "query", "refresh": 2, "multi": true, "includeAll": true, "allValue": ".*"`, `its value for all is ".*"`},
	{"template-job", "source", `"datasource": {"type": "prometheus", "uid": "${datasource}"}, "query": {`, `"datasource": {"type": "prometheus", "uid": "abc"}, "query": {`, `its data source is "abc"`},
	{"template-job", "source of another kind", `"datasource": {"type": "prometheus", "uid": "${datasource}"}, "query": {`, `"datasource": {"type": "mysql", "uid": "${datasource}"}, "query": {`, "it asks mysql"},
	{"template-job", "old form of the source", `"datasource": {"type": "prometheus", "uid": "${datasource}"}, "query": {`, `"datasource": "$datasource", "query": {`, ""},

	{"template-instance", "none", `"name": "instance", "label": "Instance"`, `"name": "pod", "label": "Instance"`, "it has no variable instance"},
	{"template-instance", "all", `"label": "Instance", "type": "query", "refresh": 2, "multi": true, "includeAll": true, "allValue": ".+"`, `"label": "Instance", "type": "query", "refresh": 2, "multi": true, "includeAll": true`, `its value for all is ""`},
	{"template-instance", "label in other letters", `"label": "Instance"`, `"label": "instance"`, ""},

	{"template-label-promql", "selector", `"label_values(up{job=~\"$job\"}, instance)"`, `"label_values(up{job=~\"$job\", instance)"`, "variable instance: "},
	{"template-label-promql", "label", `"label_values(up, job)"`, `"label_values(up, the job)"`, `"the job" is no label`},
	{"template-label-promql", "empty", `"label_values(up, job)"`, `""`, "it has no query"},
	{"template-label-promql", "regex", `"label_values(up, job)"`, `"metrics(up[)"`, "metrics: "},
	{"template-label-promql", "result", `"label_values(up, job)"`, `"query_result(topk(5, up)"`, "parse error"},
	{"template-label-promql", "label only", `"label_values(up, job)"`, `"label_values(job)"`, ""},
	{"template-label-promql", "labels in the selector", `"label_values(up, job)"`, `"label_values(up{a=\"b,c\", d=~\"$job\"}, job)"`, ""},
	{"template-label-promql", "result that parses", `"label_values(up, job)"`, `"query_result(topk($n, up))"`, ""},
	{"template-label-promql", "names", `"label_values(up, job)"`, `"label_names()"`, ""},
	{"template-label-promql", "plain selector", `"label_values(up, job)"`, `"up{a=\"b\"}"`, ""},

	{"template-on-time-change-reload", "on load", `"label": "Job", "type": "query", "refresh": 2`, `"label": "Job", "type": "query", "refresh": 1`, "variable job: it is not filled anew"},
	{"template-on-time-change-reload", "says nothing", `"label": "Job", "type": "query", "refresh": 2`, `"label": "Job", "type": "query"`, "variable job: it is not filled anew"},
	{"template-on-time-change-reload", "no query", `"type": "custom", "query": "north,south"`, `"type": "custom", "refresh": 0, "query": "north,south"`, ""},

	{"variable-undefined", "query", `zone=\"$zone\"}[`, `zone=\"$zoen\"}[`, `panel "Orders", query A: there is no variable zoen`},
	{"variable-undefined", "legend", `of ${zone}`, `of ${aisle:text}`, "there is no variable aisle"},
	{"variable-undefined", "old form", `of ${zone}`, `of [[aisle]]`, "there is no variable aisle"},
	{"variable-undefined", "title", `"title": "Stock"`, `"title": "Stock of $shelf"`, "there is no variable shelf"},
	{"variable-undefined", "variable", `up{job=~\"$job\"}`, `up{job=~\"$jobs\"}`, "variable instance: there is no variable jobs"},
	{"variable-undefined", "annotation", `process_start_time_seconds{job=~\"$job\"}`, `process_start_time_seconds{job=~\"$jobs\"}`, "there is no variable jobs"},
	{"variable-undefined", "repeat", `"title": "Stock"`, `"title": "Stock", "repeat": "zones"`, "there is no variable zones to repeat for"},
	{"variable-undefined", "group of a regular expression", `"expr": "avg(stock_ratio`, `"expr": "label_replace(avg(stock_ratio`, ""},
	{"variable-undefined", "anchor, group and builtin", `of ${zone}`, `$1 ${__interval} $`, ""},

	{"variable-unused", "unused", `"name": "zone", "label"`, `"name": "aisle", "label"`, "variable aisle: nothing uses it"},
	{"variable-unused", "by itself only", `"name": "zone", "label": "Zone"`, `"name": "aisle", "label": "Zone $aisle"`, "variable aisle: nothing uses it"},
	{"variable-unused", "ad hoc", `{"name": "zone", "label"`, `{"name": "filters", "type": "adhoc"}, {"name": "zone", "label"`, ""},
	{"variable-unused", "repeat", `{"id": 4, "type": "row", "title": "Notes"`, `{"id": 4, "type": "row", "title": "Notes", "repeat": "zone"`, ""},

	{"hard-coded-datasource", "query", `"refId": "A", "datasource": {"type": "prometheus", "uid": "${datasource}"}`, `"refId": "A", "datasource": {"type": "prometheus", "uid": "abc"}`, `panel "Orders", query A: its data source is fixed to "abc"`},
	{"hard-coded-datasource", "variable", `"datasource": {"type": "prometheus", "uid": "${datasource}"}, "query": {`, `"datasource": {"type": "prometheus", "uid": "abc"}, "query": {`, "variable job: its data source is fixed"},
	{"hard-coded-datasource", "annotation", `{"datasource": {"type": "prometheus", "uid": "${datasource}"}, "expr"`, `{"datasource": "Prometheus", "expr"`, `annotation "Restarts": its data source is fixed to "Prometheus"`},
	{"hard-coded-datasource", "expression", `{"refId": "B", "legendFormat": "failed"`, `{"refId": "B", "datasource": {"type": "__expr__", "uid": "__expr__"}, "legendFormat": "failed"`, ""},
}
